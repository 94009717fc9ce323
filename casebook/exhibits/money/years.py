"""Measures of corruption through time, Mali beside one other country."""

from __future__ import annotations

import pandas as pd

from casebook import prose, style
from casebook.analysis.indicators import COUNTRIES, MALI, joined, readings
from casebook.exhibits.money.corruption import (
    INDEX_SOURCE,
    INDEX_TABLES,
    MEASURES,
    YEAR,
    value_text,
)
from casebook.figures import lines
from casebook.records import record
from casebook.show import Control, Exhibit, State

THROUGH_TIME = ("v2x_corr", "wgi_cc", "IQ.CPA.TRAN.XQ", "ti_cpi_0_10", "ti_cpi_0_100")
PANEL_TITLES = {
    "v2x_corr": (
        "<b>V-Dem political corruption</b>: index, axis turned round; up is less corrupt",
        "<b>V-Dem</b>: index, turned round; up: less corrupt",
    ),
    "wgi_cc": (
        "<b>WGI control of corruption</b>: percentile rank in the world; up is less corrupt",
        "<b>WGI</b>: percentile rank; up: less corrupt",
    ),
    "IQ.CPA.TRAN.XQ": (
        "<b>CPIA rating</b>: 1 to 6; transparency and corruption in one; up is less corrupt",
        "<b>CPIA</b>: rating, 1 to 6; up: less corrupt",
    ),
    "ti_cpi_0_10": (
        "<b>CPI, old method</b>: points of 10, no two years compare; up is less corrupt",
        "<b>CPI, old</b>: points of 10; up: less corrupt",
    ),
    "ti_cpi_0_100": (
        "<b>CPI, new method</b>: points of 100; up is less corrupt",
        "<b>CPI, new</b>: points of 100; up: less corrupt",
    ),
}
SHORT = {"v2x_corr": "V-Dem", "wgi_cc": "WGI", "IQ.CPA.TRAN.XQ": "CPIA"}
SERIES = (
    lines.Series("other", "country compared", "muted"),
    lines.Series("mali", "Mali", "accent"),
)
BEFORE, AFTER = 2011, 2013


def corruption_through_time(
    vdem_indicators: pd.DataFrame,
    governance_indicators: pd.DataFrame,
    world_bank_indicators: pd.DataFrame,
    quoted_figures: pd.DataFrame,
    indicators: pd.DataFrame,
) -> Exhibit:
    """Mali and one other country on four measures of corruption, 1990 to 2023."""
    every = readings(
        indicators,
        vdem_indicators,
        governance_indicators,
        world_bank_indicators,
        quoted_figures,
    )
    every = every[every["indicator_id"].isin(THROUGH_TIME)]
    described = [_panel(every[every["indicator_id"].eq(key)], key) for key in THROUGH_TIME]
    default = "NER"
    frame = pd.concat(
        [
            _yearly(every, key, iso3, series)
            for key in THROUGH_TIME
            for series, iso3 in (("mali", MALI), ("other", default))
        ],
        ignore_index=True,
    )
    figure = lines.panels(
        frame,
        described,
        SERIES,
        (1990, 2023),
        height=760,
        mark=(2012, "2012: coup"),
    )
    # On paper there is no control to say which country is meant.
    figure.add_annotation(
        text=_compared(default),
        x=0,
        xref="paper",
        xanchor="left",
        xshift=-40,
        y=1,
        yref="paper",
        yanchor="bottom",
        showarrow=False,
        font={"size": 12, "color": style.colour("muted")},
    )
    named = f"annotations.{len(described) + 1}.text"  # after the panels' titles and the mark
    mali = every[every["iso3"].eq(MALI)].set_index(["indicator_id", "year"])
    states = {}
    for iso3 in COUNTRIES:
        if iso3 != MALI:
            states[iso3] = State(
                _against(every, iso3),
                traces={
                    lines.trace_of(described, SERIES, key, "other"): lines.with_breaks(
                        _yearly(every, key, iso3, "other")
                    )
                    for key in THROUGH_TIME
                },
                layout={named: _compared(iso3)},
            )
    moves = {key: _move(mali, key) for key in SHORT}
    less = [SHORT[key] for key, move in moves.items() if move > 0]
    more = [SHORT[key] for key, move in moves.items() if move < 0]
    unsettled = [SHORT[key] for key in SHORT if moves[key] and _overlap(mali, key)]
    return Exhibit(
        name="corruption-through-time",
        figure=figure,
        title=_turn(less, more, unsettled),
        subtitle="Four measures of corruption by year, each on its own axis; in every panel, "
        "further up is less corrupt",
        caption="A line joins years only where the publisher's values may be compared: none "
        "crosses a missing year, none joins the two methods of the CPI, and none joins years of "
        "its old method, whose scores its makers do not compare. Upright lines are intervals, 68 % "
        "for V-Dem and 90 % for WGI and the new CPI. WGI scales every year anew: a fall is a loss "
        "of place, not an amount. A level stretch of V-Dem's line repeats one estimate; it is no "
        "proof that nothing changed.",
        summary=_time_summary(mali),
        source=INDEX_SOURCE + " Of the CPI we quote single years.",
        tables=INDEX_TABLES,
        data=_time_rows(every),
        controls=(
            Control(
                "country",
                "Mali and",
                tuple((iso3, name) for iso3, name in COUNTRIES.items() if iso3 != MALI),
                default,
            ),
        ),
        states=states,
        keys=lines.keys(SERIES),
    )


def _compared(iso3: str) -> str:
    return f"compared: {COUNTRIES[iso3]}"


def _panel(rows: pd.DataFrame, key: str) -> lines.Panel:
    # One axis for all comparisons, from the values of all countries.
    ends = rows[["value", "low", "high"]]
    lowest, highest = float(ends.min().min()), float(ends.max().max())
    pad = 0.05 * (highest - lowest)
    span = (lowest - pad, highest + pad)
    if rows["direction_good"].iloc[0] == "down":
        span = span[::-1]
    return lines.Panel(key, PANEL_TITLES[key][0], span, narrow_title=PANEL_TITLES[key][1])


def _yearly(every: pd.DataFrame, key: str, iso3: str, series: str) -> pd.DataFrame:
    rows = every[every["indicator_id"].eq(key) & every["iso3"].eq(iso3)].sort_values("year")
    span = rows[["comparable_from", "comparable_to"]].iloc[0] if len(rows) else (pd.NA, pd.NA)
    return rows.assign(
        panel=key,
        series=series,
        joined=joined(rows["year"], *span),
        symbol="circle",
        hover=[
            f"<b>{COUNTRIES[iso3]}</b>, {row['year']}: {value_text(row, key)}"
            f"<br>{MEASURES[key].name}"
            for row in rows.to_dict("records")
        ],
    )


def _move(mali: pd.DataFrame, key: str) -> float:
    """Say how far Mali moved towards less corruption, in the unit of the measure."""
    before, after = record(mali, (key, BEFORE)), record(mali, (key, AFTER))
    sign = 1 if before["direction_good"] == "up" else -1
    return sign * float(after["value"] - before["value"])


def _against(every: pd.DataFrame, iso3: str) -> str:
    said = []
    for key in THROUGH_TIME:
        year = MEASURES[key].year
        rows = every[every["indicator_id"].eq(key) & every["year"].eq(year)].set_index("iso3")
        own = value_text(rows.loc[MALI], key)
        other = value_text(rows.loc[iso3], key) if iso3 in rows.index else "no value"
        when = "" if year == YEAR else f" in {year},"
        said.append(f"{MEASURES[key].name}{when} {own} and {other}")
    return f"Mali and {COUNTRIES[iso3]} in {YEAR}: {'; '.join(said)}."


def _overlap(mali: pd.DataFrame, key: str) -> bool:
    """Tell whether Mali's intervals before and after the coup meet."""
    before, after = record(mali, (key, BEFORE)), record(mali, (key, AFTER))
    return bool(before["low"] <= after["high"] and after["low"] <= before["high"])


def _turn(less: list[str], more: list[str], unsettled: list[str]) -> str:
    """Say which measures moved which way: ``V-Dem rates Mali less corrupt, WGI more``."""
    said = [
        f"{prose.listing(names)} rate{'s' if len(names) == 1 else ''} Mali {way} corrupt"
        for names, way in ((less, "less"), (more, "more"))
        if names
    ]
    # What was said of the first need not be said of the second.
    if len(said) == 2:
        said[1] = f"{prose.listing(more)} more"
    doubt = f"; the intervals of {prose.listing(unsettled)} overlap" if unsettled else ""
    return f"From {BEFORE} to {AFTER} {', '.join(said) or 'no measure moves'}{doubt}"


def _time_summary(mali: pd.DataFrame) -> str:
    said = []
    for key in SHORT:
        before, after = record(mali, (key, BEFORE)), record(mali, (key, AFTER))
        text = (
            f"{MEASURES[key].name} from {value_text(before, key)} in {BEFORE} to "
            f"{value_text(after, key)} in {AFTER}"
        )
        if not pd.isna(before["low"]):
            text += ", intervals overlapping" if _overlap(mali, key) else ", intervals apart"
        said.append(text)
    key = "ti_cpi_0_100"
    old, new = (value_text(mali.loc[(key, year)], key) for year in (2012, 2013))
    return (
        f"Mali: {'; '.join(said)}; the CPI by its new method from "
        f"{old} in 2012 to {new} in 2013. "
        "V-Dem turns towards less corruption, the others towards more."
        if _move(mali, "v2x_corr") > 0 > _move(mali, "wgi_cc")
        else f"Mali: {'; '.join(said)}."
    )


def _time_rows(every: pd.DataFrame) -> pd.DataFrame:
    """Return a row a country and year: what each measure says, with its bounds if it has any."""
    wide = every.pivot(index=["iso3", "year"], columns="indicator_id").sort_index()
    shown = {
        "Country": [COUNTRIES[iso3] for iso3, _ in wide.index],
        "Year": [int(year) for _, year in wide.index],
    }
    for key in THROUGH_TIME:
        shown[MEASURES[key].name] = wide[("value", key)].tolist()
        if MEASURES[key].interval:
            for bound in ("low", "high"):
                shown[f"{MEASURES[key].name.split()[0]} {bound}"] = wide[(bound, key)].tolist()
    return pd.DataFrame(shown)
