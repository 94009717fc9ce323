"""Small tables with a caption and a source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

import pandas as pd

from casebook.prose import day, is_missing, number
from casebook.show.building import book_folder
from casebook.show.parts import ExhibitError

_PERCENTAGE = re.compile(r"[\d.,]+\s?%|–?")


def cell_text(value: object) -> str:
    """Write a cell the way the book writes it: dates in full, thousands separated."""
    if is_missing(value):
        return "–"
    if isinstance(value, pd.Timestamp):
        return day(value)
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if isinstance(value, float):
        # A density of 0.45 is not one of half a person.
        return number(value, 0 if value == int(value) else 1 if abs(value) >= 1 else 2)
    if isinstance(value, int) or hasattr(value, "__index__"):
        return number(int(value))
    return str(value)


def html_table(data: pd.DataFrame, caption: str, *, hidden_caption: bool = False) -> str:
    """Return a table with a caption, column headers and a row header in the first column.

    Parameters
    ----------
    data : pandas.DataFrame
        Readable column names; the index is not shown.
    caption : str
        What the table is.
    hidden_caption : bool
        Keep the caption for screen readers only.
    """
    numeric = [_is_numeric(data[name]) for name in data.columns]
    years = [str(name).lower() == "year" for name in data.columns]

    dated = [pd.api.types.is_datetime64_any_dtype(data[name]) for name in data.columns]

    def kind(i: int) -> str:
        if numeric[i]:
            return ' class="cb-number"'
        return ' class="cb-day"' if dated[i] else ""

    head = "".join(f'<th scope="col"{kind(i)}>{escape(str(n))}</th>' for i, n in enumerate(data))
    body = []
    for row in data.itertuples(index=False):
        cells = []
        for i, value in enumerate(row):
            text = escape(str(value) if years[i] else cell_text(value))
            label = escape(str(data.columns[i]), quote=True)
            cells.append(
                f'<th scope="row"{kind(i)}>{text}</th>'
                if i == 0
                else f'<td{kind(i)} data-label="{label}">{text}</td>'
            )
        body.append(f"<tr>{''.join(cells)}</tr>")
    hidden = ' class="cb-visually-hidden"' if hidden_caption else ""
    return (
        '<div class="cb-table-scroll" role="region" tabindex="0" '
        f'aria-label="{escape(caption, quote=True)}"><table class="cb-table">'
        f"<caption{hidden}>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _is_numeric(column: pd.Series) -> bool:
    if pd.api.types.is_numeric_dtype(column):
        return True
    texts = [value if isinstance(value, str) else "?" for value in column]
    percentages = all(_PERCENTAGE.fullmatch(text) for text in texts)
    return percentages and any("%" in text for text in texts)


@dataclass(frozen=True)
class TableExhibit:
    """A small table that stands in the text: title, data, note, source, none missing."""

    name: str
    title: str
    data: pd.DataFrame
    note: str
    source: str

    def __post_init__(self) -> None:
        for part in ("name", "title", "note", "source"):
            if not (getattr(self, part) or "").strip():
                raise ExhibitError(f"Table {self.name or '?'!r} has no {part}")
        if self.data.empty:
            raise ExhibitError(f"Table {self.name!r} is empty")

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        note, source = escape(self.note), escape(self.source)
        if book_folder():
            block = (
                f'<div class="cb-table-exhibit" id="{self.name}">'
                f'{html_table(self.data, self.title)}<p class="cb-caption">{note}</p>'
                f'<p class="cb-source">Source: {source}</p></div>'
            )
        else:
            block = (
                f"<p><b>{escape(self.title)}</b></p>{self.data.to_html(index=False)}"
                f"<p>{note}</p><p>Source: {source}</p>"
            )
        words = f"{self.title}\n{self.data}\n{self.note}\nSource: {self.source}"
        return {"text/html": block, "text/plain": words}
