"""What pages state of positions, recomputed from the CSV files without pandas."""

import itertools

import pytest

from casebook import facts, prose
from casebook.facts import UnknownFact

VIEWS = ("statement", "before", "from", "last")


def in_view(row, view):
    if view == "statement":
        return row["date"] <= "2013-04-11" and row["date"] != "2013-04"
    return view == "last" or row["period"].startswith(view)


def value(rows, actor, issue, view):
    """Return the last known value of a cell in a view, or None."""
    found = [
        row
        for row in rows("positions")
        if (row["actor_id"], row["issue"]) == (actor, issue) and row["value"] and in_view(row, view)
    ]
    return int(max(found, key=lambda row: row["observation"])["value"]) if found else None


def pairs(rows):
    return sorted({(row["actor_id"], row["issue"]) for row in rows("positions")})


def asked(rows):
    claim = next(row for row in rows("claims") if row["claim_id"] == "C079")
    return claim["actor_ids"].split(";")


def issues(rows):
    return sorted({row["issue"] for row in rows("positions_scale")})


def of_asked(rows, issue, view):
    return [value(rows, actor, issue, view) for actor in asked(rows)]


def agreeing(values, near):
    return sum(abs(a - b) <= near for a, b in itertools.combinations(values, 2))


def test_cells_are_counted_and_those_known(rows):
    assert facts.position_cells() == len(pairs(rows)) > 50
    for view in VIEWS:
        known = sum(value(rows, *pair, view) is not None for pair in pairs(rows))
        assert facts.positions_known(view) == known > 0


def test_every_position_has_its_date(rows):
    for row in rows("positions"):
        cell = row["actor_id"], row["issue"], int(row["observation"])
        if row["date"]:
            year, *rest = row["date"].split("-")
            said = facts.position_date(*cell)
            assert said.endswith(year)
            assert len(said.replace("\u00a0", " ").split()) == 1 + len(rest)
            if len(rest) == 2:
                assert said == prose.day(row["date"])
        else:
            with pytest.raises(UnknownFact, match="is documented"):
                facts.position_date(*cell)


def test_voices_are_counted_by_position(rows):
    assert facts.voices_asked() == len(asked(rows))
    assert facts.voices_pairs() == len(list(itertools.combinations(asked(rows), 2)))
    for issue, view in itertools.product(issues(rows), VIEWS):
        values = of_asked(rows, issue, view)
        assert facts.voices_known(issue, view) == sum(v is not None for v in values)
        for step in range(-2, 3):
            assert facts.voices_at(issue, step, view) == values.count(step)


def test_talks_divide_the_voices_wherever_niger_and_the_african_union_stood(rows):
    by_then = {
        value(rows, actor, "talks_with_mnla", "statement")
        for actor in asked(rows)
        if actor not in ("ner_gov", "au")
    }
    assert len(by_then - {None}) == 3


@pytest.mark.parametrize("near", [0, 1])
@pytest.mark.parametrize("view", ["statement", "before", "last"])
def test_agreeing_pairs_are_counted_over_all_fillings(rows, view, near):
    for issue in issues(rows):
        values = of_asked(rows, issue, view)
        known = [v for v in values if v is not None]
        unknown = len(values) - len(known)
        # Order does not matter to pairs, so that each filling is counted once.
        fillings = itertools.combinations_with_replacement(range(-2, 3), unknown)
        counts = [agreeing([*known, *filling], near) for filling in fillings]
        expected = {
            "known": agreeing(known, near),
            "pairs": len(known) * (len(known) - 1) // 2,
            "low": min(counts),
            "high": max(counts),
        }
        for part, count in expected.items():
            assert facts.voices_agreeing(issue, part, near, view) == count, (issue, part)
        for bound in ("low", "high"):
            share = facts.voices_bound(issue, bound, near, view)
            assert share == expected[bound] / facts.voices_pairs()


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: facts.position_date("aux", "un_mission"), "'aux'; near: .*au"),
        (lambda: facts.position_date("au", "un_misson"), "'un_misson'; near: un_mission"),
        (lambda: facts.position_date("au", "un_mission", 2), "no observation 2"),
        (lambda: facts.voices_known("talks"), "'talks'; near: talks_with_mnla"),
        (lambda: facts.voices_at("un_mission", 1, "befor"), "'befor'; near: before"),
        (lambda: facts.positions_known("form"), "'form'; near: from"),
        (lambda: facts.voices_agreeing("un_mission", "lo"), "'lo'; near: .*low"),
        (lambda: facts.voices_bound("un_mission", "known"), "No bound"),
    ],
)
def test_misspelt_question_is_refused(ask, message):
    with pytest.raises(UnknownFact, match=message):
        ask()
