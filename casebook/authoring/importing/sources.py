"""The table ``sources``: one register out of six bibliographies."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casebook.authoring.csvfile import Row
from casebook.authoring.importing.lists import split
from casebook.authoring.importing.recipe import Recipe, UndecidedError

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_COLUMNS = (
    *("type", "author", "title", "container", "year", "date"),
    *("doi", "url", "licence", "extent_read", "note"),
)
_DATE_IN_TITLE = re.compile(
    r"(?:\((?:[^()]*?\b)??|, )(?:(?P<day>\d{1,2}) )?"
    rf"(?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}})(, in \w+)?\)?$"
)


def sources(recipe: Recipe, tables: Iterable[list[Row]]) -> list[Row]:
    """Collect every source the given tables cite, all readings and the data sets themselves.

    Titles stand as the extract has them, spelling included.
    """
    cited = {
        source_id
        for rows in tables
        for row in rows
        for column in ("source_ids", "source_id")
        for source_id in split(row.get(column, ""))
    }
    register = _register(recipe)
    wanted = cited | {row["reading_id"] for row in _readings(recipe)} | _kept(recipe)
    missing = sorted(wanted - set(register))
    if missing:
        raise UndecidedError("sources", f"no extract describes {', '.join(missing)}")
    kinds = recipe.decided("source_types", wanted)
    authors = {row["source_id"]: row for row in recipe.decisions("authors")}
    rows = []
    for source_id in sorted(wanted):
        row = {**register[source_id], "type": kinds[source_id]["type"]}
        decided = authors.get(source_id, {"author": row["author"], "container": ""})
        row["author"] = decided["author"]
        row["container"] = decided["container"] or row["container"]
        rows.append(row)
    return rows


def _kept(recipe: Recipe) -> set[str]:
    """Find sources no row cites, such as data sets: source_types.csv marks them."""
    return {row["source_id"] for row in recipe.decisions("source_types") if row["keep"] == "yes"}


def _register(recipe: Recipe) -> dict[str, Row]:
    """Every source of every extract, under its final id. The later description wins."""
    register: dict[str, Row] = {}
    for extract, describe in (
        ("conflict", _from_bibliography),
        ("geography", _from_bibliography),
        ("chronology", _from_chronology),
        ("displacement", _from_displacement),
        ("governance", _from_governance),
        ("recommendations", _from_recommendations),
        ("readings", _from_readings),
    ):
        for key, row in describe(recipe, extract).items():
            # A merged key is described by the extract whose key was kept.
            if recipe.source(extract, key) == key or extract == "governance":
                register[recipe.source(extract, key)] = row
    return {
        source_id: {"source_id": source_id, **_blank(), **row}
        for source_id, row in register.items()
    }


def _blank() -> Row:
    return dict.fromkeys(_COLUMNS, "")


def _date_in(title: str) -> str:
    """Read the day or month a compiler noted behind a title, as a partial ISO date."""
    found = _DATE_IN_TITLE.search(title)
    if not found:
        return ""
    month = f"{found['year']}-{_MONTHS.index(found['month']) + 1:02d}"
    return month + (f"-{int(found['day']):02d}" if found["day"] else "")


def _from_chronology(recipe: Recipe, extract: str) -> dict[str, Row]:
    """Two bibliographies: the sources of the tables added later stand in a file of their own."""
    return {
        **_from_bibliography(recipe, extract),
        **_from_bibliography(recipe, extract, "references_added.bib"),
    }


def _from_bibliography(
    recipe: Recipe, extract: str, file: str = "references.bib"
) -> dict[str, Row]:
    rows = {}
    entries = recipe.extracts.bibliography(f"{extract}/{file}")
    for key, entry in entries.items():
        container = next(
            (entry[f] for f in ("journal", "booktitle", "howpublished") if entry.get(f)), ""
        )
        date = _date_in(entry["title"])
        rows[key] = {
            "author": entry["author"],
            "title": entry["title"],
            "container": container + _volume(entry),
            "year": entry.get("year", ""),
            # An article about a day in another year was not published on that day.
            "date": date if date.startswith(entry.get("year", "")) else "",
            "doi": entry.get("doi", ""),
            "url": entry.get("url", ""),
            "licence": entry.get("note", ""),
        }
    return rows


def _volume(entry: Row) -> str:
    """`` 50(4), 523-532``: what a library needs besides the journal's name."""
    if not entry.get("volume"):
        return ""
    number = f"({entry['number']})" if entry.get("number") else ""
    pages = f", {entry['pages']}" if entry.get("pages") else ""
    return f" {entry['volume']}{number}{pages}"


def _from_displacement(recipe: Recipe, _: str) -> dict[str, Row]:
    rows = {}
    for row in recipe.extracts.rows("displacement/sources.csv"):
        read, published = row["url_text_read"], row["url_publisher"]
        # "https://reliefweb.int (OCHA, SitRep 2)" is a site's front, no address of the text.
        url = "" if "(" in published else _address(published)
        url = url or _address(read)
        elsewhere = "" if read.startswith("same") or _address(read) == url else f"Read at {read}"
        rows[row["source_id"]] = {
            "author": row["publisher"],
            "title": row["title"],
            "year": _year(row["document_date"]),
            "date": row["document_date"] if row["document_date"][:1].isdigit() else "",
            "url": url,
            "licence": row["licence_note"],
            "note": elsewhere,
        }
    # The statistics themselves stand only in the bibliography.
    for key, row in _from_bibliography(recipe, "displacement").items():
        rows.setdefault(key, row)
    return rows


def _address(text: str) -> str:
    """Find the web address a cell begins with."""
    found = re.match(r"https?://\S+", text)
    return found[0] if found else ""


def _from_governance(recipe: Recipe, _: str) -> dict[str, Row]:
    return {
        row["source_id"]: {
            "author": row["author_publisher"],
            "title": row["title"],
            "year": row["year"],
            "url": row["publisher_url"],
            "licence": row["licence"],
            "note": f"{row['vintage']}. Read from {row['read_from']}".strip(". "),
        }
        for row in recipe.extracts.rows("governance/sources.csv")
    }


def _from_recommendations(recipe: Recipe, _: str) -> dict[str, Row]:
    return {
        row["source_id"]: {
            "author": row["author_or_publisher"],
            "title": row["title"],
            "year": _year(row["date"]),
            "date": row["date"] if row["date"][:1].isdigit() else "",
            "url": row["url"],
            "licence": row["licence_note"],
            "extent_read": row["extent_read"],
        }
        for row in recipe.extracts.rows("recommendations/sources.csv")
    }


def _readings(recipe: Recipe) -> list[Row]:
    return recipe.extracts.rows("recommendations/reading_list.csv")


def _from_readings(recipe: Recipe, _: str) -> dict[str, Row]:
    scholarship = recipe.extracts.bibliography("recommendations/scholarship.bib")
    rows = {}
    for row in _readings(recipe):
        entry = scholarship[row["reading_id"]]
        rows[row["reading_id"]] = {
            "author": row["authors"],
            "title": row["title"],
            "container": row["container"] + _volume(entry),
            "year": row["year"],
            "doi": row["doi"],
            "url": row["url_read"],
            "extent_read": "",
            "note": entry.get("note", ""),
        }
    return rows


def _year(date: str) -> str:
    """Read the year of a document, the later one of a span; ``n.d.`` where none is shown."""
    years = re.findall(r"\d{4}", date)
    return years[-1] if years else "n.d."
