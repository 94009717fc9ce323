"""Sheets of a made-up class."""

from __future__ import annotations

import datetime

from casebook.grading.marks.grades import Grade, GradedSubmission

DUE = datetime.datetime(2026, 10, 6, 12)
TOLD = "You left out the periods that begin on a borrowed day."
SECRET = "what a student wrote"


def grade(task: str, points: float | None, out_of: float = 2, **more) -> Grade:
    kind = "right" if points == out_of else "wrong"
    return Grade(task, f"Title of {task}", out_of, points, **{"kind": kind, "text": SECRET} | more)


def graded(student: str, *points: float | None, name: str = "", **more) -> GradedSubmission:
    """Return a graded: q1 and q2 are checked, q3 is written and worth four."""
    first, second, words = points
    wrong = {"kind": "diagnosed", "mistake": "only_starts", "text": TOLD}
    grades = (
        grade("q1", first, **({} if first else wrong)),
        grade("q2", second, **({} if second else {"kind": "open"})),
        grade("q3", words, 4, kind="written"),
    )
    about = {"part": "warm-up", "title": "Warm-up: one table"} | more
    return GradedSubmission(student, name or student.title(), grades=grades, **about)
