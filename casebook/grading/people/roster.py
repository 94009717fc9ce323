"""Who is in a course: people as an LMS lists them, and who of them handed in what."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FILE = "roster.csv"
HEADER = ("student", "name", "email", "part", "number", "handed_in")


@dataclass(frozen=True)
class Person:
    """Somebody in a course.

    Attributes
    ----------
    student : str
        Name of the folder, as `casebook.grading.people.identity` makes it from the LMS's download.
    name : str
    email : str
    part : str
        Part that the line is about; empty if it is about all of them.
    number : str
        That the LMS gives and writes into the names of files. Moodle's is another one in each
        assignment, Canvas's is the same in all.
    handed_in : datetime or None
        In the LMS's own time.
    """

    student: str
    name: str
    email: str = ""
    part: str = ""
    number: str = ""
    handed_in: datetime.datetime | None = None

    @property
    def row(self) -> tuple[str, ...]:
        """A line of the table."""
        when = self.handed_in.isoformat() if self.handed_in else ""
        return (self.student, self.name, self.email, self.part, self.number, when)


class Roster:
    """The people of a course.

    A student of a download is found by the name of the folder or else by the LMS's number: Moodle
    puts the name of a group before the student's, and instructors change how names are shown.

    Parameters
    ----------
    people : iterable of Person
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = tuple(people)
        self._found = {(p.part, p.student): p for p in self.people}
        self._found |= {(p.part, f"-{p.number}"): p for p in self.people if p.number}

    def find(self, student: str, part: str) -> Person | None:
        """Return the person that a submission is from, or None."""
        number = f"-{student.rpartition('-')[2]}"
        keys = [(p, name) for p in (part, "") for name in (student, number)]
        return next((self._found[key] for key in keys if key in self._found), None)

    def of(self, part: str) -> list[Person]:
        """List who is expected to hand in a part: its own list counts before the course's."""
        return [p for p in self.people if p.part == part] or [p for p in self.people if not p.part]

    def missing(self, part: str, students: Iterable[str]) -> list[Person]:
        """List who is expected and has handed in nothing, by name."""
        there = {found for s in students if (found := self.find(s, part))}
        gone = [person for person in self.of(part) if person not in there]
        return sorted(gone, key=lambda person: (person.name.casefold(), person.student))

    def with_people(self, people: Sequence[Person]) -> Roster:
        """Return the roster with newer lines, and all others as they were."""
        newer = {_key(person): person for person in people}
        kept = [newer.pop(_key(person), person) for person in self.people]
        return Roster([*kept, *newer.values()])


def _key(person: Person) -> tuple[str, str]:
    return person.part, person.number or person.student
