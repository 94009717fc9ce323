"""Dates of events, and what their sources disagree on."""

from __future__ import annotations

import pandas as pd

from casebook.facts.asking import UnknownFact, known
from casebook.records import record
from casebook.tables import load

__all__ = [
    "days_between",
    "days_since",
    "disagreement",
    "events_disputed",
    "events_in_years",
    "events_listed",
    "sources_dating",
]


def days_between(first_event: str, second_event: str) -> int:
    """Days from one event to another."""
    return (_date(second_event) - _date(first_event)).days


def days_since(event_id: str, day: str | pd.Timestamp) -> int:
    """Days from an event to a day."""
    return (pd.Timestamp(day) - _date(event_id)).days


def events_listed() -> int:
    """Count the rows of the event table."""
    return len(load("events"))


def events_disputed() -> int:
    """Count the events on which sources disagree, as the table notes it."""
    return int(load("events")["disagreement"].ne("").sum())


def events_in_years(first: int, last: int) -> int:
    """Count the events that begin in some years, both ends counted."""
    return int(load("events")["date"].dt.year.between(first, last).sum())


def disagreement(event_id: str) -> str:
    """Return what the sources of an event disagree on, as the event table notes it."""
    return str(_event(event_id)["disagreement"])


def _event(event_id: str) -> pd.Series:
    events = load("events").set_index("event_id")
    return record(events, known(event_id, events.index, "No event"))


def sources_dating(event_id: str, day: str) -> int:
    """Count the sources that give a day for an event."""
    dates = load("event_dates")
    known(event_id, dates["event_id"].unique(), "No event with several datings")
    return int(
        (dates["event_id"].eq(event_id) & dates["reported_date"].eq(pd.Timestamp(day))).sum()
    )


def _date(event_id: str) -> pd.Timestamp:
    event = _event(event_id)
    if event["date_precision"] != "day":
        raise UnknownFact(f"Of {event_id!r} only the {event['date_precision']} is known")
    return pd.Timestamp(event["date"])
