"""Corruption as indices see it, aid, audits and the army."""

from __future__ import annotations

import pandas as pd

from casebook.analysis import indicators
from casebook.facts.asking import UnknownFact, known
from casebook.prose import ordinal_range
from casebook.records import record
from casebook.tables import load

__all__ = [
    "army_figure",
    "audited",
    "countries_ranked",
    "measured",
    "net_aid",
    "overlapping",
    "place",
    "places_open",
    "quoted",
]


def measured(indicator_id: str, year: int, iso3: str = "MLI", bound: str = "value") -> float:
    """Return the value of an indicator, or the ``low`` or ``high`` bound of its interval.

    Of the Worldwide Governance Indicators it is the percentile rank.
    """
    known(bound, ("value", "low", "high"), "No part of a reading")
    rows = _readings(indicator_id, year).set_index("iso3")
    known(iso3, rows.index, f"No country with {indicator_id} in {year}")
    found = record(rows, iso3)[bound]
    if pd.isna(found):
        raise UnknownFact(f"{indicator_id} has no interval for {iso3} in {year}")
    return float(found)


def place(indicator_id: str, year: int, iso3: str = "MLI") -> str:
    """Return a country's place, 1st being the best: ``11th``, or ``2nd to 5th`` if shared."""
    row = _ranked(indicator_id, year, iso3)
    return ordinal_range(row["first"], row["last"])


def places_open(indicator_id: str, year: int, iso3: str = "MLI") -> str:
    """Return the places that the intervals leave open, such as ``9th to 12th``."""
    row = _ranked(indicator_id, year, iso3)
    if pd.isna(row["low"]):
        raise UnknownFact(f"{indicator_id} has no interval for {iso3} in {year}")
    return ordinal_range(row["open_first"], row["open_last"])


def overlapping(indicator_id: str, year: int, iso3: str = "MLI") -> int:
    """Return how many other countries have an interval that meets this one's."""
    row = _ranked(indicator_id, year, iso3)
    if pd.isna(row["low"]):
        raise UnknownFact(f"{indicator_id} has no interval for {iso3} in {year}")
    return len(row["overlaps"])


def countries_ranked(indicator_id: str, year: int) -> int:
    """Return how many countries have a value of an indicator in a year."""
    return len(_readings(indicator_id, year))


def _ranked(indicator_id: str, year: int, iso3: str) -> pd.Series:
    rows = indicators.places(_readings(indicator_id, year)).set_index("iso3")
    return record(rows, known(iso3, rows.index, f"No country with {indicator_id} in {year}"))


def _readings(indicator_id: str, year: int) -> pd.DataFrame:
    rows = indicators.readings(
        load("indicators"),
        load("vdem_indicators"),
        load("governance_indicators"),
        load("world_bank_indicators"),
        load("quoted_figures"),
    )
    rows = rows[rows["indicator_id"].eq(known(indicator_id, rows["indicator_id"], "No indicator"))]
    if year not in set(rows["year"]):
        raise UnknownFact(f"{indicator_id} has no value in {year}")
    return rows[rows["year"].eq(year)]


def net_aid(year: int, donor_id: str = "DAC_TOTAL") -> float:
    """Return net aid to Mali in a year, in million US dollars of that year."""
    table = load("aid_by_donor")
    known(donor_id, table["donor_id"], "No donor")
    rows = table[table["donor_id"].eq(donor_id)].set_index("year")["net_aid"]
    if year not in rows.index:
        raise UnknownFact(f"Aid by donor runs from {rows.index.min()} to {rows.index.max()}")
    return float(rows[year])


def audited(report_year: int) -> float:
    """Return the irregularities found in a report, in billion CFA francs."""
    rows = load("auditor_general").set_index("report_year")["irregularities"]
    if report_year not in rows.index:
        raise UnknownFact(f"No total of {report_year}; there are {', '.join(map(str, rows.index))}")
    return float(rows[report_year])


def quoted(figure_id: str) -> float:
    """Return a figure quoted from a publisher, by its id."""
    rows = load("quoted_figures").set_index("figure_id")["value"]
    return float(rows[known(figure_id, rows.index, "No quoted figure")])


def army_figure(figure_id: str) -> float:
    """Return a figure on the Malian army or outside support, by its id."""
    rows = load("army_and_external_support").set_index("figure_id")["value"]
    return float(rows[known(figure_id, rows.index, "No figure on the army")])
