"""Assigning: a zip that learners can begin with, and what counts by when."""

from __future__ import annotations

import datetime
import json
import zipfile

import pytest

from casebook.grading import __main__ as command
from casebook.grading.course import handout
from casebook.grading.course.assignment import Assignment, chosen_tasks, due_date, from_json
from casebook.grading.course.folder import Course
from casebook.grading.course.outline import outline
from casebook.grading.errors import Refused
from casebook.grading.notebooks import repair

from ..conftest import PART

DUE = datetime.datetime(2027, 1, 31, 18)


@pytest.fixture
def course(tmp_path, monkeypatch) -> Course:
    """A course; the package is not built each time, which takes seconds."""

    def built(root, folder):
        wheel = folder / "casebook-1-py3-none-any.whl"
        wheel.write_bytes(b"wheel")
        return wheel

    monkeypatch.setattr(handout, "built_wheel", built)
    return Course(tmp_path / "course")


def assign(course, *more: str) -> int:
    return command.main(["assign", str(course.folder), PART, *more])


def test_the_zip_holds_the_notebook_the_package_and_how_to_begin(course, capsys):
    assert assign(course, "--tasks", "q1-q3,q10", "--due", "2027-01-31T18:00") == 0
    assert "Tasks 1, 2, 3, 10" in capsys.readouterr().out
    with zipfile.ZipFile(course.folder / "assigned" / f"{PART}.zip") as packed:
        names = packed.namelist()
        made = json.loads(packed.read(f"{PART}/{PART}.ipynb"))
        read_me = packed.read(f"{PART}/READ ME FIRST.txt").decode()
    assert names[2].endswith(".whl")
    assert names[2].removeprefix(f"{PART}/") in read_me
    assert "31 January 2027, 18:00" in made["cells"][0]["source"]
    assert made["cells"][1:] == json.loads(json.dumps(outline(PART).released["cells"]))
    assert course.assignment(PART) == Assignment(PART, ("q1", "q2", "q3", "q10"), DUE)


def test_the_same_assignment_gives_the_same_zip(course):
    file = course.folder / "assigned" / f"{PART}.zip"
    assign(course)
    before = file.read_bytes()
    assign(course)
    assert file.read_bytes() == before


def test_what_is_handed_in_fits_the_frame_of_the_release(release):
    made = handout.notebook(Assignment(PART, due=DUE), outline(PART))
    repaired = repair.repair(made, release)
    assert repaired.notes == []


def test_an_extension_stays_when_a_part_is_assigned_anew(course, capsys):
    assign(course, "--due", "2027-01-31T18:00")
    assert assign(course, "--for", "awa-17", "--due", "2027-02-07") == 0
    assert "awa-17 has until 2027-02-07 23:59" in capsys.readouterr().out
    assign(course, "--due", "2027-02-01T18:00")
    kept = course.assignment(PART)
    assert kept.due_for("awa-17") == datetime.datetime(2027, 2, 7, 23, 59, 59)
    assert kept.due_for("boubacar") == datetime.datetime(2027, 2, 1, 18)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--tasks", "q1,q99"], "There is no task q99; there are q1, q2"),
        (["--due", "tomorrow"], "tomorrow is no date: write it like 2027-01-31"),
        (["--due", "2027-01-31T18:00+01:00"], "Leave the zone out"),
        (["--for", "awa-17"], "--for needs --due"),
        (["--late-per-day", "120"], "from 0 to 100"),
    ],
)
def test_what_cannot_be_assigned_is_said_in_a_sentence(course, capsys, more, said):
    assert assign(course, *more) == 2
    assert said in capsys.readouterr().err


def test_each_day_begun_costs_and_never_more_than_all(course):
    late = Assignment(PART, due=DUE, late_per_day=30)

    def cost(hours: float) -> float:
        return late.penalty("awa", DUE + datetime.timedelta(hours=hours), 10)

    assert [cost(0), cost(1), cost(24), cost(25), cost(999)] == [0, 3, 3, 6, 10]
    assert late.penalty("awa", None, 10) == 0
    assert from_json(json.loads(json.dumps(late.to_json()))) == late


def test_tasks_are_named_as_people_do():
    known = ["q1", "q2", "q3", "q10"]
    assert chosen_tasks("q10, q1 - q2", known) == ("q1", "q2", "q10")
    assert chosen_tasks("", known) == ()
    with pytest.raises(Refused):
        chosen_tasks("q1-q2-q3", known)
    assert due_date("2027-01-31") == datetime.datetime(2027, 1, 31, 23, 59, 59)


def test_a_package_that_cannot_be_built_is_said(tmp_path):
    with pytest.raises(Refused, match="could not be built"):
        handout.built_wheel(tmp_path, tmp_path / "wheels")
