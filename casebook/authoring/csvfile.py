r"""CSV as this project writes it: UTF-8, ``\n`` line ends, quotes only where needed.

The same rows always give the same bytes, so a diff shows facts and nothing else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    """Read all rows of a CSV file as text, in the order of the file."""
    return parse(path.read_text(encoding="utf-8"))


def parse(text: str) -> list[Row]:
    """Read all rows of the text of a CSV file."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_text(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """Write rows as the text of a CSV file with these columns.

    Raises
    ------
    ValueError
        If a row lacks a column or has one too many.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(columns), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        odd = set(row) ^ set(columns)
        if odd:
            raise ValueError(f"Row {row} does not fit the columns: {', '.join(sorted(odd))}.")
        writer.writerow(row)
    return out.getvalue()
