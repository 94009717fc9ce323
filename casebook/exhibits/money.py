"""Exhibits of the chapter "Money: corruption, aid and the army" (`chapters/governance/money`)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from casebook import prose, style
from casebook.analysis.indicators import COUNTRIES, NEIGHBOURS, joined, places, readings
from casebook.figures import bars, lines, ranks
from casebook.show import Control, Exhibit, Key, State, TableExhibit

MALI = "MLI"
YEAR = 2011  # the last full year before the coup


@dataclass(frozen=True)
class Measure:
    """One way of measuring corruption, and the words for it.

    Attributes
    ----------
    name : str
        In sentences.
    row : str
        On the upright axis.
    axis : str
        Under the level axis: the unit.
    year : int
    digits : int
        Decimals written.
    interval : str
        What its interval holds; empty where the copy read has none.
    """

    name: str
    row: str
    axis: str
    year: int
    digits: int
    interval: str = ""


MEASURES = {
    "v2x_corr": Measure(
        "V-Dem political corruption",
        "V-Dem: political<br>corruption",
        "index from 0 to 1, axis turned round",
        YEAR,
        2,
        "68 %",
    ),
    "v2exbribe": Measure(
        "V-Dem bribery of the executive",
        "V-Dem: bribery of<br>the executive",
        "model score, as published",
        YEAR,
        2,
    ),
    "wgi_cc": Measure(
        "WGI control of corruption",
        "WGI: control<br>of corruption",
        "percentile rank in the world",
        YEAR,
        0,
        "90 %",
    ),
    "ti_cpi_0_10": Measure(
        "CPI by its old method",
        "CPI, old method<br>(to 2011)",
        "points of 10, as published",
        YEAR,
        1,
    ),
    "IQ.CPA.TRAN.XQ": Measure(
        "CPIA rating",
        "CPIA: corruption,<br>transparency",
        "rating from 1 to 6, as published",
        YEAR,
        1,
    ),
    "ti_cpi_0_100": Measure(
        "CPI by its new method",
        "CPI, new method<br>(from 2012)",
        "points of 100, as published",
        2012,
        0,
        "90 %",
    ),
}
# What is put side by side: the measures of one year.
OF_THE_YEAR = [key for key, measure in MEASURES.items() if measure.year == YEAR]

INDEX_SOURCE = (
    "V-Dem (political corruption v13, bribery v12; CC BY-SA 4.0); Worldwide Governance Indicators, "
    "2024 update; CPIA, 2020 edition (both World Bank, CC BY 4.0); Corruption Perceptions Index, "
    "Transparency International (CC BY-ND 4.0, single values quoted)."
)
INDEX_TABLES = (
    "vdem_indicators",
    "governance_indicators",
    "world_bank_indicators",
    "quoted_figures",
    "indicators",
)


def _country(iso3: str) -> str:
    return COUNTRIES[iso3]


# --- Corruption, five ways ----------------------------------------------------------------------


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


def _mali(ranked: pd.DataFrame) -> dict:
    return ranked[ranked["iso3"].eq(MALI)].iloc[0].to_dict()


def _place(row: dict) -> str:
    if row["first"] == row["last"]:
        return prose.ordinal(row["first"])
    return f"shared {prose.ordinal(row['first'])}"


def _amount(value: float, key: str) -> str:
    return prose.number(value, MEASURES[key].digits)


def _value(row, key: str) -> str:
    """Say a value with its interval: ``0.86 (0.84 to 0.90)``."""
    if pd.isna(row["low"]):
        return _amount(row["value"], key)
    return (
        f"{_amount(row['value'], key)} ({_amount(row['low'], key)} to {_amount(row['high'], key)})"
    )


def _places_said(row: dict) -> str:
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
            said.append(f"{measure.name}: no value for {_country(group)}")
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
                    "hover": f"<b>{_country(row['iso3'])}</b><br>{measure.name}<br>"
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
    return f" beside {_country(group)}"


def _one_measure(values: pd.DataFrame, table: pd.DataFrame, key: str, group: str) -> State:
    measure, mali = MEASURES[key], _mali(table)
    rows = pd.DataFrame(
        {
            "row": [_country(iso3) for iso3 in table["iso3"]],
            "x": table["value"],
            "low": table["low"],
            "high": table["high"],
            "interval": table["low"].notna(),
            "label": [_amount(value, key) for value in table["value"]],
            "hover": [
                f"<b>{_country(row['iso3'])}</b>: {_value(row, key)}<br>{_places_said(row)}"
                for row in table.to_dict("records")
            ],
            "marked": table["iso3"].eq(MALI),
        }
    )
    # One axis for all comparisons: it spans every country, whoever is chosen.
    ends = values[["value", "low", "high"]].stack()
    pad = 0.06 * (ends.max() - ends.min())
    span = (ends.min() - pad, ends.max() + pad)
    if mali["direction_good"] == "down":
        span = span[::-1]
    good = "lower" if mali["direction_good"] == "down" else "higher"
    return _state(
        rows,
        rows["row"].tolist(),
        (round(float(span[0]), 3), round(float(span[1]), 3)),
        f"{measure.axis}<br>{good} = further right = less corrupt",
        None,
        _readout(table, mali, key, group),
    )


def _readout(table: pd.DataFrame, mali: dict, key: str, group: str) -> str:
    measure = MEASURES[key]
    said = f"{measure.name}, {measure.year}: Mali {_value(mali, key)}"
    if len(table) < 2:
        return f"{said}. {_country(group)} has no value, so there is nothing to compare."
    if len(table) == 2:
        other = table[table["iso3"].ne(MALI)].iloc[0]
        said += f", {_country(other['iso3'])} {_value(other, key)}. "
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
        names = prose.listing([_country(iso3) for iso3 in equal["iso3"]])
        said += f"It shares these places with {names}. "
    if pd.isna(mali["low"]):
        return said + "No interval stands in the copy we read: the order looks surer than it is."
    names = prose.listing(sorted(_country(iso3) for iso3 in mali["overlaps"]))
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


def _ranks_summary(mali: dict[str, dict]) -> str:
    said = [
        f"{MEASURES[key].name} {_places_said(mali[key])}, value {_value(mali[key], key)}"
        for key in OF_THE_YEAR
    ]
    new = mali["ti_cpi_0_100"]
    return (
        f"Mali's place in {YEAR}, counted from the least corrupt: {'; '.join(said)}. "
        f"In {MEASURES['ti_cpi_0_100'].year}, by another method: {MEASURES['ti_cpi_0_100'].name} "
        f"{_places_said(new)}, value {_value(new, 'ti_cpi_0_100')}."
    )


def _rank_rows(ranked: dict[str, pd.DataFrame], indicators: pd.DataFrame) -> pd.DataFrame:
    meaning = indicators.set_index("indicator_id")["higher_means"]
    tables = [
        pd.DataFrame(
            {
                "Measure": MEASURES[key].name,
                "Year": rows["year"],
                "Country": [_country(iso3) for iso3 in rows["iso3"]],
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


# --- Corruption through time --------------------------------------------------------------------

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
    named = f"annotations.{len(figure.layout.annotations) - 1}.text"
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
    )


def _compared(iso3: str) -> str:
    return f"compared: {_country(iso3)}"


def _panel(rows: pd.DataFrame, key: str) -> lines.Panel:
    # One axis for all comparisons, from the values of all countries.
    ends = rows[["value", "low", "high"]].stack()
    pad = 0.05 * (ends.max() - ends.min())
    span = (float(ends.min() - pad), float(ends.max() + pad))
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
            f"<b>{_country(iso3)}</b>, {row['year']}: {_value(row, key)}<br>{MEASURES[key].name}"
            for row in rows.to_dict("records")
        ],
    )


def _move(mali: pd.DataFrame, key: str) -> float:
    """Say how far Mali moved towards less corruption, in the unit of the measure."""
    before, after = mali.loc[(key, BEFORE)], mali.loc[(key, AFTER)]
    sign = 1 if before["direction_good"] == "up" else -1
    return sign * (after["value"] - before["value"])


def _against(every: pd.DataFrame, iso3: str) -> str:
    said = []
    for key in THROUGH_TIME:
        year = MEASURES[key].year
        rows = every[every["indicator_id"].eq(key) & every["year"].eq(year)].set_index("iso3")
        own = _value(rows.loc[MALI], key)
        other = _value(rows.loc[iso3], key) if iso3 in rows.index else "no value"
        when = "" if year == YEAR else f" in {year},"
        said.append(f"{MEASURES[key].name}{when} {own} and {other}")
    return f"Mali and {_country(iso3)} in {YEAR}: {'; '.join(said)}."


def _overlap(mali: pd.DataFrame, key: str) -> bool:
    """Tell whether Mali's intervals before and after the coup meet."""
    before, after = mali.loc[(key, BEFORE)], mali.loc[(key, AFTER)]
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
        before, after = mali.loc[(key, BEFORE)], mali.loc[(key, AFTER)]
        text = (
            f"{MEASURES[key].name} from {_value(before, key)} in {BEFORE} to "
            f"{_value(after, key)} in {AFTER}"
        )
        if not pd.isna(before["low"]):
            text += ", intervals overlapping" if _overlap(mali, key) else ", intervals apart"
        said.append(text)
    new = [mali.loc[("ti_cpi_0_100", year)] for year in (2012, 2013)]
    return (
        f"Mali: {'; '.join(said)}; the CPI by its new method from "
        f"{_value(new[0], 'ti_cpi_0_100')} in 2012 to {_value(new[1], 'ti_cpi_0_100')} in 2013. "
        "V-Dem turns towards less corruption, the others towards more."
        if _move(mali, "v2x_corr") > 0 > _move(mali, "wgi_cc")
        else f"Mali: {'; '.join(said)}."
    )


def _time_rows(every: pd.DataFrame) -> pd.DataFrame:
    """Return a row a country and year: what each measure says, with its bounds if it has any."""
    wide = every.pivot(index=["iso3", "year"], columns="indicator_id").sort_index()
    shown = {
        "Country": [_country(iso3) for iso3, _ in wide.index],
        "Year": [int(year) for _, year in wide.index],
    }
    for key in THROUGH_TIME:
        shown[MEASURES[key].name] = wide[("value", key)].tolist()
        if MEASURES[key].interval:
            for bound in ("low", "high"):
                shown[f"{MEASURES[key].name.split()[0]} {bound}"] = wide[(bound, key)].tolist()
    return pd.DataFrame(shown)


# --- Aid ----------------------------------------------------------------------------------------

DONORS = {
    "DAC_OTHER": "other DAC donors, EU included",
    "FRA": "France",
    "USA": "United States",
}
AID_YEARS = (2011, 2012, 2013)
CURRENT, CONSTANT = "million US$, current prices", "million US$, constant prices"


def aid(aid_by_donor: pd.DataFrame, world_bank_indicators: pd.DataFrame) -> Exhibit:
    """Net aid to Mali by donor, 1990-2018; all donors in constant prices as another series."""
    amounts = aid_by_donor[aid_by_donor["donor_id"].isin(DONORS)]
    frame = pd.DataFrame(
        {
            "series": amounts["donor_id"],
            "label": amounts["donor_id"].map(DONORS),
            "year": amounts["year"],
            "value": amounts["net_aid"],
        }
    )
    bank = world_bank_indicators[world_bank_indicators["iso3"].eq(MALI)]
    bank = bank.set_index(["indicator_id", "year"])["value"]
    constant = bank["DT.ODA.ODAT.KD"].div(1e6).rename("value").reset_index()
    constant = constant.assign(series="ALL", label="all donors and agencies, constant prices")
    frame = pd.concat([frame, constant], ignore_index=True)
    frame["hover"] = [
        f"<b>{row.label}</b><br>{row.year}: {prose.number(row.value)} million US$"
        for row in frame.itertuples()
    ]
    tokens = {series: f"donor-{series}" for series in (*DONORS, "ALL")}
    last = int(constant["year"].max())
    figure = bars.stacked_years(
        frame, tokens, (1990, last), title=CURRENT, mark=(2012, "2012: coup")
    )
    by_series = {key: rows.set_index("year")["value"] for key, rows in frame.groupby("series")}
    total = aid_by_donor[aid_by_donor["donor_id"].eq("DAC_TOTAL")].set_index("year")["net_aid"]
    everything = bank[("DT.ODA.ODAT.PC.ZS", YEAR)] * bank[("SP.POP.TOTL", YEAR)] / 1e6
    options = {"stack": "DAC donors, stacked", **DONORS, "ALL": "all donors, constant prices"}
    states = {
        key: _aid_state(key, label, total if key == "stack" else by_series[key], list(tokens))
        for key, label in options.items()
    }
    fell, rose = _split(by_series)
    return Exhibit(
        name="aid-by-donor",
        figure=figure,
        title=f"Net aid from DAC donors {_course(total)}",
        subtitle=f"Net bilateral aid to Mali a year, {int(total.index.min())} to "
        f"{int(total.index.max())}, million US dollars at the prices of each year",
        caption="Net disbursements, not promises: what was paid out in a year, less repayments. "
        "DAC donors are the members of the OECD's aid committee and the EU institutions. Not "
        f"in the bars: development banks, the UN, China, Arab funds. All aid together came to "
        f"about {prose.number(everything)} million dollars in {YEAR} (aid per head times "
        "population). Prices are those of each "
        "year, so part of the long rise is inflation and the exchange rate. Only France and the "
        "United States are told apart in our table. Choose constant prices for another series: "
        "all donors, base year not stated in the copy we read.",
        summary=f"Net aid from DAC donors in million dollars: {_three(total)}. "
        f"In {AID_YEARS[1]}, the year of the coup, {prose.listing(fell)} gave less than in the "
        f"year before{f', {prose.listing(rose)} more' if rose else ''}. All donors together, in "
        f"constant prices: {_three(by_series['ALL'])}. By "
        f"{int(total.index.max())} aid from DAC donors was {prose.number(total.iloc[-1])} million. "
        "The bars show what was paid, not why.",
        source="World Bank, World Development Indicators, from OECD DAC: by donor, edition of "
        "2020; all donors, compilation of 1 March 2026. CC BY 4.0. Other DAC donors are computed "
        "as the total less France and the United States.",
        tables=("aid_by_donor", "world_bank_indicators"),
        data=_aid_rows(frame, total),
        controls=(Control("donor", "Show", tuple(options.items()), "stack"),),
        states=states,
    )


def _three(amounts: pd.Series) -> str:
    """Say three years: ``918 in 2011, 818 in 2012 and 1,020 in 2013``."""
    return prose.listing([f"{prose.number(amounts[year])} in {year}" for year in AID_YEARS])


def _course(amounts: pd.Series) -> str:
    """Say which way aid went: ``fell from 918 million dollars in 2011 to 818 in 2012, ...``."""
    before, coup, after = (amounts[year] for year in AID_YEARS)
    first, then = ("rose" if up else "fell" for up in (coup > before, after > coup))
    return (
        f"{first} from {prose.amount(before, 'million dollars')} in {AID_YEARS[0]} to "
        f"{prose.number(coup)} in {AID_YEARS[1]}, then {then} to {prose.number(after)} in "
        f"{AID_YEARS[2]}"
    )


def _split(by_series: dict[str, pd.Series]) -> tuple[list[str], list[str]]:
    """Tell which donors gave less, and which more, in the year of the coup."""
    change = {key: by_series[key][AID_YEARS[1]] - by_series[key][AID_YEARS[0]] for key in DONORS}
    named = {"DAC_OTHER": "the other DAC donors", "FRA": "France", "USA": "the United States"}
    return (
        [named[key] for key, by in change.items() if by < 0],
        [named[key] for key, by in change.items() if by > 0],
    )


def _aid_state(key: str, label: str, amounts: pd.Series, series: list[str]) -> State:
    visible = set(DONORS) if key == "stack" else {key}
    peak = amounts.idxmax()
    readout = (
        f"{label[0].upper()}{label[1:]}, million US$: {_three(amounts)}; the most in {peak}, "
        f"{prose.number(amounts[peak])}."
    )
    if key == "ALL":
        readout += " Another series: all donors and agencies, prices of one base year."
    return State(
        readout,
        traces={i: {"visible": name in visible} for i, name in enumerate(series)},
        layout={
            "yaxis.title.text": CONSTANT if key == "ALL" else CURRENT,
            "xaxis.range": [float(amounts.index.min()) - 0.8, float(amounts.index.max()) + 0.8],
        },
    )


def _aid_rows(frame: pd.DataFrame, total: pd.Series) -> pd.DataFrame:
    wide = frame.pivot_table(index="year", columns="series", values="value")
    return pd.DataFrame(
        {
            "Year": wide.index,
            "France": wide["FRA"].to_numpy(),
            "United States": wide["USA"].to_numpy(),
            "Other DAC donors": wide["DAC_OTHER"].to_numpy(),
            "DAC donors together": total.reindex(wide.index).to_numpy(),
            "All donors, constant prices (another series)": wide["ALL"].round(1).to_numpy(),
        }
    )


# --- Found by auditors, and by a donor -----------------------------------------------------------


def auditor_general(auditor_general: pd.DataFrame, sources: pd.DataFrame) -> TableExhibit:
    """List what each report found beside what it looked at; a year without a total is a gap."""
    found = auditor_general.set_index("report_year")
    rows = []
    for first, last in _runs(found.index):
        if first == last and first in found.index:
            row = found.loc[first]
            rows.append(
                {
                    "Report": str(first),
                    "Scope and remarks, as read": row["note"] or "scope not stated",
                    "Sum found, billion CFA francs": _sum(row),
                    "of it fraud": prose.number(row["fraud"], 1)
                    if not pd.isna(row["fraud"])
                    else "not told apart",
                    "Read in": _titles(row["source_ids"], sources),
                }
            )
        else:
            rows.append(
                {
                    "Report": str(first) if first == last else f"{first} to {last}",
                    "Scope and remarks, as read": "no total found",
                    "Sum found, billion CFA francs": "unknown",
                    "of it fraud": "unknown",
                    "Read in": "nothing found",
                }
            )
    return TableExhibit(
        name="auditor-general",
        title="What the Auditor General found depends on what was audited",
        data=pd.DataFrame(rows),
        note="Not a series, and so not drawn: every report covers other bodies and other years. "
        "A larger sum may mean more audits, larger bodies or more fraud. Irregularities are sums "
        "questioned by auditors, not losses that a court established; prices are those of the "
        "time.",
        source="Reports of the Bureau du Vérificateur général, as the press or the office summed "
        "them up; we did not read the reports.",
    )


def _runs(years: pd.Index) -> list[tuple[int, int]]:
    """Return every year with a report by itself, and each gap between them as one span."""
    spans = [(int(year), int(year)) for year in years]
    gaps = [
        (int(before) + 1, int(after) - 1) for before, after in pairwise(years) if after - before > 1
    ]
    return sorted(spans + gaps)


def _sum(row: pd.Series) -> str:
    amount = prose.number(
        row["irregularities"], 0 if row["irregularities"] == int(row["irregularities"]) else 1
    )
    return amount if row["qualifier"] == "exact" else f"{row['qualifier']} {amount}"


def _titles(ids: str, sources: pd.DataFrame) -> str:
    authors = sources.set_index("source_id")[["author", "year"]]
    return "; ".join(f"{authors.at[i, 'author']} {authors.at[i, 'year']}" for i in ids.split(";"))


def cases(corruption_cases: pd.DataFrame, sources: pd.DataFrame) -> TableExhibit:
    """List the steps of the Global Fund's case of 2010-11, and an Auditor General's last total."""
    rows = corruption_cases.sort_values("date")
    shown = pd.DataFrame(
        {
            "Day": rows["date"],
            "What happened": rows["event"],
            "Read in": [_titles(ids, sources) for ids in rows["source_ids"]],
        }
    )
    return TableExhibit(
        name="corruption-cases",
        title="The Global Fund's case and an Auditor General's last total, "
        f"{prose.month(rows['date'].min())} to {prose.month(rows['date'].max())}",
        data=shown,
        note="One donor's case and one auditor's total, chosen because our sources date them: not "
        "a list of cases. A suspension follows a finding by the donor; we did not look for "
        "verdicts of courts. The rows stand in order of time, which says nothing about what "
        "caused what.",
        source="the Global Fund and the press, as named in each row.",
    )


# --- The army -----------------------------------------------------------------------------------

SPENDING, FORCES = "MS.MIL.XPND.GD.ZS", "MS.MIL.TOTL.P1"
# Between these years the way of counting seems to have changed, by the dictionary of indicators.
COUNTED_ANEW = ((2011, 2012), (2019, 2020))
ARMY_SERIES = (
    lines.Series("series", "yearly series", "accent"),
    lines.Series("army", "army alone, single reports", "ink"),
)
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
    for key, rows in quoted.groupby("indicator"):
        rows = rows.assign(year=rows["period"].astype(int)).sort_values("year")
        unit = "% of GDP" if key == SPENDING else "persons, paramilitary included"
        digits = 2 if key == SPENDING else 0
        parts.append(
            rows.assign(
                panel=key,
                series="series",
                low=None,
                high=None,
                joined=joined(rows["year"], *spans.loc[key]),
                symbol="circle",
                hover=[
                    f"{row.year}: {prose.number(row.value, digits)} {unit}"
                    for row in rows.itertuples()
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
                for row in alone.itertuples()
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
