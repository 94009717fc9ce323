"""Values that pages state, each a named and tested question to the tables.

Pages call these from the ``{n}`` role. A function answers one question, takes ids and dates as
the tables spell them, and returns a number, a date or a short text; how it is written is up to
`casebook.prose`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from datetime import timedelta

import pandas as pd

from casebook.exhibits.frames import first_day_after
from casebook.tables import load, resource

YEAR_2012 = (pd.Timestamp("2012-01-01"), pd.Timestamp("2013-01-01"))


class UnknownFact(ValueError):  # noqa: N818  (the message is for authors, so is the name)
    """The tables do not answer the question as it was put."""


def _known(value: str, known: Iterable[str], what: str) -> str:
    """Return a value that the tables know; a misspelt one must not count as zero."""
    names = list(known)
    if value not in names:
        near = difflib.get_close_matches(value, names, n=3, cutoff=0.4)
        hint = f"; near: {', '.join(near)}" if near else ""
        raise UnknownFact(f"{what} is called {value!r}{hint}")
    return value


def _allowed(table: str, column: str) -> list[str]:
    """Return the values that the schema allows in a column."""
    fields = resource(table)["schema"]["fields"]
    return next(f["constraints"]["enum"] for f in fields if f["name"] == column)


# --- Control of towns ---------------------------------------------------------------------------


def towns() -> int:
    """Count the places whose holder the control table follows."""
    return load("control")["place_id"].nunique()


def spells() -> int:
    """Count the spells of control in 2012 and 2013."""
    return len(load("control"))


def starts_on(basis: str) -> int:
    """Count the spells whose first day rests on `basis`, such as ``regional_proxy``."""
    _known(basis, _allowed("control", "start_basis"), "No basis of a date")
    return int(load("control")["start_basis"].eq(basis).sum())


def _followed(place_id: str) -> pd.DataFrame:
    control = load("control")
    _known(place_id, control["place_id"].unique(), "No place of the control table")
    return control[control["place_id"].eq(place_id)]


def _on(control: pd.DataFrame, day: str) -> pd.DataFrame:
    stamp = pd.Timestamp(day)
    rows = control[(control["start_date"] <= stamp) & (first_day_after(control) > stamp)]
    if rows.empty:
        raise UnknownFact(f"The control table knows no holder on {day}")
    return rows


def holder(place_id: str, day: str) -> str:
    """Short name of the actor who held a place on a day."""
    return actor(_on(_followed(place_id), day)["controller"].iloc[0])


def held_from(place_id: str, controller: str) -> pd.Timestamp:
    """First day of an actor's first spell at a place, if a source dates it there."""
    actor(controller)
    rows = _followed(place_id)
    rows = rows[rows["controller"].eq(controller)].sort_values("start_date")
    if rows.empty:
        raise UnknownFact(f"{controller} never held {place_id} in the control table")
    first = rows.iloc[0]
    if first["start_basis"] != "dated_event":
        raise UnknownFact(
            f"No source dates when {controller} took {place_id}: the first day in the control "
            f"table is a {first['start_basis']}, so it must not stand in the text as a date"
        )
    return first["start_date"]


def towns_held(controller: str, day: str) -> int:
    """Count the places an actor held on a day."""
    actor(controller)
    return int(_on(load("control"), day)["controller"].eq(controller).sum())


def towns_in_zone(zone: str) -> int:
    """Count the places of the control table that lie in a zone, such as ``north``."""
    return len(_places_in(zone))


def towns_held_in_zone(controller: str, zone: str, day: str) -> int:
    """Count the places in a zone that an actor held on a day."""
    actor(controller)
    on_day = _on(load("control"), day)
    inside = on_day["place_id"].isin(_places_in(zone))
    return int((on_day["controller"].eq(controller) & inside).sum())


def _places_in(zone: str) -> set[str]:
    regions = load("regions")
    inside = set(regions.loc[regions["zone"].eq(zone), "region_id"])
    if not inside:
        raise UnknownFact(f"No region lies in the zone {zone!r}")
    places = load("places")
    followed = places["place_id"].isin(load("control")["place_id"])
    return set(places.loc[followed & places["region_id"].isin(inside), "place_id"])


def town_days(controller: str, *, proxies: bool = True) -> int:
    """Days an actor held the places of the control table in 2012, added up.

    Parameters
    ----------
    controller : str
        Actor id.
    proxies : bool
        Whether to count spells whose first or last day is borrowed from another town.
    """
    actor(controller)
    days = days_held_2012()
    rows = days[days["controller"].eq(controller)]
    return int(rows["days" if proxies else "days_without_proxies"].sum())


def days_held_2012() -> pd.DataFrame:
    """Days held in 2012 by actor, in all and between two days that are not borrowed.

    Returns
    -------
    pandas.DataFrame
        ``controller``, ``days``, ``days_without_proxies``; most days first.
    """
    control = load("control")
    start, end = YEAR_2012
    inside = first_day_after(control).clip(upper=end) - control["start_date"].clip(lower=start)
    control["days"] = inside.dt.days.clip(lower=0)
    borrowed = control[["start_basis", "end_basis"]].eq("regional_proxy").any(axis=1)
    control["days_without_proxies"] = control["days"].mask(borrowed, 0)
    summed = control.groupby("controller")[["days", "days_without_proxies"]].sum().reset_index()
    return summed[summed["days"] > 0].sort_values("days", ascending=False, ignore_index=True)


def actor(actor_id: str) -> str:
    """Short name of an actor."""
    actors = load("actors").set_index("actor_id")
    _known(actor_id, actors.index, "No actor")
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
    _known(estimate, ("best", "low", "high"), "No estimate of deaths")
    if kind is not None:
        _known(kind, _allowed("conflict_events", "violence_type"), "No kind of violence")
        rows = rows[rows["violence_type"].eq(kind)]
    if region is not None:
        _known(region, [*load("regions")["region_id"], "none"], "No region")
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
    _known(estimate, ("best", "low", "high"), "No estimate of deaths")
    return int(events.loc[event_id, f"deaths_{estimate}"])


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
    return events[events["date_start"].dt.to_period("M").between(start, end)]


# --- Flight -------------------------------------------------------------------------------------


def persons(figure_id: str) -> int:
    """Return how many people a dated displacement figure gives."""
    return int(_figure(figure_id)["persons"])


def figure_date(figure_id: str) -> pd.Timestamp:
    """Day a dated displacement figure refers to, if more than the month is known."""
    figure = _figure(figure_id)
    if figure["date_precision"] != "day":
        raise UnknownFact(f"Of {figure_id} only the {figure['date_precision']} is known")
    return figure["as_of_date"]


def _figure(figure_id: str) -> pd.Series:
    figures = load("displacement_figures").set_index("figure_id")
    _known(figure_id, figures.index, "No displacement figure")
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
    inside = regions["zone"].eq(_known(zone, regions["zone"].unique(), "No zone"))
    return float(regions.loc[inside, column].sum() / regions[column].sum())


# --- Dates --------------------------------------------------------------------------------------


def days_between(first_event: str, second_event: str) -> int:
    """Days from one event to another."""
    return int((_date(second_event) - _date(first_event)) / timedelta(days=1))


def disagreement(event_id: str) -> str:
    """Return what the sources of an event disagree on, as the event table notes it."""
    return str(_event(event_id)["disagreement"])


def _event(event_id: str) -> pd.Series:
    events = load("events").set_index("event_id")
    return events.loc[_known(event_id, events.index, "No event")]


def sources_dating(event_id: str, day: str) -> int:
    """Count the sources that give a day for an event."""
    dates = load("event_dates")
    _known(event_id, dates["event_id"].unique(), "No event with several datings")
    return int(
        (dates["event_id"].eq(event_id) & dates["reported_date"].eq(pd.Timestamp(day))).sum()
    )


def _date(event_id: str) -> pd.Timestamp:
    event = _event(event_id)
    if event["date_precision"] != "day":
        raise UnknownFact(f"Of {event_id!r} only the {event['date_precision']} is known")
    return event["date"]


# --- The statement ------------------------------------------------------------------------------


def claims(kind: str | None = None) -> int:
    """Count the claims into which the statement was split, or those of a kind."""
    rows = load("claims")
    if kind is not None:
        rows = rows[rows["kind"].eq(_known(kind, _allowed("claims", "kind"), "No kind of claim"))]
    return len(rows)


def claims_judged() -> int:
    """Count the claims on which this edition gives a verdict."""
    return int(load("claims")["verdict"].ne("").sum())


def claims_naming(word: str) -> int:
    """Count the claims whose wording holds a word, in any case."""
    pattern = rf"\b{re.escape(word)}\b"
    return int(load("claims")["claim"].str.contains(pattern, case=False, regex=True).sum())


def paragraphs() -> int:
    """Count the paragraphs of the statement."""
    return load("claims")["paragraph"].nunique()
