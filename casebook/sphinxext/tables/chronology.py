"""All events in the order of their dates, each with a place in the book that can be linked to.

``{chronology}`` writes one table a phase, with controls above that filter all of them. A row holds
what the table `events` knows: the date as exactly as it is known, what happened, where and who, on
what the sources disagree, and the sources themselves.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from itertools import chain
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx

from casebook import prose
from casebook.facts.asking import allowed
from casebook.records import record
from casebook.sphinxext.roles.addresses import address_of_actor, anchor_of_event
from casebook.sphinxext.roles.citations import cite
from casebook.sphinxext.roles.dates import date_of
from casebook.sphinxext.site import search
from casebook.sphinxext.site.base import Directive
from casebook.sphinxext.site.elements import Element, element, line, link, separated
from casebook.sphinxext.tables import filters
from casebook.tables import load

PHASES = {
    "background": "Background",
    "rebellion": "Rebellion",
    "partition": "Partition",
    "intervention": "Intervention",
    "transition": "Transition",
    "aftermath": "Aftermath",
}
CATEGORIES = {"un_resolution": "UN resolution"}
NONE = "none"


class Chronology(Directive):
    """``{chronology}``: controls, and a table for each phase."""

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the directive."""
        self.names = load("actors").set_index("actor_id")["short_name"]
        events = located(load("events"), load("places")).sort_values(["date", "event_id"])
        form = filters.controls("events", len(events), choices(events), "Ménaka, coup, AQIM ...")
        opening = f'<div class="cb-filter" data-what="events">{form}'
        return [
            other_names(),
            nodes.raw("", opening, format="html"),
            *(
                self._phase(phase, events[events["phase"].eq(phase)])
                for phase in PHASES
                if events["phase"].eq(phase).any()
            ),
            nodes.raw("", "</div>", format="html"),
        ]

    def _phase(self, phase: str, events: pd.DataFrame) -> nodes.section:
        title = f"{PHASES[phase]}, {span(events['date'])}"
        section = nodes.section(ids=[f"phase-{phase}"], classes=["cb-group"])
        section += nodes.title("", title)
        head = "".join(f'<th scope="col">{h}</th>' for h in ("Date", "Event", "Where and who"))
        caption = f"Events of the phase {PHASES[phase].lower()}, by date"
        section += element(
            "table",
            nodes.raw(
                "",
                f'<caption class="cb-visually-hidden">{caption}</caption>'
                f"<thead><tr>{head}</tr></thead>",
                format="html",
            ),
            element("tbody", *map(self._row, events.to_dict("records"))),
            class_="cb-table cb-entries",
        )
        return section

    def _row(self, event: dict[Hashable, Any]) -> Element:
        event_id = event["event_id"]
        anchor = anchor_of_event(event_id)
        date = date_of(event)
        search.note(self.env, "event", event_id, f"{event['title']}, {date}", anchor)
        what = [
            line(link(event["title"], f"#{anchor}", ["cb-permalink"]), classes=["cb-what"]),
            line(event["description"]),
        ]
        if event["disagreement"]:
            what.append(line(f"Sources disagree: {event['disagreement']}", classes=["cb-doubt"]))
        what.append(line(cite(self, event["source_ids"].split(";")), classes=["cb-sources"]))
        where = [line(category(event["category"]), classes=["cb-category"])]
        if event["place"]:
            where.append(line(event["place"]))
        if actors := [self._actor(actor) for actor in ids(event["actor_ids"])]:
            where.append(line(*separated(actors), classes=["cb-actors"]))
        return element(
            "tr",
            element("th", nodes.inline("", date), scope="row", class_="cb-when"),
            element("td", *what),
            element("td", *where, class_="cb-where"),
            id=anchor,
            data_phase=event["phase"],
            data_category=event["category"],
            data_actor=event["actor_ids"] or NONE,
            data_place=event["place_value"],
        )

    def _actor(self, actor_id: str) -> nodes.Node:
        address = address_of_actor(self.env, actor_id)
        name = self.names[actor_id]
        return link(name, address) if address else nodes.inline("", name)


def ids(cell: str) -> list[str]:
    """Return the members of a list in a cell."""
    return [member for member in cell.split(";") if member]


def span(dates: pd.Series) -> str:
    """Write from when to when a phase has events: months within a year, or else years."""
    first, last = dates.min(), dates.max()
    if first.year != last.year:
        return f"{first.year} to {last.year}"
    if first.month == last.month:
        return prose.month(first)
    return f"{first:%B} to {prose.month(last)}"


def category(name: str) -> str:
    """Write a category of the event table as a reader reads it."""
    return CATEGORIES.get(name) or name.replace("_", " ").capitalize()


def located(events: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Add to events the name of their place, and the value by which it is filtered."""
    names = places.set_index("place_id")["name"]
    place = events["place_id"].map(names).fillna(events["place_name"])
    value = events["place_id"].where(events["place_id"].ne(""), events["place_name"].map(_slug))
    return events.assign(place=place, place_value=value.where(value.ne(""), NONE))


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", search.folded(name).lower()).strip("-")


def choices(events: pd.DataFrame) -> list[filters.Choice]:
    """Return what the events can be filtered by; every option fits at least one of them."""
    actors = load("actors").set_index("actor_id")
    places = load("places").set_index("place_id")
    named = set(chain.from_iterable(map(ids, events["actor_ids"])))
    where = dict(zip(events["place_value"], events["place"], strict=True))
    where.pop(NONE, None)
    return [
        filters.Choice(
            "phase",
            "Phase",
            [(phase, name) for phase, name in PHASES.items() if phase in set(events["phase"])],
        ),
        filters.Choice(
            "category",
            "Category",
            [
                (name, category(name))
                for name in allowed("events", "category")
                if name in set(events["category"])
            ],
        ),
        filters.Choice(
            "actor",
            "Actor",
            [*_by_label({a: record(actors, a)["short_name"] for a in named}), (NONE, "none named")],
            {a: _other_names(record(actors, a)) for a in named},
        ),
        filters.Choice(
            "place",
            "Place",
            [*_by_label(where), (NONE, "no one place")],
            {p: _words(record(places, p)["alternative_names"]) for p in where if p in places.index},
        ),
    ]


def _by_label(labels: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(labels.items(), key=lambda option: search.folded(option[1]).lower())


def _other_names(actor: pd.Series) -> str:
    return _words(actor["acronym"], actor["name"], actor["alternative_names"])


def _words(*texts: str) -> str:
    return " ".join(text.replace(";", " ") for text in texts if text)


def other_names() -> nodes.meta:
    """Make the search of the book find the page by what others call the places and actors."""
    names = [*load("actors")["alternative_names"], *load("places")["alternative_names"]]
    words = sorted({word for name in names for word in search.words(name)})
    return nodes.meta("", name="keywords", content=", ".join(words))


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("chronology", Chronology)
