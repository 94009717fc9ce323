"""Grades: how a task and a submission stand, by machine and by hand.

They are what feedback, export and the class report are made from. The gradebook is where they are
read from; nothing here knows it. A mark is the machine's alone, see
`casebook.grading.course.machine_marks`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Grade:
    """The grade for a task.

    Attributes
    ----------
    task : str
        Such as ``q3``.
    title : str
    out_of : float
    points : float or None
        As they stand; None if a person has still to mark.
    by_hand : bool
        Whether a person gave the points.
    kind : str
        ``right``, ``diagnosed``, ``wrong``, ``open``, ``unreadable``; ``written`` or
        ``not written``.
    mistake : str
        Name of the diagnosed mistake in the master.
    text : str
        What the learner is told; of a written answer, the answer.
    comment : str
        What the person wrote who marked.
    look_again : bool
        Whether the answer has changed since a person marked it.
    """

    task: str
    title: str
    out_of: float
    points: float | None
    by_hand: bool = False
    kind: str = ""
    mistake: str = ""
    text: str = ""
    comment: str = ""
    look_again: bool = False

    @property
    def written(self) -> bool:
        """Whether the task asks for words."""
        return self.kind in ("written", "not written")


@dataclass(frozen=True)
class GradedSubmission:
    """The grades of a submission.

    Attributes
    ----------
    student, name, part : str
        Id of the student as in the course's folders, name as shown, and part of the book.
    title : str
        Of the part.
    grades : tuple of Grade
        In the order of the notebook.
    notes : tuple of str
        What was repaired, what ended with an error.
    handed_in, due : datetime or None
        None if unknown, or if there is no due date.
    penalty : float
        Points taken off because it was late.
    """

    student: str
    name: str
    part: str
    title: str
    grades: tuple[Grade, ...]
    notes: tuple[str, ...] = ()
    handed_in: datetime.datetime | None = None
    due: datetime.datetime | None = None
    penalty: float = 0

    @property
    def complete(self) -> bool:
        """Whether nothing is left to be marked by a person."""
        return all(grade.points is not None and not grade.look_again for grade in self.grades)

    @property
    def points(self) -> float:
        """Points so far, the penalty taken off."""
        return max(0.0, sum(grade.points or 0 for grade in self.grades) - self.penalty)

    @property
    def out_of(self) -> float:
        """Points that can be reached."""
        return sum(grade.out_of for grade in self.grades)

    @property
    def late(self) -> datetime.timedelta | None:
        """How late it was handed in, or None if it was in time or nobody knows."""
        if self.due is None or self.handed_in is None or self.handed_in <= self.due:
            return None
        return self.handed_in - self.due
