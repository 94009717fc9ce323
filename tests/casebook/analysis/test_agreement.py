"""One voice: the score, and its exact range over everything the unknown could be."""

import itertools
import random

import pytest

from casebook import tables
from casebook.analysis.agreement import Agreement, agreement, by_issue
from casebook.analysis.positions import (
    SCALE,
    STATEMENT,
    after_statement,
    by_statement,
    positions_in_view,
    voices,
)


def agreeing(values, near):
    """Count agreeing pairs one by one."""
    return sum(abs(a - b) <= near for a, b in itertools.combinations(values, 2))


def by_trying_everything(values, near):
    """Fill the unknown in every possible way and count each time."""
    known = [value for value in values if value is not None]
    fillings = itertools.product(SCALE, repeat=len(values) - len(known))
    scores = [agreeing([*known, *filling], near) for filling in fillings]
    return Agreement(len(values), len(known), agreeing(known, near), min(scores), max(scores))


@pytest.mark.parametrize("near", [0, 1])
def test_bounds_are_those_of_all_fillings(near):
    chance = random.Random(18062013)
    for _ in range(150):
        values = [chance.choice(SCALE) for _ in range(chance.randint(1, 7))]
        values += [None] * chance.randint(1, 4)
        chance.shuffle(values)
        assert agreement(values, near) == by_trying_everything(values, near), values


@pytest.mark.parametrize("near", [0, 1])
def test_nothing_known_leaves_everything_open(near):
    nothing = agreement([None] * 5, near)
    assert nothing == by_trying_everything([None] * 5, near)
    assert nothing.share is None
    assert nothing.bounds[1] == 1


def test_everything_known_leaves_nothing_open():
    assert agreement([2, 2, 1, -1]) == Agreement(4, 4, 1, 1, 1)
    assert agreement([2, 2, 1, -1], near=1) == Agreement(4, 4, 3, 3, 3)


def test_middle_of_the_scale_is_not_the_unknown():
    assert agreement([0, 0]).bounds == (1, 1)
    assert agreement([0, None]).bounds == (0, 1)


def test_shares_are_of_pairs():
    three_of_six = agreement([1, 1, 1, 2])
    assert (three_of_six.pairs, three_of_six.share) == (6, 0.5)
    half_known = agreement([1, 1, 1, None])
    assert (half_known.known_pairs, half_known.share, half_known.bounds) == (3, 1, (0.5, 1))


@pytest.mark.parametrize(
    ("values", "near", "message"),
    [([3, 1], 0, r"not \[3\]"), ([1, 1], 2, "not 2"), ([1], 0, "two actors")],
)
def test_what_cannot_be_measured_is_refused(values, near, message):
    with pytest.raises(ValueError, match=message):
        agreement(values, near)


# --- Views of the table -------------------------------------------------------------------------


def of(rows, actor, issue):
    """Return the known observations of a cell in order of time."""
    found = [
        r for r in rows("positions") if (r["actor_id"], r["issue"]) == (actor, issue) and r["value"]
    ]
    return sorted(found, key=lambda row: int(row["observation"]))


def dates_of_april(date):
    return date.startswith("2013-04") and len(date) == 7


def fits(row, view):
    """Tell whether a view may show a row; a month alone may lie after the statement in it."""
    if view == "statement":
        return row["date"] <= "2013-04-11" and not dates_of_april(row["date"])
    return view == "last" or row["period"].startswith(view)


@pytest.mark.parametrize("view", ["statement", "before", "from", "last"])
def test_every_cell_shows_the_last_position_of_its_view(rows, view):
    shown = positions_in_view(tables.load("positions"), view)
    pairs = {(row["actor_id"], row["issue"]) for row in rows("positions")}
    assert set(shown.index) == pairs
    for actor, issue in pairs:
        fitting = [row for row in of(rows, actor, issue) if fits(row, view)]
        cell = shown.loc[(actor, issue)]
        if fitting:
            assert str(cell["value"]) == fitting[-1]["value"]
            assert cell["evidence"] == fitting[-1]["evidence"]
        else:
            assert cell.isna()["value"]
            assert (cell["value_label"], cell["date"]) == ("", "")


def test_nothing_from_before_the_agreement_is_carried_over():
    shown = positions_in_view(tables.load("positions"), "from")
    assert (shown.loc[shown["value"].notna(), "date"] >= "2013-06-18").all()


def test_day_of_the_statement_is_that_of_the_events(rows):
    event = next(r for r in rows("events") if r["event_id"] == "crisis-group-statement")
    assert event["date"] == STATEMENT


@pytest.mark.parametrize(
    ("date", "by", "after"),
    [
        ("2012", True, False),
        ("2013-03", True, False),
        ("2013-04", False, False),
        ("2013-04-11", True, False),
        ("2013-04-12", False, True),
        ("2013-05", False, True),
        ("2013", False, False),
        ("", False, False),
    ],
)
def test_month_of_the_statement_is_neither_before_nor_after_it(date, by, after):
    assert (by_statement(date), after_statement(date)) == (by, after)


def test_bamako_and_african_union_on_arms_are_later_than_the_statement(rows):
    shown = positions_in_view(tables.load("positions"), "statement")["value"]
    before = positions_in_view(tables.load("positions"), "before")["value"]
    for actor in ("mli_gov", "au"):
        assert shown.isna()[actor, "disarm_before_talks"]
        assert before[actor, "disarm_before_talks"] == 2
    # Where it moved, the place it had on that day is shown.
    assert (shown["mli_gov", "talks_with_mnla"], before["mli_gov", "talks_with_mnla"]) == (-1, 1)


def test_unknown_view_is_refused():
    with pytest.raises(ValueError, match="statement, before, from, last, not 'after'"):
        positions_in_view(tables.load("positions"), "after")


def test_voices_are_those_whom_the_statement_names(rows):
    named = next(r for r in rows("claims") if r["claim_id"] == "C079")["actor_ids"].split(";")
    asked, others = voices(tables.load("positions"), tables.load("claims"))
    assert asked == named
    assert {*asked, *others} == {row["actor_id"] for row in rows("positions")}
    assert not set(asked) & set(others)


def test_agreement_by_issue_takes_the_given_actors_alone(rows):
    shown = positions_in_view(tables.load("positions"), "before")
    found = by_issue(shown, ["au", "fra_gov", "dza_gov"])
    assert set(found) == {row["issue"] for row in rows("positions_scale")}
    # AU 2, France 1, Algeria unknown.
    assert found["disarm_before_talks"] == Agreement(3, 2, 0, 0, 1)
