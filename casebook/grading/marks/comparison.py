"""Answers compared with the open key: a pure function to points and diagnoses.

An answer is compared by `casebook.checks.asking.compare`, as it was with the sealed key when the
learner asked, so that nobody is told "right" at home and gets no points here. Written answers are
handed on to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebook.checks.asking import compare
from casebook.grading.answers import decoding
from casebook.grading.course.machine_marks import TaskMark
from casebook.grading.marks.answer_key import Key, OpenTask, Question
from casebook.grading.notebooks import structure

UNREAD = (
    "The answer could not be taken over: {}. A value of Python, numpy or pandas can be, not a "
    "figure or a class."
)
NOT_REACHED = "The notebook broke off before this answer."


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
        _checked(question, question.checked, given.get(question.checked.variable))
        if question.checked
        else _written(question, written.get(question.name, ""))
        for question in key.questions
    ]


def _checked(question: Question, task: OpenTask, given: str | None) -> TaskMark:
    if given is None:
        return TaskMark(question.name, 0, question.points, "open", text=NOT_REACHED)
    try:
        answer = decoding.decoded(given)
    except decoding.NotDecoded as error:
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
    stubs = {structure.grade_id(cell): cell["source"] for cell in key.released["cells"]}
    own = {cell["id"] for cell in key.released["cells"]}
    found: dict[str, list[str]] = {}
    last = ""
    for cell in notebook["cells"]:
        ident = structure.grade_id(cell)
        if cell["id"] in own:
            last = ident
        task = last.removesuffix("-answer")
        if cell["cell_type"] == "code" or not last.endswith("-answer"):
            continue
        text = structure.text_of(cell).strip()
        if text and text != stubs.get(ident, "").strip():
            found.setdefault(task, []).append(text)
    return {
        question.name: "\n\n".join(found.get(question.name, []))
        for question in key.questions
        if not question.checked
    }
