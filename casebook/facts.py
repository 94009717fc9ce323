"""Values that pages state, each a named and tested question to the tables.

Pages call these from the ``{n}`` role. A function answers one question, takes ids and dates as
the tables spell them, and returns a number, a date or a short text; how it is written is up to
`casebook.prose`.
"""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from casebook.tables import load

YEAR_2012 = (pd.Timestamp("2012-01-01"), pd.Timestamp("2013-01-01"))


class UnknownFact(ValueError):
    """The tables do not answer the question as it was put."""


# --- Control of towns ---------------------------------------------------------------------------


def towns() -> int:
    """Number of places whose holder the control table follows."""
    return load("control")["place_id"].nunique()


def spells() -> int:
    """Number of spells of control in 2012 and 2013."""
    return len(load("control"))


def starts_on(basis: str) -> int:
    """Number of spells whose first day rests on `basis`, such as ``regional_proxy``."""
    return int(load("control")["start_basis"].eq(basis).sum())


def _spell(place_id: str, day: str) -> pd.Series:
    control = load("control")
    if place_id not in set(control["place_id"]):
        raise UnknownFact(f"The control table does not follow {place_id!r}")
    stamp = pd.Timestamp(day)
    found = control[
        control["place_id"].eq(place_id)
        & (control["start_date"] <= stamp)
        & (control["end_date"] > stamp)
    ]
    if len(found) != 1:
        raise UnknownFact(f"No spell of control for {place_id} on {day}")
    return found.iloc[0]


def holder(place_id: str, day: str) -> str:
    """Short name of the actor who held a place on a day."""
    return actor(_spell(place_id, day)["controller"])


def held_from(place_id: str, controller: str) -> pd.Timestamp:
    """First day of an actor's first spell at a place."""
    control = load("control")
    rows = control[control["place_id"].eq(place_id) & control["controller"].eq(controller)]
    if rows.empty:
        raise UnknownFact(f"{controller} never held {place_id} in the control table")
    return rows["start_date"].min()


def towns_held(controller: str, day: str) -> int:
    """Number of places an actor held on a day."""
    control, stamp = load("control"), pd.Timestamp(day)
    on_day = control[(control["start_date"] <= stamp) & (control["end_date"] > stamp)]
    return int(on_day["controller"].eq(controller).sum())


def town_days(controller: str, *, proxies: bool = True) -> int:
    """Days an actor held the places of the control table in 2012, added up.

    Parameters
    ----------
    controller : str
        Actor id.
    proxies : bool
        Whether to count spells whose first day is borrowed from the region.
    """
    days = days_held_2012()
    rows = days[days["controller"].eq(controller)]
    return int(rows["days" if proxies else "days_without_proxies"].sum())


def days_held_2012() -> pd.DataFrame:
    """Days held in 2012 by actor: ``controller``, ``days``, ``days_without_proxies``."""
    control = load("control")
    start, end = YEAR_2012
    inside = control["end_date"].clip(upper=end) - control["start_date"].clip(lower=start)
    control["days"] = inside.dt.days.clip(lower=0)
    control["days_without_proxies"] = control["days"].where(
        control["start_basis"].ne("regional_proxy"), 0
    )
    summed = control.groupby("controller")[["days", "days_without_proxies"]].sum().reset_index()
    return summed[summed["days"] > 0].sort_values("days", ascending=False, ignore_index=True)


def actor(actor_id: str) -> str:
    """Short name of an actor."""
    actors = load("actors").set_index("actor_id")
    if actor_id not in actors.index:
        raise UnknownFact(f"No actor is called {actor_id!r}")
    return str(actors.loc[actor_id, "short_name"])


# --- Deaths -------------------------------------------------------------------------------------


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
    if kind is not None:
        rows = rows[rows["violence_type"].eq(kind)]
    if region is not None:
        rows = rows[rows["region_id"].eq("" if region == "none" else region)]
    return int(rows[f"deaths_{estimate}"].sum())


def events_recorded(first: str, last: str) -> int:
    """Number of deadly events UCDP recorded in Mali from the first to the last month."""
    return len(_events(first, last))


def deaths_spanning_months(first: str, last: str) -> int:
    """Best estimate of deaths in events that run over more than one month."""
    rows = _events(first, last)
    return int(rows.loc[rows["spans_months"], "deaths_best"].sum())


def events_not_on_the_map(first: str, last: str) -> int:
    """Number of events UCDP could place only in a region, a wide area or the country."""
    return int((_events(first, last)["where_prec"] > 3).sum())


def months_without_deaths(first: str, last: str) -> int:
    """Number of months from first to last in which UCDP recorded no death in Mali."""
    found = _events(first, last)["date_start"].dt.to_period("M")
    return len(set(pd.period_range(first, last, freq="M")) - set(found))


def _events(first: str, last: str) -> pd.DataFrame:
    events = load("conflict_events")
    month = events["date_start"].dt.to_period("M")
    return events[(month >= pd.Period(first, "M")) & (month <= pd.Period(last, "M"))]


# --- Flight -------------------------------------------------------------------------------------


def persons(figure_id: str) -> int:
    """Number of people a dated displacement figure gives."""
    return int(_figure(figure_id)["persons"])


def figure_date(figure_id: str) -> pd.Timestamp:
    """Day a dated displacement figure refers to."""
    return _figure(figure_id)["as_of_date"]


def _figure(figure_id: str) -> pd.Series:
    figures = load("displacement_figures").set_index("figure_id")
    if figure_id not in figures.index:
        raise UnknownFact(f"There is no displacement figure {figure_id!r}")
    return figures.loc[figure_id]


def fall(before: str, after: str) -> float:
    """Share by which the second of two displacement figures is below the first (0 to 1)."""
    return 1 - persons(after) / persons(before)


# --- Regions ------------------------------------------------------------------------------------


def share_of_area(zone: str) -> float:
    """Share of Mali's area that lies in a zone, such as ``north`` (0 to 1)."""
    return _share("area_km2", zone)


def share_of_people(zone: str) -> float:
    """Share of Mali's people who lived in a zone in 2009, by the final census (0 to 1)."""
    return _share("population_2009", zone)


def _share(column: str, zone: str) -> float:
    regions = load("regions")
    inside = regions["zone"].eq(zone)
    if not inside.any():
        raise UnknownFact(f"No region lies in the zone {zone!r}")
    return float(regions.loc[inside, column].sum() / regions[column].sum())


# --- Dates --------------------------------------------------------------------------------------


def days_between(first_event: str, second_event: str) -> int:
    """Days from one event to another."""
    return int((_date(second_event) - _date(first_event)) / timedelta(days=1))


def sources_dating(event_id: str, day: str) -> int:
    """Number of sources that give a day for an event."""
    dates = load("event_dates")
    return int((dates["event_id"].eq(event_id) & dates["reported_date"].eq(pd.Timestamp(day))).sum())


def _date(event_id: str) -> pd.Timestamp:
    events = load("events").set_index("event_id")
    if event_id not in events.index:
        raise UnknownFact(f"No event is called {event_id!r}")
    return events.loc[event_id, "date"]


# --- The statement ------------------------------------------------------------------------------


def claims() -> int:
    """Number of claims into which the statement was split."""
    return len(load("claims"))
