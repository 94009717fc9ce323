"""Read a master into tasks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jupytext
import yaml
from nbformat import NotebookNode

from casebook.checks.shapes import Shape, ShapeError, shape

PICTURE = "picture"
"""Tag of a cell that draws with plotly: the page leaves its output out, notebooks show it."""
AUTHORS_ONLY = {"key", "alternative", "wrong", "rubric"}
PAGE_LINK = re.compile(r"\[([^\]]+)\]\(page:([^)#]+)(#[^)]*)?\)")
"""A link to a page of the book, as texts for learners write it."""
_HEADING = re.compile(r"^##\s+(?:\d+\.\s+)?(.+)$", re.MULTILINE)
_SOLUTION = re.compile(r"^### BEGIN SOLUTION\n(.*?)^### END SOLUTION", re.MULTILINE | re.DOTALL)
_DIAGNOSIS = re.compile(r"#\s*(\w+):\s*(.*)")


class MasterError(ValueError):
    """A master that does not say what it must; the message names file and task."""


@dataclass(frozen=True)
class Key:
    """What an author says about the answer of a task."""

    variable: str
    shape: Shape
    written_shape: Any
    hints: tuple[str, str, str]
    shows: str


@dataclass(frozen=True)
class Wrong:
    """A known mistake: its name, what is said about it, and the code that makes it."""

    name: str
    message: str
    source: str


@dataclass
class Task:
    """A task of a master, in the order of its cells.

    A checked task has an answer and a key, a written one a model answer and a rubric.
    """

    part: str
    name: str
    points: int
    title: str
    objective: str = ""
    answer: str = ""
    key: Key | None = None
    alternatives: list[str] = field(default_factory=list)
    wrongs: list[Wrong] = field(default_factory=list)
    model: str = ""
    rubric: dict[str, Any] | None = None
    before: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Id as learners write it, such as ``origins.q3``."""
        return f"{self.part}.{self.name}"

    @property
    def its_key(self) -> Key:
        """The key, of a task that is checked."""
        if self.key is None:
            raise MasterError(f"{self.id} is a written task: it has no key")
        return self.key

    @property
    def its_rubric(self) -> dict[str, Any]:
        """The rubric, of a written task."""
        if self.rubric is None:
            raise MasterError(f"{self.id} is a checked task: it has no rubric")
        return self.rubric

    @property
    def solution(self) -> str:
        """Code of the answer between the marks of the solution; empty for a written task."""
        found = _SOLUTION.search(self.answer)
        return found[1].rstrip() if found else ""


@dataclass(frozen=True)
class Master:
    """A master: its notebook, its tasks, and the code that stands outside of tasks."""

    part: str
    title: str
    minutes: int
    notebook: NotebookNode
    tasks: tuple[Task, ...]

    @property
    def checked(self) -> list[Task]:
        """Tasks whose answer is checked."""
        return [task for task in self.tasks if task.key]


def files(root: Path) -> list[Path]:
    """List the masters of a checkout."""
    return sorted((root / "instructor" / "masters").glob("*.md"))


def read(file: Path) -> Master:
    """Read and check a master.

    Raises
    ------
    MasterError
        If a part of a task is missing or cannot be read.
    """
    notebook = jupytext.reads(file.read_text(encoding="utf-8"), fmt="md:myst")
    about = notebook.metadata.get("casebook", {})
    for needed in ("title", "minutes"):
        if needed not in about:
            raise MasterError(f"{file.name}: the front matter gives no casebook: {needed}")
    tasks: list[Task] = []
    pending: list[str] = []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if "task" in cell.metadata:
            tasks.append(_begun(file, cell))
            tasks[-1].before = pending
            pending = []
        elif not tasks or set(tags) <= {PICTURE}:
            if cell.cell_type == "code":
                # Between a question and its answer a cell belongs to that task, else to the next.
                open_task = tasks and not tasks[-1].answer and tasks[-1].rubric is None
                (tasks[-1].before if open_task else pending).append(cell.source)
        else:
            _take(file, tasks[-1], cell, tags)
    for task in tasks:
        _complete(file, task)
    if len({task.name for task in tasks}) < len(tasks):
        raise MasterError(f"{file.name}: two tasks have one name")
    return Master(file.stem, about["title"], int(about["minutes"]), notebook, tuple(tasks))


def _begun(file: Path, cell: NotebookNode) -> Task:
    heading = _HEADING.search(cell.source)
    name = str(cell.metadata["task"])
    if not heading:
        raise MasterError(f"{file.name}: task {name} has no heading '## ...'")
    return Task(file.stem, name, int(cell.metadata.get("points", 1)), heading[1].strip())


def _take(file: Path, task: Task, cell: NotebookNode, tags: list[str]) -> None:
    where = f"{file.name}, task {task.name}"
    if "answer" in tags:
        task.answer = cell.source
    elif "written" in tags:
        task.model = cell.source
    elif "alternative" in tags:
        task.alternatives.append(cell.source)
    elif "wrong" in tags:
        task.wrongs.append(_wrong(where, cell.source))
    elif "rubric" in tags:
        task.rubric = yaml.safe_load(cell.source)
        task.objective = task.rubric.get("objective", "")
    elif "key" in tags:
        written = yaml.safe_load(cell.source)
        task.key = _key(where, written)
        task.objective = written.get("objective", "")


def _key(where: str, written: dict[str, Any]) -> Key:
    for needed in ("variable", "shape", "hints", "shows"):
        if not written.get(needed):
            raise MasterError(f"{where}: the key has no {needed}")
    try:
        nudge, method, nearly = (str(hint).strip() for hint in written["hints"])
    except ValueError:
        what = "a nudge, the method, nearly the code"
        raise MasterError(f"{where}: three hints are needed: {what}") from None
    try:
        expected = shape(written["shape"])
    except ShapeError as error:
        raise MasterError(f"{where}: {error}") from error
    return Key(
        variable=written["variable"],
        shape=expected,
        written_shape=written["shape"],
        hints=(nudge, method, nearly),
        shows=str(written["shows"]).strip(),
    )


def _wrong(where: str, source: str) -> Wrong:
    lines = source.splitlines()
    first = _DIAGNOSIS.fullmatch(lines[0].strip()) if lines else None
    if not first:
        raise MasterError(f"{where}: a wrong answer begins with a line '# name: what to say'")
    said, rest = [first[2]], 1
    for line in lines[1:]:
        if not line.startswith("#"):
            break
        said.append(line.lstrip("# "))
        rest += 1
    return Wrong(first[1], " ".join(said).strip(), "\n".join(lines[rest:]))


def _complete(file: Path, task: Task) -> None:
    where = f"{file.name}, task {task.name}"
    if task.rubric is not None:
        return
    if not task.key or not task.answer:
        raise MasterError(f"{where}: needs an answer and a key, or a rubric")
    if "BEGIN SOLUTION" not in task.answer:
        raise MasterError(f"{where}: the answer has no ### BEGIN SOLUTION ... ### END SOLUTION")
    if not re.search(rf"^{task.key.variable} = \.\.\.", task.answer, re.MULTILINE):
        raise MasterError(f"{where}: learners must start from '{task.key.variable} = ...'")
