"""Who held which town: spells, their holders on a day, and how towns changed hands."""

from __future__ import annotations

import pandas as pd

from casebook.records import records

CONTROL_SOURCE = (
    "compiled for this book from press, UN and research reports, most of them read in their "
    "opening only; holder and certainty are our coding."
)


def named_spells(control: pd.DataFrame, places: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Join spells of control with the names of places and actors.

    Returns
    -------
    pandas.DataFrame
        The columns of ``control`` and ``place``, ``latitude``, ``longitude``, ``actor_id``,
        ``actor``; places from north to south, each in order of time. ``end_date`` is the first
        day the spell no longer covers, also at the edge of the table's window.
    """
    control = control.assign(end_date=first_day_after(control))
    joined = control.merge(
        places[["place_id", "name", "latitude", "longitude"]], on="place_id", validate="m:1"
    ).merge(
        # From the left: a holder without a row in actors must not make the town vanish.
        actors[["actor_id", "short_name"]],
        left_on="controller",
        right_on="actor_id",
        how="left",
        validate="m:1",
    )
    joined = joined.fillna({"actor_id": "", "short_name": ""})
    joined = joined.rename(columns={"name": "place", "short_name": "actor"})
    return joined.sort_values(
        ["latitude", "place_id", "start_date"], ascending=[False, True, True], ignore_index=True
    )


def first_day_after(control: pd.DataFrame) -> pd.Series:
    """Return the first day that each spell no longer covers.

    In the table that is the last day of the spell, on which the next one starts, but not at the
    edge of the table's window: there nothing follows, and the last day belongs to the spell.
    """
    at_edge = control["end_basis"].eq("window_limit")
    return control["end_date"].mask(at_edge, control["end_date"] + pd.Timedelta(days=1))


def holders_on(spells: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return one row a place: the spell that covers a day.

    Every place is there, in the order of `spells`; where no spell covers the day, the columns
    that say who held it are empty.
    """
    covering = spells[(spells["start_date"] <= day) & (spells["end_date"] > day)]
    of_place = ["place", "latitude", "longitude"]
    places = spells.drop_duplicates("place_id")[["place_id", *of_place]]
    holders = places.merge(
        covering.drop(columns=of_place), on="place_id", how="left", validate="1:1"
    )
    texts = ["controller", "actor_id", "actor", "certainty", "start_basis"]
    return holders.assign(**{name: holders[name].fillna("") for name in texts})


def changes_of_hands(spells: pd.DataFrame) -> pd.DataFrame:
    """Return the spells that bring another holder than the spell before at the same place.

    A new spell of the same holder says that something else changed, such as the certainty.
    ``before`` is the id of the former holder.
    """
    before = spells.groupby("place_id", sort=False)["actor_id"].shift()
    return spells.assign(before=before)[before.notna() & before.ne(spells["actor_id"])]


def losses(spells: pd.DataFrame, holder: str, last: pd.Timestamp) -> pd.DataFrame:
    """Return how a holder lost the places that others hold on a day: one spell a place.

    A place lost, regained and lost again counts once, on the day of its last loss. The spells
    must begin before the losses.
    """
    changes = changes_of_hands(spells)
    lost = changes[changes["before"].eq(holder) & (changes["start_date"] <= last)]
    others = holders_on(spells, last)
    others = others[others["actor_id"].ne(holder) & others["actor_id"].ne("")]
    lost = lost[lost["place_id"].isin(others["place_id"])]
    return lost.drop_duplicates("place_id", keep="last")


def busiest_week(changes: pd.DataFrame) -> pd.DataFrame:
    """Return the changes of the seven days in which most of them fall, the earliest such week."""
    starts = changes["start_date"]
    weeks = (starts.between(day, day + pd.Timedelta(days=6)) for day in starts.sort_values())
    return changes[max(weeks, key=sum)]


def towns_by_holder(spells: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """Count towns by holder at every date on which anything changes.

    Returns
    -------
    pandas.DataFrame
        ``date``, ``actor_id``, ``actor``, ``towns``; a row for every actor at every date, zeros
        included; actors in the order in which they first hold a town.
    """
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    turns = pd.concat([spells["start_date"], spells["end_date"]])
    changes = sorted({first, last, *turns[turns.between(first, last)]})
    actors = spells.sort_values("start_date").drop_duplicates("actor_id")[["actor_id", "actor"]]
    rows = []
    for date in changes:
        # The last day of the window belongs to the spells that reach it.
        day = min(date, last - pd.Timedelta(days=1))
        counts = holders_on(spells, day)["actor_id"].value_counts()
        rows += [
            (date, actor.actor_id, actor.actor, int(counts.get(actor.actor_id, 0)))
            for actor in records(actors)
        ]
    return pd.DataFrame(rows, columns=["date", "actor_id", "actor", "towns"])
