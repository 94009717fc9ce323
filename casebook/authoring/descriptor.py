"""Reading and writing ``datapackage.json``.

The descriptor is written by hand. The two exceptions are ``bytes`` and ``hash``, which
``check-data`` refreshes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE_NAME = "datapackage.json"


@dataclass(frozen=True)
class Package:
    """A data folder and its descriptor."""

    folder: Path
    content: dict[str, Any]

    @classmethod
    def read(cls, folder: Path) -> Package:
        """Read the descriptor of a data folder."""
        return cls(folder, json.loads((folder / FILE_NAME).read_text(encoding="utf-8")))

    @property
    def resources(self) -> list[dict[str, Any]]:
        """All resources, tables and map layers."""
        found: list[dict[str, Any]] = self.content["resources"]
        return found

    @property
    def tables(self) -> list[dict[str, Any]]:
        """Resources that have a schema."""
        return [r for r in self.resources if "schema" in r]

    def table(self, name: str) -> dict[str, Any]:
        """Return the descriptor of one table."""
        return next(r for r in self.tables if r["name"] == name)

    def path(self, resource: dict[str, Any]) -> Path:
        """Where a resource's file lies."""
        return self.folder / str(resource["path"])

    def text(self) -> str:
        """Write the descriptor as it is stored."""
        return json.dumps(self.content, ensure_ascii=False, indent=2) + "\n"

    def write(self) -> None:
        """Store the descriptor."""
        (self.folder / FILE_NAME).write_text(self.text(), encoding="utf-8", newline="\n")


def columns(table: dict[str, Any]) -> list[str]:
    """Column names of a table, in order."""
    return [field["name"] for field in table["schema"]["fields"]]


def order_of(table: dict[str, Any]) -> list[str]:
    """Columns the rows are sorted by: ``orderBy`` if given, then the primary key."""
    return list(dict.fromkeys(table.get("orderBy", []) + table["schema"]["primaryKey"]))


def fingerprint(path: Path) -> tuple[int, str]:
    """Size in bytes and hash of a file, as the descriptor states them."""
    content = path.read_bytes()
    return len(content), "sha256:" + hashlib.sha256(content).hexdigest()
