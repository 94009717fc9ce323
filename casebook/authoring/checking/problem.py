"""One thing wrong with the data, told in one line."""

from __future__ import annotations

from dataclasses import dataclass

# What one row of a table is called in a message.
SINGULAR = {
    "actors": "actor",
    "places": "place",
    "regions": "region",
    "sources": "source",
    "events": "event",
    "indicators": "indicator",
    "recommendations": "recommendation",
}


@dataclass(frozen=True, order=True)
class Problem:
    """Where (file, row as numbered in the file, column), what, and what to do."""

    file: str
    row: int
    column: str
    what: str
    advice: str

    def __str__(self) -> str:
        where = self.file
        if self.row:
            where += f", row {self.row}"
        if self.column:
            where += f", column {self.column}"
        return f"{where}: {self.what}. {self.advice}."
