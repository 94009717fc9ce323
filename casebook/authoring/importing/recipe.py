"""What every table's import needs: the extracts, the decisions made by hand, one spelling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from casebook.authoring import reconciliation
from casebook.authoring.csvfile import Row
from casebook.authoring.extracts import Extracts
from casebook.authoring.importing.lists import join, split
from casebook.authoring.importing.spelling import speller

# A key of the chronology may also name a document that the recommendations describe better.
Key = tuple[str, str]


@dataclass(frozen=True)
class Recipe:
    """Extracts plus decisions, handed to the function that makes each table."""

    extracts: Extracts
    spell: Callable[[str], str] = field(default_factory=speller)

    def decisions(self, name: str) -> list[Row]:
        """Rows of a reconciliation file."""
        return reconciliation.decisions(name)

    @cached_property
    def source_ids(self) -> dict[Key, str]:
        """``(extract, key there) -> source_id`` for keys that were merged or renamed."""
        return {
            (row["extract"], row["extract_id"]): row["source_id"]
            for row in self.decisions("sources")
        }

    def source(self, extract: str, key: str) -> str:
        """The source_id of one key of an extract."""
        return self.source_ids.get((extract, key), key)

    def sources(self, extract: str, cell: str) -> str:
        """A list of keys of an extract as a list of source ids."""
        return join(self.source(extract, key) for key in split(cell))
