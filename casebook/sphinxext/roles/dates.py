"""Roles that write the date of an event, as exactly as it is known.

``{event}`slug` `` writes it in full and ``{event-day}`slug` `` leaves out the year.
"""

from __future__ import annotations

import difflib
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx

from casebook import prose
from casebook.records import record
from casebook.sphinxext.roles.addresses import address_of_event
from casebook.sphinxext.roles.failing import NoValueError, failed
from casebook.sphinxext.site.base import Role
from casebook.tables import load


def date_of(event: Mapping[Hashable, Any] | pd.Series) -> str:
    """Write the date of a row of the table `events` as exactly as it is known."""
    if event["date_precision"] == "day":
        return prose.day_range(event["date"], event["date_end"])
    return prose.day_of(event["date"], event["date_precision"])


def event_date(event_id: str, *, with_year: bool = True) -> tuple[str, str, str]:
    """Return an event's date as text, its ISO form and its title.

    Raises
    ------
    NoValueError
        If the tables have no such event; the message offers the nearest slugs.
    """
    events = load("events").set_index("event_id")
    if event_id not in events.index:
        near = difflib.get_close_matches(event_id, events.index, n=3, cutoff=0.4)
        raise NoValueError(f"No event is called {event_id!r}; near: {', '.join(near) or 'nothing'}")
    row = record(events, event_id)
    text = date_of(row)
    if not with_year:
        text = text.removesuffix(f" {row['date'].year}")
    return text, f"{row['date']:%Y-%m-%d}", str(row["title"])


class EventRole(Role):
    """Write the date of ``{event}`slug` `` or ``{event-day}`slug` ``, linked to the chronology."""

    def __init__(self, with_year: bool) -> None:
        super().__init__()
        self.with_year = with_year

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return what stands in the place of the role or directive."""
        try:
            text, _iso, title = event_date(self.text, with_year=self.with_year)
        except NoValueError as error:
            return failed(self, f"{{event}}`{self.text}`: {error}")
        date = nodes.inline(self.rawtext, text, classes=["cb-value", "cb-date"], event=self.text)
        address = address_of_event(self.env, self.text)
        if not address:
            return [date], []
        # Resolved here, not by a cross-reference: Sphinx would drop the title.
        place = nodes.reference("", "", date, internal=True, refuri=address, reftitle=title)
        place["classes"].append("cb-event")
        return [place], []


def setup(app: Sphinx) -> None:
    """Register the roles."""
    app.add_role("event", EventRole(with_year=True))
    app.add_role("event-day", EventRole(with_year=False))
