"""Collecting a class with the LMS's table of it."""

from __future__ import annotations

import datetime
import json

import pytest

from casebook.grading.__main__ import main
from casebook.grading.course.folder import Course

from .. import lms_tables
from ..conftest import PART, written
from ..intake.test_intake import zipped

WHEN = datetime.datetime(2026, 10, 5, 23, 58)


@pytest.fixture
def download(tmp_path, blank):
    """Moodle's zip of two students."""
    entries = {name: written(blank) for name in lms_tables.MOODLE_NAMES.values()}
    return zipped(tmp_path / "download.zip", entries)


@pytest.fixture
def grades(tmp_path):
    (tmp_path / "grades.csv").write_bytes(lms_tables.moodle())
    return tmp_path / "grades.csv"


def collect(folder, *more) -> int:
    return main(["collect", str(folder), *map(str, more)])


def test_worksheet_beside_its_zip_gives_roster_and_times(tmp_path, download, grades, capsys):
    course = Course(tmp_path / "course")
    assert collect(course.folder, grades, download) == 0
    said = capsys.readouterr().out
    assert "3 people of warm-up from Moodle, 2 with the time of handing in" in said
    assert course.handed_in("Awa-Keïta-17", PART) == WHEN
    people = course.roster().people
    assert [(p.name, p.part) for p in people][2] == ("Coumba Traoré", PART)
    students = [student for student, _ in course.submissions()]
    assert [p.name for p in course.roster().missing(PART, students)] == ["Coumba Traoré"]
    before = (course.folder / "roster.csv").read_bytes()
    collect(course.folder, grades, download)
    assert (course.folder / "roster.csv").read_bytes() == before


@pytest.mark.parametrize("first", ["grades", "download"])
def test_worksheet_may_come_in_a_call_of_its_own(tmp_path, download, grades, first, capsys):
    folder = tmp_path / "course"
    calls = [[grades, "--part", PART], [download]]
    for more in calls if first == "grades" else [[download], [grades]]:
        assert collect(folder, *more) == 0
    assert Course(folder).handed_in("Awa-Keïta-17", PART) == WHEN


def test_worksheet_of_nobody_who_handed_in_asks_for_the_part(tmp_path, grades, capsys):
    assert collect(tmp_path / "course", grades) == 1
    assert "say --part" in capsys.readouterr().out
    assert not (tmp_path / "course" / "roster.csv").exists()


def test_newer_notebook_does_not_keep_the_time_of_the_older(
    tmp_path, download, grades, solved, capsys
):
    course = Course(tmp_path / "course")
    collect(course.folder, download, grades)
    newer = zipped(tmp_path / "newer.zip", {lms_tables.MOODLE_NAMES["17"]: written(solved)})
    collect(course.folder, newer)
    assert course.handed_in("Awa-Keïta-17", PART) == datetime.datetime(2026, 10, 1, 12)


def test_time_of_a_download_counts_where_no_worksheet_knows(tmp_path, blank, capsys):
    source = zipped(
        tmp_path / "b.zip", {n: written(blank) for n in lms_tables.BOARD_NAMES.values()}
    )
    course = Course(tmp_path / "course")
    collect(course.folder, source)
    assert course.handed_in("akeita", PART) == WHEN
    assert course.handed_in("nobody", PART) is None


def test_what_somebody_wrote_into_the_roster_stays(tmp_path, download, grades, capsys):
    course = Course(tmp_path / "course")
    collect(course.folder, download, grades)
    file = course.folder / "roster.csv"
    file.write_text(file.read_text("utf-8") + f"'=x,'=1+1,,{PART},,\n", encoding="utf-8")
    collect(course.folder, grades)
    assert "1 more stay from before" in capsys.readouterr().out
    assert course.roster().people[-1].name == "=1+1"
    assert "'=1+1" in file.read_text("utf-8")


def test_bad_table_is_said_before_anything_is_taken_in(tmp_path, download, capsys):
    (tmp_path / "class.xlsx").write_bytes(b"PK\x03\x04nothing")
    assert collect(tmp_path / "course", download, tmp_path / "class.xlsx") == 2
    assert "save it as CSV" in capsys.readouterr().err
    assert not (tmp_path / "course").exists()


def test_canvas_list_is_of_all_parts(tmp_path, blank, capsys):
    entries = {name: written(blank) for name in lms_tables.CANVAS_NAMES.values()}
    (tmp_path / "canvas.csv").write_bytes(lms_tables.CANVAS)
    course = Course(tmp_path / "course")
    collect(course.folder, zipped(tmp_path / "c.zip", entries), tmp_path / "canvas.csv")
    students = [student for student, _ in course.submissions()]
    assert [p.name for p in course.roster().missing(PART, students)] == ["Coumba Traoré"]
    assert len(course.roster().of("origins")) == 3
    about = course.folder / "submitted" / students[0] / PART / "about.json"
    assert json.loads(about.read_text("utf-8"))["handed_in"] == ""
