"""Run the cells of a master and collect what its answers are."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass, field
from typing import Any

from casebook.authoring.exercises.master import Master, MasterError, Task


@dataclass(frozen=True)
class Answers:
    """What the code of a task gives.

    Attributes
    ----------
    task : Task
    right : object
        From the solution.
    alternatives : list
        From the other right ways.
    wrongs : list of (str, str, object)
        Name of a mistake, what is said about it, what it gives.
    """

    task: Task
    right: Any
    alternatives: list[Any] = field(default_factory=list)
    wrongs: list[tuple[str, str, Any]] = field(default_factory=list)


def run(master: Master) -> list[Answers]:
    """Run a master from top to bottom, with a copy of its state for each other way.

    Raises
    ------
    MasterError
        If a cell fails or leaves the answer's name untouched; the message names task and cell.
    """
    state: dict[str, Any] = {"__name__": master.part}
    found = []
    for task in master.tasks:
        for source in task.before:
            _execute(source, state, f"{task.id}, before the task")
        if not task.key:
            continue
        before = _copy(state)
        right = _answer(task.answer, state, task, "solution")
        alternatives = [
            _answer(source, _copy(before), task, f"alternative {number}")
            for number, source in enumerate(task.alternatives, 1)
        ]
        wrongs = [
            (w.name, w.message, _answer(w.source, _copy(before), task, f"wrong answer {w.name}"))
            for w in task.wrongs
        ]
        found.append(Answers(task, right, alternatives, wrongs))
    return found


def _answer(source: str, state: dict[str, Any], task: Task, what: str) -> Any:
    variable = task.its_key.variable
    state.pop(variable, None)
    _execute(source, state, f"{task.id}, {what}")
    if state.get(variable, ...) is ...:
        raise MasterError(f"{task.id}, {what}: leaves {variable} without a value")
    return state[variable]


def _execute(source: str, state: dict[str, Any], where: str) -> None:
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, f"<{where}>", "exec"), state)
    except Exception as error:
        raise MasterError(f"{where}: {type(error).__name__}: {error}") from error


def _copy(state: dict[str, Any]) -> dict[str, Any]:
    # Tables may be changed in place; everything else in a master is not.
    copied = {}
    for name, value in state.items():
        is_table = type(value).__name__ in ("DataFrame", "Series")
        copied[name] = value.copy() if is_table else value
    return copied
