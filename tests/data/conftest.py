"""A copy of the data package that a test may spoil."""

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from casebook.authoring.checking import check_data

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class DataCopy:
    """A data folder with the bibliography beside it."""

    folder: Path

    def lines(self, table: str) -> list[list[str]]:
        text = (self.folder / f"{table}.csv").read_text(encoding="utf-8")
        return list(csv.reader(text.splitlines()))

    def rewrite(self, table: str, lines: list[list[str]]) -> None:
        with (self.folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows(lines)

    def set(self, table: str, key: str, column: str, value: str) -> int:
        """Change one cell of the first row that begins with ``key``; return its row number."""
        lines = self.lines(table)
        index = next(i for i, line in enumerate(lines) if ",".join(line).startswith(key))
        lines[index][lines[0].index(column)] = value
        self.rewrite(table, lines)
        return index + 1

    def check(self, *, check_only: bool = False) -> list[str]:
        said: list[str] = []
        check_data(self.folder, check_only=check_only, say=said.append)
        return said


@pytest.fixture
def data_copy(tmp_path: Path) -> DataCopy:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "references.bib", tmp_path)
    return DataCopy(tmp_path / "data")
