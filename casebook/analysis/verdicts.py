"""What became of each recommendation: its verdicts, and the dated outcomes on record."""

from __future__ import annotations

import pandas as pd

from casebook import prose, tables

DOCUMENTS = {
    "S": "the statement",
    "R": "media release and headings of Africa Report 201",
    "F": "follow-up report of January 2014",
}
SHORT_VERDICTS = {
    "fulfilled": "fulfilled",
    "partly fulfilled": "partly",
    "not fulfilled": "not",
    "reversed": "reversed",
    "not known": "unknown",
}
STATEMENT_EVENT = "crisis-group-statement"
CODING = "our coding, by one reader, from the dated outcomes and events of this book"


def short_names() -> dict[str, str]:
    """Return the short name of every recommendation, by its id."""
    table = tables.load("recommendations")
    return dict(zip(table["rec_id"], table["short_name"], strict=True))


def numbered_name(rec_id: str) -> str:
    """Return a recommendation's id and short name, as figures and folds write it."""
    return f"{rec_id} {short_names()[rec_id]}"


def dated_outcomes(recommendations: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Join outcomes with their recommendations: a row each, set by set, in order of time.

    Returns
    -------
    pandas.DataFrame
        The columns of both tables and ``row`` (of the figure, from one on), ``name``, ``short``,
        ``precision``; ``date`` is the first day of what is known.
    """
    columns = ["rec_id", "set", "document", "recommendation"]
    frame = outcomes.merge(recommendations[columns], on="rec_id", validate="m:1")
    frame["precision"] = frame["date"].str.count("-").map({0: "year", 1: "month", 2: "day"})
    frame["date"] = pd.to_datetime(frame["date"].str.ljust(10, "x").map(_first_day))
    order = {letter: position for position, letter in enumerate(DOCUMENTS)}
    frame = frame.sort_values(
        ["set", "rec_id", "date", "outcome_id"],
        key=lambda column: column.map(order) if column.name == "set" else column,
        ignore_index=True,
    )
    frame["row"] = pd.factorize(frame["rec_id"])[0] + 1
    frame["name"] = frame["rec_id"].map(numbered_name)
    frame["short"] = frame["rec_id"]
    return frame


def _first_day(text: str) -> str:
    known = text.rstrip("x")
    return known + "-01" * (2 - known.count("-"))


def outcome_rows(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return outcomes with readable columns, each with its sources."""
    by_id = sources.set_index("source_id")
    named = by_id["author"] + ": " + by_id["title"]
    return pd.DataFrame(
        {
            "Recommendation": frame["name"],
            "From": frame["set"].map(DOCUMENTS),
            "Date": [
                prose.day_of(date, precision)
                for date, precision in zip(frame["date"], frame["precision"], strict=True)
            ],
            "What happened": frame["what_happened"],
            "Direction (our coding)": frame["direction"],
            "Why coded so": frame["why_coded_so"],
            "Sources": [
                "; ".join(named[source] for source in ids.split(";")) for ids in frame["source_ids"]
            ],
        }
    )
