"""Who held which town, on any day of 2012 and 2013."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from casebook import prose
from casebook.analysis.control import CONTROL_SOURCE, changes_of_hands, named_spells
from casebook.analysis.deaths import UCDP_SOURCE
from casebook.analysis.geography import SHAPES_SOURCE, Ground
from casebook.analysis.situation import situation
from casebook.explorers.controls import Choice, Press
from casebook.explorers.explorer import Explorer
from casebook.figures import town_map
from casebook.show import Exhibit

NAME = "towns-by-date"
WINDOWS = (7, 30, 90)
BORROWED = {True: "all periods", False: "without borrowed dates"}
CAPTION = (
    "Squares are towns in the colour of their holder, hollow where the date is borrowed from "
    "another town, crosses where the holder is not known. Rings are deadly events UCDP recorded: "
    "larger for more deaths, fainter where less exactly placed. A map without rings is not a map "
    "of peace, and one colour hides that towns were shared."
)


def explorer(
    ground: Ground,
    control: pd.DataFrame,
    places: pd.DataFrame,
    actors: pd.DataFrame,
    conflict_events: pd.DataFrame,
    day: str = "2012-04-01",
) -> Explorer:
    """Return the explorer; the tables are those of the same names.

    Parameters
    ----------
    day : str
        ISO date at the start.
    """
    spells = {True: named_spells(control, places, actors)}
    spells[False] = spells[True][spells[True]["start_basis"].ne("regional_proxy")]
    days = pd.date_range(control["start_date"].min(), control["end_date"].max(), freq="D")
    changes = [f"{d:%Y-%m-%d}" for d in sorted(set(_changes(spells[True])))]

    def draw(day: str, window: int, borrowed: bool) -> Exhibit:
        return seen(ground, spells[borrowed], conflict_events, pd.Timestamp(day), window, borrowed)

    def earlier(settings: Mapping[str, Any]) -> dict[str, str]:
        before = [change for change in changes if change < settings["day"]]
        return {"day": before[-1] if before else settings["day"]}

    def later(settings: Mapping[str, Any]) -> dict[str, str]:
        behind = [change for change in changes if change > settings["day"]]
        return {"day": behind[0] if behind else settings["day"]}

    return Explorer(
        NAME,
        {
            "day": Choice(
                "Day", tuple((f"{d:%Y-%m-%d}", prose.day(d)) for d in days), day, "slider"
            ),
            "window": Choice(
                "Deadly events of the last", tuple((n, f"{n} days") for n in WINDOWS), 30
            ),
            "borrowed": Choice("Show", tuple(BORROWED.items()), True),
        },
        draw,
        (Press("Earlier change", earlier), Press("Later change", later)),
    )


def _changes(spells: pd.DataFrame) -> pd.Series:
    return changes_of_hands(spells)["start_date"]


def seen(
    ground: Ground,
    spells: pd.DataFrame,
    conflict_events: pd.DataFrame,
    day: pd.Timestamp,
    window: int,
    borrowed: bool,
) -> Exhibit:
    """Return the map of a day, with the deadly events of the days that end with it.

    Parameters
    ----------
    ground, conflict_events
        As for `explorer`.
    spells : pandas.DataFrame
        From `casebook.analysis.control.named_spells`, all or some of them.
    day : pandas.Timestamp
    window : int
        Days.
    borrowed : bool
        Whether spells that start on a borrowed date are among them.
    """
    on_day = situation(spells, conflict_events, day, window=window)
    towns = len(on_day.holders)
    doubt = f"; who held {prose.words(len(on_day.unknown))} is not known" if on_day.unknown else ""
    left_out = "" if borrowed else " Without the periods that start on a borrowed date."
    return Exhibit(
        name=f"explorer-{NAME}",
        figure=town_map.town_map(ground, on_day),
        title=f"On {prose.day(day)} the state held {on_day.held} of {towns} towns{doubt}",
        subtitle=f"Holders of {towns} towns on that day, and deadly events of the {window} "
        f"days that end with it.{left_out}",
        caption=CAPTION,
        summary=on_day.in_words() + left_out,
        source=f"Towns: {CONTROL_SOURCE} Events: {UCDP_SOURCE} {SHAPES_SOURCE}",
        tables=("control", "places", "actors", "conflict_events"),
        data=_rows(on_day.holders),
        keys=town_map.keys([on_day]),
        narrow_height=town_map.NARROW_HEIGHT,
    )


def _rows(holders: pd.DataFrame) -> pd.DataFrame:
    known = holders["actor_id"].ne("")
    return pd.DataFrame(
        {
            "Town": holders["place"],
            "Held by": holders["actor"].where(known, "not known"),
            "Since": holders["start_date"],
            "Certainty": holders["certainty"],
            "First day rests on": holders["start_basis"].str.replace("_", " "),
        }
    )
