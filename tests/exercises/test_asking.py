"""What a card says to an answer that no key knows."""

from __future__ import annotations

from casebook.checks.asking import compare
from casebook.checks.keys import task

ASKED = task("warm-up.q4")


def test_unknown_answer_is_said_back():
    text = compare(ASKED, (43, 1234567)).text
    assert "read as: events 43, deaths 1234567." in text
    assert "no row fitted" not in text


def test_zeros_are_taken_for_a_condition_that_fits_nothing():
    card = compare(task("warm-up.q9"), (0, 0, 0))
    assert "no row fitted" in card.text


def test_open_card_names_the_variable_and_the_usual_reasons():
    text = compare(ASKED, ...).text
    assert "`year_2012` has no answer yet" in text
    assert "print" in text
    assert "red" in text
    assert "three dots are left: deaths" in compare(ASKED, {"events": 43, "deaths": ...}).text
