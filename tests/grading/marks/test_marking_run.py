"""Marking a course: repeatable, resumed where it stopped, and nothing of a person overwritten."""

from __future__ import annotations

import csv
import json
import threading
from concurrent.futures import Executor, Future

import pytest

from casebook.grading import __main__ as command
from casebook.grading.answers.encoding import encoded
from casebook.grading.course.folder import Course
from casebook.grading.execution import job
from casebook.grading.marks import gradebook, marking_run
from casebook.grading.sandbox import bubblewrap, replay
from casebook.grading.sandbox.kernel import NotStarted

from ..conftest import PART, ROOT, written


@pytest.fixture
def course(tmp_path, blank, key, monkeypatch, empty_gradebook):
    """A course of three that is marked without running anything: all answer 3 to everything."""
    for student in ("awa", "boubacar", "coumba"):
        (tmp_path / "in" / student).mkdir(parents=True)
        (tmp_path / "in" / student / f"{PART}.ipynb").write_bytes(written(blank))
    folder = tmp_path / "course"
    empty_gradebook(Course(folder))
    assert command.main(["collect", str(folder), str(tmp_path / "in")]) == 0
    monkeypatch.setattr(bubblewrap, "require", lambda: None)
    monkeypatch.setattr(marking_run.answer_key, "open_key", lambda part, root: key)
    answer(monkeypatch, 3)
    return folder


def answer(monkeypatch, value) -> list[int]:
    """Let every run answer a value; return a list that grows with each."""
    runs = []

    def run(steps, limits, *, trust):
        runs.append(1)
        given = {step.variable: encoded(value) for step in steps if step.variable}
        return replay.Ran(given, [])

    monkeypatch.setattr(replay, "run", run)
    return runs


def mark(folder, *more: str) -> int:
    return command.main(["mark", str(folder), "--workers", "2", *more])


def table(file) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_one_line_a_submission_and_tables_of_marks(course, capsys):
    assert mark(course) == 0
    said = capsys.readouterr().out
    assert "[3/3] " in said
    assert "awa/warm-up: 0 of 15, 0 of 2 written answers to be marked" in said
    rows = table(course / "marks.csv")
    assert [row["student"] for row in rows] == ["awa", "boubacar", "coumba"]
    assert {(row["points"], row["out_of"], row["to_mark_by_hand"]) for row in rows} == {
        ("0", "15", "2")
    }
    tasks = table(course / "tasks.csv")
    assert len(tasks) == 3 * 11
    first = tasks[0]
    assert (first["task"], first["points"], first["mistake"]) == ("q1", "0", "rounded_too_far")
    assert {row["points"] for row in tasks if row["task"] in ("q10", "q11")} == {""}


def test_marking_again_runs_nothing_that_is_marked(course, monkeypatch, capsys):
    mark(course)
    before = (course / "marks.csv").read_bytes()
    runs = answer(monkeypatch, 4)
    assert mark(course) == 0
    assert runs == []
    assert "marked before" in capsys.readouterr().out
    assert (course / "marks.csv").read_bytes() == before
    mark(course, "--again")
    assert len(runs) == 3


def test_an_interrupted_run_is_resumed(course, monkeypatch):
    mark(course)
    (course / "marked" / "awa" / PART / "marks.json").unlink()
    runs = answer(monkeypatch, 3)
    mark(course)
    assert len(runs) == 1
    assert len(table(course / "marks.csv")) == 3


def test_a_new_notebook_is_marked_anew(course, solved, monkeypatch, tmp_path):
    mark(course)
    newer = tmp_path / "newer" / "awa" / f"{PART}.ipynb"
    newer.parent.mkdir(parents=True)
    newer.write_bytes(written(solved))
    command.main(["collect", str(course), str(tmp_path / "newer")])
    runs = answer(monkeypatch, 3)
    mark(course)
    assert len(runs) == 1


def test_table_that_somebody_edited_is_put_aside(course, capsys):
    mark(course)
    edited = (course / "marks.csv").read_text(encoding="utf-8") + "a remark\n"
    (course / "marks.csv").write_text(edited, encoding="utf-8")
    mark(course)
    assert (course / "marks-edited-1.csv").read_text(encoding="utf-8") == edited
    assert "it is now marks-edited-1.csv" in capsys.readouterr().out
    assert len(table(course / "marks.csv")) == 3


def test_machine_that_starts_no_python_leaves_a_submission_unmarked(course, monkeypatch, capsys):
    def fails(*_, **__):
        raise NotStarted("no answer")

    monkeypatch.setattr(replay, "run", fails)
    assert mark(course) == 1
    assert "NOT MARKED, run this again" in capsys.readouterr().out
    assert table(course / "marks.csv") == []
    assert not (course / "marked").exists()


def test_an_error_of_the_grader_costs_one_submission_and_not_the_run(course, monkeypatch, capsys):
    def breaks(*_):
        raise RecursionError

    monkeypatch.setattr(job.repair, "repair", breaks)
    assert mark(course) == 1
    assert capsys.readouterr().out.count("NOT MARKED, an error of the grader") == 3


def test_repaired_notebook_is_kept_for_the_gradebook(course, release):
    mark(course)
    kept = course / "repaired" / "awa" / PART / f"{PART}.ipynb"
    assert json.loads(kept.read_text(encoding="utf-8")) == release


def test_trust_is_for_one_student_never_for_a_class(course, monkeypatch, capsys):
    def refuse():
        raise bubblewrap.NoSandbox("no sandbox here")

    monkeypatch.setattr(bubblewrap, "require", refuse)
    assert mark(course) == 2
    assert capsys.readouterr().err == "no sandbox here\n"
    with pytest.raises(SystemExit):
        mark(course, "--trust")
    assert "expected one argument" in capsys.readouterr().err
    runs = answer(monkeypatch, 3)
    assert mark(course, "--trust", "awa") == 0
    assert len(runs) == 1
    assert mark(course, "--trust", "nobody") == 2


def test_key_is_part_of_what_marks_are_made_from(course, monkeypatch):
    mark(course)
    monkeypatch.setattr(marking_run, "VERSION", "another")
    runs = answer(monkeypatch, 3)
    mark(course)
    assert len(runs) == 3


def test_all_is_recorded_one_by_one_in_the_thread_of_the_caller(course, monkeypatch):
    recorded = []
    keep = marking_run.MarkingRun.record

    def record(self, marked, before, notebook):
        recorded.append((marked.student, before and before.student, threading.current_thread()))
        keep(self, marked, before, notebook)

    monkeypatch.setattr(marking_run.MarkingRun, "record", record)
    mark(course)
    mark(course, "--again")
    here = threading.current_thread()
    students = ("awa", "boubacar", "coumba")
    assert sorted(recorded[:3], key=str) == [(student, None, here) for student in students]
    assert sorted(recorded[3:], key=str) == [(student, student, here) for student in students]


def test_what_cannot_be_kept_is_not_marked_and_the_rest_is(course, monkeypatch, capsys):
    keep = Course.keep_repaired

    def full(self, student, part, notebook):
        if student == "boubacar":
            raise OSError(28, "No space left on device")
        keep(self, student, part, notebook)

    monkeypatch.setattr(Course, "keep_repaired", full)
    assert mark(course) == 1
    said = capsys.readouterr().out
    assert "boubacar/warm-up: NOT MARKED, run this again" in said
    assert [row["student"] for row in table(course / "marks.csv")] == ["awa", "coumba"]


class Pool(Executor):
    """Executes at once, and knows how much it has been given before anything was taken up."""

    def __init__(self):
        self.given, self.taken_up, self.most = 0, 0, 0

    def submit(self, function, /, *given):
        self.given += 1
        self.most = max(self.most, self.given - self.taken_up)
        future = Future()
        future.set_result(function(*given))
        return future


def test_a_pool_gets_enough_to_do_and_never_the_whole_course(course):
    pool = Pool()
    submissions = Course(course).submissions() * 10
    with gradebook.opened(Course(course)) as book:
        run = marking_run.MarkingRun(Course(course), book, ROOT, bubblewrap.Limits(), again=True)
        for _ in run.all(submissions, pool, at_a_time=2):
            pool.taken_up += 1
    assert pool.taken_up == len(submissions)
    assert pool.most == 8
