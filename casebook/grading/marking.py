"""Mark the submissions of a course: repair, run, compare, keep; several at a time."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from casebook.grading import intake, mark, repair, running
from casebook.grading.course import Course, Marked
from casebook.grading.kernel import NotStarted
from casebook.grading.sandbox import Limits

VERSION = "1"
"""Changes with what marks are made of, so that old ones are made again."""


@dataclass(frozen=True)
class Outcome:
    """What became of a submission in this run: marks, or why there are none."""

    student: str
    part: str
    marked: Marked | None
    said: str

    def __str__(self) -> str:
        return f"{self.student}/{self.part}: {self.said}"


class Marking:
    """Marks submissions of one course.

    Parameters
    ----------
    course : Course
    root : Path
        The checkout with masters and exercises.
    limits : Limits
    trust : bool
        Whether to run without a sandbox.
    again : bool
        Whether to mark also what is marked already.
    """

    def __init__(
        self,
        course: Course,
        root: Path,
        limits: Limits,
        *,
        trust: bool = False,
        again: bool = False,
    ) -> None:
        self.course, self.root, self.limits = course, root, limits
        self.trust, self.again = trust, again
        self._keys: dict[str, mark.Key] = {}
        self._making = threading.Lock()

    def all(self, submissions: list[tuple[str, str]], workers: int) -> Iterator[Outcome]:
        """Mark submissions, each in a Python of its own, and hand out what became of each."""
        # Threads are enough: the work is done by the Pythons in the sandboxes.
        with ThreadPoolExecutor(workers) as pool:
            waiting = [pool.submit(self.one, *submission) for submission in submissions]
            try:
                for done in as_completed(waiting):
                    yield done.result()
            finally:
                for future in waiting:
                    future.cancel()

    def one(self, student: str, part: str) -> Outcome:
        """Mark a submission, unless its marks are those that this would give."""
        try:
            content = self.course.submitted(student, part)
            made_from = self._fingerprint(part, content)
            old = self.course.marked(student, part)
            if old and old.made_from == made_from and not self.again:
                return Outcome(student, part, old, f"marked before: {old}")
            marked = self._marked(student, part, content, made_from)
        except NotStarted as error:
            return Outcome(student, part, None, f"NOT MARKED, run this again: {error}")
        except intake.Refused as reason:
            return Outcome(student, part, None, f"NOT MARKED: it {reason}")
        # Whatever one submission brings about, the others are marked.
        except Exception as error:
            said = f"NOT MARKED, an error of the grader ({type(error).__name__}): mark it by hand"
            return Outcome(student, part, None, said)
        self.course.keep_marked(marked)
        return Outcome(student, part, marked, str(marked))

    def _marked(self, student: str, part: str, content: bytes, made_from: str) -> Marked:
        key = self._key(part)
        repaired = repair.repair(intake.notebook(content), key.released)
        self.course.keep_repaired(student, part, repaired.notebook)
        ran = running.run(running.steps(repaired.notebook), self.limits, trust=self.trust)
        tasks = mark.mark(key, ran.answers, mark.written_answers(key, repaired.notebook))
        name = self.course.about(student, part).get("name", student)
        notes = (*repaired.notes, *ran.said())
        return Marked(student, name, part, made_from, notes, tuple(tasks))

    def _key(self, part: str) -> mark.Key:
        with self._making:
            if part not in self._keys:
                self._keys[part] = mark.key(part, self.root)
            return self._keys[part]

    def _fingerprint(self, part: str, content: bytes) -> str:
        files = [
            self.root / "instructor" / "masters" / f"{part}.md",
            self.root / "exercises" / f"{part}.ipynb",
        ]
        parts = [VERSION.encode(), content, *(file.read_bytes() for file in files)]
        return hashlib.sha256(b"".join(hashlib.sha256(p).digest() for p in parts)).hexdigest()
