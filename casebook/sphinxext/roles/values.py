"""Roles that write numbers and dates from the tables into prose.

``{n}`percent(share_of_area('north'), 1)` `` evaluates an expression over `casebook.facts` and
`casebook.prose`; ``{event}`slug` `` writes the date of an event as exactly as it is known, and
``{event-day}`slug` `` leaves out the year. All run in Sphinx's own process: they work on every page
and need no kernel.
"""

from __future__ import annotations

import difflib
import inspect
import math
from collections.abc import Mapping
from functools import lru_cache
from types import ModuleType
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from casebook import facts, prose
from casebook.sphinxext.roles.addresses import address_of_event
from casebook.tables import load


class NoValueError(Exception):
    """An expression or an event that cannot be written."""


def _functions(module: ModuleType) -> dict[str, Any]:
    return {
        name: function
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and f"{function.__module__}.".startswith(f"{module.__name__}.")
        and not name.startswith("_")
    }


def evaluate(expression: str) -> str:
    """Return an expression over the facts as text.

    Parameters
    ----------
    expression : str
        Python, over the public functions of `casebook.facts` and `casebook.prose`.

    Returns
    -------
    str
        Whole numbers with thousands separators, dates in full, text as it is.

    Raises
    ------
    NoValueError
        If it does not evaluate to a number, a date or text; the message says why.
    """
    names = {**_functions(prose), **_functions(facts)}
    try:
        value = eval(expression, {"__builtins__": {}}, names)
    except NameError as error:
        near = difflib.get_close_matches(str(error.name), names, n=3)
        raise NoValueError(
            f"{error.name!r} is no function of casebook.facts or casebook.prose"
            + (f"; near: {', '.join(near)}" if near else "")
        ) from error
    except Exception as error:
        raise NoValueError(f"{type(error).__name__}: {error}") from error
    if isinstance(value, str):
        return value
    if isinstance(value, pd.Timestamp):
        return prose.day(value)
    if pd.api.types.is_bool(value) or not hasattr(value, "__float__"):
        raise NoValueError(f"{expression} gives {value!r}: neither number, date nor text")
    if not math.isfinite(value):
        raise NoValueError(f"{expression} gives {value!r}: the tables have no such number")
    if float(value) != int(value):
        raise NoValueError(f"{expression} gives {value!r}: say how to round it, as in number(…, 1)")
    return prose.number(int(value))


@lru_cache(maxsize=1)
def _events() -> pd.DataFrame:
    return load("events").set_index("event_id")


def date_of(event: Mapping[str, Any]) -> str:
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
    events = _events()
    if event_id not in events.index:
        near = difflib.get_close_matches(event_id, events.index, n=3, cutoff=0.4)
        raise NoValueError(f"No event is called {event_id!r}; near: {', '.join(near) or 'nothing'}")
    row = events.loc[event_id]
    text = date_of(row)
    if not with_year:
        text = text.removesuffix(f" {row['date'].year}")
    return text, f"{row['date']:%Y-%m-%d}", row["title"]


class NumberRole(SphinxRole):
    """Write the value of ``{n}`expression` ``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return what stands in the place of the role or directive."""
        try:
            text = evaluate(self.text)
        except NoValueError as error:
            return _failed(self, f"{{n}}`{self.text}`: {error}")
        return [nodes.inline(self.rawtext, text, classes=["cb-value"])], []


class EventRole(SphinxRole):
    """Write the date of ``{event}`slug` `` or ``{event-day}`slug` ``, linked to the chronology."""

    def __init__(self, with_year: bool) -> None:
        super().__init__()
        self.with_year = with_year

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return what stands in the place of the role or directive."""
        try:
            text, _iso, title = event_date(self.text, with_year=self.with_year)
        except NoValueError as error:
            return _failed(self, f"{{event}}`{self.text}`: {error}")
        date = nodes.inline(self.rawtext, text, classes=["cb-value", "cb-date"], event=self.text)
        address = address_of_event(self.env, self.text)
        if not address:
            return [date], []
        # Resolved here, not by a cross-reference: Sphinx would drop the title.
        place = nodes.reference("", "", date, internal=True, refuri=address, reftitle=title)
        place["classes"].append("cb-event")
        return [place], []


def _failed(role: SphinxRole, message: str):
    problem = role.inliner.reporter.error(message, line=role.lineno)
    return [nodes.problematic(role.rawtext, role.rawtext)], [problem]


def setup(app: Sphinx) -> None:
    """Register the roles."""
    app.add_role("n", NumberRole())
    app.add_role("event", EventRole(with_year=True))
    app.add_role("event-day", EventRole(with_year=False))
