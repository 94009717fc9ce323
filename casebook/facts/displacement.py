"""People in flight."""

from __future__ import annotations

import pandas as pd

from casebook.facts.asking import UnknownFact, known
from casebook.records import record
from casebook.tables import load

__all__ = [
    "fall",
    "figure_date",
    "persons",
]


def persons(figure_id: str) -> int:
    """Return how many people a dated displacement figure gives."""
    return int(_figure(figure_id)["persons"])


def figure_date(figure_id: str) -> pd.Timestamp:
    """Day a dated displacement figure refers to, if more than the month is known."""
    figure = _figure(figure_id)
    if figure["date_precision"] != "day":
        raise UnknownFact(f"Of {figure_id} only the {figure['date_precision']} is known")
    return pd.Timestamp(figure["as_of_date"])


def _figure(figure_id: str) -> pd.Series:
    figures = load("displacement_figures").set_index("figure_id")
    return record(figures, known(figure_id, figures.index, "No displacement figure"))


def fall(before: str, after: str) -> float:
    """Share by which the second of two displacement figures is below the first (0 to 1)."""
    return 1 - persons(after) / persons(before)
