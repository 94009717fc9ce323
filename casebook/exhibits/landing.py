"""The one live figure of the landing page (`index`)."""

from __future__ import annotations

import pandas as pd

from casebook import prose
from casebook.analysis.control import CONTROL_SOURCE, named_spells
from casebook.analysis.deaths import UCDP_SOURCE
from casebook.analysis.geography import SHAPES_SOURCE, Ground
from casebook.analysis.situation import situations
from casebook.figures import town_map
from casebook.show import Exhibit, State, day_slider

MAP_DAY = "2013-02-01"  # shown first, and on paper


def two_years(
    ground: Ground,
    control: pd.DataFrame,
    places: pd.DataFrame,
    actors: pd.DataFrame,
    conflict_events: pd.DataFrame,
) -> Exhibit:
    """Towns and deadly events, month by month through 2012 and 2013."""
    spells = named_spells(control, places, actors)
    dates = pd.date_range("2012-01-01", "2013-12-01", freq="MS")
    before, after = pd.Timestamp("2013-01-01"), pd.Timestamp("2013-03-01")
    days = situations(spells, conflict_events, dates)
    towns = spells["place_id"].nunique()
    held = {each.date: each.held for each in days.values()}
    unknown = [len(each.unknown) for each in days.values()]
    counts = pd.DataFrame(
        {
            "Day": list(held),
            "Towns the state holds": list(held.values()),
            "Towns others hold": [
                towns - count - gap for count, gap in zip(held.values(), unknown, strict=True)
            ],
            "Holder not known": unknown,
        }
    )
    milestones = (dates[0], pd.Timestamp("2012-05-01"), before, after, dates[-1])
    said = [f"{held[date]} on {prose.day(date)}" for date in milestones]
    gap = prose.words(unknown[-1])
    return Exhibit(
        name="two-years",
        figure=town_map.town_map(ground, days[MAP_DAY]),
        title=f"On {prose.day(before)} the state held {prose.words(held[before])} of "
        f"{towns} towns; two months later, {prose.words(held[after])}",
        subtitle="Who held each town on the first of a month, and deadly events of the 30 days "
        "before",
        caption="Squares are towns in the colour of their holder, hollow where the date is "
        "borrowed from another town. Rings are events recorded by UCDP: larger for more deaths, "
        "fainter where less exactly placed. From 2013 on, towns in the state's colour "
        "mostly depended on French, Chadian or UN troops.",
        summary=f"Of {towns} towns the state holds {prose.listing(said)}."
        + (f" On the last of these days the holder of {gap} is not known." if unknown[-1] else ""),
        source=f"Towns: {CONTROL_SOURCE} Events: {UCDP_SOURCE} {SHAPES_SOURCE}",
        tables=("control", "conflict_events", "places", "region_boundaries"),
        data=counts,
        controls=(day_slider(days, MAP_DAY),),
        states={
            day: State(each.in_words(), town_map.day_marks(each)) for day, each in days.items()
        },
        keys=town_map.keys(days.values()),
        narrow_height=town_map.NARROW_HEIGHT,
    )
