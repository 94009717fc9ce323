"""The tables ``events`` and ``event_dates``."""

from __future__ import annotations

from casebook.authoring.csvfile import Row
from casebook.authoring.importing.lists import join, split
from casebook.authoring.importing.recipe import Recipe, UndecidedError

_CHRONOLOGY, _FOLLOW_UP = "chronology", "recommendations"

# First day of each phase; the whole of April 2013 still counts as the intervention.
_PHASES = (
    ("2014", "aftermath"),
    ("2013-05", "transition"),
    ("2013", "intervention"),
    ("2012-04", "partition"),
    ("2012", "rebellion"),
    ("", "background"),
)


def phase_of(date: str) -> str:
    """Find the phase a date belongs to.

    >>> phase_of("2013-04-30"), phase_of("2013-05-01")
    ('intervention', 'transition')
    """
    return next(phase for first, phase in _PHASES if date >= first)


def first_day(date: str) -> str:
    """Give a partial date as the first day it may mean; ``date_precision`` keeps what is known.

    >>> first_day("2013-02"), first_day("2014")
    ('2013-02-01', '2014-01-01')
    """
    return date + "-01" * (2 - date.count("-"))


def place_ids(recipe: Recipe) -> dict[str, str]:
    """Name of a place in our spelling -> place_id."""
    return {r["name"]: r["place_id"] for r in recipe.extracts.rows("geography/places.csv")}


def events(recipe: Recipe) -> list[Row]:
    """One row an event: both chronologies, overlapping events made one.

    The chronology of 1960-2013 comes first, so its wording is the base of a merged event and
    the follow-up adds its sources.
    """
    originals = {
        (extract, row["event_id"]): row
        for extract in (_CHRONOLOGY, _FOLLOW_UP)
        for row in recipe.extracts.rows(f"{extract}/events.csv")
    }
    place = place_ids(recipe)
    merged: dict[str, Row] = {}
    for decision in recipe.decisions("events"):
        key = (decision["extract"], decision["extract_id"])
        if key not in originals:
            raise UndecidedError("events", f"it names {' '.join(key)}, which the extract lacks")
        row = _coded(recipe, originals.pop(key), decision, place)
        first = merged.setdefault(row["event_id"], row)
        if first is not row:
            _add(first, row)
    if originals:
        forgotten = ", ".join(" ".join(key) for key in sorted(originals))
        raise UndecidedError("events", f"nothing about {forgotten}")
    return list(merged.values())


def _coded(recipe: Recipe, original: Row, decision: Row, place: dict[str, str]) -> Row:
    """Put an event into our columns; a decision overrides what the extract says."""

    def decided(column: str, otherwise: str = "") -> str:
        return {"": otherwise, "-": ""}.get(decision[column], decision[column])

    written = recipe.spell(original.get("place_name", ""))
    place_id = decided("place_id", place.get(written, ""))
    date = original["date"]
    return {
        "event_id": decision["event_id"],
        "date": first_day(date),
        "date_end": original.get("date_end", ""),
        "date_precision": original["date_precision"],
        "title": recipe.spell(decided("title", original["title"])),
        "description": recipe.spell(decided("description", original["description"])),
        "category": decided("category", original.get("category", "")),
        "phase": phase_of(date),
        "actor_ids": join(split(decided("actor_ids", original.get("actors", "")))),
        "place_id": place_id,
        "place_name": "" if place_id else recipe.spell(decided("place_name", written)),
        "disagreement": recipe.spell(
            decided("disagreement", original.get("date_or_figure_disagreement", ""))
        ),
        "source_ids": recipe.sources(decision["extract"], original["source_ids"]),
    }


def _add(event: Row, other: Row) -> None:
    """Make ``other`` part of ``event``: its sources and actors join, its wording does not."""
    for column in ("actor_ids", "source_ids"):
        event[column] = join(split(event[column]) + split(other[column]))


def event_dates(recipe: Recipe) -> list[Row]:
    """One row: what one source says about the date of an event."""
    return [
        {**row, "source_ids": join(split(row["source_ids"]))}
        for row in recipe.decisions("event_dates")
    ]
