"""Military spending, and counts of people under arms."""

from __future__ import annotations

import pandas as pd

from casebook import prose
from casebook.analysis.indicators import MALI, joined
from casebook.figures import lines
from casebook.records import record, records
from casebook.show import Exhibit, Key

SPENDING, FORCES = "MS.MIL.XPND.GD.ZS", "MS.MIL.TOTL.P1"
# Between these years the way of counting seems to have changed, by the dictionary of indicators.
COUNTED_ANEW = ((2011, 2012), (2019, 2020))
ARMY_SERIES = (
    lines.Series("series", "yearly series", "accent"),
    lines.Series("army", "army alone, single reports", "ink"),
)
AFTER = 2013  # the first full year after the coup
ARMY_MARKS = {"exact": "circle", "about": "circle-open", "at_least": "triangle-up-open"}


def army(
    quoted_figures: pd.DataFrame,
    army_and_external_support: pd.DataFrame,
    indicators: pd.DataFrame,
) -> Exhibit:
    """Military spending as a share of output, and counts of soldiers with their breaks."""
    quoted = quoted_figures[
        quoted_figures["subject"].eq(MALI) & quoted_figures["indicator"].isin([SPENDING, FORCES])
    ]
    spans = indicators.set_index("indicator_id")[["comparable_from", "comparable_to"]]
    parts = []
    for key in (FORCES, SPENDING):
        rows = quoted[quoted["indicator"].eq(key)]
        rows = rows.assign(year=rows["period"].astype(int)).sort_values("year")
        unit = "% of GDP" if key == SPENDING else "persons, paramilitary included"
        digits = 2 if key == SPENDING else 0
        parts.append(
            rows.assign(
                panel=key,
                series="series",
                low=None,
                high=None,
                joined=joined(rows["year"], *record(spans, key)),
                symbol="circle",
                hover=[
                    f"{row.year}: {prose.number(row.value, digits)} {unit}" for row in records(rows)
                ],
            )
        )
    counts = army_and_external_support.set_index("figure_id")
    alone = counts[counts["indicator"].eq("army_personnel")]
    alone = alone.assign(year=alone["date"].str[:4].astype(int)).sort_values("year")
    parts.append(
        alone.assign(
            panel=FORCES,
            series="army",
            low=None,
            high=None,
            joined=False,
            symbol=alone["qualifier"].map(ARMY_MARKS),
            hover=[
                f"{row.date}: {row.qualifier.replace('_', ' ').replace('exact', '')} "
                f"{prose.number(row.value)}<br>{row.note}".replace(":  ", ": ")
                for row in records(alone)
            ],
        )
    )
    columns = ["panel", "series", "year", "value", "low", "high", "joined", "symbol", "hover"]
    frame = pd.concat([part[columns] for part in parts], ignore_index=True)
    labels = {series.name: series.label for series in ARMY_SERIES}
    forces = frame[frame["panel"].eq(FORCES) & frame["series"].eq("series")]
    spending = frame[frame["panel"].eq(SPENDING)]
    described = (
        lines.Panel(
            SPENDING,
            "<b>Military spending</b>: per cent of GDP (SIPRI's estimates)",
            (0, float(spending["value"].max()) * 1.1),
            narrow_title="<b>Military spending</b>: per cent of GDP",
        ),
        lines.Panel(
            FORCES,
            "<b>People under arms</b>: paramilitary forces counted in, or not",
            (0, float(forces["value"].max()) * 1.1),
            breaks=COUNTED_ANEW,
            narrow_title="<b>People under arms</b>",
            ticks=",d",
        ),
    )
    figure = lines.panels(
        frame,
        described,
        ARMY_SERIES,
        (2000, 2024),
        height=470,
        left=58,
        mark=(2012, "2012: coup"),
    )
    by_year = forces.set_index("year")["value"]
    share = spending.set_index("year")["value"]
    (before, after), (older, newer) = COUNTED_ANEW
    return Exhibit(
        name="army-counts",
        figure=figure,
        title=f"On paper the forces shrank from {prose.number(by_year[before])} in {before} to "
        f"{prose.number(by_year[after])} in {after}: the count seems to have changed",
        subtitle=f"Mali, {int(share.index.min())} to {int(share.index.max())}: military spending "
        "as a share of output, and people under arms as two publishers count them",
        caption="Shaded: jumps that we read as changes of count; the publisher does not say. The "
        "lower panel has no line at all, because its jumps may be of count as well as of size. "
        "The upper one is an estimate; whether it holds spending outside the budget is not stated. "
        "A share of output does not say what reached soldiers.",
        summary=f"Spending: {prose.number(share[2000], 2)} % of GDP in 2000, "
        f"{prose.number(share[before], 2)} % in {before}, {prose.number(share[AFTER], 2)} % in "
        f"{AFTER} and {prose.number(share[2020], 2)} % in 2020. People under arms: "
        f"{prose.number(by_year[before])} in {before}, {prose.number(by_year[after])} in {after}, "
        f"{prose.number(by_year[older])} in {older}, {prose.number(by_year[newer])} in {newer}. "
        f"{_parts_of_the_army(counts, by_year)}",
        source="SIPRI (spending) and IISS (people), as republished in World Development "
        "Indicators, compilation of 1 March 2026, single values quoted; the army alone: the "
        "Military Balance of 2009 as an encyclopaedia quotes it, and the press.",
        tables=("quoted_figures", "army_and_external_support", "indicators"),
        data=_army_rows(frame, labels),
        keys=(
            *lines.keys(ARMY_SERIES),
            Key("about", "circle-open", "ink"),
            Key("at least", "triangle", "ink"),
            Key("way of counting seems to have changed", "shade"),
        ),
    )


def _parts_of_the_army(counts: pd.DataFrame, by_year: pd.Series) -> str:
    """Say which parts of 2009 add up to which value of the series."""
    value = {
        name: int(counts.loc[counts["indicator"].eq(f"{name}_personnel"), "value"].iloc[0])
        for name in ("army", "air_force", "navy", "paramilitary")
    }
    said = (
        f"Counted apart in 2009: army {prose.number(value['army'])}, air force "
        f"{value['air_force']}, navy {value['navy']}, paramilitary forces "
        f"{prose.number(value['paramilitary'])}."
    )
    regular = value["army"] + value["air_force"] + value["navy"]
    if regular == by_year[2012] and value["army"] + value["paramilitary"] == by_year[2011]:
        said += (
            f" Army and paramilitary forces add up to {prose.number(by_year[2011])}, the value of "
            f"2011; army, air force and navy to {prose.number(regular)}, that of 2012. That the "
            "paramilitary forces were left out is our inference."
        )
    return said


def _army_rows(frame: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    names = {SPENDING: "military spending, % of GDP", FORCES: "people under arms"}
    return pd.DataFrame(
        {
            "What": frame["panel"].map(names),
            "Counted as": frame["series"].map(labels),
            "Year": frame["year"],
            "Value": frame["value"].astype(float),
            "Remark": frame["hover"].str.replace("<br>", "; "),
        }
    )
