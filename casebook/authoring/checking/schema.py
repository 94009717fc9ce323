"""What Frictionless checks (types, constraints, keys), told in our one-line form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from casebook.authoring.checking.problem import Problem
from casebook.authoring.descriptor import FILE_NAME

# Sizes and hashes have a message of their own that says which command to run.
_TOLD_ELSEWHERE = ("hash-count", "byte-count")


def schema_problems(folder: Path) -> list[Problem]:
    """Run Frictionless over the whole package."""
    # Imported here: it takes a second, and most of the package never needs it.
    from frictionless import Checklist, Package

    package = Package(str(folder / FILE_NAME))
    report = package.validate(Checklist(skip_errors=list(_TOLD_ELSEWHERE)))
    found = [_told(FILE_NAME, error, {}) for error in report.errors]
    described = {resource.path: resource for resource in package.resources}
    for task in report.tasks:
        schema = described[task.place].schema.to_descriptor() if task.type == "table" else {}
        found += [_told(task.place, error, schema) for error in task.errors]
    return found


def _told(file: str, error: Any, schema: dict[str, Any]) -> Problem:
    row = getattr(error, "row_number", 0) or 0
    column = getattr(error, "field_name", "") or ""
    cell = getattr(error, "cell", "")
    field = next((f for f in schema.get("fields", []) if f["name"] == column), {})
    match error.type:
        case "type-error":
            advice = f"Write {_ARTICLES.get(field.get('type'), 'a value')} or leave the cell empty"
            return Problem(file, row, column, f"'{cell}' is no {field.get('type')}", advice)
        case "constraint-error":
            return _constraint(file, row, column, cell, field, error)
        case "primary-key":
            key = ", ".join(schema["primaryKey"])
            return Problem(
                file,
                row,
                key,
                f"duplicate key {_values(error, schema['primaryKey'])}",
                "Every row needs a key of its own: change it or remove the row",
            )
        case "foreign-key":
            return _foreign_key(file, row, error)
        case "unique-error":
            advice = "Every row needs a value of its own: change it or remove the row"
            return Problem(file, row, column, f"'{cell}' stands in another row too", advice)
        case _:
            advice = "See the Frictionless documentation of this error"
            return Problem(file, row, column, f"{error.type}: {error.note}", advice)


_ARTICLES = {
    "integer": "a whole number without separators",
    "number": "a number with a decimal point",
    "date": "a date as YYYY-MM-DD",
    "boolean": "true or false",
}


def _constraint(
    file: str, row: int, column: str, cell: str, field: dict[str, Any], error: Any
) -> Problem:
    limits = field.get("constraints", {})
    if '"required"' in error.note:
        return Problem(file, row, column, "the cell is empty", "This column needs a value")
    if '"enum"' in error.note:
        allowed = ", ".join(map(str, limits["enum"]))
        return Problem(
            file, row, column, f"'{cell}' is not one of the allowed values", f"Use {allowed}"
        )
    if '"unique"' in error.note:
        advice = "Every row needs a value of its own: change it or remove the row"
        return Problem(file, row, column, f"'{cell}' stands in another row too", advice)
    rule = next((f"{k} {v}" for k, v in limits.items() if f'"{k}"' in error.note), error.note)
    return Problem(file, row, column, f"'{cell}' breaks the rule: {rule}", "Correct the value")


def _foreign_key(file: str, row: int, error: Any) -> Problem:
    column = ", ".join(error.field_names)
    value = ", ".join(map(str, error.field_cells))
    target = error.reference_name or Path(file).stem
    return Problem(
        file,
        row,
        column,
        f"unknown {_SINGULAR.get(target, 'id')} '{value}'",
        f"Correct the id or add the row to {target}.csv",
    )


_SINGULAR = {
    "actors": "actor",
    "places": "place",
    "regions": "region",
    "sources": "source",
    "events": "event",
}


def _values(error: Any, key: list[str]) -> str:
    columns = error.labels if hasattr(error, "labels") else []
    cells = dict(zip(columns, error.cells, strict=False))
    return "'" + ", ".join(str(cells.get(column, "?")) for column in key) + "'"
