"""What the statement advised, and what is on record about it."""

from __future__ import annotations

from casebook import prose
from casebook.facts.asking import allowed, known
from casebook.tables import load

__all__ = [
    "cells_judged",
    "last_outcome",
    "outcomes_found",
    "recommendations",
]


def recommendations(of: str = "S") -> int:
    """Count the recommendations of a set: S the statement, R and F the other documents."""
    known(of, allowed("recommendations", "set"), "No set of recommendations")
    return int(load("recommendations")["set"].eq(of).sum())


def cells_judged(verdict: str | None = None) -> int:
    """Count the cells of the scorecard, or those with a verdict; never a score."""
    rows = load("scorecard_verdicts")
    if verdict is not None:
        known(verdict, allowed("scorecard_verdicts", "verdict"), "No verdict")
        rows = rows[rows["verdict"].eq(verdict)]
    return len(rows)


def outcomes_found(of: str | None = None) -> int:
    """Count the outcomes on record: all, those of a set or those of one recommendation."""
    rows = load("outcomes")
    if of is None:
        return len(rows)
    ids = load("recommendations").set_index("rec_id")["set"]
    known(of, [*ids.unique(), *ids.index], "No set or recommendation")
    return int(rows["rec_id"].str.startswith(of).sum())


def last_outcome(rec_id: str) -> str:
    """Return the date of the latest outcome of a recommendation, as exactly as it is known."""
    rows = load("outcomes")
    known(rec_id, rows["rec_id"].unique(), "No recommendation with an outcome")
    return prose.partial_day(rows.loc[rows["rec_id"].eq(rec_id), "date"].max())
