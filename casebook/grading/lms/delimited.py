"""A table of text that an LMS or a spreadsheet wrote: read it, change cells, leave all the rest.

An LMS's table goes back to where it came from. So it is not written anew: a changed cell replaces
its own letters, and encoding, byte-order mark, separators, quotation marks and line ends of the
others stay as they were.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from casebook.grading.errors import Refused

LARGEST = 25 * 2**20
MOST_ROWS = 50_000
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
# What spreadsheets are, by how their files begin.
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Cell:
    """A cell: what it says, and where in the text it stands."""

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Table:
    """A table as it was read.

    Attributes
    ----------
    text : str
    rows : list of list of Cell
        Lines that are wholly empty included, so that a row's number is its line's.
    separator, encoding : str
    mark : bytes
        The byte-order mark it begins with, or nothing.
    """

    text: str
    rows: list[list[Cell]] = field(repr=False)
    separator: str
    encoding: str
    mark: bytes

    def value(self, row: int, column: int) -> str:
        """Return what a cell says, without spaces around it; a line may be too short for it."""
        cells = self.rows[row]
        return cells[column].value.strip() if column < len(cells) else ""

    def values(self, row: int) -> list[str]:
        """Return what a row says."""
        return [cell.value.strip() for cell in self.rows[row]]

    def changed(self, cells: Mapping[tuple[int, int], str]) -> bytes:
        """Return the table with some cells changed, as a file holds it.

        Parameters
        ----------
        cells : mapping
            Row and column to the new value. A row too short for the column becomes longer.
        """
        pieces, done = [], 0
        for (row, column), value in sorted(cells.items()):
            line = self.rows[row]
            if column < len(line):
                cell = line[column]
                pieces += [self.text[done : cell.start], self._quoted(value, cell)]
                done = cell.end
            else:
                end = max(done, line[-1].end)
                filled = self.separator * (column - len(line) + 1)
                pieces += [self.text[done:end], filled, self._quoted(value, None)]
                done = end
        text = "".join([*pieces, self.text[done:]])
        # Only a comment can hold what the encoding has not, and Moodle reads comments as HTML.
        return self.mark + text.encode(self.encoding, "xmlcharrefreplace")

    def _quoted(self, value: str, old: Cell | None) -> str:
        was_quoted = old is not None and self.text[old.start : old.end].startswith('"')
        if was_quoted or re.search(rf'["\r\n{self.separator}]', value):
            return '"{}"'.format(value.replace('"', '""'))
        return value


def read(content: bytes, name: str) -> tuple[Table, list[str]]:
    """Read a table; return it with what there is to say about it.

    Parameters
    ----------
    content : bytes
    name : str
        Of the file, for messages.

    Raises
    ------
    Refused
        If it is no table of text, or too large.
    """
    if len(content) > LARGEST:
        raise Refused(f"{name} is larger than {LARGEST // 2**20} MB: no class is that large.")
    if content.startswith(_SPREADSHEETS):
        raise Refused(f"{name} is a spreadsheet's own file: save it as CSV (UTF-8) there.")
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    encoding, remarks = _MARKS.get(mark) or _guessed(content), []
    if not encoding:
        encoding = "cp1252"
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            encoding = "latin-1"
        remarks = [f"{name} is not in UTF-8: it was read as Latin-1, look at the accents"]
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        raise Refused(f"{name} is damaged: it is not the {encoding} that it begins as.") from None
    if not text.strip():
        raise Refused(f"{name} is empty.")
    if re.match(r"\s*<(!doctype|html|\?xml|head|body)", text[:200], re.IGNORECASE):
        raise Refused(f"{name} is a web page, such as a login page, and no table.")
    if "\0" in text:
        raise Refused(f"{name} is no table of text.")
    tables = {separator: _rows(text, separator, name) for separator in SEPARATORS}
    separator = max(tables, key=lambda separator: _fit(tables[separator]))
    return Table(text, tables[separator], separator, encoding, mark), remarks


def _guessed(content: bytes) -> str:
    """Return the encoding of what has no byte-order mark; nothing if it is an 8-bit one."""
    start = content[:200]
    if b"\0" in start:
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "utf-8"


def _rows(text: str, separator: str, name: str) -> list[list[Cell]]:
    # A quoted cell may hold separators and line ends; what follows its closing mark belongs to it,
    # as Python's csv and spreadsheets have it. Possessive: no text makes this slow.
    cell = re.compile(
        rf'"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"(?P<rest>[^{separator}\r\n]*+)'
        rf"|(?P<plain>[^{separator}\r\n]*+)"
    )
    rows: list[list[Cell]] = [[]]
    place = 0
    while found := cell.match(text, place):  # which matches anything, and nothing
        if found["quoted"] is None:
            if found["plain"].startswith('"'):
                line = text.count("\n", 0, place) + 1
                raise Refused(f"{name} is damaged: a quotation mark in line {line} is not closed.")
            value = found["plain"]
        else:
            value = found["quoted"].replace('""', '"') + found["rest"]
        rows[-1].append(Cell(value, found.start(), found.end()))
        place = found.end()
        if place == len(text):
            break
        if text[place] == separator:
            place += 1
            continue
        place += 2 if text.startswith("\r\n", place) else 1
        if place == len(text):
            break
        rows.append([])
        if len(rows) > MOST_ROWS:
            raise Refused(f"{name} has more than {MOST_ROWS:,} lines: no class is that large.")
    return rows


def _fit(rows: list[list[Cell]]) -> int:
    """Tell how well a separator fits: how many columns the first line has that is not empty."""
    return next((len(row) for row in rows if any(cell.value.strip() for cell in row)), 0)
