"""The command that writes grades and reports: repeatable, and never over somebody's file."""

from __future__ import annotations

import csv
import json

import pytest

from casebook.grading.__main__ import main
from casebook.grading.course.folder import Course
from casebook.grading.marks import gradebook

from .. import lms_tables
from ..conftest import PART, written
from ..graded_class import graded
from ..intake.test_intake import zipped

AWA, BOB = "Awa-Keïta-17", "Touré-Boubacar-18"


@pytest.fixture
def course(tmp_path, blank, monkeypatch):
    """Moodle's class: two of three have handed in, one has a written answer to be marked."""
    entries = {name: written(blank) for name in lms_tables.MOODLE_NAMES.values()}
    (tmp_path / "grades.csv").write_bytes(lms_tables.moodle())
    course = Course(tmp_path / "course")
    download = zipped(tmp_path / "download.zip", entries)
    assert main(["collect", str(course.folder), str(download), str(tmp_path / "grades.csv")]) == 0
    all_graded = [
        graded(AWA, 2, 0, 4, name="=cmd|' /C calc'!A0"),
        graded(BOB, 0, 2, None, name="Touré, Boubacar"),
    ]
    monkeypatch.setattr(gradebook, "bring_up_to_date", lambda _: None)
    monkeypatch.setattr(gradebook, "graded", lambda _: all_graded)
    return course


def export(course, *more: str) -> int:
    return main(["export", str(course.folder), *map(str, more)])


def table(file) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_marks_of_all_and_a_report_a_part(course, capsys):
    assert export(course) == 0
    first, second = table(course.folder / "export" / "marks.csv")
    assert first["name"] == "'=cmd|' /C calc'!A0"
    assert [first[c] for c in ("points", "out_of", "complete", "q1", "q2", "q3")] == [
        "6",
        "8",
        "yes",
        "2",
        "0",
        "4",
    ]
    assert (second["complete"], second["q3"]) == ("no", "")
    page = (course.folder / "export" / f"report-{PART}.html").read_text("utf-8")
    assert "Missing (1)" in page
    assert "Coumba Traoré" in page
    rows = table(course.folder / "export" / f"report-{PART}.csv")
    assert {"about": "missing", "what": "Coumba Traoré"}.items() <= rows[-1].items()


def test_worksheet_is_filled_in_beside_and_not_in_place(course, tmp_path, capsys):
    before = (tmp_path / "grades.csv").read_bytes()
    assert export(course, "--worksheet", tmp_path / "grades.csv") == 0
    assert (tmp_path / "grades.csv").read_bytes() == before
    filled = (course.folder / "export" / "grades.csv").read_bytes()
    assert filled == before.replace(b"grading,,15.00", b"grading,11.25,15.00", 1)
    said = capsys.readouterr().out
    assert "scaled from 8 to the LMS's maximum of 15" in said
    assert "waits for a mark: Touré, Boubacar" in said
    assert "Upload" in said
    assert export(course, "--worksheet", course.folder / "export" / "grades.csv") == 2
    assert "would be written over" in capsys.readouterr().err


def test_same_again_gives_the_same_bytes(course, tmp_path, capsys):
    def files():
        return {f.name: f.read_bytes() for f in (course.folder / "export").iterdir()}

    export(course, "--worksheet", tmp_path / "grades.csv")
    before = files()
    assert set(before) == {"grades.csv", "marks.csv", f"report-{PART}.csv", f"report-{PART}.html"}
    export(course, "--worksheet", tmp_path / "grades.csv")
    assert files() == before


@pytest.mark.parametrize("name", ["grades.csv", "marks.csv", f"report-{PART}.html"])
def test_exported_file_that_somebody_edited_is_put_aside(course, tmp_path, name, capsys):
    export(course, "--worksheet", tmp_path / "grades.csv")
    file = course.folder / "export" / name
    content = file.read_bytes()
    file.write_bytes(content + b"mine")
    export(course, "--worksheet", tmp_path / "grades.csv")
    assert file.read_bytes() == content
    stem, _, ending = name.partition(".")
    aside = file.with_name(f"{stem}-edited-1.{ending}")
    assert aside.read_bytes() == content + b"mine"
    assert f"it is now {aside.name}" in capsys.readouterr().out


def test_worksheet_with_the_name_of_one_of_our_files_takes_another(course, tmp_path, capsys):
    (tmp_path / "grades.csv").rename(tmp_path / "marks.csv")
    assert export(course, "--worksheet", tmp_path / "marks.csv") == 0
    assert table(course.folder / "export" / "marks.csv")[0]["student"] == AWA
    assert (course.folder / "export" / "lms-marks.csv").exists()


def test_course_without_submissions_is_said(tmp_path, capsys):
    assert main(["export", str(tmp_path / "none")]) == 2
    assert "collect some first" in capsys.readouterr().err


def test_link_out_of_the_course_is_not_written_through(course, tmp_path, capsys):
    (tmp_path / "elsewhere").mkdir()
    (course.folder / "export").symlink_to(tmp_path / "elsewhere")
    assert export(course) == 2
    assert "leads out of the course" in capsys.readouterr().err
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_who_is_collected_and_not_marked_is_in_the_report(course, monkeypatch, capsys):
    monkeypatch.setattr(gradebook, "graded", lambda _: [graded(AWA, 2, 0, 4)])
    export(course)
    rows = table(course.folder / "export" / f"report-{PART}.csv")
    assert [r["what"] for r in rows if r["about"] == "not marked yet"] == ["Touré, Boubacar"]
    assert json.loads((course.folder / ".written.json").read_text("utf-8"))["export/marks.csv"]
