"""The tables of indicators: a dictionary, and the values split by licence."""

from __future__ import annotations

from casebook.authoring.csvfile import Row
from casebook.authoring.importing.recipe import Recipe, UndecidedError

_VALUES = "governance/indicators.csv"
_FIRST_YEAR = "1990"
_DECIDED = (
    *("indicator_id", "table", "title", "unit", "scale_low", "scale_high", "higher_means"),
    *("direction_good", "dataset", "vintage", "comparable_from", "comparable_to", "breaks"),
)
_WGI = {
    "estimate_std_normal": "estimate",
    "standard_error": "standard_error",
    "n_sources": "number_of_sources",
    "percentile_rank": "percentile_rank",
    "percentile_rank_lower90": "percentile_rank_low",
    "percentile_rank_upper90": "percentile_rank_high",
}


def indicators(recipe: Recipe) -> list[Row]:
    """One row an indicator of which values are carried; which ones, indicators.csv decides."""
    sources = {r["source_id"]: r for r in recipe.extracts.rows("governance/sources.csv")}
    return [
        {
            **{column: decision[column] for column in _DECIDED},
            "licence": decision["licence"] or sources[decision["source"]]["licence"],
            "source_ids": recipe.sources("governance", decision["source"]),
            "note": decision["note"],
        }
        for decision in recipe.decisions("indicators")
    ]


def vdem_indicators(recipe: Recipe) -> list[Row]:
    """One row a country, year and V-Dem indicator; bounds stand in the extract as own series."""
    carried = _carried(recipe, "vdem_indicators")
    bounds = {
        f"{extract_id}_{end}": end for extract_id in carried for end in ("codelow", "codehigh")
    }
    intervals: dict[tuple[str, str, str], str] = {}
    values = []
    for row in _values(recipe):
        if row["indicator_id"] in carried:
            values.append(row)
        elif row["indicator_id"] in bounds:
            intervals[row["iso3"], row["year"], row["indicator_id"]] = row["value"]
    return [
        {
            "iso3": row["iso3"],
            "year": row["year"],
            "indicator_id": carried[row["indicator_id"]]["indicator_id"],
            "value": row["value"],
            "low": _bound(intervals, row, "codelow"),
            "high": _bound(intervals, row, "codehigh"),
            "vintage": _vintage(carried[row["indicator_id"]], row),
            "source_ids": recipe.sources("governance", row["source_id"]),
        }
        for row in values
    ]


def _bound(intervals: dict[tuple[str, str, str], str], row: Row, end: str) -> str:
    return intervals.get((row["iso3"], row["year"], f"{row['indicator_id']}_{end}"), "")


def _vintage(decision: Row, row: Row) -> str:
    """V-Dem estimates history anew in every version, so one series must come from one."""
    if row["source_id"] != decision["source"]:
        what = f"{row['indicator_id']} comes from {row['source_id']}, not {decision['source']}"
        raise UndecidedError("indicators", what)
    return decision["vintage"]


def governance_indicators(recipe: Recipe) -> list[Row]:
    """One row a country, year and dimension of the Worldwide Governance Indicators."""
    carried = {d["extract_id"]: d for d in _decisions(recipe, "governance_indicators")}
    return [
        {
            "iso3": row["iso3"],
            "year": row["year"],
            "dimension": carried[row["dimension"]]["indicator_id"],
            **{ours: row[theirs] for theirs, ours in _WGI.items()},
            "source_ids": recipe.sources("governance", carried[row["dimension"]]["source"]),
        }
        for row in recipe.extracts.rows("governance/wgi_wide.csv")
        if row["dimension"] in carried
    ]


def world_bank_indicators(recipe: Recipe) -> list[Row]:
    """One row a country, year and indicator of the World Bank."""
    carried = _carried(recipe, "world_bank_indicators")
    return [
        {
            "iso3": row["iso3"],
            "year": row["year"],
            "indicator_id": row["indicator_id"],
            "value": row["value"],
            "source_ids": recipe.sources("governance", row["source_id"]),
        }
        for row in _values(recipe)
        if row["indicator_id"] in carried
    ]


def _values(recipe: Recipe) -> list[Row]:
    return [r for r in recipe.extracts.rows(_VALUES) if r["year"] >= _FIRST_YEAR]


def _decisions(recipe: Recipe, table: str) -> list[Row]:
    return [d for d in recipe.decisions("indicators") if d["table"] == table]


def _carried(recipe: Recipe, table: str) -> dict[str, Row]:
    return {d["extract_id"]: d for d in _decisions(recipe, table)}
