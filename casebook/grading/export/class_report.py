"""A report of a class: which tasks were hard, which mistakes were common, who is missing.

It is for the instructor alone, and says nothing that a student wrote. `made` counts, a pure
function of grades and people; `page` and `rows` show the same as a page and as a table.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from casebook.grading.course.folder import Course
from casebook.grading.course.outline import outline
from casebook.grading.marks.grades import Grade, GradedSubmission
from casebook.grading.people.identity import clean
from casebook.grading.people.roster import Person

TEMPLATES = Path(__file__).parent / "templates"
FEW = 10
"""With fewer students a share says more than is known: there are counts alone."""
MANY = 30
"""As many students as make a correlation worth a look."""
SHOWN = 12
"""So many mistakes are on the page; the table has all of them."""


@dataclass(frozen=True)
class Task:
    """How a task went.

    Attributes
    ----------
    task, title : str
    written : bool
        Whether a person marks it.
    marked : int
        Students with points for it, none included.
    full : int
        Students with all points.
    mean : float or None
        Share of the points, over who is marked.
    blank : int
        Students who left it open.
    waiting : int
        Answers that wait for a mark.
    fits : float or None
        Correlation of its points with the points of the other checked tasks; None if there are
        too few students or all have the same.
    """

    task: str
    title: str
    written: bool
    marked: int
    full: int
    mean: float | None
    blank: int
    waiting: int
    fits: float | None


@dataclass(frozen=True)
class Mistake:
    """A mistake that was diagnosed, what its makers were told, and how many they were."""

    task: str
    title: str
    name: str
    text: str
    count: int


@dataclass(frozen=True)
class Report:
    """A part in a class.

    Attributes
    ----------
    part, title : str
    students : int
        Who has handed in and is marked.
    expected : int or None
        Who is on the roster; None without one.
    complete : tuple of float
        Points of the students with nothing left to mark, in order.
    out_of : float
    tasks : tuple of Task
    mistakes : tuple of Mistake
        The commonest first.
    missing : tuple of str
    late, noted : tuple of tuple
        Name, and how late or what there is to say.
    unmarked : tuple of str
        Who has handed in and is not marked yet.
    strangers : tuple of str
        Who has handed in and is not on the roster.
    """

    part: str
    title: str
    students: int
    expected: int | None
    complete: tuple[float, ...]
    out_of: float
    tasks: tuple[Task, ...]
    mistakes: tuple[Mistake, ...]
    missing: tuple[str, ...]
    late: tuple[tuple[str, str], ...]
    noted: tuple[tuple[str, str], ...]
    unmarked: tuple[str, ...]
    strangers: tuple[str, ...]

    @property
    def few(self) -> bool:
        """Whether there are too few students for shares."""
        return self.students < FEW

    @property
    def waiting(self) -> list[Task]:
        """Tasks with answers that wait for a mark."""
        return [task for task in self.tasks if task.waiting]

    @property
    def median(self) -> float:
        """Median of the points of who has nothing left to mark."""
        return statistics.median(self.complete)

    @property
    def fits(self) -> bool:
        """Whether there are students enough for correlations."""
        return any(task.fits is not None for task in self.tasks)


def of_part(course: Course, part: str, all_graded: Sequence[GradedSubmission]) -> Report:
    """Return the report of a part, with who is missing and who is not marked yet."""
    people, about = course.roster(), outline(part)
    students = [student for student, of in course.submissions() if of == part]
    marked = {graded.student for graded in all_graded if graded.part == part}
    names = {s: course.about(s, part).get("name", s) for s in students}
    expected = people.of(part)
    return made(
        part,
        about.title,
        all_graded,
        expected=expected,
        missing=people.missing(part, students),
        unmarked=[names[s] for s in students if s not in marked],
        strangers=[names[s] for s in students if expected and not people.find(s, part)],
    )


def made(
    part: str,
    title: str,
    all_graded: Iterable[GradedSubmission],
    *,
    expected: Sequence[Person] = (),
    missing: Sequence[Person] = (),
    unmarked: Sequence[str] = (),
    strangers: Sequence[str] = (),
) -> Report:
    """Count a part.

    Parameters
    ----------
    part, title : str
    all_graded : iterable of GradedSubmission
        Those of this part count.
    expected, missing : sequence of Person
        Who is on the roster, and who of them has handed in nothing.
    unmarked, strangers : sequence of str
        Names of who is not marked yet, and of who is not on the roster.
    """
    mine = sorted((s for s in all_graded if s.part == part), key=lambda s: (s.name, s.student))
    columns: dict[str, list[tuple[GradedSubmission, Grade]]] = defaultdict(list)
    for graded in mine:
        for grade in graded.grades:
            columns[grade.task].append((graded, grade))
    return Report(
        part,
        title,
        len(mine),
        len(expected) if expected else None,
        tuple(sorted(graded.points for graded in mine if graded.complete)),
        max((graded.out_of for graded in mine), default=0),
        tuple(_task(task, column) for task, column in columns.items()),
        tuple(_mistakes(columns)),
        tuple(clean(person.name) for person in missing),
        tuple((clean(s.name), lateness(s.late)) for s in mine if s.late),
        tuple((clean(s.name), "; ".join(map(_line, s.notes))) for s in mine if s.notes),
        tuple(map(clean, unmarked)),
        tuple(map(clean, strangers)),
    )


def _task(task: str, column: list[tuple[GradedSubmission, Grade]]) -> Task:
    grades = [grade for _, grade in column]
    marked = [(g.points, g.out_of) for g in grades if g.points is not None]
    worth = [points / out_of for points, out_of in marked if out_of]
    return Task(
        task,
        grades[0].title,
        any(grade.written for grade in grades),
        len(marked),
        sum(points >= out_of for points, out_of in marked),
        statistics.fmean(worth) if worth else None,
        sum(grade.kind in ("open", "not written") for grade in grades),
        len(grades) - len(marked),
        _fits(column),
    )


def _fits(column: list[tuple[GradedSubmission, Grade]]) -> float | None:
    """Correlate the points of a task with those of the other tasks that are checked."""
    pairs = [
        (
            grade.points,
            sum(
                other.points or 0 for other in graded.grades if not other.written and other != grade
            ),
        )
        for graded, grade in column
        if grade.points is not None
    ]
    if len(pairs) < MANY:
        return None
    try:
        return statistics.correlation(*zip(*pairs, strict=True))
    except statistics.StatisticsError:  # all have the same
        return None


def _mistakes(columns: dict[str, list[tuple[GradedSubmission, Grade]]]) -> list[Mistake]:
    found = []
    for task, column in columns.items():
        # Only a diagnosis is the master's own words; other texts repeat what a student answered.
        made = [grade for _, grade in column if grade.kind == "diagnosed"]
        counts = Counter((grade.mistake, grade.text) for grade in made)
        title = column[0][1].title
        found += [Mistake(task, title, *what, n) for what, n in sorted(counts.items())]
    return sorted(found, key=lambda mistake: -mistake.count)


def lateness(late: datetime.timedelta) -> str:
    """Return how late something was, in words; what is begun counts."""
    minutes = -(-late // datetime.timedelta(minutes=1))
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return _count(days, "day") + (f" {_count(hours, 'hour')}" if hours else "")
    if hours:
        return _count(hours, "hour") + (f" {_count(minutes, 'minute')}" if minutes else "")
    return _count(minutes, "minute")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _line(text: str) -> str:
    """Return a text as one line that can be shown."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


# --- Shown --------------------------------------------------------------------------------------


def page(report: Report) -> bytes:
    """Return the report as a page that needs nothing else and runs nothing."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"share": _share, "count": _count, "shown": SHOWN, "many": MANY}
    css = (TEMPLATES / "report.css").read_text("utf-8")
    template = environment.get_template("report.html.j2")
    text = template.render(report=report, css=Markup(css), style_hash=style_hash(css))
    return text.encode("utf-8", "replace")


def style_hash(css: str) -> str:
    """Return what a page's policy allows a style by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.0%}" if whole else ""


def rows(report: Report) -> list[tuple[Any, ...]]:
    """Return the report as a table: one number or person a line."""
    n = report.students
    made: list[tuple[Any, ...]] = [("about", "task", "what", "count", "of", "told")]
    for task in report.tasks:
        made.append(("full marks", task.task, task.title, task.full, task.marked, ""))
        made.append(("left open", task.task, task.title, task.blank, n, ""))
        if task.written:
            made.append(("waits for a mark", task.task, task.title, task.waiting, n, ""))
    made += [("mistake", m.task, m.name, m.count, n, m.text) for m in report.mistakes]
    made += [("missing", "", name, "", "", "") for name in report.missing]
    made += [("late", "", name, "", "", late) for name, late in report.late]
    made += [("not marked yet", "", name, "", "", "") for name in report.unmarked]
    made += [("not on the roster", "", name, "", "", "") for name in report.strangers]
    made += [("to know", "", name, "", "", note) for name, note in report.noted]
    return made
