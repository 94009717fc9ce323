"""The measures of corruption that the page compares, and the words for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from casebook import prose

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


def amount_text(value: float, key: str) -> str:
    """Write a value with the decimals of its measure."""
    return prose.number(value, MEASURES[key].digits)


def value_text(row: Any, key: str) -> str:
    """Write a value with its interval: ``0.86 (0.84 to 0.90)``."""
    if pd.isna(row["low"]):
        return amount_text(row["value"], key)
    value, low, high = (amount_text(row[part], key) for part in ("value", "low", "high"))
    return f"{value} ({low} to {high})"
