"""Marks: a pure function from answers to points and diagnoses.

The open key is made from a master: its shape, right answer, other right ways and known mistakes.
An answer is compared with it by `casebook.checks.asking.compare`, as the sealed key was when the
learner asked, so that nobody is told "right" at home and gets no points here. Written answers are
handed on to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casebook import module_map
from casebook.authoring.exercises import keys as sealing_keys
from casebook.authoring.exercises import master as masters
from casebook.authoring.exercises import running
from casebook.checks.asking import compare
from casebook.checks.keys import Task
from casebook.grading import answers, outline, repair

UNREAD = (
    "The answer could not be taken over: {}. A value of Python, numpy or pandas can be, not a "
    "figure or a class."
)
NOT_REACHED = "The notebook broke off before this answer."


@dataclass(frozen=True)
class OpenTask(Task):
    """A task with its answers in the open."""

    opened: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def open(self, form: str) -> dict[str, Any] | None:
        """Return what is known about a normal form, or None."""
        return self.opened.get(form)

    def mistake(self, text: str) -> str:
        """Return the name of the mistake that a text diagnoses, or nothing."""
        known = (entry for entry in self.opened.values() if entry["text"] == text)
        return next((entry.get("name", "") for entry in known), "")


@dataclass(frozen=True)
class Question:
    """A task of a part with its points; `checked` is None for a written answer."""

    name: str
    title: str
    points: float
    checked: OpenTask | None


@dataclass(frozen=True)
class Key:
    """The open key of a part."""

    part: str
    questions: tuple[Question, ...]
    released: Mapping[str, Any]


@dataclass(frozen=True)
class TaskMark:
    """The mark for a task.

    Attributes
    ----------
    task : str
        Such as ``q3``.
    points : float or None
        None where a person has to mark.
    out_of : float
    kind : str
        ``right``, ``diagnosed``, ``wrong``, ``open``, ``unreadable``; ``written`` or
        ``not written``.
    mistake : str
        Name of the diagnosed mistake in the master.
    text : str
        What the learner is told; of a written answer, the answer.
    """

    task: str
    points: float | None
    out_of: float
    kind: str
    mistake: str = ""
    text: str = ""


def key(part: str, root: Path) -> Key:
    """Return the open key of a part, from the masters and exercises of a checkout.

    Raises
    ------
    MasterError
    """
    about = outline.outline(part, root)
    read = masters.read(root / "instructor" / "masters" / f"{part}.md")
    pages = module_map.current(root)
    found = {given.task.name: given for given in running.run(read)}
    questions = []
    for task in about.tasks:
        checked = None if task.written else _opened(found[task.name], pages)
        questions.append(Question(task.name, task.title, task.points, checked))
    return Key(part, tuple(questions), about.released)


def _opened(found: running.Answers, pages: module_map.ModuleMap) -> OpenTask:
    task = found.task
    return OpenTask(
        id=task.id,
        title=task.title,
        variable=task.key.variable,
        shape=task.key.shape,
        offsets=sealing_keys.offsets(found.right, task.key.shape),
        salt="",
        hints=task.key.hints,
        entries={},
        opened=sealing_keys.opened(found, pages),
    )


def mark(key: Key, given: Mapping[str, str], written: Mapping[str, str]) -> list[TaskMark]:
    """Return the marks of a submission, task by task.

    Parameters
    ----------
    key : Key
    given : mapping
        Variable to the JSON that left the sandbox; one that is missing was not reached.
    written : mapping
        Name of a task to its answer in words.
    """
    return [
        _checked(question, given.get(question.checked.variable))
        if question.checked
        else _written(question, written.get(question.name, ""))
        for question in key.questions
    ]


def _checked(question: Question, given: str | None) -> TaskMark:
    task = question.checked
    if given is None:
        return TaskMark(question.name, 0, question.points, "open", text=NOT_REACHED)
    try:
        answer = answers.decoded(given)
    except answers.NotDecoded as error:
        text = UNREAD.format(error)
        return TaskMark(question.name, 0, question.points, "unreadable", text=text)
    card = compare(task, answer)
    points = question.points if card.kind == "right" else 0
    mistake = task.mistake(card.text) if card.kind == "diagnosed" else ""
    return TaskMark(question.name, points, question.points, card.kind, mistake, card.text)


def _written(question: Question, text: str) -> TaskMark:
    if text.strip():
        return TaskMark(question.name, None, question.points, "written", text=text)
    return TaskMark(question.name, None, question.points, "not written")


def written_answers(key: Key, notebook: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers in words of a repaired notebook, with text cells added after them."""
    stubs = {repair.grade_id(cell): cell.source for cell in key.released.cells}
    own = {cell.id for cell in key.released.cells}
    found: dict[str, list[str]] = {}
    last = ""
    for cell in notebook["cells"]:
        ident = repair.grade_id(cell)
        if cell["id"] in own:
            last = ident
        task = last.removesuffix("-answer")
        if cell["cell_type"] == "code" or not last.endswith("-answer"):
            continue
        text = repair.text_of(cell).strip()
        if text and text != stubs.get(ident, "").strip():
            found.setdefault(task, []).append(text)
    return {
        question.name: "\n\n".join(found.get(question.name, []))
        for question in key.questions
        if not question.checked
    }
