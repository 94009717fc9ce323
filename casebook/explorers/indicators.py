"""Any indicator of the tables, for any of their countries, with intervals."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd

from casebook import prose
from casebook.analysis.indicators import COUNTRIES, MALI, joined, readings
from casebook.explorers.controls import Choice, Several
from casebook.explorers.explorer import Explorer
from casebook.figures import lines
from casebook.records import record
from casebook.show import Exhibit, Key

NAME = "any-indicator"
YEARS = (1990, 2024)
PANEL_HEIGHT = 150  # pixels
SERIES = (lines.Series("other", "country chosen", "muted"), lines.Series("mali", "Mali", "accent"))
# The table has two forms of these indicators; the one with published bounds is drawn.
RANKS = "Worldwide Governance Indicators"
RANK_UNIT = "percentile rank in the world"


def explorer(
    indicators: pd.DataFrame,
    vdem_indicators: pd.DataFrame,
    governance_indicators: pd.DataFrame,
    world_bank_indicators: pd.DataFrame,
    quoted_figures: pd.DataFrame,
    indicator: str = "wgi_cc",
    countries: Sequence[str] = ("NER", "SEN"),
    year: int = 2011,
) -> Explorer:
    """Return the explorer; the tables are those of the same names.

    Parameters
    ----------
    indicator : str
        Id at the start, as in the table ``indicators``.
    countries : sequence of str
        Beside Mali at the start, as ISO 3166-1 alpha-3.
    year : int
        The year that is put into words at the start.
    """
    every = readings(
        indicators,
        vdem_indicators,
        governance_indicators,
        world_bank_indicators,
        quoted_figures,
    )
    every = every[every["iso3"].isin(COUNTRIES)]
    dictionary = indicators.set_index("indicator_id")
    dictionary = dictionary.loc[[i for i in dictionary.index if i in set(every["indicator_id"])]]
    names = sorted(
        (
            (i, _named(row["title"], row["dataset"].split(",")[0]))
            for i, row in dictionary.iterrows()
        ),
        key=lambda named: named[1],
    )

    def draw(indicator: str, countries: Sequence[str], year: int) -> Exhibit:
        rows = every[every["indicator_id"].eq(indicator)]
        return seen(rows, record(dictionary, indicator), list(countries), year)

    return Explorer(
        NAME,
        {
            "indicator": Choice("Indicator", tuple(names), indicator),
            "countries": Several(
                "Beside Mali",
                tuple((iso3, name) for iso3, name in COUNTRIES.items() if iso3 != MALI),
                tuple(countries),
            ),
            "year": Choice(
                "Year described",
                tuple((y, str(y)) for y in range(YEARS[0], YEARS[1] + 1)),
                year,
                "slider",
            ),
        },
        draw,
    )


def _named(title: str, dataset: str) -> str:
    """Name an indicator with its dataset, unless its title does."""
    return title if title.endswith(f"({dataset})") else f"{title} ({dataset})"


def seen(rows: pd.DataFrame, about: pd.Series, countries: list[str], year: int) -> Exhibit:
    """Return one indicator through time: a panel for each country, Mali in every one.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `casebook.analysis.indicators.readings`, of one indicator.
    about : pandas.Series
        Its row of the table ``indicators``.
    countries : list of str
        Beside Mali.
    year : int
        The year that is put into words.
    """
    chosen = [iso3 for iso3 in COUNTRIES if iso3 in countries]
    panels = chosen or [MALI]
    span = _span(rows)
    digits = 0 if max(map(abs, span)) >= 20 else 1 if max(map(abs, span)) > 6 else 2
    drawn = [(p, "mali", MALI) for p in panels] + [(p, "other", p) for p in chosen]
    frame = pd.concat(
        [_yearly(rows, panel, series, iso3, digits) for panel, series, iso3 in drawn],
        ignore_index=True,
    )
    described = [
        lines.Panel(
            iso3,
            "<b>Mali</b>" if iso3 == MALI else f"<b>{COUNTRIES[iso3]}</b> and Mali",
            span,
            # Inhabitants and dollars need whole thousands.
            ticks=",~s" if max(span) >= 10_000 else "",
        )
        for iso3 in panels
    ]
    series = SERIES if chosen else SERIES[1:]
    figure = lines.panels(
        frame,
        described,
        series,
        YEARS,
        height=46 + PANEL_HEIGHT * len(panels),
        left=58,
        mark=(2012, "2012: coup"),
    )
    unit = RANK_UNIT if about["dataset"] == RANKS else about["unit"]
    covered = rows[rows["iso3"].isin([MALI, *chosen])]
    if covered.empty:
        covered = rows
    turned = ", axis turned round" if span[0] > span[1] else ""
    bounded = bool(rows["low"].notna().any())
    return Exhibit(
        name=f"explorer-{NAME}",
        figure=figure,
        title=_finding(rows, about, chosen, year, digits),
        subtitle=f"{about['title']}: {unit}, {rows['year'].min()} to {rows['year'].max()}{turned}; "
        f"{_direction(about)}",
        caption=_caption(about, bounded),
        summary=_in_words(rows, about, chosen, year, digits),
        source=f"{about['dataset']}, {about['vintage']} ({about['licence']}).",
        tables=("indicators", about["table"]),
        data=_table(covered, about),
        keys=(*lines.keys(series), *_interval_keys(covered)),
    )


def _interval_keys(covered: pd.DataFrame) -> list[Key]:
    bounded = Key("with an interval", "circle", "muted"), covered["low"].notna()
    unbounded = Key("no interval in the copy read", "circle-open", "muted"), covered["low"].isna()
    return [key for key, drawn in (bounded, unbounded) if drawn.any()]


def _span(rows: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of the axis, from the values of all countries: further up is better."""
    ends = rows[["value", "low", "high"]]
    lowest, highest = float(ends.min().min()), float(ends.max().max())
    pad = 0.05 * (highest - lowest) or 1
    span = (lowest - pad, highest + pad)
    return span[::-1] if rows["direction_good"].iloc[0] == "down" else span


def _yearly(rows: pd.DataFrame, panel: str, series: str, iso3: str, digits: int) -> pd.DataFrame:
    own = rows[rows["iso3"].eq(iso3)].sort_values("year")
    span = own[["comparable_from", "comparable_to"]].iloc[0] if len(own) else (pd.NA, pd.NA)
    return own.assign(
        panel=panel,
        series=series,
        joined=joined(own["year"], *span),
        symbol=own["low"].notna().map({True: "circle", False: "circle-open"}),
        hover=[
            f"<b>{COUNTRIES[iso3]}</b>, {row['year']}: {_value(row, digits)}"
            for row in own.to_dict("records")
        ],
    )


def _value(row: Any, digits: int) -> str:
    said = prose.number(row["value"], digits)
    if pd.isna(row["low"]):
        return said
    return f"{said} ({prose.number(row['low'], digits)} to {prose.number(row['high'], digits)})"


def _of_year(rows: pd.DataFrame, iso3: str, year: int) -> dict[Hashable, Any] | None:
    found = rows[rows["iso3"].eq(iso3) & rows["year"].eq(year)]
    return found.iloc[0].to_dict() if len(found) else None


def _compared(rows: pd.DataFrame, chosen: list[str], year: int) -> dict[str, list[str]]:
    """Sort the countries by what their intervals settle against Mali's."""
    mali = _of_year(rows, MALI, year)
    sorted_out: dict[str, list[str]] = {"apart": [], "overlap": [], "no interval": [], "none": []}
    for iso3 in chosen:
        other = _of_year(rows, iso3, year)
        if mali is None or other is None:
            kind = "none"
        elif pd.isna(mali["low"]) or pd.isna(other["low"]):
            kind = "no interval"
        else:
            meet = mali["low"] <= other["high"] and other["low"] <= mali["high"]
            kind = "overlap" if meet else "apart"
        sorted_out[kind].append(COUNTRIES[iso3])
    return sorted_out


def _finding(
    rows: pd.DataFrame, about: pd.Series, chosen: list[str], year: int, digits: int
) -> str:
    mali = _of_year(rows, MALI, year)
    name = f"{about['title']}, {year}"
    if mali is None:
        return f"{name}: the table has no value for Mali"
    said = f"{name}: Mali {_value(mali, digits)}"
    compared = _compared(rows, chosen, year)
    if names := compared["overlap"]:
        return f"{said}; its interval overlaps with that of {prose.listing(names)}"
    if names := compared["apart"]:
        return f"{said}; its interval is apart from that of {prose.listing(names)}"
    return said


def _in_words(
    rows: pd.DataFrame, about: pd.Series, chosen: list[str], year: int, digits: int
) -> str:
    values = []
    for iso3 in [MALI, *chosen]:
        row = _of_year(rows, iso3, year)
        values.append(f"{COUNTRIES[iso3]} {_value(row, digits) if row else 'has no value'}")
    said = f"{about['title']} in {year}: {'; '.join(values)}."
    compared = _compared(rows, chosen, year)
    if names := compared["overlap"]:
        said += f" Mali's interval overlaps with that of {prose.listing(names)}: "
        said += "which is higher is not settled."
    if names := compared["apart"]:
        said += f" It does not meet that of {prose.listing(names)}."
    if compared["no interval"]:
        said += " No interval stands in the copy we read: the order looks surer than it is."
    return said


def _direction(about: pd.Series) -> str:
    if about["direction_good"] == "none":
        return "neither more nor less is better"
    return f"further up: {about['higher_means'] if about['direction_good'] == 'up' else 'better'}"


def _caption(about: pd.Series, bounded: bool) -> str:
    parts = [
        "A line joins years only where the publisher's values may be compared; none crosses a "
        "missing year.",
        "Upright lines are intervals as published, computed from the standard error for quoted "
        "figures."
        if bounded
        else "",
        about["breaks"],
        about["note"],
        "Where two intervals overlap, the order is not settled; that is no proof of equality. An "
        "indicator does not show what caused it.",
    ]
    return " ".join(part for part in parts if part)


def _table(rows: pd.DataFrame, about: pd.Series) -> pd.DataFrame:
    ordered = rows.sort_values(["iso3", "year"])
    return pd.DataFrame(
        {
            "Country": ordered["iso3"].map(COUNTRIES),
            "Year": ordered["year"],
            about["title"]: ordered["value"],
            "low": ordered["low"],
            "high": ordered["high"],
        }
    ).reset_index(drop=True)
