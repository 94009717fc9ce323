"""The open key of a part, made from its master: right answer, other right ways, known mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casebook import module_map
from casebook.authoring.exercises import keys as sealing_keys
from casebook.authoring.exercises import master as masters
from casebook.authoring.exercises import running
from casebook.checks.keys import Task
from casebook.grading.course import outline


@dataclass(frozen=True)
class OpenTask(Task):
    """A task with its answers in the open."""

    opened: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def open(self, form: str) -> dict[str, Any] | None:
        """Return what is known about a normal form, or None."""
        found = self.opened.get(form)
        return None if found is None else dict(found)

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


def open_key(part: str, root: Path) -> Key:
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
    task, key = found.task, found.task.key
    if key is None:
        raise ValueError(f"{task.id} has no key: it asks for words")
    return OpenTask(
        id=task.id,
        title=task.title,
        variable=key.variable,
        shape=key.shape,
        offsets=sealing_keys.offsets(found.right, key.shape),
        salt="",
        hints=key.hints,
        entries={},
        opened=sealing_keys.opened(found, pages),
    )
