"""A table as its file has it: text cells with their row numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from casebook.authoring import descriptor
from casebook.authoring.checking.problem import Problem
from casebook.authoring.csvfile import Row


@dataclass(frozen=True)
class Table:
    """Descriptor and content of one table."""

    described: dict[str, Any]
    text: str

    @property
    def file(self) -> str:
        """Name of the file, as shown in messages."""
        return str(self.described["path"])

    @property
    def fields(self) -> list[dict[str, Any]]:
        """Field descriptors."""
        found: list[dict[str, Any]] = self.described["schema"]["fields"]
        return found

    @cached_property
    def lines(self) -> list[list[str]]:
        """All lines as cells, the header first."""
        return list(csv.reader(io.StringIO(self.text, newline="")))

    @cached_property
    def rows(self) -> list[Row]:
        """Rows as column -> cell."""
        columns = descriptor.columns(self.described)
        return [dict(zip(columns, line, strict=True)) for line in self.lines[1:]]

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """Rows with their number in the file; the header is row 1."""
        return enumerate(self.rows, start=2)

    def problem(self, row: int, column: str, what: str, advice: str) -> Problem:
        """Name a problem in this table."""
        return Problem(self.file, row, column, what, advice)


def shape_problems(table: Table) -> list[Problem]:
    """Wrong header, wrong number of cells, line breaks inside a cell.

    The other checks trust that rows fit the columns and that a row is a line of the file.
    """
    wanted = descriptor.columns(table.described)
    header = table.lines[0] if table.lines else []
    if header != wanted:
        return [_header_problem(table, header, wanted)]
    found = []
    for number, line in enumerate(table.lines[1:], start=2):
        if len(line) != len(wanted):
            found.append(
                table.problem(
                    number,
                    "",
                    f"{len(line)} cells instead of {len(wanted)}",
                    "Put a text with a comma in double quotes, and keep empty cells",
                )
            )
            continue
        for column, cell in zip(wanted, line, strict=True):
            if cell != " ".join(cell.split()):
                found.append(
                    table.problem(
                        number,
                        column,
                        "line break or spaces at the edge or doubled",
                        "Leave single spaces only",
                    )
                )
    return found


def _header_problem(table: Table, header: list[str], wanted: list[str]) -> Problem:
    lacking = [column for column in wanted if column not in header]
    surplus = [column for column in header if column not in wanted]
    if lacking:
        what, advice = f"column {', '.join(lacking)} is missing", "Put it back into the header"
    elif surplus:
        what = f"column {', '.join(surplus)} is not in the schema"
        advice = "Describe it in datapackage.json or remove it"
    else:
        what, advice = "columns are doubled or in another order", "Follow datapackage.json"
    return table.problem(1, "", what, advice)
