"""Mali's place among countries on five measures of corruption of one year."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from casebook import prose
from casebook.analysis.indicators import COUNTRIES, MALI, NEIGHBOURS, places, readings
from casebook.exhibits.money.corruption import (
    INDEX_SOURCE,
    INDEX_TABLES,
    MEASURES,
    OF_THE_YEAR,
    YEAR,
    amount_text,
    value_text,
)
from casebook.figures import ranks
from casebook.show import Control, Exhibit, Key, State


def corruption_ranks(
    vdem_indicators: pd.DataFrame,
    governance_indicators: pd.DataFrame,
    world_bank_indicators: pd.DataFrame,
    quoted_figures: pd.DataFrame,
    indicators: pd.DataFrame,
) -> Exhibit:
    """Mali's place on five measures of corruption, or the countries on one of them."""
    every = readings(
        indicators,
        vdem_indicators,
        governance_indicators,
        world_bank_indicators,
        quoted_figures,
    )
    by_measure = {
        key: every[every["indicator_id"].eq(key) & every["year"].eq(measure.year)]
        for key, measure in MEASURES.items()
    }
    groups = {"all": list(COUNTRIES), "neighbours": [MALI, *NEIGHBOURS]} | {
        iso3: [MALI, iso3] for iso3 in COUNTRIES if iso3 != MALI
    }
    states = {}
    for group, members in groups.items():
        ranked = {key: places(rows, members) for key, rows in by_measure.items()}
        of_year = {key: ranked[key] for key in OF_THE_YEAR}
        states[f"overview|{group}"] = _overview(of_year, group)
        for key, table in ranked.items():
            states[f"{key}|{group}"] = _one_measure(by_measure[key], table, key, group)

    ranked = {key: places(rows) for key, rows in by_measure.items()}
    mali = {key: _mali(table) for key, table in ranked.items()}
    worst = max(OF_THE_YEAR, key=lambda key: mali[key]["first"] / mali[key]["of"])
    best = min(OF_THE_YEAR, key=lambda key: mali[key]["first"] / mali[key]["of"])
    shown = {key: f"{MEASURES[key].name}, {MEASURES[key].year}" for key in MEASURES}
    return Exhibit(
        name="corruption-ranks",
        figure=ranks.interval_dots("Mali", "countries compared"),
        title=f"How corrupt was Mali in {YEAR}? {_place(mali[worst])} of {mali[worst]['of']} on "
        f"one measure, {_place(mali[best])} of {mali[best]['of']} on another",
        subtitle=f"{prose.words(len(OF_THE_YEAR)).capitalize()} measures of {YEAR} for up to "
        f"{len(COUNTRIES)} countries; everywhere, further right is less corrupt",
        caption="The overview shows places, 1st being the least corrupt. Where two intervals "
        "overlap, the order is not settled; that is no proof of equality. The bar spans all places "
        "that this leaves open for Mali. V-Dem's intervals hold 68 %, the others 90 %: do not "
        "compare their widths. An open dot has no interval in the copy we read, which does not "
        "make it certain; its bar, if any, marks places shared by equal ratings. "
        f"{_said_of_common(by_measure)} The CPIA rates transparency and accountability together "
        "with corruption. All are judgements: none counts bribes. Choose a measure to see every "
        "country with its value and interval.",
        summary=_ranks_summary(mali),
        source=INDEX_SOURCE + " Bounds of the CPI of 2012 computed from its standard errors.",
        tables=INDEX_TABLES,
        data=_rank_rows(ranked, indicators),
        controls=(
            Control(
                "measure",
                "Measure",
                (
                    ("overview", f"all {prose.words(len(OF_THE_YEAR))}: Mali's place in {YEAR}"),
                    *shown.items(),
                ),
                "overview",
            ),
            Control(
                "among",
                "Compared with",
                (
                    ("all", f"all {len(COUNTRIES) - 1} countries of the tables"),
                    ("neighbours", f"its {prose.words(len(NEIGHBOURS))} neighbours"),
                    *((iso3, f"{name} alone") for iso3, name in COUNTRIES.items() if iso3 != MALI),
                ),
                "all",
            ),
        ),
        states=states,
        keys=(
            *ranks.keys("Mali", "countries compared"),
            Key("with an interval", "circle", "muted"),
            Key("no interval in the copy read", "circle-open", "muted"),
        ),
    )


def _said_of_common(by_measure: dict[str, pd.DataFrame]) -> str:
    """Say Mali's places again, among the countries that every measure of the year covers."""
    common = set(COUNTRIES).intersection(*(by_measure[key]["iso3"] for key in OF_THE_YEAR))
    left_out = [name for iso3, name in COUNTRIES.items() if iso3 not in common]
    if not left_out:
        return "All measures cover the same countries."
    again = [_mali(places(by_measure[key], common)) for key in OF_THE_YEAR]
    said = [prose.ordinal_range(row["first"], row["last"]) for row in again]
    return (
        f"Not every measure covers {prose.listing(left_out)}; without them Mali's places, from "
        f"above, are {prose.listing(said)} of {len(common)}."
    )


Row = dict[Hashable, Any]
"""A country's reading with its places."""


def _mali(ranked: pd.DataFrame) -> Row:
    return ranked[ranked["iso3"].eq(MALI)].iloc[0].to_dict()


def _place(row: Row) -> str:
    if row["first"] == row["last"]:
        return prose.ordinal(row["first"])
    return f"shared {prose.ordinal(row['first'])}"


def _places_said(row: Row) -> str:
    """Say a place and what is open about it: ``11th of 14 (its interval leaves ... open)``."""
    said = f"{prose.ordinal_range(row['first'], row['last'])} of {row['of']}"
    remarks = []
    if row["first"] != row["last"]:
        remarks.append("places shared by equal values")
    if (row["open_first"], row["open_last"]) != (row["first"], row["last"]):
        open_places = prose.ordinal_range(row["open_first"], row["open_last"])
        remarks.append(f"intervals leave {open_places} open")
    elif not pd.isna(row["low"]):
        remarks.append("no other interval reaches its own")
    return f"{said} ({'; '.join(remarks)})" if remarks else said


def _overview(ranked: dict[str, pd.DataFrame], group: str) -> State:
    rows, said, most = [], [], 1
    for key, table in ranked.items():
        measure = MEASURES[key]
        if len(table) < 2:
            said.append(f"{measure.name}: no value for {COUNTRIES[group]}")
            continue
        most = max(most, len(table))
        for row in table.to_dict("records"):
            mali = row["iso3"] == MALI
            bounded = not pd.isna(row["low"])
            place = (row["first"] + row["last"]) / 2
            low, high = (
                (row["open_first"], row["open_last"]) if bounded else (row["first"], row["last"])
            )
            rows.append(
                {
                    "row": measure.row,
                    "x": place,
                    "low": low if mali and low != high else None,
                    "high": high if mali and low != high else None,
                    "interval": bounded,
                    "label": f"{prose.ordinal_range(row['first'], row['last'])} of {row['of']}",
                    "hover": f"<b>{COUNTRIES[row['iso3']]}</b><br>{measure.name}<br>"
                    f"{_places_said(row)}",
                    "marked": mali,
                }
            )
        said.append(f"{measure.name} {_places_said(_mali(table))}")
    return _state(
        pd.DataFrame(rows),
        [MEASURES[key].row for key in ranked],
        (most + 0.6, 0.4),
        "place among the countries compared<br>further right = less corrupt",
        2 if most > 10 else 1,
        f"Mali's place in {YEAR}{_beside(group)}, counted from the least corrupt: "
        f"{'; '.join(said)}.",
    )


def _beside(group: str) -> str:
    if group in ("all", "neighbours"):
        return " among its neighbours" if group == "neighbours" else ""
    return f" beside {COUNTRIES[group]}"


def _one_measure(values: pd.DataFrame, table: pd.DataFrame, key: str, group: str) -> State:
    measure, mali = MEASURES[key], _mali(table)
    rows = pd.DataFrame(
        {
            "row": [COUNTRIES[iso3] for iso3 in table["iso3"]],
            "x": table["value"],
            "low": table["low"],
            "high": table["high"],
            "interval": table["low"].notna(),
            "label": [amount_text(value, key) for value in table["value"]],
            "hover": [
                f"<b>{COUNTRIES[row['iso3']]}</b>: {value_text(row, key)}<br>{_places_said(row)}"
                for row in table.to_dict("records")
            ],
            "marked": table["iso3"].eq(MALI),
        }
    )
    # One axis for all comparisons: it spans every country, whoever is chosen.
    ends = values[["value", "low", "high"]]
    lowest, highest = float(ends.min().min()), float(ends.max().max())
    pad = 0.06 * (highest - lowest)
    span = (lowest - pad, highest + pad)
    if mali["direction_good"] == "down":
        span = span[::-1]
    good = "lower" if mali["direction_good"] == "down" else "higher"
    return _state(
        rows,
        rows["row"].tolist(),
        (round(span[0], 3), round(span[1], 3)),
        f"{measure.axis}<br>{good} = further right = less corrupt",
        None,
        _readout(table, mali, key, group),
    )


def _readout(table: pd.DataFrame, mali: Row, key: str, group: str) -> str:
    measure = MEASURES[key]
    said = f"{measure.name}, {measure.year}: Mali {value_text(mali, key)}"
    if len(table) < 2:
        return f"{said}. {COUNTRIES[group]} has no value, so there is nothing to compare."
    if len(table) == 2:
        other = table[table["iso3"].ne(MALI)].iloc[0]
        said += f", {COUNTRIES[other['iso3']]} {value_text(other, key)}. "
        if mali["first"] != mali["last"]:
            return said + "The two are rated alike."
        better = "less" if mali["first"] == 1 else "more"
        if pd.isna(mali["low"]):
            return f"{said}Mali is rated {better} corrupt; the copy we read has no intervals."
        if mali["overlaps"]:
            return f"{said}The intervals overlap: which is more corrupt is not settled."
        return f"{said}Mali is rated {better} corrupt, and the intervals do not overlap."
    said += f", {prose.ordinal_range(mali['first'], mali['last'])} of {mali['of']}"
    said += ", counted from the least corrupt. "
    if mali["first"] != mali["last"]:
        equal = table[table["value"].eq(mali["value"]) & table["iso3"].ne(MALI)]
        names = prose.listing([COUNTRIES[iso3] for iso3 in equal["iso3"]])
        said += f"It shares these places with {names}. "
    if pd.isna(mali["low"]):
        return said + "No interval stands in the copy we read: the order looks surer than it is."
    names = prose.listing(sorted(COUNTRIES[iso3] for iso3 in mali["overlaps"]))
    if not names:
        return said + f"No other {measure.interval} interval overlaps with Mali's."
    open_places = prose.ordinal_range(mali["open_first"], mali["open_last"])
    return (
        said + f"Its {measure.interval} interval overlaps with those of {names}: any place from "
        f"{open_places} is open."
    )


def _state(
    rows: pd.DataFrame,
    labels: list[str],
    span: tuple[float, float],
    title: str,
    step: float | None,
    readout: str,
) -> State:
    return State(
        readout,
        traces={
            0: ranks.dots(rows, marked=False),
            1: ranks.dots(rows, marked=True),
        },
        layout=ranks.axes(labels, span, title, step),
    )


def _ranks_summary(mali: dict[str, Row]) -> str:
    said = [
        f"{MEASURES[key].name} {_places_said(mali[key])}, value {value_text(mali[key], key)}"
        for key in OF_THE_YEAR
    ]
    new = mali["ti_cpi_0_100"]
    return (
        f"Mali's place in {YEAR}, counted from the least corrupt: {'; '.join(said)}. "
        f"In {MEASURES['ti_cpi_0_100'].year}, by another method: {MEASURES['ti_cpi_0_100'].name} "
        f"{_places_said(new)}, value {value_text(new, 'ti_cpi_0_100')}."
    )


def _rank_rows(ranked: dict[str, pd.DataFrame], indicators: pd.DataFrame) -> pd.DataFrame:
    meaning = indicators.set_index("indicator_id")["higher_means"]
    tables = [
        pd.DataFrame(
            {
                "Measure": MEASURES[key].name,
                "Year": rows["year"],
                "Country": [COUNTRIES[iso3] for iso3 in rows["iso3"]],
                "Value": rows["value"],
                "low": rows["low"],
                "high": rows["high"],
                "Interval holds": MEASURES[key].interval or "no interval read",
                "Higher means": meaning[key],
                "Edition": rows["vintage"],
                "Place": rows["first"],
                "shared to": rows["last"],
                "open from": rows["open_first"],
                "open to": rows["open_last"],
                "of": rows["of"],
            }
        )
        for key, rows in ranked.items()
    ]
    return pd.concat(tables, ignore_index=True)
