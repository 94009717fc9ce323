"""Whether the descriptor says of each table and column what a reader must know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casebook.authoring.checking.problem import Problem
from casebook.authoring.descriptor import FILE_NAME, Package

_BESIDE = {FILE_NAME, "README.md"}
_WITHOUT_UNIT = ("string", "date", "boolean")


def description_problems(package: Package) -> list[Problem]:
    """Find files that are not described, and descriptions that leave something out."""
    return [
        *_undescribed_files(package),
        *(problem for resource in package.resources for problem in _resource(resource)),
        *(
            problem
            for table in package.tables
            for field in table["schema"]["fields"]
            for problem in _field(table["name"], field)
        ),
    ]


def _undescribed_files(package: Package) -> Iterator[Problem]:
    known = {resource["path"] for resource in package.resources} | _BESIDE
    for path in sorted(package.folder.iterdir()):
        if path.name not in known:
            advice = f"Add a resource to {FILE_NAME} (CONTRIBUTING.md, Add a table), or move it out"
            yield Problem(path.name, 0, "", "nothing describes this file", advice)


def _resource(resource: dict[str, Any]) -> Iterator[Problem]:
    where = f"{FILE_NAME}, {resource['name']}"
    for part in ("title", "description", "sources", "licenses", "known_gaps", "citation"):
        if not resource.get(part) and not (part == "citation" and part in resource):
            yield Problem(where, 0, "", f"it has no {part}", "Write one, as other tables have it")
    if "schema" in resource:
        if not resource.get("description", "").startswith("One row is "):
            what = "the description does not say what a row is"
            yield Problem(where, 0, "", what, "Begin it with 'One row is '")
        if not resource["schema"].get("primaryKey"):
            what = "the schema has no primaryKey"
            yield Problem(where, 0, "", what, "Name the columns that tell one row from another")
    for gap in resource.get("known_gaps", ()):
        if not gap.endswith("."):
            yield Problem(
                where, 0, "", f"the gap '{gap}' is no sentence", "End it with a full stop"
            )
    for licence in resource.get("licenses", ()):
        if not licence.get("path", "").startswith("https://"):
            yield Problem(where, 0, "", "a licence has no address", "Give its path, https://...")


def _field(table: str, field: dict[str, Any]) -> Iterator[Problem]:
    where, name = f"{FILE_NAME}, {table}", field["name"]
    if not field.get("description", "").endswith("."):
        what = "the description is no sentence"
        yield Problem(where, 0, name, what, "Say what the column holds, with a full stop")
    if "unit" not in field:
        yield Problem(where, 0, name, "it has no unit", "Write one, or null for none")
    elif field["type"] in _WITHOUT_UNIT and field["unit"] is not None:
        yield Problem(where, 0, name, f"a {field['type']} has no unit", "Write null")
