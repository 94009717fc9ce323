"""Facts on advice and its record, recomputed from the CSV files without the package."""

import pytest

from casebook import facts, prose
from casebook.facts import UnknownFact


@pytest.mark.parametrize("letter", ["S", "R", "F"])
def test_recommendations_and_outcomes_are_counted_set_by_set(rows, letter):
    ids = [row["rec_id"] for row in rows("recommendations") if row["set"] == letter]
    assert facts.recommendations(letter) == len(ids) > 1
    found = [row for row in rows("outcomes") if row["rec_id"] in ids]
    assert facts.outcomes_found(letter) == len(found) > len(ids)


def test_outcomes_of_all_and_of_one_recommendation_are_counted(rows):
    assert facts.outcomes_found() == len(rows("outcomes"))
    one = sum(row["rec_id"] == "S07" for row in rows("outcomes"))
    assert facts.outcomes_found("S07") == one > 1


def test_statement_is_the_set_meant_where_none_is_named(rows):
    assert facts.recommendations() == sum(r["set"] == "S" for r in rows("recommendations"))


def test_cells_are_counted_by_verdict(rows):
    given = [row["verdict"] for row in rows("scorecard_verdicts")]
    assert facts.cells_judged() == len(given)
    for verdict in set(given):
        assert facts.cells_judged(verdict) == given.count(verdict) > 0


@pytest.mark.parametrize(
    ("rec_id", "precision"), [("S09", "month"), ("S06", "day"), ("S19", "day"), ("F06", "day")]
)
def test_last_outcome_is_dated_as_exactly_as_it_is_known(rows, rec_id, precision):
    latest = max(row["date"] for row in rows("outcomes") if row["rec_id"] == rec_id)
    assert ("year", "month", "day")[latest.count("-")] == precision
    assert facts.last_outcome(rec_id) == prose.day_of(latest, precision)


@pytest.mark.parametrize(
    ("question", "near"),
    [
        (lambda: facts.recommendations("s"), "No set of recommendations is called 's'"),
        (lambda: facts.outcomes_found("S20"), "near: S02|near: S"),
        (lambda: facts.last_outcome("S9"), "near: S"),
        (lambda: facts.cells_judged("not fullfilled"), "near: not fulfilled"),
    ],
)
def test_misspelt_name_is_no_zero(question, near):
    with pytest.raises(UnknownFact, match=near):
        question()
