"""The folder of a course: what each step has made, so that every step can be repeated.

::

    course/
      assigned/<part>/                          the notebook given out; assignment.json names the
                                                tasks that count, and the due date
      submitted/<student>/<part>/<part>.ipynb   as handed in, with about.json beside it
      earlier/<student>/<part>/...              what a newer notebook has replaced
      repaired/<student>/<part>/<part>.ipynb    in the frame of the release, without outputs
      autograded/<student>/<part>/<part>.ipynb  for a person to look at, in nbgrader's formgrader
      marked/<student>/<part>/marks.json        marks and diagnoses, and what they were made from
      roster.csv                                who is in the course, from the LMS's tables
      feedback/<student>/<part>.html            for the student; <part>.zip for the LMS
      collected.csv                             a line for each file that was looked at
      marks.csv, tasks.csv                      a line for each submission, and for each task
      export/                                   grades for the LMS, reports of the class

The tables are written anew from `marked/` each time; one that somebody has edited is put aside.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from casebook.grading.course.assignment import Assignment, from_json
from casebook.grading.course.machine_marks import MachineMarks, TaskMark
from casebook.grading.course.submission import KEPT, LEFT, TAKEN, Line, Submission
from casebook.grading.errors import Refused
from casebook.grading.lms import class_list
from casebook.grading.lms.dates import moment
from casebook.grading.people import roster
from casebook.grading.people.identity import shown
from casebook.grading.people.roster import Person, Roster


@dataclass(frozen=True)
class Course:
    """A course's folder."""

    folder: Path

    # --- Submissions ----------------------------------------------------------------------------

    def take(self, submission: Submission) -> Line:
        """Keep a submission; put an older one aside, and leave a newer one where it is."""
        student, part = submission.key
        place = self._inside("submitted", student, part)
        about = {
            "student": student,
            "name": submission.sender.name,
            "part": part,
            "from": shown(submission.path),
            "when": submission.age[0],
            "handed_in": "",
            "order": list(submission.age[1:-1]),
            "hash": hashlib.sha256(submission.content).hexdigest(),
        }
        line = Line(submission.path, TAKEN, student, part, submission.remark)
        old = self.about(student, part)
        if old:
            if old["hash"] == about["hash"]:
                return Line(submission.path, KEPT, student, part)
            if (old["when"], old["order"]) > (about["when"], about["order"]):
                said = f"the one collected before, {old['from']}, is newer"
                return Line(submission.path, LEFT, student, part, said)
            aside = self._aside(place, student, part)
            said = f"replaces {old['from']}, now in {aside.relative_to(self.folder).as_posix()}"
            line = Line(submission.path, TAKEN, student, part, said)
        # A time that the roster has is that of the submission known then, not of a newer one.
        elif (person := self.roster().find(student, part)) and person.handed_in:
            about["handed_in"] = person.handed_in.isoformat()
        place.mkdir(parents=True, exist_ok=True)
        _write(place / f"{part}.ipynb", submission.content)
        _write_json(place / "about.json", about)
        return line

    def _aside(self, place: Path, student: str, part: str) -> Path:
        number = 1
        while (aside := self._inside("earlier", student, part, str(number))).exists():
            number += 1
        aside.parent.mkdir(parents=True, exist_ok=True)
        place.rename(aside)
        return aside

    def about(self, student: str, part: str) -> dict[str, Any]:
        """Return what is known about a submission, or nothing if there is none."""
        file = self._inside("submitted", student, part) / "about.json"
        notebook = file.with_name(f"{part}.ipynb")
        return json.loads(file.read_text("utf-8")) if file.exists() and notebook.exists() else {}

    def submissions(self) -> list[tuple[str, str]]:
        """List student and part of all submissions."""
        places = sorted((self.folder / "submitted").glob("*/*/about.json"))
        return [(place.parts[-3], place.parts[-2]) for place in places]

    def submitted(self, student: str, part: str) -> bytes:
        """Return a notebook as it was handed in."""
        return (self._inside("submitted", student, part) / f"{part}.ipynb").read_bytes()

    def handed_in(self, student: str, part: str) -> datetime.datetime | None:
        """Return when a submission was handed in, or None if nobody knows.

        The LMS's worksheet knows best; else it is the time in the name of the file or in the zip.
        """
        about = self.about(student, part)
        return moment(about.get("handed_in") or about.get("when", ""))

    # --- People ---------------------------------------------------------------------------------

    def roster(self) -> Roster:
        """Return who is in the course, as far as the LMS's tables were collected."""
        file = self._inside(roster.FILE)
        if not file.exists():
            return Roster([])
        about = file.stat()
        return _roster(file, about.st_mtime_ns, about.st_size)

    def keep_people(self, people: Sequence[Person]) -> None:
        """Add people to the roster, or their newer lines; take over when they handed in."""
        newer = Roster(people)
        for student, part in self.submissions():
            person = newer.find(student, part)
            about = self.about(student, part)
            if person and person.handed_in and about:
                about["handed_in"] = person.handed_in.isoformat()
                _write_json(self._inside("submitted", student, part) / "about.json", about)
        # Nothing is put aside: what somebody wrote into the roster is read and written again.
        rows = [roster.HEADER, *(p.row for p in self.roster().with_people(people).people)]
        self.folder.mkdir(parents=True, exist_ok=True)
        _write(self._inside(roster.FILE), _table(rows))

    def part_of(self, people: Sequence[Person]) -> str:
        """Return the part that most of these people have handed in, or nothing."""
        known = Roster(people)
        found = Counter(part for student, part in self.submissions() if known.find(student, part))
        return found.most_common(1)[0][0] if found else ""

    # --- Assignments ----------------------------------------------------------------------------

    def assignment(self, part: str) -> Assignment:
        """Return what was assigned of a part: all of it without a date, if nobody said."""
        file = self._inside("assigned", part) / "assignment.json"
        return from_json(json.loads(file.read_text("utf-8"))) if file.exists() else Assignment(part)

    def keep_assignment(self, assignment: Assignment) -> None:
        """Write what was assigned."""
        place = self._inside("assigned", assignment.part)
        _write_json(place / "assignment.json", assignment.to_json())

    def is_assigned(self, part: str) -> bool:
        """Tell whether the notebook given out is here."""
        return (self._inside("assigned", part) / f"{part}.ipynb").exists()

    def keep_released(self, part: str, notebook: Mapping[str, Any]) -> None:
        """Write the notebook that learners were given: nbgrader lists the parts it finds here."""
        _write_json(self._inside("assigned", part) / f"{part}.ipynb", notebook)

    # --- Marks ----------------------------------------------------------------------------------

    def keep_repaired(self, student: str, part: str, notebook: dict[str, Any]) -> None:
        """Write a repaired notebook."""
        _write_json(self._inside("repaired", student, part) / f"{part}.ipynb", notebook)

    def repaired(self, student: str, part: str) -> dict[str, Any]:
        """Return a repaired notebook."""
        file = self._inside("repaired", student, part) / f"{part}.ipynb"
        notebook: dict[str, Any] = json.loads(file.read_text("utf-8"))
        return notebook

    def keep_reviewed(self, student: str, part: str, notebook: dict[str, Any]) -> None:
        """Write a notebook that a person looks at, where nbgrader's formgrader finds it."""
        _write_json(self._inside("autograded", student, part) / f"{part}.ipynb", notebook)

    def reviewed(self, student: str, part: str) -> str:
        """Return what a notebook to look at was made from, or nothing if there is none."""
        file = self._inside("autograded", student, part) / f"{part}.ipynb"
        if not file.exists():
            return ""
        stamp: str = json.loads(file.read_text("utf-8"))["metadata"]["casebook"]["stamp"]
        return stamp

    def keep_marked(self, marked: MachineMarks) -> None:
        """Write the marks of a submission."""
        place = self._inside("marked", marked.student, marked.part)
        _write_json(place / "marks.json", asdict(marked))

    def marked(self, student: str, part: str) -> MachineMarks | None:
        """Return the marks of a submission, if there are any."""
        file = self._inside("marked", student, part) / "marks.json"
        if not file.exists():
            return None
        kept = json.loads(file.read_text("utf-8"))
        tasks = tuple(TaskMark(**task) for task in kept.pop("tasks"))
        return MachineMarks(**kept | {"tasks": tasks, "notes": tuple(kept["notes"])})

    def feedback(self, student: str, part: str) -> Path:
        """Return the place of a page for a student."""
        return self._inside("feedback", student) / f"{part}.html"

    def keep_feedback(self, student: str, part: str, page: str) -> bool:
        """Write a page for a student; tell whether it is another than before."""
        file, content = self.feedback(student, part), page.encode("utf-8", "replace")
        if file.exists() and file.read_bytes() == content:
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, content)
        return True

    # --- Tables ---------------------------------------------------------------------------------

    def log(self, lines: Sequence[Line]) -> None:
        """Add the lines of a collection to `collected.csv`."""
        file = self.folder / "collected.csv"
        now = datetime.datetime.now().isoformat(timespec="seconds")
        rows = [(now, line.became, line.path, line.student, line.part, line.said) for line in lines]
        head = [] if file.exists() else [("when", "became", "file", "student", "part", "why")]
        self.folder.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8", newline="", errors="replace") as out:
            csv.writer(out).writerows([list(map(harmless, row)) for row in [*head, *rows]])

    def write_tables(self) -> list[str]:
        """Write `marks.csv` and `tasks.csv` from all marks; return what there is to say."""
        all_marks = [self.marked(*submission) for submission in self.submissions()]
        known = [marked for marked in all_marks if marked]
        marks: list[tuple[Any, ...]] = [
            ("student", "name", "part", "points", "out_of", "to_mark_by_hand", "notes")
        ]
        marks += [
            (m.student, m.name, m.part, m.points, m.out_of, len(m.by_hand), "; ".join(m.notes))
            for m in known
        ]
        tasks: list[tuple[Any, ...]] = [
            ("student", "part", "task", "points", "out_of", "result", "mistake", "said")
        ]
        tasks += [
            (m.student, m.part, t.task, t.points, t.out_of, t.kind, t.mistake, t.text)
            for m in known
            for t in m.tasks
        ]
        said = [self._write_table("marks.csv", marks), self._write_table("tasks.csv", tasks)]
        return [line for line in said if line]

    def _write_table(self, name: str, rows: Iterable[Sequence[Any]]) -> str:
        return self._keep(name, _table(rows))

    def write_export(self, name: str, content: bytes | Iterable[Sequence[Any]]) -> str:
        """Write a file or a table into `export/`; return what there is to say."""
        content = content if isinstance(content, bytes) else _table(content)
        self._inside("export", name).parent.mkdir(parents=True, exist_ok=True)
        return self._keep(f"export/{name}", content)

    def _keep(self, name: str, content: bytes) -> str:
        """Write a file; put one aside that somebody has edited since it was written here."""
        file, written = self._inside(name), self.folder / ".written.json"
        hashes = json.loads(written.read_text("utf-8")) if written.exists() else {}
        said = ""
        if file.exists() and _hash(file.read_bytes()) not in (hashes.get(name), _hash(content)):
            number = 1
            while (aside := file.with_name(f"{file.stem}-edited-{number}{file.suffix}")).exists():
                number += 1
            file.rename(aside)
            said = f"{name} had been edited: it is now {aside.name}"
        _write(file, content)
        _write_json(written, hashes | {name: _hash(content)})
        return said

    def _inside(self, *names: str) -> Path:
        """Return a place in the course's folder that no link leads out of."""
        place = self.folder.joinpath(*names)
        if not place.resolve().is_relative_to(self.folder.resolve()):
            raise Refused(f"{place} leads out of the course's folder.")
        return place


def harmless(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value


@lru_cache(maxsize=8)
def _roster(file: Path, changed: int, size: int) -> Roster:
    """Read a roster once for each time that it was written."""
    return Roster(class_list.read(file).people.values())


def _table(rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([list(map(harmless, row)) for row in rows])
    return text.getvalue().encode("utf-8", "replace")


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write_json(file: Path, content: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    _write(file, text.encode("utf-8", "replace"))


def _write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(file)
