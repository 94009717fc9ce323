"""Reading the folder of researched extracts (one sub-folder a subject)."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebook.authoring.csvfile import Row, read_rows


class ExtractMissingError(FileNotFoundError):
    """A file of the extracts folder is not there."""


@dataclass(frozen=True)
class Extracts:
    """A folder of extracts; paths are relative to it, such as ``chronology/events.csv``."""

    root: Path

    def rows(self, path: str) -> list[Row]:
        """Rows of a CSV file, with white space tidied so that a row stays on one line."""
        return [
            {column: " ".join((value or "").split()) for column, value in row.items()}
            for row in read_rows(self._existing(path))
        ]

    def json(self, path: str) -> Any:
        """Read a JSON or GeoJSON file."""
        return json.loads(self._existing(path).read_text(encoding="utf-8"))

    def bibliography(self, path: str) -> dict[str, Row]:
        """Entries of a BibTeX file by key: plain text fields plus ``entry_type``."""
        # Only the import needs a BibTeX parser; checking the data does not.
        from pybtex.database import parse_file

        parsed = parse_file(str(self._existing(path)))
        entries: dict[str, Row] = {}
        for key, entry in parsed.entries.items():
            fields = {name.lower(): _plain(value) for name, value in entry.fields.items()}
            authors = entry.persons.get("author", [])
            fields["author"] = "; ".join(_plain(str(person)) for person in authors)
            fields["entry_type"] = entry.type.lower()
            entries[key] = fields
        return entries

    def _existing(self, path: str) -> Path:
        full = self.root / path
        if not full.is_file():
            raise ExtractMissingError(
                f"{full}: not found. --from must name the folder that holds "
                "chronology/, conflict/, displacement/, geography/, governance/ "
                "and recommendations/."
            )
        return full


def _plain(value: str) -> str:
    r"""Free BibTeX text of LaTeX: ``{\"O}berg`` -> ``Öberg``, ``1989--2024`` -> ``1989-2024``."""
    if value.startswith("http"):
        # A web address is no LaTeX: there "%20" is not a comment.
        return value.replace("\\", "")
    import latexcodec  # noqa: F401  (registers the codec; comes with pybtex)

    text = codecs.decode(value, "ulatex")
    text = re.sub(r"[{}]", "", text).replace("–", "-")
    return " ".join(text.split())
