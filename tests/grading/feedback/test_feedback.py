"""What students get back: everything that is theirs, and nothing else."""

from __future__ import annotations

import copy
import datetime
import html
import json
import re
import zipfile

import pytest
from nbgrader import api

from casebook.grading import __main__ as command
from casebook.grading.answers.encoding import encoded
from casebook.grading.course.assignment import Assignment
from casebook.grading.course.folder import Course
from casebook.grading.course.machine_marks import MachineMarks
from casebook.grading.course.outline import outline
from casebook.grading.feedback import student_page
from casebook.grading.marks import comparison, gradebook

from ..conftest import PART, cell

HOSTILE = "<script>document.title=1</script><img src=x onerror=alert(1)>"


@pytest.fixture
def course(tmp_path, key, blank, master, empty_gradebook) -> Course:
    """Two students: one has a known mistake and a hostile answer in words, one answered nothing."""
    course = Course(tmp_path / "course")
    empty_gradebook(course)
    wrong = master.checked[0].wrongs[0]
    answered = copy.deepcopy(blank)
    cell(answered, "q1-answer")["source"] = wrong.source
    cell(answered, "q10-answer")["source"] = HOSTILE
    variable = next(q.checked.variable for q in key.questions if q.checked)
    for number, (student, notebook) in enumerate({"awa": answered, "coumba": blank}.items()):
        place = course.folder / "submitted" / student / PART
        place.mkdir(parents=True)
        (place / f"{PART}.ipynb").write_text(json.dumps(notebook))
        came = f"{student} {HOSTILE}_{number}_assignsubmission_file_/{PART}.ipynb"
        (place / "about.json").write_text(json.dumps({"when": "2027-02-01T10:00", "from": came}))
        course.keep_repaired(student, PART, notebook)
        given = {variable: encoded(round(2.0, 3))} if student == "awa" else {}
        tasks = comparison.mark(key, given, comparison.written_answers(key, notebook))
        course.keep_marked(
            MachineMarks(student, f"{student} {HOSTILE}", PART, "x", (), tuple(tasks))
        )
    return course


def page(course, student="awa") -> str:
    return course.feedback(student, PART).read_text("utf-8")


def run(course, *more: str) -> int:
    return command.main(["feedback", str(course.folder), *more])


def test_pages_wait_until_a_person_has_marked(course, capsys):
    assert run(course) == 0
    assert "1 wait for marks of answers in words" in capsys.readouterr().out
    assert not course.feedback("awa", PART).exists()
    assert "No answer." in page(course, "coumba")
    with api.Gradebook(gradebook.address(course)) as book:
        grade = book.find_grade("q10-answer", PART, PART, "awa")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        book.find_comment("q10-answer", PART, PART, "awa").manual_comment = "Who counted? <b>"
        book.db.commit()
    run(course)
    assert "2.5 of" in page(course)
    assert "Who counted? &lt;b&gt;" in page(course)


def test_what_a_student_wrote_is_text_and_the_page_asks_nobody_for_anything(course):
    run(course, "--unfinished")
    got = page(course)
    assert html.escape(HOSTILE) in got
    assert not re.findall(r"<(?:script|img|link|iframe|object|svg)\b|<[^>]*\son\w+=", got)
    assert "default-src 'none'" in got
    assert not re.findall(r"<[^>]*\b(?:src|href)=|url\(", got)


def test_diagnosis_and_rubric_are_there_and_nothing_hidden(course, master, key):
    run(course, "--unfinished")
    got = html.unescape(page(course))
    gradebook.bring_up_to_date(course)
    [graded, _] = gradebook.graded(course)
    assert student_page._plain(graded.grades[0].text) in got
    for task in outline(PART).tasks:
        for criterion in task.criteria:
            assert criterion.full in got
        for hidden in (*(example.text for example in task.examples), task.teacher):
            assert not hidden or hidden not in got
    blank = html.unescape(page(course, "coumba"))
    for task in master.checked:
        solution = task.answer.split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0]
        for line in filter(lambda line: len(line) > 25, solution.strip().splitlines()):
            assert line not in blank
        assert task.key.shows not in blank
        assert all(wrong.message not in blank for wrong in task.wrongs)


def test_lateness_and_its_cost_are_said(course):
    due = datetime.datetime(2027, 1, 31, 9)
    course.keep_assignment(Assignment(PART, due=due, late_per_day=10))
    run(course, "--unfinished")
    assert "1 day and 1 hour late" in page(course)


def test_the_zip_has_the_folders_that_moodle_knows_and_repeats_itself(course, capsys):
    run(course, "--unfinished")
    file = course.folder / "feedback" / f"{PART}.zip"
    before = file.read_bytes()
    names = zipfile.ZipFile(file).namelist()
    assert len(names) == 2
    assert all(name.endswith(f"_assignsubmission_file_/feedback-{PART}.html") for name in names)
    capsys.readouterr()
    run(course, "--unfinished")
    assert file.read_bytes() == before
    assert "0 of them new or changed" in capsys.readouterr().out


def test_folders_that_a_student_named_as_somebody_elses_do_not_take_the_page_there(course):
    file = course.folder / "submitted" / "awa" / PART / "about.json"
    own, other = (f"{name}_assignsubmission_file_" for name in ("Awa Keita_17", "Bintou Diallo_18"))
    file.write_text(json.dumps({"when": "", "from": f"class/{own}/{other}/{PART}.ipynb"}))
    run(course, "--unfinished")
    names = zipfile.ZipFile(course.folder / "feedback" / f"{PART}.zip").namelist()
    assert f"{own}/feedback-{PART}.html" in names
    assert not any(other in name for name in names)


def test_a_course_without_marks_is_told_so(tmp_path, capsys):
    course = Course(tmp_path / "empty")
    course.folder.mkdir()
    assert run(course) == 2
    assert "mark some first" in capsys.readouterr().err
