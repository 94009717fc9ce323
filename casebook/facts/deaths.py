"""Deaths as UCDP recorded them."""

from __future__ import annotations

import pandas as pd

from casebook.facts.asking import UnknownFact, allowed, known
from casebook.records import record
from casebook.tables import load

__all__ = [
    "deaths",
    "event_deaths",
    "events_recorded",
    "months_without_deaths",
    "side_deaths",
]


def deaths(
    first: str,
    last: str,
    kind: str | None = None,
    region: str | None = None,
    estimate: str = "best",
) -> int:
    """Deaths UCDP recorded in Mali, from the event table.

    Parameters
    ----------
    first, last : str
        First and last month, such as ``"2012-01"``. An event counts in the month it began.
    kind : str, optional
        ``state_based``, ``non_state`` or ``one_sided``; all three unless told.
    region : str, optional
        Region id such as ``ML-8``; ``"none"`` for events without one.
    estimate : {"best", "low", "high"}
    """
    rows = _events(first, last)
    known(estimate, ("best", "low", "high"), "No estimate of deaths")
    if kind is not None:
        known(kind, allowed("conflict_events", "violence_type"), "No kind of violence")
        rows = rows[rows["violence_type"].eq(kind)]
    if region is not None:
        known(region, [*load("regions")["region_id"], "none"], "No region")
        rows = rows[rows["region_id"].eq("" if region == "none" else region)]
    return int(rows[f"deaths_{estimate}"].sum())


def events_recorded(first: str, last: str) -> int:
    """Count the deadly events UCDP recorded in Mali from the first to the last month."""
    return len(_events(first, last))


def event_deaths(event_id: int, estimate: str = "best") -> int:
    """Return one estimate of the deaths in one UCDP event.

    Parameters
    ----------
    event_id : int
        UCDP's number of the event (column ``id`` of ``conflict_events``).
    estimate : {"best", "low", "high"}
    """
    events = load("conflict_events").set_index("id")
    if event_id not in events.index:
        raise UnknownFact(f"UCDP has no event {event_id} in Mali")
    known(estimate, ("best", "low", "high"), "No estimate of deaths")
    return int(record(events, event_id)[f"deaths_{estimate}"])


def side_deaths(side: str, *event_ids: int) -> int:
    """Add up one side's dead in UCDP events, such as the parts of one fight.

    Parameters
    ----------
    side : {"a", "b"}
        In fights of the state, the state with its allies is side a.
    *event_ids : int
        UCDP's numbers of the events (column ``id`` of ``conflict_events``).
    """
    known(side, ("a", "b"), "No side")
    events = load("conflict_events").set_index("id")
    if missing := sorted(set(event_ids) - set(events.index)):
        raise UnknownFact(f"UCDP has no event {missing[0]} in Mali")
    return int(events.loc[list(event_ids), f"deaths_side_{side}"].sum())


def months_without_deaths(first: str, last: str) -> int:
    """Count the months from first to last for which UCDP's best estimate is no death."""
    events = _events(first, last)
    found = events.loc[events["deaths_best"] > 0, "date_start"].dt.to_period("M")
    return len(set(pd.period_range(first, last, freq="M")) - set(found))


def _events(first: str, last: str) -> pd.DataFrame:
    events = load("conflict_events")
    start, end = pd.Period(first, "M"), pd.Period(last, "M")
    years = events["year"].min(), events["year"].max()
    if start > end or start.year < years[0] or end.year > years[1]:
        raise UnknownFact(
            f"The event table covers {years[0]} to {years[1]}, not {first} to {last}: a month it "
            "does not cover is not a month without deaths"
        )
    inside: pd.Series[bool] = events["date_start"].dt.to_period("M").between(start, end)
    return events[inside]
