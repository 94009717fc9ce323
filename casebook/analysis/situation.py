"""The situation on a day: who holds each town, what has just changed, who died of late."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from casebook import prose
from casebook.analysis.control import changes_of_hands, holders_on
from casebook.records import records

WINDOW_DAYS = 30
MOST_NAMED = 5  # changes of hands that are spelled out
PLACED_WELL_ENOUGH = 3  # where_prec: beyond it UCDP knew a region, an area or the country only
# What is added to a change whose day no source gives.
DOUBTS = {"regional_proxy": " (date borrowed)", "approximate_day": " (day uncertain)"}


@dataclass(frozen=True)
class Situation:
    """The situation on a day.

    Attributes
    ----------
    date : pandas.Timestamp
        The day.
    holders : pandas.DataFrame
        From `casebook.analysis.control.holders_on`.
    changes : pandas.DataFrame
        The changes of hands of the `days` days that end with it.
    days : int
        How far back the changes reach.
    events : pandas.DataFrame
        Rows of ``conflict_events`` that began in the `window` days that end with it.
    window : int
        How far back the events reach.
    """

    date: pd.Timestamp
    holders: pd.DataFrame
    changes: pd.DataFrame
    days: int
    events: pd.DataFrame
    window: int

    @property
    def held(self) -> int:
        """How many towns the state holds."""
        return int(self.holders["controller"].eq("mli_gov").sum())

    @property
    def unknown(self) -> list[str]:
        """Towns whose holder is not known."""
        return self.holders.loc[self.holders["actor_id"].eq(""), "place"].tolist()

    def in_words(self) -> str:
        """Say it in a few sentences."""
        text = f"{prose.day(self.date)}: the state holds {self.held} of {len(self.holders)} towns."
        if self.unknown:
            text += f" Holder not known: {prose.listing(self.unknown)}."
        return f"{text}{self._changes_in_words()} {self._events_in_words()}"

    def _changes_in_words(self) -> str:
        if self.changes.empty:
            return ""
        moves = [
            f"{row.place} to {row.actor}{DOUBTS.get(row.start_basis, '')}"
            for row in records(self.changes)
        ]
        if len(moves) > MOST_NAMED:
            more = prose.counted(len(moves) - MOST_NAMED, "more change")
            moves = [*moves[:MOST_NAMED], more]
        when = "on this day" if self.days == 1 else f"in the last {self.days} days"
        return f" Changed {when}: {prose.listing(moves)}."

    def _events_in_words(self) -> str:
        if self.events.empty:
            return f"No deadly event recorded in {self.window} days."
        text = (
            f"In {self.window} days {prose.counted(len(self.events), 'deadly event')} with "
            f"{prose.counted(int(self.events['deaths_best'].sum()), 'death')}"
        )
        placed = int(self.events["where_prec"].le(PLACED_WELL_ENOUGH).sum())
        if placed == len(self.events):
            return f"{text}."
        return f"{text}, {placed} placed well enough to draw."


def situation(
    spells: pd.DataFrame,
    conflict_events: pd.DataFrame,
    date: pd.Timestamp,
    days: int = 1,
    window: int = WINDOW_DAYS,
) -> Situation:
    """Return the situation on a day.

    Parameters
    ----------
    spells : pandas.DataFrame
        From `casebook.analysis.control.named_spells`.
    conflict_events : pandas.DataFrame
        The table of that name.
    date : pandas.Timestamp
        The day.
    days, window : int
        How many days, the day itself the last of them, changes of hands and deadly events are
        told of.
    """
    changes = changes_of_hands(spells)
    return Situation(
        date,
        holders_on(spells, date),
        changes[changes["start_date"].between(_first_of(date, days), date)],
        days,
        conflict_events[conflict_events["date_start"].between(_first_of(date, window), date)],
        window,
    )


def situations(
    spells: pd.DataFrame,
    conflict_events: pd.DataFrame,
    dates: pd.DatetimeIndex,
    window: int = WINDOW_DAYS,
) -> dict[str, Situation]:
    """Return the situation on each of some days, by ISO date; each tells what changed since.

    Parameters
    ----------
    spells, conflict_events, window
        As for `situation`.
    dates : pandas.DatetimeIndex
        Two days or more, in order.
    """
    steps = dates.to_series().diff().bfill().dt.days
    days = zip(dates, steps, strict=True)
    return {
        f"{date:%Y-%m-%d}": situation(spells, conflict_events, date, int(step), window)
        for date, step in days
    }


def _first_of(last: pd.Timestamp, days: int) -> pd.Timestamp:
    return last - pd.Timedelta(days=days - 1)
