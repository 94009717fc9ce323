"""What ``check-data`` puts right by itself: row order, sizes, hashes, two written files."""

from __future__ import annotations

from pathlib import Path

from casebook.authoring import csvfile, descriptor
from casebook.authoring.bibliography import bibliography
from casebook.authoring.checking.problem import Problem
from casebook.authoring.checking.table import Table
from casebook.authoring.listing import listed
from casebook.authoring.ordering import in_order

_RUN = "Run make data (python -m casebook.authoring check-data)"


def stale(package: descriptor.Package, tables: dict[str, Table]) -> list[Problem]:
    """Files whose order, hash or bibliography does not fit the content."""
    found = [problem for table in tables.values() for problem in _unsorted(table)]
    for resource in package.resources:
        size, digest = descriptor.fingerprint(package.path(resource))
        if (resource.get("bytes"), resource.get("hash")) != (size, digest):
            what = "size or hash in datapackage.json is not that of the file"
            found.append(Problem(resource["path"], 0, "", what, _RUN))
    written = _bibliography_path(package)
    wanted = bibliography(tables["sources"].rows)
    if not written.is_file() or written.read_text(encoding="utf-8") != wanted:
        what = "it is not what sources.csv gives"
        found.append(Problem(written.name, 0, "", what, _RUN))
    if _readme_path(package).read_text(encoding="utf-8") != _readme(package, tables):
        what = "its list of tables is not what the tables give"
        found.append(Problem("data/README.md", 0, "", what, _RUN))
    return found


def changed_tables(package: descriptor.Package) -> list[str]:
    """Name the tables whose content is another than when their hashes were written."""
    return [
        table["name"]
        for table in package.tables
        if table.get("hash") != descriptor.fingerprint(package.path(table))[1]
    ]


def refresh(package: descriptor.Package, tables: dict[str, Table]) -> list[str]:
    """Sort rows, write bibliography, list of tables, sizes and hashes; say which files changed."""
    changed = []
    for table in tables.values():
        order = descriptor.order_of(table.described)
        columns = descriptor.columns(table.described)
        text = csvfile.as_text(in_order(table.rows, order), columns)
        changed += _write(package.path(table.described), text)
    changed += _write(_bibliography_path(package), bibliography(_sorted_sources(tables)))
    changed += _write(_readme_path(package), _readme(package, tables))
    for resource in package.resources:
        resource["bytes"], resource["hash"] = descriptor.fingerprint(package.path(resource))
    changed += _write(package.folder / descriptor.FILE_NAME, package.text())
    return changed


def _sorted_sources(tables: dict[str, Table]) -> list[csvfile.Row]:
    table = tables["sources"]
    return in_order(table.rows, descriptor.order_of(table.described))


def _unsorted(table: Table) -> list[Problem]:
    order = descriptor.order_of(table.described)
    for number, (row, wanted) in enumerate(
        zip(table.rows, in_order(table.rows, order), strict=True), start=2
    ):
        if row != wanted:
            key = ", ".join(wanted[column] for column in order)
            what = f"rows are not in order; here belongs {key}"
            return [table.problem(number, ", ".join(order), what, _RUN)]
    return []


def _bibliography_path(package: descriptor.Package) -> Path:
    return package.folder.parent / "references.bib"


def _readme_path(package: descriptor.Package) -> Path:
    return package.folder / "README.md"


def _readme(package: descriptor.Package, tables: dict[str, Table]) -> str:
    rows = {name: len(table.rows) for name, table in tables.items()}
    return listed(_readme_path(package).read_text(encoding="utf-8"), package, rows)


def _write(path: Path, text: str) -> list[str]:
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return []
    path.write_text(text, encoding="utf-8", newline="\n")
    return [path.name]
