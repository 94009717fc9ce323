"""Rules about measured values: intervals, vintages, and how much may be quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from casebook.authoring.checking.problem import Problem
from casebook.authoring.checking.table import Table

# What may not be republished is quoted: a selection this small cannot stand in for the data set.
QUOTED_AT_MOST = 40

# table -> columns that must not fall from left to right, where they hold values
_RISING = {
    "vdem_indicators": ("low", "value", "high"),
    "governance_indicators": ("percentile_rank_low", "percentile_rank", "percentile_rank_high"),
    "forces": ("personnel_min", "personnel_max"),
    "forces_after_2013": ("personnel_min", "personnel_max"),
    "indicators": ("scale_low", "scale_high"),
}


def estimate_problems(tables: Mapping[str, Table]) -> list[Problem]:
    """All rules of this module, run over all tables."""
    return [
        *_falling(tables),
        *_half_intervals(tables["vdem_indicators"]),
        *_mixed_vintages(tables["vdem_indicators"], tables["indicators"]),
        *_values_in_another_table(tables),
        *_quoted_too_often(tables["quoted_figures"]),
    ]


def _falling(tables: Mapping[str, Table]) -> Iterator[Problem]:
    for name, columns in _RISING.items():
        for number, row in tables[name].numbered():
            told = [(column, row[column]) for column in columns if row[column]]
            try:
                values = [float(cell) for _, cell in told]
            except ValueError:
                continue  # the schema check names the cell that is no number
            if values != sorted(values):
                listed = ", ".join(f"{column} {cell}" for column, cell in told)
                yield tables[name].problem(
                    number,
                    columns[0],
                    f"the values fall from left to right: {listed}",
                    "Compare with the published row",
                )


def _half_intervals(table: Table) -> Iterator[Problem]:
    for number, row in table.numbered():
        if bool(row["low"]) != bool(row["high"]):
            yield table.problem(
                number,
                "high",
                "an interval needs both its bounds",
                "Fill low and high or neither",
            )


def _mixed_vintages(values: Table, dictionary: Table) -> Iterator[Problem]:
    """V-Dem estimates history anew in every version: one indicator, one version."""
    vintage = {row["indicator_id"]: row["vintage"] for row in dictionary.rows}
    for number, row in values.numbered():
        wanted = vintage.get(row["indicator_id"])
        if wanted and row["vintage"] != wanted:
            yield values.problem(
                number,
                "vintage",
                f"{row['indicator_id']} is of {wanted} in indicators.csv, not {row['vintage']}",
                "Give a series from another version an indicator_id of its own",
            )


def _values_in_another_table(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Find values outside the table the dictionary names; licences depend on it."""
    columns = {
        "vdem_indicators": "indicator_id",
        "governance_indicators": "dimension",
        "world_bank_indicators": "indicator_id",
        "quoted_figures": "indicator",
    }
    home = {row["indicator_id"]: row["table"] for row in tables["indicators"].rows}
    for name, column in columns.items():
        for number, row in tables[name].numbered():
            wanted = home.get(row[column], name)
            if wanted != name:
                yield tables[name].problem(
                    number,
                    column,
                    f"{row[column]} belongs in {wanted}.csv",
                    "Move the row there: tables are split by licence",
                )


def _quoted_too_often(table: Table) -> Iterator[Problem]:
    counted: Counter[str] = Counter()
    for number, row in table.numbered():
        counted[row["publisher"]] += 1
        if counted[row["publisher"]] == QUOTED_AT_MOST + 1:
            yield table.problem(
                number,
                "publisher",
                f"more than {QUOTED_AT_MOST} figures are quoted from {row['publisher']}",
                "Drop figures that no page uses",
            )
