"""Running all checks over a data folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from casebook.authoring import descriptor
from casebook.authoring.checking.codings import coding_problems
from casebook.authoring.checking.described import description_problems
from casebook.authoring.checking.estimates import estimate_problems
from casebook.authoring.checking.facts import fact_problems
from casebook.authoring.checking.freshness import changed_tables, refresh, stale
from casebook.authoring.checking.problem import Problem
from casebook.authoring.checking.references import (
    citation_problems,
    layer_problems,
    list_problems,
)
from casebook.authoring.checking.schema import schema_problems
from casebook.authoring.checking.table import Table, shape_problems
from casebook.authoring.listing import BEGIN, END


def check_data(
    data: Path, *, check_only: bool = False, say: Callable[[str], None] = print
) -> list[Problem]:
    """Validate a data folder; unless ``check_only``, refresh what is written from it.

    Parameters
    ----------
    data
        Data folder with its ``datapackage.json``.
    check_only
        Change nothing, and report as problems: rows out of order, stale hashes, a stale
        bibliography or list of tables.
    say
        Where the report goes, one line at a time.

    Returns
    -------
    list of Problem
        Empty if all is well.
    """
    package = descriptor.Package.read(data)
    problems = [*_missing_files(package), *description_problems(package)]
    if not problems:
        tables = {
            table["name"]: Table(table, package.path(table).read_text(encoding="utf-8"))
            for table in package.tables
        }
        problems = [p for table in tables.values() for p in shape_problems(table)]
    if not problems:
        problems = [
            *schema_problems(data, tables),
            *list_problems(tables),
            *citation_problems(package, tables["sources"]),
            *fact_problems(tables),
            *estimate_problems(tables),
            *coding_problems(tables),
        ]
        for resource in package.resources:
            if "schema" not in resource:
                problems += layer_problems(package.path(resource), tables)
        if check_only:
            problems += stale(package, tables)
    for problem in sorted(problems):
        say(str(problem))
    if not problems and not check_only:
        changed = changed_tables(package)
        for name in refresh(package, tables):
            say(f"{name}: refreshed")
        if parts := _worked_from(changed, data.parent / "instructor" / "masters"):
            say(
                f"Tasks use what you changed: run `python -m casebook.authoring release --only "
                f"{' '.join(parts)}`, so that their keys follow."
            )
    say(f"{len(problems)} problem(s)" if problems else "The data are in order.")
    return sorted(problems)


def _worked_from(changed: list[str], masters: Path) -> list[str]:
    """Name the masters that load one of these tables."""
    return [
        file.stem
        for file in sorted(masters.glob("*.md"))
        if {*re.findall(r'load\("(\w+)"\)', file.read_text(encoding="utf-8"))} & {*changed}
    ]


def _missing_files(package: descriptor.Package) -> list[Problem]:
    found = [
        Problem(r["path"], 0, "", "the file is missing", "Restore it or drop the resource")
        for r in package.resources
        if not package.path(r).is_file()
    ]
    readme = package.folder / "README.md"
    text = readme.read_text(encoding="utf-8") if readme.is_file() else ""
    for mark in (BEGIN, END):
        if text.count(mark) != 1:
            what = f"the line {mark} does not stand there once"
            found.append(
                Problem("data/README.md", 0, "", what, "Write it around the list of tables")
            )
    return found
