"""What was assigned: which tasks of a part count, by when, and what lateness costs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from casebook.grading.errors import Refused


@dataclass(frozen=True)
class Assignment:
    """A part, or some of its tasks, for a course.

    Attributes
    ----------
    part : str
    tasks : tuple of str
        Names such as ``q3``; empty if the whole part is assigned.
    due : datetime or None
        In the time that the LMS writes; no zone is converted.
    late_per_day : float
        Per cent of all points that each day begun after the due date costs.
    extended : mapping
        Student to a later due date of their own.
    """

    part: str
    tasks: tuple[str, ...] = ()
    due: datetime.datetime | None = None
    late_per_day: float = 0
    extended: Mapping[str, datetime.datetime] = field(default_factory=dict)

    def counts(self, task: str) -> bool:
        """Tell whether a task is assigned."""
        return not self.tasks or task in self.tasks

    def due_for(self, student: str) -> datetime.datetime | None:
        """Return when a student has to hand in, or None if there is no date."""
        return self.extended.get(student, self.due)

    def penalty(self, student: str, handed_in: datetime.datetime | None, out_of: float) -> float:
        """Return the points that lateness costs; none where the time is unknown."""
        due = self.due_for(student)
        if due is None or handed_in is None or handed_in <= due:
            return 0
        days = -((due - handed_in) // datetime.timedelta(days=1))
        return min(out_of, round(out_of * self.late_per_day / 100 * days, 2))

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {
            "part": self.part,
            "tasks": list(self.tasks),
            "due": self.due.isoformat() if self.due else "",
            "late_per_day": self.late_per_day,
            "extended": {who: day.isoformat() for who, day in sorted(self.extended.items())},
        }

    def extend(self, student: str, due: datetime.datetime) -> Assignment:
        """Return the assignment with another date for one student."""
        return replace(self, extended={**self.extended, student: due})


def from_json(kept: Mapping[str, Any]) -> Assignment:
    """Return what `Assignment.to_json` has written."""
    moment = datetime.datetime.fromisoformat
    return Assignment(
        kept["part"],
        tuple(kept["tasks"]),
        moment(kept["due"]) if kept["due"] else None,
        kept["late_per_day"],
        {who: moment(day) for who, day in kept["extended"].items()},
    )


def chosen_tasks(text: str, known: list[str]) -> tuple[str, ...]:
    """Return the tasks that a text such as ``q1-q4,q7`` names, in the order of the notebook.

    Raises
    ------
    Refused
        If it names a task that the part has not.
    """
    wanted = set()
    for piece in filter(None, (piece.strip() for piece in text.split(","))):
        ends = [end.strip() for end in piece.split("-")]
        if len(ends) > 2 or not set(ends) <= set(known):
            raise Refused(f"There is no task {piece}; there are {', '.join(known)}.")
        first, last = known.index(ends[0]), known.index(ends[-1])
        wanted |= set(known[first : last + 1])
    return tuple(task for task in known if task in wanted)


def due_date(text: str) -> datetime.datetime:
    """Return the moment that an instructor wrote; a day alone ends with its last minute.

    Raises
    ------
    Refused
    """
    try:
        found = datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        example = "2027-01-31 or 2027-01-31T18:00"
        raise Refused(f"{text} is no date: write it like {example}.") from None
    if found.tzinfo is not None:
        raise Refused(f"Leave the zone out of {text}: it is the time that your LMS writes.")
    day_alone = len(text.strip()) <= len("2027-01-31")
    return found.replace(hour=23, minute=59, second=59) if day_alone else found
