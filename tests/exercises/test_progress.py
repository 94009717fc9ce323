"""Progress outlives the kernel, hurts nobody, and says honestly what it is."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.checks import check, hint, progress
from casebook.checks.keys import tasks
from casebook.checks.progress import CHECKSUM_NOTE, FILE, MOST_BYTES

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


@pytest.mark.parametrize(
    "content",
    [
        "{not json",
        "[1, 2]",
        '{"a": 1}',
        "",
        "[" * 100_000,
        f'{{"{TASK}": {{"tries": "many"}}}}',
        f'{{"{TASK}": {{"done": 3}}}}',
        f'{{"{TASK}": {{"hints": null}}}}',
        " " * (MOST_BYTES + 1),
    ],
    ids=lambda content: content[:20],
)
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


def test_read_only_folder_stops_no_check(folder, right, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    for method in ("touch", "write_text", "rename", "unlink"):
        monkeypatch.setattr(Path, method, refuse)
    assert check(TASK, right).kind == "right"
    assert hint(TASK).kind == "hint"
    assert "could not be written" in progress("origins", save=True).text


def test_folder_that_is_gone_stops_no_check(folder, right, monkeypatch):
    gone = folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert check(TASK, right).kind == "right"
    assert progress().kind == "progress"


def test_file_of_another_edition_keeps_what_it_says(folder, right):
    other = {"origins.q99": {"tries": 2, "colour": "red"}, TASK: {"hints": 1, "medal": True}}
    (folder / FILE).write_text(json.dumps(other), encoding="utf-8")
    check(TASK, right)
    kept = json.loads((folder / FILE).read_text())
    assert kept["origins.q99"] == other["origins.q99"]
    assert kept[TASK]["medal"]
    assert kept[TASK]["done"]
    assert "q99" not in progress().text


def test_two_notebooks_of_one_folder_lose_nothing(folder):
    code = (
        "import sys; from casebook.checks.progress import record\n"
        "for number in range(60): record(f'{sys.argv[1]}.q{number}', 'wrong')"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, name], cwd=folder) for name in "abc"]
    assert [one.wait(60) for one in running] == [0, 0, 0]
    assert len(json.loads((folder / FILE).read_text())) == 180
    assert [file.name for file in folder.iterdir()] == [FILE]


def test_lock_of_a_stopped_kernel_is_taken_over(folder, right):
    lock = (folder / FILE).with_suffix(".lock")
    lock.touch()
    os.utime(lock, (1, 1))
    check(TASK, right)
    assert f"✓ {TASK}" in progress().text
    assert not lock.exists()


def test_name_cannot_pass_for_a_task(folder, right):
    check(TASK, right)
    part = TASK.split(".")[0]
    progress(part, name=f"Awa\n✓ {part}.q2: done {'x' * 1000} \ud800", save=True)
    page = (folder / f"progress-{part}.html").read_text(encoding="utf-8")
    assert len(re.findall("<p>[✓·]", page)) == len(tasks(part))
    assert "x" * 200 not in page


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
