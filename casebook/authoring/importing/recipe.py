"""What every table's import needs: the extracts, the decisions made by hand, one spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casebook.authoring import reconciliation
from casebook.authoring.csvfile import Row
from casebook.authoring.extracts import Extracts
from casebook.authoring.importing.lists import join, split
from casebook.authoring.importing.spelling import speller


class UndecidedError(ValueError):
    """An extract holds something no decision made by hand covers, or the other way round."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(
            f"casebook/authoring/reconciliation/{file}.csv: {what}. Add or correct its line there."
        )


# A key of the chronology may also name a document that the recommendations describe better.
Key = tuple[str, str]


@dataclass(frozen=True)
class Recipe:
    """Extracts plus decisions, handed to the function that makes each table."""

    extracts: Extracts
    decided_in: Path = reconciliation.FOLDER

    def decisions(self, name: str) -> list[Row]:
        """Rows of a reconciliation file."""
        return reconciliation.decisions(name, self.decided_in)

    def decided(self, name: str, keys: Iterable[str]) -> dict[str, Row]:
        """Rows of a reconciliation file by their first cell, one for each of ``keys``.

        Raises
        ------
        UndecidedError
            If the file lacks one of them.
        """
        rows = {next(iter(row.values())): row for row in self.decisions(name)}
        lacking = [key for key in keys if key not in rows]
        if lacking:
            raise UndecidedError(name, f"nothing about {', '.join(lacking)}")
        return rows

    @cached_property
    def spell(self) -> Callable[[str], str]:
        """Rewrite a text in our spelling."""
        return speller(self.decisions("spellings"))

    @cached_property
    def source_ids(self) -> dict[Key, str]:
        """``(extract, key there) -> source_id`` for keys that were merged or renamed."""
        return {
            (row["extract"], row["extract_id"]): row["source_id"]
            for row in self.decisions("sources")
        }

    def source(self, extract: str, key: str) -> str:
        """Return the source_id of one key of an extract."""
        return self.source_ids.get((extract, key), key)

    def sources(self, extract: str, cell: str) -> str:
        """Turn a list of keys of an extract into a list of source ids."""
        return join(self.source(extract, key) for key in split(cell))
