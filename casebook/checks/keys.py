"""The sealed keys that come with the package: one file a part, one entry a task."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from casebook.checks import sealing
from casebook.checks.shapes import Shape, shape
from casebook.checks.values import shown

FOLDER = Path(__file__).parent / "keys"


class UnknownTask(KeyError):  # noqa: N818  (the message is for learners, so is the name)
    """No exercise has a task of that name."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Task:
    """What is known about a task without knowing its answer.

    Attributes
    ----------
    id : str
        Such as ``origins.q3``.
    title : str
    variable : str
        Name of the answer in the notebook.
    shape : Shape
        What the answer should look like.
    offsets : mapping
        See `casebook.checks.reading.forms`.
    salt : str
    hints : tuple of str
        A nudge, the method, and (veiled) nearly the code.
    entries : mapping
        Token to sealed text.
    """

    id: str
    title: str
    variable: str
    shape: Shape
    offsets: Mapping[str, float]
    salt: str
    hints: tuple[str, ...]
    entries: Mapping[str, str]

    def open(self, form: str) -> dict[str, Any] | None:
        """Return what is sealed under a normal form, or None."""
        opened = sealing.digest(form, self.salt)
        sealed = self.entries.get(sealing.token(opened))
        return None if sealed is None else sealing.unseal(sealed, opened)


def parts() -> list[str]:
    """List the parts that have exercises."""
    return sorted(file.stem for file in FOLDER.glob("*.json"))


@cache
def tasks(part: str) -> dict[str, Task]:
    """Return the tasks of a part by id, in their order.

    Raises
    ------
    UnknownTask
        If no part is called so.
    """
    file = FOLDER / f"{part}.json"
    if part not in parts():
        raise UnknownTask(
            f"There are no exercises called '{shown(part)}', only {', '.join(parts())}."
        )
    content = json.loads(file.read_text(encoding="utf-8"))
    return {
        f"{part}.{name}": Task(
            id=f"{part}.{name}",
            title=entry["title"],
            variable=entry["variable"],
            shape=shape(entry["shape"]),
            offsets=entry["offsets"],
            salt=entry["salt"],
            hints=(*entry["hints"], sealing.unveil(entry["veiled"], entry["salt"])),
            entries=entry["entries"],
        )
        for name, entry in content["tasks"].items()
    }


def task(task_id: str) -> Task:
    """Return a task.

    Raises
    ------
    UnknownTask
        With the nearest ids.
    """
    part = str(task_id).split(".")[0]
    known = tasks(part) if part in parts() else {i: t for p in parts() for i, t in tasks(p).items()}
    if task_id not in known:
        near = difflib.get_close_matches(task_id[:40], known, n=2, cutoff=0.3) or list(known)[:2]
        raise UnknownTask(
            f"No task is called '{shown(task_id)}'. Did you mean {' or '.join(near)}?"
        )
    return known[task_id]
