"""What learners open is what the masters release: no answers, the same every time."""

from __future__ import annotations

import json
import re

import nbformat
import pytest

from casebook.authoring.exercises import writing
from casebook.authoring.exercises.release import WRITE_HERE
from casebook.checks import keys

from .conftest import MASTERS, ROOT

every_part = pytest.mark.parametrize("part", MASTERS)


def notebook(part: str) -> nbformat.NotebookNode:
    return nbformat.read(ROOT / "exercises" / f"{part}.ipynb", as_version=4)


@every_part
def test_committed_files_are_what_the_master_gives(part):
    made = writing.made_from(ROOT / "instructor" / "masters" / f"{part}.md", ROOT)
    for path, text in made.items():
        assert path.read_text(encoding="utf-8") == text, (
            f"{path.relative_to(ROOT)} is older than its master: "
            "run python -m casebook.authoring release"
        )


@every_part
def test_notebook_holds_no_solution(part):
    text = json.dumps(notebook(part), ensure_ascii=False)
    sealed = (keys.FOLDER / f"{part}.json").read_text(encoding="utf-8")
    assert "SOLUTION" not in text
    for task in MASTERS[part].checked:
        solution = task.answer.split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0]
        for line in filter(None, map(str.strip, solution.splitlines())):
            if len(line) > 30:
                assert line not in text
                assert line not in sealed
        assert task.key.hints[2] not in text + sealed
        assert task.key.shows not in text + sealed
        for wrong in task.wrongs:
            assert wrong.message not in text + sealed


@every_part
def test_sealed_entries_do_not_differ_to_the_eye(part):
    for task in keys.tasks(part).values():
        assert len({len(sealed) for sealed in task.entries.values()}) == 1
        assert len(task.entries) == 24


@every_part
def test_written_answers_begin_empty_and_have_a_rubric(part):
    cells = {cell.get("id"): cell for cell in notebook(part).cells}
    for task in MASTERS[part].tasks:
        if task.rubric is None:
            continue
        assert cells[f"{task.name}-answer"].source == WRITE_HERE
        criteria = task.rubric["criteria"]
        assert sum(criterion["points"] for criterion in criteria) == task.points
        assert all(criterion["name"] and criterion["full"] for criterion in criteria)


@every_part
def test_tasks_are_numbered_and_say_why_they_matter(part):
    for number, task in enumerate(MASTERS[part].tasks, 1):
        assert task.name == f"q{number}"
    for cell in MASTERS[part].notebook.cells:
        if "task" in cell.metadata:
            assert re.match(rf"## {cell.metadata['task'][1:]}\. ", cell.source)
            assert "**Why it matters.**" in cell.source


@pytest.mark.release
@every_part
def test_part_is_no_longer_than_two_sittings(part):
    # More than 90 minutes are more than one sitting, and the first page says how to part them.
    told = f"{part} takes {MASTERS[part].minutes} minutes: begin another notebook"
    assert MASTERS[part].minutes <= 180, told
    assert MASTERS[part].minutes <= 90 or "sittings" in MASTERS[part].notebook.cells[0].source
