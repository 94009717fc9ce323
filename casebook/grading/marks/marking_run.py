"""Mark the submissions of a course: many are executed at a time, one by one they are recorded.

Executing (`casebook.grading.execution.job`) is done by a pool: threads of this process, or machines
of a cluster (`casebook.grading.execution.cluster`). Only the caller's own thread reads and writes
the course and knows the key: it takes up what has come from the pool, compares, and keeps.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebook.grading.course.folder import Course
from casebook.grading.course.machine_marks import MachineMarks
from casebook.grading.course.outline import outline
from casebook.grading.errors import Refused
from casebook.grading.execution import job
from casebook.grading.execution.job import Executed
from casebook.grading.marks import answer_key, comparison
from casebook.grading.marks.gradebook import Gradebook
from casebook.grading.sandbox.bubblewrap import Limits

VERSION = "1"
"""Changes with what marks are made of, so that old ones are made again."""


@dataclass(frozen=True)
class Outcome:
    """What became of a submission in this run: marks, or why there are none.

    Attributes
    ----------
    student, part : str
    marked : MachineMarks or None
    said : str
    executed : bool
        False if its marks are those of an earlier run, or if it could not be read at all.
    """

    student: str
    part: str
    marked: MachineMarks | None
    said: str
    executed: bool = True

    def __str__(self) -> str:
        return f"{self.student}/{self.part}: {self.said}"


@dataclass(frozen=True)
class Taken:
    """A submission on its way through the pool.

    Attributes
    ----------
    student, part : str
    content : bytes
        As handed in.
    released : dict
        The notebook that learners were given.
    made_from : str
        Hash of all that its marks will be made from.
    before : MachineMarks or None
        The marks that these will replace.
    """

    student: str
    part: str
    content: bytes
    released: dict[str, Any]
    made_from: str
    before: MachineMarks | None


class MarkingRun:
    """Marks submissions of one course.

    Parameters
    ----------
    course : Course
    book : Gradebook
        Of the course.
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
        book: Gradebook,
        root: Path,
        limits: Limits,
        *,
        trust: bool = False,
        again: bool = False,
    ) -> None:
        self.course, self.book, self.root, self.limits = course, book, root, limits
        self.trust, self.again = trust, again
        self._keys: dict[str, answer_key.Key] = {}
        self._releases: dict[str, dict[str, Any]] = {}

    def all(
        self, submissions: Iterable[tuple[str, str]], pool: Executor, at_a_time: int
    ) -> Iterator[Outcome]:
        """Mark submissions and hand out what became of each, in the order they are done.

        Parameters
        ----------
        submissions : iterable of tuple
            Student and part.
        pool : Executor
            Executes them; whatever it does at the same time, recording is done here, one by one.
        at_a_time : int
            How many the pool executes at a time.
        """
        under_way: dict[Future[str], Taken] = {}
        try:
            for student, part in submissions:
                taken = self._take(student, part)
                if isinstance(taken, Outcome):
                    yield taken
                    continue
                given = (taken.content, taken.released, self.limits, self.trust)
                under_way[pool.submit(job.execute, *given)] = taken
                # Enough that nobody waits for work, and not a class's notebooks in memory.
                while len(under_way) >= 4 * at_a_time:
                    yield from self._done(under_way)
            while under_way:
                yield from self._done(under_way)
        finally:
            for future in under_way:
                future.cancel()

    def _take(self, student: str, part: str) -> Taken | Outcome:
        """Return a submission to execute, or what there is to say without executing it."""
        try:
            content = self.course.submitted(student, part)
            made_from = self._fingerprint(part, content)
            released = self._released(part)
            before = self.course.marked(student, part)
        # Whatever one submission brings about, the others are marked.
        except Exception as error:
            return _not_marked(student, part, _why(error), executed=False)
        if before and before.made_from == made_from and not self.again:
            return Outcome(student, part, before, f"marked before: {before}", executed=False)
        return Taken(student, part, content, released, made_from, before)

    def _done(self, under_way: dict[Future[str], Taken]) -> Iterator[Outcome]:
        done, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            yield self._outcome(under_way.pop(future), job.read(future.result()))

    def _outcome(self, taken: Taken, executed: Executed) -> Outcome:
        student, part = taken.student, taken.part
        if executed.why_not:
            return _not_marked(student, part, executed.why_not)
        try:
            marked = self._marked(taken, executed)
        except Exception as error:
            return _not_marked(student, part, _why(error))
        try:
            self.record(marked, taken.before, executed.notebook)
        except Exception as error:
            return _not_marked(student, part, f"run this again: it could not be kept ({error})")
        return Outcome(student, part, marked, str(marked))

    def _marked(self, taken: Taken, executed: Executed) -> MachineMarks:
        """Compare what came out of a sandbox with the key."""
        key = self._key(taken.part)
        written = comparison.written_answers(key, executed.notebook)
        tasks = comparison.mark(key, executed.answers, written)
        name = self.course.about(taken.student, taken.part).get("name", taken.student)
        notes = tuple(executed.notes)
        return MachineMarks(taken.student, name, taken.part, taken.made_from, notes, tuple(tasks))

    def record(
        self, marked: MachineMarks, before: MachineMarks | None, notebook: dict[str, Any]
    ) -> None:
        """Keep what was marked: the one place that does, always in the thread that runs `all`.

        The marks come last: where they are, all else has been kept, and a run that was
        interrupted before does the submission again.

        Parameters
        ----------
        marked : MachineMarks
        before : MachineMarks or None
            The marks that these replace.
        notebook : dict
            The repaired notebook.
        """
        self.course.keep_repaired(marked.student, marked.part, notebook)
        self.book.define(self.course.assignment(marked.part), outline(marked.part).released)
        self.book.record(marked, before)
        self.course.keep_marked(marked)

    def _key(self, part: str) -> answer_key.Key:
        if part not in self._keys:
            self._keys[part] = answer_key.open_key(part, self.root)
        return self._keys[part]

    def _released(self, part: str) -> dict[str, Any]:
        if part not in self._releases:
            # Plain dicts and lists, whatever reads notebooks makes of them.
            self._releases[part] = json.loads(json.dumps(outline(part, self.root).released))
        return self._releases[part]

    def _fingerprint(self, part: str, content: bytes) -> str:
        files = [
            self.root / "instructor" / "masters" / f"{part}.md",
            self.root / "exercises" / f"{part}.ipynb",
        ]
        parts = [VERSION.encode(), content, *(file.read_bytes() for file in files)]
        return hashlib.sha256(b"".join(hashlib.sha256(p).digest() for p in parts)).hexdigest()


def _not_marked(student: str, part: str, why: str, *, executed: bool = True) -> Outcome:
    return Outcome(student, part, None, f"NOT MARKED, {why}", executed)


def _why(error: Exception) -> str:
    if isinstance(error, Refused):
        return str(error)
    return job.BY_HAND.format(type(error).__name__)
