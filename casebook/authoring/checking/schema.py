"""What Frictionless checks (types, constraints, keys), told in our one-line form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from casebook.authoring.checking.problem import SINGULAR, Problem
from casebook.authoring.checking.table import Table
from casebook.authoring.descriptor import FILE_NAME

# Sizes and hashes have a message of their own that says which command to run.
_TOLD_ELSEWHERE = ("hash-count", "byte-count")
_FORMS = {
    "integer": "a whole number without separators",
    "number": "a number with a decimal point",
    "date": "a date as YYYY-MM-DD",
    "boolean": "true or false",
}


def schema_problems(folder: Path, tables: Mapping[str, Table]) -> list[Problem]:
    """Run Frictionless over the whole package; ``tables`` are its tables by name."""
    # Imported here: it takes a second, and most of the package never needs it.
    from frictionless import Checklist, Package

    package = Package(str(folder / FILE_NAME))
    report = package.validate(Checklist(skip_errors=list(_TOLD_ELSEWHERE)))
    found = [_unforeseen(FILE_NAME, error) for error in report.errors]
    by_file = {table.file: table for table in tables.values()}
    for task in report.tasks:
        table = by_file.get(task.place)
        found += [
            _told(table, error) if table else _unforeseen(task.place, error)
            for error in task.errors
        ]
    return found


def _unforeseen(file: str, error: Any, row: int = 0, column: str = "") -> Problem:
    advice = "See the Frictionless documentation of this error"
    return Problem(file, row, column, f"{error.type}: {error.note}", advice)


def _told(table: Table, error: Any) -> Problem:
    file = table.file
    row = getattr(error, "row_number", 0) or 0
    column = getattr(error, "field_name", "") or ""
    cell = getattr(error, "cell", "")
    field = next((f for f in table.fields if f["name"] == column), {})
    match error.type:
        case "type-error":
            advice = f"Write {_FORMS[field['type']]}"
            if not field.get("constraints", {}).get("required"):
                advice += " or leave the cell empty"
            return Problem(file, row, column, f"'{cell}' is no {field['type']}", advice)
        case "constraint-error":
            return _constraint(file, row, column, cell, field, error)
        case "primary-key":
            key = table.described["schema"]["primaryKey"]
            value = ", ".join(table.rows[row - 2][part] for part in key)
            advice = "Every row needs a key of its own: change it or remove the row"
            return Problem(file, row, ", ".join(key), f"duplicate key '{value}'", advice)
        case "foreign-key":
            return _foreign_key(file, row, error)
        case "unique-error":
            advice = "Every row needs a value of its own: change it or remove the row"
            return Problem(file, row, column, f"'{cell}' stands in another row too", advice)
        case _:
            return _unforeseen(file, error, row, column)


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
    rule = next((f"{k} {v}" for k, v in limits.items() if f'"{k}"' in error.note), error.note)
    advice = "Correct the value, or the rule in datapackage.json if the source goes beyond it"
    return Problem(file, row, column, f"'{cell}' breaks the rule: {rule}", advice)


def _foreign_key(file: str, row: int, error: Any) -> Problem:
    column = ", ".join(error.field_names)
    value = ", ".join(map(str, error.field_cells))
    target = error.reference_name or Path(file).stem
    return Problem(
        file,
        row,
        column,
        f"unknown {SINGULAR.get(target, 'id')} '{value}'",
        f"Correct the id or add the row to {target}.csv",
    )
