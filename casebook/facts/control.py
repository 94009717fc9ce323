"""Who held which town, and for how long."""

from __future__ import annotations

import pandas as pd

from casebook.analysis.control import first_day_after
from casebook.facts.actors import actor
from casebook.facts.asking import UnknownFact, allowed, known
from casebook.tables import load

__all__ = [
    "changes_of_hands",
    "days_held_2012",
    "held_again_from",
    "held_from",
    "holder",
    "spells",
    "starts_on",
    "town_days",
    "towns",
    "towns_held",
    "towns_held_in_zone",
    "towns_in_zone",
]

YEAR_2012 = (pd.Timestamp("2012-01-01"), pd.Timestamp("2013-01-01"))


def towns() -> int:
    """Count the places whose holder the control table follows."""
    return load("control")["place_id"].nunique()


def spells() -> int:
    """Count the spells of control in 2012 and 2013."""
    return len(load("control"))


def starts_on(basis: str) -> int:
    """Count the spells whose first day rests on `basis`, such as ``regional_proxy``."""
    known(basis, allowed("control", "start_basis"), "No basis of a date")
    return int(load("control")["start_basis"].eq(basis).sum())


def _followed(place_id: str) -> pd.DataFrame:
    control = load("control")
    known(place_id, control["place_id"].unique(), "No place of the control table")
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
    return _dated_start(place_id, controller, 0)


def held_again_from(place_id: str, controller: str) -> pd.Timestamp:
    """First day of an actor's last spell at a place, if a source dates it there."""
    return _dated_start(place_id, controller, -1)


def _dated_start(place_id: str, controller: str, position: int) -> pd.Timestamp:
    actor(controller)
    rows = _followed(place_id)
    rows = rows[rows["controller"].eq(controller)].sort_values("start_date")
    if rows.empty:
        raise UnknownFact(f"{controller} never held {place_id} in the control table")
    spell = rows.iloc[position]
    if spell["start_basis"] != "dated_event":
        raise UnknownFact(
            f"No source dates when {controller} took {place_id}: the first day in the control "
            f"table is a {spell['start_basis']}, so it must not stand in the text as a date"
        )
    return pd.Timestamp(spell["start_date"])


def changes_of_hands(place_id: str, first: str, last: str) -> int:
    """Count the days from first to last on which a place passed to another holder."""
    spells = _followed(place_id).sort_values("start_date")
    before = spells["controller"].shift()
    changed = before.notna() & before.ne(spells["controller"])
    return int((changed & spells["start_date"].between(first, last)).sum())


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
    ends, starts = first_day_after(control), control["start_date"]
    inside = ends.where(ends < end, end) - starts.where(starts > start, start)
    control["days"] = inside.dt.days.clip(lower=0)
    borrowed = control["start_basis"].eq("regional_proxy") | control["end_basis"].eq(
        "regional_proxy"
    )
    control["days_without_proxies"] = control["days"].mask(borrowed, 0)
    summed = control.groupby("controller")[["days", "days_without_proxies"]].sum().reset_index()
    return summed[summed["days"] > 0].sort_values("days", ascending=False, ignore_index=True)
