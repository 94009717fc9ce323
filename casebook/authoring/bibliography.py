"""``references.bib``, written from ``data/sources.csv`` for sphinxcontrib-bibtex."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from string import ascii_lowercase

from casebook.authoring.csvfile import Row

_HEADER = (
    "% Written by `python -m casebook.authoring check-data` from data/sources.csv.\n"
    "% Edit that table, not this file.\n"
)
_PERSON = re.compile(r"[^,()]+, [^,()]+")
_IN_A_JOURNAL = re.compile(
    r"(?P<journal>.+?) (?P<volume>\d+)(\((?P<number>[^)]+)\))?(, (?P<pages>[\d-]+))?"
)

# type of source -> (BibTeX entry, field that holds the container, kind shown to the reader)
_ENTRIES = {
    "article": ("article", "journal", ""),
    "book": ("book", "publisher", ""),
    "chapter": ("incollection", "booktitle", ""),
    "thesis": ("phdthesis", "school", "Thesis"),
    "research_report": ("techreport", "institution", "Report"),
    "ngo_report": ("techreport", "institution", "Report"),
    "un_document": ("misc", "howpublished", "United Nations document"),
    "official_document": ("misc", "howpublished", "Official document"),
    "dataset": ("misc", "howpublished", "Data set"),
    "encyclopaedia": ("misc", "howpublished", "Encyclopaedia"),
    "press": ("misc", "howpublished", "Press"),
    "website": ("misc", "howpublished", "Web page"),
}
# What each entry cannot do without; a source that lacks it becomes @misc.
_NEEDS_CONTAINER = {"article", "book", "incollection", "phdthesis", "techreport"}


def bibliography(sources: Iterable[Row]) -> str:
    """Write the text of ``references.bib``.

    Parameters
    ----------
    sources
        Rows of the table sources, in its order.
    """
    rows = list(sources)
    years = _years_to_cite(rows)
    return _HEADER + "".join(f"\n{_entry(row, years[row['source_id']])}\n" for row in rows)


def _years_to_cite(rows: list[Row]) -> dict[str, str]:
    """Give works that would be cited alike a letter each, by date: 2013a, 2013b."""
    alike = defaultdict(list)
    for row in rows:
        alike[_cited_as(row["author"]), row["year"]].append(row)
    years = {}
    for (_, year), group in alike.items():
        group.sort(key=lambda row: (row["date"], row["source_id"]))
        letters = ascii_lowercase[: len(group)] if len(group) > 1 else [""]
        dash = "-" if year and not year[-1].isdigit() and len(group) > 1 else ""
        for row, letter in zip(group, letters, strict=True):
            years[row["source_id"]] = f"{year}{dash}{letter}" if year else ""
    return years


def _cited_as(author: str) -> str:
    people = author.split("; ")
    if not all(_PERSON.fullmatch(name) or name == "others" for name in people):
        return author
    names = [name.split(",")[0] for name in people]
    return f"{names[0]} et al." if len(names) > 2 else " and ".join(names)


def _entry(row: Row, year: str) -> str:
    kind, container_field, shown = _ENTRIES[row["type"]]
    container = row["container"]
    if kind in _NEEDS_CONTAINER and not container:
        kind, container_field = "misc", "howpublished"
    fields = {"author": _authors(row["author"]), "title": "{" + _latex(row["title"]) + "}"}
    if kind == "article":
        fields |= _journal(container)
    elif kind == "misc":
        fields["howpublished"] = _latex(container or shown)
    else:
        fields[container_field] = _latex(container)
    if kind == "techreport":
        fields["type"] = shown
    fields["year"] = year
    fields["doi"] = row["doi"]
    # A DOI is an address already; two links to one text help nobody.
    fields["url"] = "" if row["doi"] else row["url"]
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return f"@{kind}{{{row['source_id']},\n" + "\n".join(lines) + "\n}"


def _authors(author: str) -> str:
    """People as BibTeX wants them; anything else in braces, so that it stays in one piece."""
    people = author.split("; ")
    if all(_PERSON.fullmatch(name) or name == "others" for name in people):
        return " and ".join(_latex(name) for name in people)
    return "{" + _latex(author) + "}"


def _journal(container: str) -> dict[str, str]:
    found = _IN_A_JOURNAL.fullmatch(container)
    if not found:
        return {"journal": _latex(container)}
    parts = {name: value for name, value in found.groupdict().items() if value}
    if "pages" in parts:
        parts["pages"] = parts["pages"].replace("-", "--")
    return {name: _latex(value) for name, value in parts.items()}


def _latex(text: str) -> str:
    """Text with the characters escaped that mean something to LaTeX."""
    return re.sub(r"([&%$#_])", r"\\\1", text)
