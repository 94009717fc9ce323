"""The masters, read and run once for all tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from casebook.authoring.exercises import master, running
from casebook.checks import keys

ROOT = Path(__file__).parents[2]
MASTERS = {file.stem: master.read(file) for file in master.files(ROOT)}
TASKS = {task.id: task for read in MASTERS.values() for task in read.checked}


@dataclass(frozen=True)
class Case:
    """A checked task, its sealed key as a learner has it, and what its master's code gives."""

    key: keys.Task
    answers: running.Answers


@pytest.fixture(scope="session")
def cases() -> dict[str, Case]:
    """Every checked task by id."""
    found = {}
    for read in MASTERS.values():
        for answers in running.run(read):
            found[answers.task.id] = Case(keys.task(answers.task.id), answers)
    return found


@pytest.fixture
def case(cases, task_id) -> Case:
    """The task of a test that is run for every task."""
    return cases[task_id]


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """An empty folder that the test works in, as a learner does."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
