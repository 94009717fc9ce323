"""Which page teaches an objective, and what asks for it: quizzes, checked tasks, written tasks.

`traced` collects, `gaps` lists what is missing, `report` writes both as text
(``python -m casebook.authoring objectives``). A gap stops the build of the book with the `advice`
on it. An objective counts as taught by the page that announces it at its head, and as assessed by
a question of a quiz or by a task that names it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casebook import module_map
from casebook.authoring.exercises import master
from casebook.module_map import OBJECTIVE, ModuleMap, Objective, Page

_HEAD = re.compile(r"^```\{page-head\}", re.MULTILINE)
_QUIZ = re.compile(r"^:::\{quiz\}\n(.*?)^:::$", re.MULTILINE | re.DOTALL)
_QUESTION = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Assessment:
    """Something that asks whether an objective was reached.

    Attributes
    ----------
    where : str
        Path of its page, such as ``chapters/origins/collapse-2012`` or ``exercises/origins``.
    name : str
        Its number on the page, such as ``3`` for a question of a quiz, or ``q3`` for a task.
    title : str
        The question, or the title of the task.
    objective : str
        Id of the objective it names; empty if it names none.
    points : int
        What a task is worth; none for a question of a quiz.
    criteria : tuple of tuple
        Name and points of each criterion by which a written task is marked: for instructors.
    """

    where: str
    name: str
    title: str
    objective: str
    points: int = 0
    criteria: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Traced:
    """An objective with the page it stands on and all that asks for it."""

    objective: Objective
    page: Page
    taught: bool
    questions: tuple[Assessment, ...] = ()
    checked: tuple[Assessment, ...] = ()
    written: tuple[Assessment, ...] = ()

    @property
    def assessed(self) -> bool:
        """Whether anything asks for it."""
        return bool(self.questions or self.checked or self.written)


@dataclass(frozen=True)
class Gap:
    """Something that the map lacks: of what kind, and where."""

    kind: str
    what: str


@dataclass(frozen=True)
class Assessments:
    """All that asks for something, of three kinds."""

    questions: tuple[Assessment, ...] = ()
    checked: tuple[Assessment, ...] = ()
    written: tuple[Assessment, ...] = ()


def assessments(root: Path) -> Assessments:
    """Read the quizzes and the tasks of a checkout."""
    pages = module_map.current(root).pages
    tasks = [
        task
        for file in master.files(root)
        for task in _tasks(file, file.read_text(encoding="utf-8"))
    ]
    return Assessments(
        questions=tuple(
            question
            for page in pages
            if not page.is_notebook
            for question in questions(page.path, (root / page.file).read_text(encoding="utf-8"))
        ),
        checked=tuple(one for one, checked in tasks if checked),
        written=tuple(one for one, checked in tasks if not checked),
    )


@lru_cache(maxsize=64)
def _tasks(file: Path, content: str) -> tuple[tuple[Assessment, bool], ...]:
    """Return the tasks of a master, each with whether it is checked; read once for each content."""
    return tuple((_of(task), task.key is not None) for task in master.read(file).tasks)


def questions(where: str, source: str) -> Iterator[Assessment]:
    """Yield the questions of the quizzes in the source of a page."""
    for quiz in _QUIZ.finditer(source):
        for question in _QUESTION.finditer(quiz[1]):
            named = OBJECTIVE.match(question[2])
            title = question[2][named.end() :] if named else question[2]
            yield Assessment(where, question[1], title, named[1] if named else "")


def _of(task: master.Task) -> Assessment:
    return Assessment(
        f"exercises/{task.part}",
        task.name,
        task.title,
        task.objective,
        task.points,
        tuple((one["name"], one["points"]) for one in (task.rubric or {}).get("criteria", ())),
    )


def announcing(pages: Sequence[Page], root: Path) -> set[str]:
    """Return the paths of pages whose head tells readers their objectives."""
    texts = {page.path: root / page.file for page in pages if not page.is_notebook}
    return {path for path, file in texts.items() if tells(file.read_text(encoding="utf-8"))}


def tells(source: str) -> bool:
    """Say whether the source of a page has a head that tells readers its objectives."""
    return _HEAD.search(source) is not None


def trace(pages: ModuleMap, found: Assessments, taught: set[str]) -> list[Traced]:
    """Return every objective of the map, in its order, with what teaches and asks for it."""

    def naming(objective: Objective, kind: tuple[Assessment, ...]) -> tuple[Assessment, ...]:
        return tuple(one for one in kind if one.objective == objective.id)

    return [
        Traced(
            objective,
            page,
            page.path in taught,
            questions=naming(objective, found.questions),
            checked=naming(objective, found.checked),
            written=naming(objective, found.written),
        )
        for page in pages.pages
        for objective in page.objectives
    ]


def gaps(rows: list[Traced], found: Assessments) -> list[Gap]:
    """List what is missing: in objectives, then in questions and tasks."""
    missing = []
    for row in rows:
        if not row.taught and not row.assessed:
            missing.append(Gap("neither taught nor assessed", row.objective.id))
        elif not row.assessed:
            missing.append(Gap("taught but not assessed", row.objective.id))
        elif not row.taught:
            missing.append(Gap("assessed but not taught", row.objective.id))
    known = {row.objective.id for row in rows}
    for one in (*found.questions, *found.checked, *found.written):
        if not one.objective:
            missing.append(Gap("without an objective", f"{one.where}, {one.name}"))
        elif one.objective not in known:
            what = f"{one.where}, {one.name}: {one.objective}"
            missing.append(Gap("names an objective that module.yml has not", what))
    return missing


def traced(root: Path) -> tuple[list[Traced], list[Gap]]:
    """Return the objectives of a checkout, and what its map lacks."""
    pages = module_map.current(root)
    found = assessments(root)
    rows = trace(pages, found, announcing(pages.pages, root))
    return rows, gaps(rows, found)


ADVICE = {
    "neither taught nor assessed": (
        "The objective {what} is neither taught nor assessed: head its page with {{page-head}} and "
        "let a task of a master or a question of a quiz name it, or take it out of module.yml"
    ),
    "taught but not assessed": (
        "The objective {what} is taught but not assessed: let a task of a master (objective: "
        "{what}) or a question of a quiz (({what}) before its words) ask for it, or take it out of "
        "module.yml"
    ),
    "assessed but not taught": (
        "The objective {what} is assessed but not taught: head its page with {{page-head}}, or "
        "take it out of module.yml"
    ),
    "without an objective": "Nothing says what {what} asks for: let it name an objective",
    "names an objective that module.yml has not": (
        "An objective is named that module.yml has not ({what}): correct it, or add the objective"
    ),
}
"""What an author does about a gap of each kind."""


def advice(missing: list[Gap]) -> str:
    """Say in one sentence what is missing first and what to do about it; nothing if nothing is."""
    if not missing:
        return ""
    first, *others = missing
    more = f" ({len(others)} more: python -m casebook.authoring objectives)" if others else ""
    return f"{ADVICE[first.kind].format(what=first.what)}{more}."


def report(rows: list[Traced], missing: list[Gap]) -> str:
    """Write the map for a terminal, its gaps last."""
    lines = []
    for path, own in by_page(rows):
        lines += [path, ""]
        for row in own:
            told = f"{row.objective.id}  {row.objective.text}"
            lines += textwrap.wrap(told, 96, initial_indent="  ", subsequent_indent=" " * 11)
            for kind, among in (
                ("quiz", row.questions),
                ("checked", row.checked),
                ("written", row.written),
            ):
                told = ", ".join(_short(one, path) for one in among) or "-"
                lines += textwrap.wrap(
                    f"{kind:8} {told}", 96, initial_indent=" " * 11, subsequent_indent=" " * 20
                )
            for one in row.written:
                told = f"{_short(one, path)} marks {_criteria(one)}"
                lines += textwrap.wrap(
                    told, 96, initial_indent=" " * 20, subsequent_indent=" " * 22
                )
        lines.append("")
    asked = sum(len(row.checked) + len(row.written) for row in rows)
    lines.append(f"{len(rows)} objectives, {asked} tasks that name one.")
    if not missing:
        return "\n".join([*lines, "No gaps."])
    return "\n".join([*lines, "Gaps:", *(f"  {gap.kind}: {gap.what}" for gap in missing)])


def by_page(rows: list[Traced]) -> Iterator[tuple[str, list[Traced]]]:
    """Yield the pages that announce objectives, each with its own."""
    for path in dict.fromkeys(row.page.path for row in rows):
        yield path, [row for row in rows if row.page.path == path]


def _short(one: Assessment, page: str) -> str:
    """Name a task, and a question by its number, with its page if it is another."""
    if one.where.startswith("exercises/"):
        return name(one)
    return f"question {one.name}" if one.where == page else f"question {one.name} of {one.where}"


def name(task: Assessment) -> str:
    """Name a task as learners do: ``origins.q3``."""
    return f"{task.where.removeprefix('exercises/')}.{task.name}"


def _criteria(one: Assessment) -> str:
    """Write the rubric of a task, as ``states a rule (1), meets an objection (1)``."""
    return ", ".join(f"{name} ({points})" for name, points in one.criteria)
