"""What a cell of a notebook is: its text, its place in nbgrader's frame, the task it checks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_CHECK = re.compile(r"""^[ \t]*check\([ \t]*["']([\w-]+\.\w+)["']""", re.MULTILINE)


def text_of(cell: Mapping[str, Any]) -> str:
    """Return the text of a cell, which nbformat writes as text or as a list of lines."""
    source = cell.get("source", "")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    # A lone half of a letter is valid JSON, and can be written to no file.
    return text.encode("utf-8", "replace").decode("utf-8")


def grade_id(cell: Mapping[str, Any]) -> str:
    """Return the nbgrader id of a cell, or nothing."""
    return graded(cell).get("grade_id") or ""


def is_check(cell: Mapping[str, Any]) -> bool:
    """Tell whether a released cell is the check of a task."""
    about = graded(cell)
    return bool(about.get("grade") and about.get("locked") and cell["cell_type"] == "code")


def checked_task(source: str) -> str:
    """Return the id of the task that a text checks, such as ``origins.q3``, or nothing."""
    found = _CHECK.search(source)
    return found[1] if found else ""


def graded(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what nbgrader keeps about a cell; nothing if it is no graded one."""
    metadata = cell.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    return about if isinstance(about, Mapping) else {}


def task_of(grade_id: str) -> str:
    """Return the task that a graded cell belongs to."""
    return grade_id.rsplit("-", 1)[0]


def checked_variable(source: str) -> str:
    """Return the name of the answer that a released check cell checks."""
    return source.rsplit(",", 1)[1].strip(" )\n")
