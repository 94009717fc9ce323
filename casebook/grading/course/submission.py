"""A submission that can be taken in, and the line that says what became of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casebook.grading.people.identity import Sender, shown

TAKEN, KEPT, LEFT, REFUSED = "accepted", "unchanged", "left out", "refused"


@dataclass(frozen=True)
class Submission:
    """A notebook that can be taken in."""

    path: str
    when: str
    sender: Sender
    part: str
    content: bytes
    remark: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Student and part."""
        return self.sender.student, self.part

    @property
    def age(self) -> tuple[Any, ...]:
        """Grows with the time of handing in."""
        when, *rest = self.sender.order
        return (when or self.when, *rest, self.path)


@dataclass(frozen=True)
class Line:
    """What became of a file."""

    path: str
    became: str
    student: str = ""
    part: str = ""
    said: str = ""

    def __str__(self) -> str:
        where = f" -> {self.student}/{self.part}" if self.part else ""
        said = f": {self.said}" if self.said else ""
        return f"{self.became:9} {shown(self.path)}{where}{said}"
