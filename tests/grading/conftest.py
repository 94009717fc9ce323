"""Submissions of the warm-up, as learners and others hand them in."""

from __future__ import annotations

import copy
import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from casebook.authoring.exercises import master as masters
from casebook.grading.course.folder import Course
from casebook.grading.marks import answer_key, gradebook
from casebook.grading.notebooks import structure

ROOT = Path(__file__).parents[2]
PART = "warm-up"
Notebook = dict[str, Any]


@pytest.fixture(scope="session")
def master() -> masters.Master:
    return masters.read(ROOT / "instructor" / "masters" / f"{PART}.md")


@pytest.fixture(scope="session")
def key() -> answer_key.Key:
    """The open key of the warm-up."""
    return answer_key.open_key(PART, ROOT)


@pytest.fixture(scope="session")
def release() -> Notebook:
    """The warm-up as learners get it; not to be changed."""
    file = ROOT / "exercises" / f"{PART}.ipynb"
    return json.loads(json.dumps(nbformat.read(file, as_version=4)))


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory) -> Callable[[Course], None]:
    """Return a way to give a course an empty gradebook: nbgrader takes seconds to make one."""
    first = Course(tmp_path_factory.mktemp("gradebook") / "course")
    with gradebook.opened(first):
        content = (first.folder / gradebook.FILE).read_bytes()

    def give(course: Course) -> None:
        course.folder.mkdir(parents=True, exist_ok=True)
        (course.folder / gradebook.FILE).write_bytes(content)

    return give


@pytest.fixture
def unused_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def blank(release) -> Notebook:
    """The warm-up with nothing answered."""
    return copy.deepcopy(release)


@pytest.fixture(scope="session")
def solutions(master) -> dict[str, str]:
    """The code of the right answers, by task."""
    return {
        task.name: task.answer.split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0].strip()
        for task in master.checked
    }


@pytest.fixture
def solved(blank, solutions) -> Notebook:
    """The warm-up with every checked task answered rightly."""
    made = copy.deepcopy(blank)
    for name, source in solutions.items():
        cell(made, f"{name}-answer")["source"] = source
    return made


@pytest.fixture
def answer(blank, solutions) -> Callable[..., Notebook]:
    """Return a way to make a notebook with some tasks answered and some code added."""

    def make(*names: str, first: str = "", after: str = "q1", then: str = "") -> Notebook:
        made = copy.deepcopy(blank)
        for name in names:
            cell(made, f"{name}-answer")["source"] = solutions[name]
        if then:
            made["cells"].insert(place(made, f"{after}-check") + 1, code(then))
        if first:
            made["cells"].insert(0, code(first))
        return made

    return make


def cell(notebook: Notebook, grade_id: str) -> dict[str, Any]:
    """Return the cell with a grade id."""
    return notebook["cells"][place(notebook, grade_id)]


def place(notebook: Notebook, grade_id: str) -> int:
    """Return where the cell with a grade id stands."""
    return [structure.grade_id(found) for found in notebook["cells"]].index(grade_id)


def code(source: str) -> dict[str, Any]:
    """Return a code cell that a learner has added."""
    return {
        "cell_type": "code",
        "id": f"{abs(hash(source)):x}"[:8],
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": source,
    }


def text(source: str) -> dict[str, Any]:
    """Return a text cell that a learner has added."""
    return {"cell_type": "markdown", "id": "more", "metadata": {}, "source": source}


def written(notebook: Notebook) -> bytes:
    """Return a notebook as a file holds it."""
    return json.dumps(notebook).encode()
