"""The gradebook: nbgrader's database, in the file `gradebook.db` of a course.

What a machine marked is written as nbgrader's ``auto_score``, and nothing else of a grade: points
and comments that a person gave stay in ``manual_score`` and ``manual_comment``. `graded` reads
both, as feedback and export need them; `bring_up_to_date` writes what is marked and not here yet.
"""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbgrader import api

from casebook.grading.course.assignment import Assignment
from casebook.grading.course.folder import Course
from casebook.grading.course.machine_marks import MachineMarks, TaskMark
from casebook.grading.course.outline import Outline, outline
from casebook.grading.errors import Refused
from casebook.grading.marks.grades import Grade, GradedSubmission
from casebook.grading.notebooks import structure

FILE = "gradebook.db"
_DANGEROUS = str.maketrans("", "", "<>&\"'`\\")


def address(course: Course) -> str:
    """Return where nbgrader finds the database of a course."""
    return f"sqlite:///{(course.folder / FILE).resolve()}"


class Gradebook:
    """The gradebook of a course, open; made by `opened`."""

    def __init__(self, course: Course, book: api.Gradebook) -> None:
        self.course, self.book = course, book
        self._defined: dict[str, Assignment] = {}

    def define(self, assignment: Assignment, released: Mapping[str, Any]) -> None:
        """Write what a part consists of; repeated, it changes what has changed.

        Parameters
        ----------
        assignment : Assignment
        released : mapping
            The notebook that learners were given.
        """
        part = assignment.part
        if self._defined.get(part) == assignment:
            return
        self.book.update_or_create_assignment(part, duedate=_utc(assignment.due))
        self.book.update_or_create_notebook(part, part)
        for cell in released["cells"]:
            about, grade_id = cell["metadata"].get("nbgrader", {}), structure.grade_id(cell)
            if about.get("grade"):
                # Of tasks that do not count the database keeps marks, but no points.
                counts = assignment.counts(structure.task_of(grade_id))
                self.book.update_or_create_grade_cell(
                    grade_id,
                    part,
                    part,
                    max_score=about["points"] if counts else 0,
                    cell_type=cell["cell_type"],
                )
            if about.get("solution"):
                self.book.update_or_create_solution_cell(grade_id, part, part)
        self._defined[part] = assignment

    def record(self, marked: MachineMarks, before: MachineMarks | None) -> None:
        """Write the marks of a machine, and touch none that a person gave.

        Parameters
        ----------
        marked : MachineMarks
        before : MachineMarks or None
            The marks that these replace: a written answer that has changed since a person marked
            it is to be looked at again.
        """
        student, part = marked.student, marked.part
        first, last = _names(marked.name)
        self.book.update_or_create_student(student, first_name=first, last_name=last)
        assignment = self.course.assignment(part)
        handed_in = self.course.handed_in(student, part)
        with self.book.db.no_autoflush:
            self.book.update_or_create_submission(part, student, timestamp=_utc(handed_in))
        notebook = self.book.find_submission_notebook(part, part, student)
        grades = {grade.name: grade for grade in notebook.grades}
        old = {task.task: task for task in before.tasks} if before else {}
        for task in marked.tasks:
            grade = grades[_grade_id(task)]
            _set(grade, task, old.get(task.task), assignment.counts(task.task))
        penalty = assignment.penalty(student, handed_in, notebook.max_score)
        notebook.late_submission_penalty = penalty
        self.book.db.commit()

    def knows(self, marked: MachineMarks) -> bool:
        """Tell whether a submission stands in the gradebook."""
        try:
            self.book.find_submission(marked.part, marked.student)
        except api.MissingEntry:
            return False
        return True

    def graded(self, marked: MachineMarks, about: Outline) -> GradedSubmission:
        """Return the marks of a submission as they stand."""
        student, part = marked.student, marked.part
        assignment = self.course.assignment(part)
        notebook = self.book.find_submission_notebook(part, part, student)
        grades = {grade.name: grade for grade in notebook.grades}
        comments = {comment.name: comment.manual_comment or "" for comment in notebook.comments}
        found = []
        for task in marked.tasks:
            if not assignment.counts(task.task):
                continue
            grade = grades[_grade_id(task)]
            comment = comments.get(f"{task.task}-answer", "")
            found.append(_grade(task, grade, about.titles[task.task], comment))
        handed_in = self.course.handed_in(student, part)
        return GradedSubmission(
            student,
            marked.name,
            part,
            about.title,
            tuple(found),
            marked.notes,
            handed_in,
            assignment.due_for(student),
            assignment.penalty(student, handed_in, sum(grade.out_of for grade in found)),
        )


@contextmanager
def opened(course: Course) -> Iterator[Gradebook]:
    """Open the gradebook of a course; it is made if there is none.

    Raises
    ------
    Refused
        If the file is no gradebook.
    """
    course.folder.mkdir(parents=True, exist_ok=True)
    # nbgrader starts alembic by its name, and an environment need not be activated.
    scripts = str(Path(sys.executable).parent)
    if scripts not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, os.environ.get("PATH", os.defpath)])
    try:
        book = api.Gradebook(address(course))
    except Exception as error:
        where = course.folder / FILE
        raise Refused(f"{where} cannot be read as a gradebook: {error}") from error
    try:
        yield Gradebook(course, book)
    finally:
        book.close()


def bring_up_to_date(course: Course) -> None:
    """Write into the gradebook what is assigned and marked and it does not know yet.

    So a gradebook that was lost, or is older than the marks, takes them up.
    """
    with opened(course) as book:
        for marked in _marked(course):
            book.define(course.assignment(marked.part), outline(marked.part).released)
            if not book.knows(marked):
                book.record(marked, None)


def graded(course: Course) -> list[GradedSubmission]:
    """Return the grades of all marked submissions, as a gradebook that is up to date has them."""
    with opened(course) as book:
        return [book.graded(marked, outline(marked.part)) for marked in _marked(course)]


def _marked(course: Course) -> Iterator[MachineMarks]:
    found = (course.marked(*submission) for submission in course.submissions())
    return (marked for marked in found if marked is not None)


def _grade_id(task: TaskMark) -> str:
    return f"{task.task}-{'answer' if task.kind in ('written', 'not written') else 'check'}"


def _set(grade: api.Grade, task: TaskMark, old: TaskMark | None, counts: bool) -> None:
    by_hand = grade.manual_score is not None
    open_answer = task.kind == "written"
    grade.auto_score = None if open_answer else task.points or 0
    if not counts:
        grade.auto_score, grade.needs_manual_grade = 0, False
    elif not by_hand:
        grade.needs_manual_grade = open_answer
    elif old is not None and (old.text, old.points) != (task.text, task.points):
        grade.needs_manual_grade = True


def _grade(task: TaskMark, grade: api.Grade, title: str, comment: str) -> Grade:
    by_hand = grade.manual_score is not None
    points = grade.manual_score if by_hand else grade.auto_score
    if points is not None:
        points += grade.extra_credit or 0
    return Grade(
        task.task,
        title,
        task.out_of,
        points,
        by_hand,
        task.kind,
        task.mistake,
        task.text,
        comment,
        look_again=by_hand and bool(grade.needs_manual_grade),
    )


def _utc(moment: datetime.datetime | None) -> datetime.datetime | None:
    """Return a moment as nbgrader keeps it: in UTC, without a zone."""
    return moment and moment.astimezone(datetime.UTC).replace(tzinfo=None)


def _names(name: str) -> tuple[str, str]:
    """Split a name in two, as nbgrader wants it, without letters that mean something in HTML."""
    first, _, last = name.translate(_DANGEROUS).strip().rpartition(" ")
    return first, last or first
