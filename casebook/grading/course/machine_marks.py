"""Marks: what the machine gives for a task, and for all of a submission.

A mark is the machine's and never changed by a person; what counts in the end is a grade, see
`casebook.grading.marks.grades`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TaskMark:
    """The mark for a task.

    Attributes
    ----------
    task : str
        Such as ``q3``.
    points : float or None
        None where a person has to mark.
    out_of : float
    kind : str
        ``right``, ``diagnosed``, ``wrong``, ``open``, ``unreadable``; ``written`` or
        ``not written``.
    mistake : str
        Name of the diagnosed mistake in the master.
    text : str
        What the learner is told; of a written answer, the answer.
    """

    task: str
    points: float | None
    out_of: float
    kind: str
    mistake: str = ""
    text: str = ""


@dataclass(frozen=True)
class MachineMarks:
    """What is known about a marked submission."""

    student: str
    name: str
    part: str
    made_from: str
    notes: tuple[str, ...]
    tasks: tuple[TaskMark, ...]

    @property
    def points(self) -> float:
        """Points of the checked tasks."""
        return sum(task.points for task in self.tasks if task.points is not None)

    @property
    def out_of(self) -> float:
        """Points that the checked tasks have together."""
        return sum(task.out_of for task in self.tasks if task.points is not None)

    @property
    def by_hand(self) -> list[TaskMark]:
        """Tasks that a person has to mark."""
        return [task for task in self.tasks if task.points is None]

    def __str__(self) -> str:
        said = f"{self.points:g} of {self.out_of:g}"
        if self.by_hand:
            done = sum(task.kind == "written" for task in self.by_hand)
            said += f", {done} of {len(self.by_hand)} written answers to be marked"
        return "; ".join([said, *self.notes])
