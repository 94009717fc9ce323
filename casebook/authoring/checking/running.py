"""Running all checks over a data folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from casebook.authoring import descriptor
from casebook.authoring.checking.codings import coding_problems
from casebook.authoring.checking.estimates import estimate_problems
from casebook.authoring.checking.facts import fact_problems
from casebook.authoring.checking.freshness import refresh, stale
from casebook.authoring.checking.problem import Problem
from casebook.authoring.checking.references import layer_problems, list_problems
from casebook.authoring.checking.schema import schema_problems
from casebook.authoring.checking.table import Table, shape_problems


def check_data(
    data: Path, *, check_only: bool = False, say: Callable[[str], None] = print
) -> list[Problem]:
    """Validate a data folder; unless ``check_only``, refresh order, hashes and bibliography.

    Parameters
    ----------
    data
        Data folder with its ``datapackage.json``.
    check_only
        Change nothing, and report stale order, hashes and bibliography as problems.
    say
        Where the report goes, one line at a time.

    Returns
    -------
    list of Problem
        Empty if all is well.
    """
    package = descriptor.Package.read(data)
    problems = [*_missing_files(package)]
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
        for name in refresh(package, tables):
            say(f"{name}: refreshed")
    say(f"{len(problems)} problem(s)" if problems else "The data are in order.")
    return sorted(problems)


def _missing_files(package: descriptor.Package) -> list[Problem]:
    return [
        Problem(r["path"], 0, "", "the file is missing", "Restore it or drop the resource")
        for r in package.resources
        if not package.path(r).is_file()
    ]
