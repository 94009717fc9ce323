"""Marks are a function of answers: those of the open key, with what the learner was told."""

import pytest

from casebook.authoring.exercises import running
from casebook.checks.asking import compare
from casebook.checks.keys import task
from casebook.grading.answers.encoding import UNDEFINED, encoded
from casebook.grading.course.machine_marks import TaskMark
from casebook.grading.marks import comparison


@pytest.fixture(scope="module")
def found(master):
    """Right and wrong answers of the warm-up, from its master."""
    return running.run(master)


def marked(key, given=None, words=None) -> dict[str, TaskMark]:
    return {m.task: m for m in comparison.mark(key, given or {}, words or {})}


def test_right_answers_get_all_points_and_other_right_ways_too(key, found):
    for choose in (lambda a: a.right, lambda a: [*a.alternatives, a.right][0]):
        given = {a.task.key.variable: encoded(choose(a)) for a in found}
        marks = marked(key, given)
        for answers in found:
            got = marks[answers.task.name]
            assert (got.points, got.out_of, got.kind) == (answers.task.points,) * 2 + ("right",)


def test_points_are_those_of_the_release(key, master):
    assert {q.name: q.points for q in key.questions} == {t.name: t.points for t in master.tasks}


def test_each_mistake_gets_no_points_its_name_and_what_the_learner_was_told(key, found):
    count = 0
    for answers in found:
        for name, _, wrong in answers.wrongs:
            got = marked(key, {answers.task.key.variable: encoded(wrong)})[answers.task.name]
            assert (got.points, got.kind, got.mistake) == (0, "diagnosed", name)
            assert got.text == compare(task(answers.task.id), wrong).text
            count += 1
    assert count > 30


@pytest.mark.parametrize("given", [..., None, 17, "seventeen", [1, 2], len, object(), {1, 2}])
def test_any_other_answer_is_told_what_the_sealed_key_tells(key, given):
    for question in key.questions:
        if question.checked:
            got = marked(key, {question.checked.variable: encoded(given)})[question.name]
            card = compare(task(question.checked.id), given)
            assert (got.kind, got.text, got.points) == (card.kind, card.text, 0)


def test_what_was_not_reached_not_set_or_not_written_by_the_encoder_gets_nothing(key):
    density = next(q.checked for q in key.questions if q.checked)
    for given, kind in (
        ({}, "open"),
        ({density.variable: UNDEFINED}, "open"),
        ({density.variable: ""}, "unreadable"),
        ({density.variable: '{"is": "pickle"}'}, "unreadable"),
        ({density.variable: '{"is":"large","kind":"list"}'}, "unreadable"),
    ):
        got = marked(key, given)["q1"]
        assert (got.points, got.kind) == (0, kind)


def test_answers_in_words_are_left_for_a_person(key):
    marks = marked(key, words={"q10": "Because."})
    assert (marks["q10"].points, marks["q10"].kind, marks["q10"].text) == (
        None,
        "written",
        "Because.",
    )
    assert (marks["q11"].points, marks["q11"].kind) == (None, "not written")
