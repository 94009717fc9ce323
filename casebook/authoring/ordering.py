"""The order of rows: always the same, so that a diff shows what was corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from casebook.authoring.csvfile import Row

_DIGITS = re.compile(r"(\d+)")


def in_order(rows: Iterable[Row], columns: Sequence[str]) -> list[Row]:
    """Rows sorted by these columns, numbers inside a text by their value (E2 before E10)."""
    return sorted(rows, key=lambda row: [_natural(row[column]) for column in columns])


def _natural(text: str) -> list[tuple[int, float | str]]:
    """Make a sort key of text and numbers; the leading flag keeps them comparable."""
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return [(0, float(text))]
    return [
        (0, float(part)) if part.isdecimal() else (1, part) for part in _DIGITS.split(text) if part
    ]
