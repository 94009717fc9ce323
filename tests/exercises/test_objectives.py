"""Every objective is taught and asked for, and every task and question asks for one."""

from __future__ import annotations

import re

import pytest

from casebook.authoring import __main__, objectives
from casebook.authoring.objectives import Assessment, Assessments, Gap
from casebook.module_map import ModuleMap, Objective, Page

from .conftest import MASTERS, ROOT


@pytest.fixture(scope="module")
def rows() -> list[objectives.Traced]:
    return objectives.traced(ROOT)[0]


def test_module_has_no_gap():
    assert objectives.traced(ROOT)[1] == []


def test_every_task_and_question_is_found(rows):
    tasks = [one for row in rows for one in (*row.checked, *row.written)]
    assert len(tasks) == sum(len(read.tasks) for read in MASTERS.values())
    assert {f"{one.where.removeprefix('exercises/')}.{one.name}" for one in tasks} == {
        task.id for read in MASTERS.values() for task in read.tasks
    }
    pages = {one.where for row in rows for one in row.questions}
    with_a_quiz = [
        file for file in (ROOT / "chapters").rglob("*.md") if ":::{quiz}" in file.read_text("utf-8")
    ]
    assert pages == {str(file.relative_to(ROOT).with_suffix("")) for file in with_a_quiz}


def test_written_task_brings_its_rubric_and_its_points(rows):
    written = {f"{one.where}.{one.name}": one for row in rows for one in row.written}
    for one in written.values():
        assert sum(points for _, points in one.criteria) == one.points
    assert ("states a rule", 1) in written["exercises/origins.q5"].criteria
    assert not any(one.criteria for row in rows for one in row.checked)


def test_question_is_read_with_its_objective():
    source = (
        "1. Not a question.\n\n:::{quiz}\n1. (O-TST-1) Which?\n\n   - A: No.\n   - (x) B: Yes.\n\n"
        "2. And which one?\n\n   - (x) A: Yes.\n   - B: No.\n:::\n\n2. Nor is this.\n"
    )
    assert list(objectives.questions("chapters/a", source)) == [
        Assessment("chapters/a", "1", "Which?", "O-TST-1"),
        Assessment("chapters/a", "2", "And which one?", ""),
    ]


PAGES = ModuleMap(
    "A module",
    "",
    "",
    tuple(
        Page(f"chapters/{name}", name, "test", objectives=(Objective(f"O-TST-{n}", "Do", "Do."),))
        for n, name in enumerate("abcd", 1)
    ),
)


def task(number: int, objective: str) -> Assessment:
    return Assessment("exercises/part", f"q{number}", "A task", objective)


def test_gaps_of_every_kind_are_listed():
    found = Assessments(
        questions=(Assessment("chapters/a", "1", "Which?", "O-TST-1"),),
        checked=(task(1, "O-TST-4"), task(2, "")),
        written=(task(3, "O-TST-9"),),
    )
    rows = objectives.trace(PAGES, found, {"chapters/a", "chapters/b"})
    missing = objectives.gaps(rows, found)
    assert missing == [
        Gap("taught but not assessed", "O-TST-2"),
        Gap("neither taught nor assessed", "O-TST-3"),
        Gap("assessed but not taught", "O-TST-4"),
        Gap("without an objective", "exercises/part, q2"),
        Gap("names an objective that module.yml has not", "exercises/part, q3: O-TST-9"),
    ]
    told = objectives.report(rows, missing)
    assert "neither taught nor assessed: O-TST-3" in told
    assert "No gaps" not in told


@pytest.mark.parametrize("kind", objectives.ADVICE)
def test_advice_on_a_gap_is_one_sentence_that_names_it(kind):
    told = objectives.advice([Gap(kind, "O-TST-3")])
    assert "O-TST-3" in told
    assert re.search(r"module\.yml|objective", told)
    assert len(re.findall(r"\.(?= |$)", told)) == 1


def test_advice_counts_what_else_is_missing():
    kinds = [Gap(kind, "O-TST-3") for kind in objectives.ADVICE]
    assert f"({len(kinds) - 1} more: python -m casebook.authoring objectives)" in (
        objectives.advice(kinds)
    )
    assert objectives.advice([]) == ""


def test_command_prints_the_map(capsys):
    assert __main__.main(["objectives"]) == 0
    told = capsys.readouterr().out
    assert "origins.q5 marks states a rule (1), shows what the rule does (1)" in told
    assert told.endswith("No gaps.\n")
