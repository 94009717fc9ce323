"""The grades of all as a table, a line for each submission."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casebook.grading.export.class_report import lateness
from casebook.grading.marks.grades import GradedSubmission


def rows(all_graded: Sequence[GradedSubmission]) -> list[tuple[Any, ...]]:
    """Return the table, its header first."""
    numbers = {grade.task for graded in all_graded for grade in graded.grades}
    tasks = sorted(numbers, key=lambda task: (len(task), task))
    header = ("student", "name", "part", "points", "out_of", "penalty", "late", "complete")
    made: list[tuple[Any, ...]] = [(*header, *tasks)]
    for graded in sorted(all_graded, key=lambda s: (s.part, s.student)):
        points = {
            g.task: g.points if g.points is None else _number(g.points) for g in graded.grades
        }
        late = lateness(graded.late) if graded.late else ""
        about = (
            graded.student,
            graded.name,
            graded.part,
            _number(graded.points),
            _number(graded.out_of),
        )
        done = "yes" if graded.complete else "no"
        made.append(
            (*about, _number(graded.penalty), late, done, *(points.get(task) for task in tasks))
        )
    return made


def _number(points: float) -> float:
    """Return points without the dust of adding tenths, and whole ones as such."""
    rounded = round(points, 6)
    return int(rounded) if rounded == int(rounded) else rounded
