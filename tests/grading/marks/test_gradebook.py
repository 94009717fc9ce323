"""nbgrader's gradebook: what a machine marked, and nothing of a person overwritten."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from nbgrader import api

from casebook.grading.course.assignment import Assignment
from casebook.grading.course.folder import Course
from casebook.grading.course.machine_marks import MachineMarks
from casebook.grading.course.outline import outline
from casebook.grading.errors import Refused
from casebook.grading.marks import comparison, gradebook

from ..conftest import PART


@pytest.fixture
def course(tmp_path, empty_gradebook) -> Course:
    """A course with one submission that nobody has marked by hand yet."""
    course = Course(tmp_path / "course")
    empty_gradebook(course)
    place = course.folder / "submitted" / "awa-17" / PART
    place.mkdir(parents=True)
    (place / f"{PART}.ipynb").write_text("{}")
    (place / "about.json").write_text('{"when": "2027-02-01T10:00:00", "name": "Awa Keita"}')
    return course


@pytest.fixture
def marked(key) -> MachineMarks:
    """The warm-up with nothing checked right and one written answer."""
    tasks = comparison.mark(key, {}, {"q10": "Because."})
    return MachineMarks("awa-17", "Awa Keita", PART, "first", (), tuple(tasks))


def record(course, marked, before=None) -> None:
    with gradebook.opened(course) as book:
        book.define(course.assignment(PART), outline(PART).released)
        book.record(marked, before)
    course.keep_marked(marked)


def by_hand(course, task, points, comment="") -> None:
    """Give points and a comment as the formgrader does."""
    with api.Gradebook(gradebook.address(course)) as book:
        grade = book.find_grade(f"{task}-answer", PART, PART, "awa-17")
        grade.manual_score, grade.needs_manual_grade = points, False
        book.find_comment(f"{task}-answer", PART, PART, "awa-17").manual_comment = comment
        book.db.commit()


def grades(course) -> dict:
    gradebook.bring_up_to_date(course)
    [graded] = gradebook.graded(course)
    return {grade.task: grade for grade in graded.grades}


def changed(marked: MachineMarks, task: str, **values) -> MachineMarks:
    tasks = tuple(replace(t, **values) if t.task == task else t for t in marked.tasks)
    return replace(marked, tasks=tasks, made_from="second")


def test_a_sheet_says_what_is_marked_and_what_waits_for_a_person(course, marked):
    record(course, marked)
    gradebook.bring_up_to_date(course)
    [graded] = gradebook.graded(course)
    assert (graded.name, graded.title, graded.points) == ("Awa Keita", outline(PART).title, 0)
    assert graded.out_of == sum(task.points for task in outline(PART).tasks)
    assert not graded.complete
    found = grades(course)
    assert (found["q1"].points, found["q1"].by_hand) == (0, False)
    assert (found["q10"].points, found["q10"].text) == (None, "Because.")
    assert (found["q11"].points, found["q11"].kind) == (0, "not written")


def test_marks_by_hand_stay_when_a_submission_is_marked_again(course, marked):
    record(course, marked)
    by_hand(course, "q10", 2.5, "Say who counted.")
    record(course, replace(marked, made_from="second"), marked)
    got = grades(course)["q10"]
    assert (got.points, got.by_hand, got.comment) == (2.5, True, "Say who counted.")
    gradebook.bring_up_to_date(course)
    assert gradebook.graded(course)[0].complete


def test_a_written_answer_that_changed_after_its_mark_is_to_be_looked_at_again(course, marked):
    record(course, marked)
    by_hand(course, "q10", 2.5)
    newer = changed(marked, "q10", text="Because they counted.")
    record(course, newer, marked)
    assert grades(course)["q10"].points == 2.5
    gradebook.bring_up_to_date(course)
    [graded] = gradebook.graded(course)
    assert grades(course)["q10"].look_again
    assert not graded.complete
    assert graded.notes == ()
    with api.Gradebook(gradebook.address(course)) as book:
        assert book.find_grade("q10-answer", PART, PART, "awa-17").needs_manual_grade


def test_a_checked_task_marked_by_hand_keeps_that_mark(course, marked):
    record(course, marked)
    with api.Gradebook(gradebook.address(course)) as book:
        book.find_grade("q1-check", PART, PART, "awa-17").manual_score = 1
        book.db.commit()
    record(course, marked, marked)
    assert (grades(course)["q1"].points, grades(course)["q1"].by_hand) == (1, True)


def test_only_tasks_that_are_assigned_count(course, marked):
    course.keep_assignment(Assignment(PART, ("q1", "q10")))
    record(course, marked)
    gradebook.bring_up_to_date(course)
    [graded] = gradebook.graded(course)
    assert [grade.task for grade in graded.grades] == ["q1", "q10"]
    with api.Gradebook(gradebook.address(course)) as book:
        assert book.find_assignment(PART).max_score == graded.out_of
    course.keep_assignment(Assignment(PART))
    gradebook.bring_up_to_date(course)
    assert len(gradebook.graded(course)[0].grades) == len(outline(PART).tasks)


def test_lateness_costs_what_was_announced_and_an_extension_nothing(course, marked):
    due = datetime.datetime(2027, 1, 30, 12)
    assignment = Assignment(PART, due=due, late_per_day=10)
    course.keep_assignment(assignment)
    perfect = replace(marked, tasks=tuple(replace(t, points=t.out_of) for t in marked.tasks))
    record(course, perfect)
    gradebook.bring_up_to_date(course)
    [graded] = gradebook.graded(course)
    assert graded.late == datetime.timedelta(days=1, hours=22)
    assert graded.penalty == round(graded.out_of * 0.2, 2)
    course.keep_assignment(assignment.extend("awa-17", datetime.datetime(2027, 2, 1, 10)))
    gradebook.bring_up_to_date(course)
    [graded] = gradebook.graded(course)
    assert (graded.late, graded.penalty) == (None, 0)


def test_names_that_are_markup_reach_no_page_of_nbgrader(course, marked):
    record(course, replace(marked, name="<img src=x onerror='alert(1)'> Keita"))
    with api.Gradebook(gradebook.address(course)) as book:
        student = book.find_student("awa-17")
        assert not set("<>&'\"") & set(student.first_name + student.last_name)
    gradebook.bring_up_to_date(course)
    assert gradebook.graded(course)[0].name.startswith("<img")


def test_a_file_that_is_no_gradebook_is_named(course, marked):
    (course.folder / gradebook.FILE).write_text("not a database" * 99)
    with pytest.raises(Refused, match=r"gradebook\.db cannot be read as a gradebook"):
        record(course, marked)
    assert (course.folder / gradebook.FILE).read_text().startswith("not a database")


def test_a_gradebook_that_was_lost_takes_up_what_is_marked(course, marked, empty_gradebook):
    record(course, marked)
    empty_gradebook(course)
    assert grades(course)["q10"].text == "Because."
