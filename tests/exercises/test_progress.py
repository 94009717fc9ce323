"""Progress outlives the kernel, hurts nobody, and says honestly what it is."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from casebook.checks import check, hint, progress
from casebook.checks.progress import CHECKSUM_NOTE, FILE

from .conftest import TASKS

TASK = next(iter(TASKS))


@pytest.fixture
def right(cases):
    return cases[TASK].answers.right


def test_done_task_is_still_done_in_the_next_session(folder, right):
    check(TASK, right)
    code = "from casebook import progress; print(progress())"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, check=True
    )
    assert f"✓ {TASK}" in told.stdout


def test_later_mistake_does_not_undo_what_is_done(folder, right):
    check(TASK, right)
    check(TASK, "1990-01-01")
    assert json.loads((folder / FILE).read_text())[TASK]["tries"] == 1
    assert f"✓ {TASK}" in progress().text


def test_what_cannot_be_compared_is_no_try(folder):
    check(TASK, ...)
    check(TASK, len)
    assert not (folder / FILE).exists()


def test_hints_come_one_by_one(folder):
    steps = [hint(TASK).text[0] for _ in range(4)]
    assert steps == ["1", "2", "3", "3"]
    assert hint(TASK, 1).text.startswith("1 of 3")
    assert "step=1 to step=3" in hint(TASK, 7).text


@pytest.mark.parametrize("content", ["{not json", "[1, 2]", '{"a": 1}', ""])
def test_unreadable_file_is_put_aside_not_lost(folder, right, content):
    (folder / FILE).write_text(content, encoding="utf-8")
    assert check(TASK, right).kind == "right"
    (aside,) = folder.glob("*unreadable*")
    assert aside.read_text(encoding="utf-8") == content
    assert f"✓ {TASK}" in progress().text


def test_folder_that_cannot_be_written_stops_no_check(folder, right, monkeypatch):
    (folder / FILE).mkdir()
    assert check(TASK, right).kind == "right"
    assert hint(TASK).kind == "hint"


def test_page_to_hand_in_holds_name_tasks_and_an_honest_checksum(folder, right):
    check(TASK, right)
    part = TASK.split(".")[0]
    card = progress(part, name="<b>Awa</b>", save=True)
    page = (folder / f"progress-{part}.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;Awa&lt;/b&gt;" in page
    assert CHECKSUM_NOTE in page
    assert re.search(r"[0-9a-f]{16}", page)[0] in card.text
    assert TASK in page


def test_part_that_does_not_exist_is_said(folder):
    assert "no exercises called 'nowhere'" in progress("nowhere").text


def test_nothing_begun_is_said(folder):
    assert "No task was checked yet" in progress().text


def test_no_draft_is_left_behind(folder, right):
    check(TASK, right)
    assert [file.name for file in folder.iterdir()] == [FILE]
