"""What a part consists of: tasks with titles, points and rubrics, and the released notebook.

Nothing is run for it; `casebook.grading.marks.answer_key` runs the master and knows the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from casebook.authoring.exercises import master as masters
from casebook.grading.errors import Refused
from casebook.grading.notebooks import structure

ROOT = Path(__file__).resolve().parents[3]
"""The checkout, with masters and exercises."""


@dataclass(frozen=True)
class Criterion:
    """A line of a rubric: what earns all, some or none of its points."""

    name: str
    points: float
    full: str
    part: str
    none: str


@dataclass(frozen=True)
class Example:
    """An answer with the level that it reaches."""

    level: str
    text: str


@dataclass(frozen=True)
class TaskOutline:
    """A task: `criteria`, `examples` and `teacher` are those of a written one."""

    name: str
    title: str
    points: float
    written: bool
    criteria: tuple[Criterion, ...] = ()
    examples: tuple[Example, ...] = ()
    teacher: str = ""


@dataclass(frozen=True)
class Outline:
    """A part of the book with its tasks, in the order of the notebook."""

    part: str
    title: str
    released: Mapping[str, Any]
    tasks: tuple[TaskOutline, ...]

    @property
    def titles(self) -> dict[str, str]:
        """Task to title."""
        return {task.name: task.title for task in self.tasks}

    def task(self, name: str) -> TaskOutline:
        """Return a task by its name."""
        return next(task for task in self.tasks if task.name == name)


@cache
def outline(part: str, root: Path = ROOT) -> Outline:
    """Return what a part consists of.

    Raises
    ------
    Refused
        If this is no complete checkout.
    MasterError
    """
    file = root / "instructor" / "masters" / f"{part}.md"
    if not file.is_file():
        raise Refused("Grading needs the masters: run it from a complete checkout.")
    read = masters.read(file)
    released = nbformat.read(root / "exercises" / f"{part}.ipynb", as_version=4)
    points = {
        structure.grade_id(cell).rsplit("-", 1)[0]: cell.metadata.nbgrader.points
        for cell in released.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    tasks = tuple(_task(task, points[task.name]) for task in read.tasks)
    return Outline(part, read.title, released, tasks)


def _task(task: masters.Task, points: float) -> TaskOutline:
    rubric = task.rubric or {}
    return TaskOutline(
        task.name,
        task.title,
        points,
        task.rubric is not None,
        tuple(Criterion(**_lines(criterion)) for criterion in rubric.get("criteria", [])),
        tuple(Example(**_lines(example)) for example in rubric.get("examples", [])),
        " ".join(str(rubric.get("teacher", "")).split()),
    )


def _lines(written: Mapping[str, Any]) -> dict[str, Any]:
    return {k: " ".join(v.split()) if isinstance(v, str) else v for k, v in written.items()}
