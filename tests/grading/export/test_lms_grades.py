"""Grades into the LMS's own table: the right cells, and not a byte beside them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from casebook.grading.errors import Refused
from casebook.grading.export import lms_grades
from casebook.grading.lms import class_list

from .. import lms_tables
from ..graded_class import graded

AWA, BOB = "Awa-Keïta-17", "Touré-Boubacar-18"


@pytest.fixture
def fill(tmp_path):
    """Return a way to fill a table: its text and what was said."""

    def run(content: bytes, *all_graded, encoding="utf-8", **more):
        (tmp_path / "grades.csv").write_bytes(content)
        done = lms_grades.filled(class_list.read(tmp_path / "grades.csv"), all_graded, **more)
        return done.content.decode(encoding), "\n".join(done.said)

    return run


def cells(text: str, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def out_of(graded, points: float):
    """Return a graded whose tasks are worth so much together."""
    factor = points / graded.out_of
    grades = (
        replace(g, points=g.points and g.points * factor, out_of=g.out_of * factor)
        for g in graded.grades
    )
    return replace(graded, grades=tuple(grades))


def test_moodle_gets_grades_and_keeps_every_other_byte(fill):
    content = lms_tables.moodle()
    text, said = fill(content, out_of(graded(AWA, 2, 2, 4), 15), out_of(graded(BOB, 2, 0, 2), 15))
    before = content.decode()
    expected = before.replace("grading,,15.00", "grading,15.00,15.00", 1)
    assert text == expected.replace(",7.00,15.00", ",7.50,15.00")
    assert "1 new grades in Grade, 1 replaced, 0 unchanged" in said
    assert "Touré-Boubacar-18 (7.00 to 7.50)" in said
    assert "scaled" not in said


def test_points_are_scaled_to_the_maximum_of_the_lms_and_it_is_said(fill):
    text, said = fill(lms_tables.FRENCH, graded(AWA, 2, 0, 4))
    assert cells(text, ";")[1][4:6] == ["15,00", "20,00"]
    assert "scaled from 8 to " in said


def test_unfinished_marks_are_sent_only_if_asked_for(fill):
    content = lms_tables.moodle()
    text, said = fill(content, graded(AWA, 2, 2, None))
    assert text == content.decode()
    assert "waits for a mark: Awa-Keïta-17" in said
    text, said = fill(content, graded(AWA, 2, 2, None), unfinished=True)
    assert cells(text)[1][4] == "7.50"
    assert "unfinished ones too" in said


def test_same_grades_again_change_nothing(fill):
    text, _ = fill(lms_tables.moodle(), graded(AWA, 2, 2, 4))
    again, said = fill(text.encode(), graded(AWA, 2, 2, 4))
    assert again == text
    assert "0 new grades in Grade, 0 replaced, 1 unchanged" in said


def test_moodle_has_the_last_word_on_who_may_be_graded(fill):
    content = lms_tables.moodle(lms_tables.MOODLE_ROWS[0].replace(",Yes,", ",No,"))
    text, said = fill(content, graded(AWA, 2, 2, 4), graded("Stranger-99", 2, 2, 4))
    assert text == content.decode()
    assert "change their grade: Awa-Keïta-17" in said
    assert "1 not in grades.csv: Stranger-99" in said


def test_comments_go_to_moodle_only_if_asked_for_and_over_nothing(fill):
    def with_comment(student):
        made = graded(student, 2, 2, 4)
        last = replace(made.grades[-1], comment="=1+1 <b>Good</b>\nGo on ☃")
        return replace(made, grades=(*made.grades[:-1], last))

    content = lms_tables.moodle().decode("utf-8-sig").encode("latin-1")
    text, _ = fill(content, with_comment(AWA), encoding="latin-1")
    assert cells(text)[1][9] == ""
    text, said = fill(
        content, with_comment(AWA), with_comment(BOB), comments=True, encoding="latin-1"
    )
    assert cells(text)[1][9] == (
        "<b>Title of q3</b><br>=1+1 &lt;b&gt;Good&lt;/b&gt;<br>Go on &#9731;"
    )
    assert cells(text)[2][9] == 'Said "so",\nin two lines'
    assert "1 comments" in said


def test_canvas_column_is_found_by_the_name_of_the_part(fill):
    text, said = fill(
        lms_tables.CANVAS,
        graded("keïtaawa-4321", 2, 2, 2),
        graded("touréboubacar-4322", 2, 0, 2),
        graded("traorécoumba-4323", 2, 0, 2),
        graded("keïtaawa-4321", 2, 2, 4, part="origins", title="How it began"),
    )
    before = lms_tables.CANVAS.decode()
    expected = before.replace('2",,EX', '2",11.25,EX').replace("S 1,3.00", "S 1,7.50")
    assert text == expected
    assert "Title" not in said
    assert "Touré" not in text.splitlines()[3]
    assert "Traorécoumba-4323 (N/A)" in said
    assert "Keïtaawa-4321 (EX)" in said


def test_column_of_another_name_has_to_be_named(fill):
    content = lms_tables.CANVAS.replace(b"Warm-up (501)", b"Homework 1 (501)")
    mine = graded("keïtaawa-4321", 2, 2, 2)
    with pytest.raises(Refused, match=r"--column \(Homework 1 or Origins\)"):
        fill(content, mine)
    for column in ("Homework 1", "501", "Homework 1 (501)"):
        assert cells(fill(content, mine, column=column)[0])[3][5] == "11.25"
    with pytest.raises(Refused, match="no one column Homework 9"):
        fill(content, mine, column="Homework 9")
    with pytest.raises(Refused, match="Say with --part"):
        fill(content, mine, replace(mine, part="origins"), column="501")


def test_totals_that_are_read_only_are_never_filled(fill):
    content = lms_tables.CANVAS.replace(b"Final Score", b"Warm-up Final Score (7)")
    text, _ = fill(content, graded("keïtaawa-4321", 2, 2, 2))
    assert cells(text)[3][5:9] == ["11.25", "EX", "", ""]


@pytest.mark.parametrize(
    ("separator", "encoding"), [("\t", "utf-16"), (",", "utf-8-sig"), (",", "latin-1")]
)
def test_blackboard_stays_in_its_encoding_and_quotes(fill, separator, encoding):
    content = lms_tables.blackboard(separator, encoding)
    text, _ = fill(content, graded("akeita", 2, 2, 2), encoding=encoding)
    before = content.decode(encoding)
    assert text == before.replace(f'"Yes"{separator}""', f'"Yes"{separator}"11.25"', 1)


def test_part_of_a_moodle_worksheet_is_found_by_who_is_in_it(fill):
    other = [graded(f"Other-{n}", 2, 2, 4, part="governance") for n in range(5)]
    text, _ = fill(lms_tables.moodle(), *other, graded(AWA, 2, 2, 4, part="origins"))
    assert cells(text)[1][4] == "15.00"
    with pytest.raises(Refused, match=r"Nobody who has handed in is in grades\.csv"):
        fill(lms_tables.moodle(), other[0], graded("X-3", 2, 2, 4, part="origins"))
    with pytest.raises(Refused, match="Nothing of recommendations is marked yet"):
        fill(lms_tables.moodle(), other[0], part="recommendations")


def test_scales_of_words_and_lists_are_refused(fill):
    with pytest.raises(Refused, match="with points, not with a scale"):
        fill(lms_tables.moodle().replace(b"Maximum grade", b"Scale"), graded(AWA, 2, 2, 4))
    with pytest.raises(Refused, match="a list without grades"):
        fill(b"student\nawa\n", graded("awa", 2, 2, 4))
