"""The one live figure of the landing page (`index`)."""

from __future__ import annotations

import pandas as pd

from casebook import prose
from casebook.exhibits import frames, town_map
from casebook.exhibits.collapse_2012 import CONTROL_SOURCE, UCDP_SOURCE
from casebook.show import Exhibit


def two_years(
    ground: frames.Ground,
    control: pd.DataFrame,
    places: pd.DataFrame,
    actors: pd.DataFrame,
    conflict_events: pd.DataFrame,
) -> Exhibit:
    """Towns and deadly events, month by month through 2012 and 2013."""
    spells = frames.named_spells(control, places, actors)
    dates = pd.date_range("2012-01-01", "2013-12-01", freq="MS")
    before, after = pd.Timestamp("2013-01-01"), pd.Timestamp("2013-03-01")
    drawn = town_map.through_time(
        ground, spells, conflict_events, dates, default=pd.Timestamp("2013-02-01")
    )
    towns = spells["place_id"].nunique()
    held = {
        date: int(frames.holders_on(spells, date)["controller"].eq("mli_gov").sum())
        for date in dates
    }
    counts = pd.DataFrame(
        {
            "Day": list(held),
            "Towns the state holds": list(held.values()),
            "Towns others hold": [towns - count for count in held.values()],
        }
    )
    return Exhibit(
        name="two-years",
        figure=drawn.figure,
        title=f"On {prose.day(before)} the state held {prose.words(held[before])} of "
        f"{towns} towns; two months later, {prose.words(held[after])}",
        subtitle="Who held each town on the first of a month, and deadly events of the 30 days "
        "before. Move the slider.",
        caption="Squares are towns in the colour of their holder, hollow where the date is "
        "borrowed from the region. Circles are events recorded by UCDP: the larger, the more "
        "deaths; the fainter, the less exactly placed. From 2013 on, towns in the state's colour mostly "
        "depended on French, Chadian or UN troops.",
        summary=f"The state holds {held[dates[0]]} of {towns} towns on {prose.day(dates[0])}, "
        f"{held[pd.Timestamp('2012-05-01')]} on 1 May 2012, {held[before]} on "
        f"{prose.day(before)}, {held[after]} on {prose.day(after)} and {held[dates[-1]]} on "
        f"{prose.day(dates[-1])}.",
        source="Towns: " + CONTROL_SOURCE + " Events: " + UCDP_SOURCE + " " + town_map.SHAPES,
        tables=("control", "conflict_events", "places", "region_boundaries"),
        data=counts,
        controls=(drawn.control,),
        states=drawn.states,
        keys=drawn.keys,
        narrow_height=town_map.NARROW_HEIGHT,
    )
