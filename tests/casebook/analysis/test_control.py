"""Spells of control, on tables of a few rows."""

import pandas as pd
import pytest

from casebook.analysis.control import (
    busiest_week,
    changes_of_hands,
    holders_on,
    losses,
    named_spells,
    towns_by_holder,
)


def control(*rows: tuple) -> pd.DataFrame:
    """Make the control table from (place, first day, last day, controller[, end basis])."""
    made = pd.DataFrame(
        [(*row, "dated_event")[:5] for row in rows],
        columns=["place_id", "start_date", "end_date", "controller", "end_basis"],
    )
    return made.assign(
        start_date=pd.to_datetime(made["start_date"]),
        end_date=pd.to_datetime(made["end_date"]),
        certainty="high",
        start_basis="dated_event",
    )


PLACES = pd.DataFrame(
    {
        "place_id": ["gao", "kidal", "mopti"],
        "name": ["Gao", "Kidal", "Mopti"],
        "latitude": [16.3, 18.4, 14.5],
        "longitude": [0.0, 1.4, -4.2],
    }
)
ACTORS = pd.DataFrame({"actor_id": ["mli_gov", "mnla", "mujao"], "short_name": ["S", "N", "M"]})


def spells(*rows: tuple) -> pd.DataFrame:
    return named_spells(control(*rows), PLACES, ACTORS)


YEAR = spells(
    ("gao", "2012-01-01", "2012-03-31", "mli_gov"),
    ("gao", "2012-03-31", "2012-06-27", "mnla"),
    ("gao", "2012-06-27", "2012-12-31", "mujao", "window_limit"),
    ("kidal", "2012-01-01", "2012-01-24", "mli_gov"),
    ("kidal", "2012-01-24", "2012-01-25", "mnla"),
    ("kidal", "2012-01-25", "2012-03-30", "mli_gov"),
    ("kidal", "2012-03-30", "2012-05-01", "mnla"),
    ("kidal", "2012-05-01", "2012-10-01", "mnla"),  # less certain, the same holder
    ("mopti", "2012-01-01", "2012-12-31", "mli_gov", "window_limit"),
)


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


def test_places_stand_from_north_to_south_and_spells_in_order_of_time():
    shuffled = control(
        ("mopti", "2012-01-01", "2012-02-01", "mli_gov"),
        ("gao", "2012-02-01", "2012-03-01", "mnla"),
        ("gao", "2012-01-01", "2012-02-01", "mli_gov"),
        ("kidal", "2012-01-01", "2012-02-01", "mli_gov"),
    )
    named = named_spells(shuffled, PLACES, ACTORS)
    assert list(named["place"]) == ["Kidal", "Gao", "Gao", "Mopti"]
    assert list(named["actor"]) == ["S", "S", "N", "S"]


def test_last_day_of_the_table_belongs_to_its_spell():
    assert holders_on(YEAR, day("2012-12-31"))["actor_id"].tolist() == [
        "",
        "mujao",
        "mli_gov",
    ]


def test_day_of_a_change_belongs_to_the_new_holder():
    on = {d: holders_on(YEAR, day(d)).set_index("place_id") for d in ("2012-03-30", "2012-03-31")}
    assert on["2012-03-30"].loc["gao", "actor_id"] == "mli_gov"
    assert on["2012-03-31"].loc["gao", "actor_id"] == "mnla"


def test_place_that_nobody_is_known_to_hold_keeps_its_row():
    holders = holders_on(YEAR, day("2012-11-01"))
    assert holders["place_id"].tolist() == ["kidal", "gao", "mopti"]
    unknown = holders.iloc[0]
    assert (unknown["controller"], unknown["actor"], unknown["start_basis"]) == ("", "", "")
    assert (unknown["place"], unknown["latitude"]) == ("Kidal", 18.4)


def test_place_whose_holder_has_no_row_among_the_actors_does_not_vanish():
    strange = spells(
        ("gao", "2012-01-01", "2012-03-31", "nobody"), ("mopti", "2012-01-01", "2012-12-31", "mnla")
    )
    holders = holders_on(strange, day("2012-02-01")).set_index("place_id")
    assert list(holders.index) == ["gao", "mopti"]
    assert holders.loc["gao", ["actor_id", "actor"]].tolist() == ["", ""]


def test_two_holders_on_one_day_are_refused():
    both = spells(
        ("gao", "2012-01-01", "2012-03-31", "mli_gov"), ("gao", "2012-03-01", "2012-06-27", "mnla")
    )
    with pytest.raises(pd.errors.MergeError):
        holders_on(both, day("2012-03-15"))


def test_change_of_hands_is_a_change_of_holder():
    changes = changes_of_hands(YEAR)
    assert list(zip(changes["place"], changes["before"], changes["actor_id"], strict=True)) == [
        ("Kidal", "mli_gov", "mnla"),
        ("Kidal", "mnla", "mli_gov"),
        ("Kidal", "mli_gov", "mnla"),
        ("Gao", "mli_gov", "mnla"),
        ("Gao", "mnla", "mujao"),
    ]


def test_place_lost_twice_counts_once_on_its_last_loss():
    lost = losses(YEAR, "mli_gov", day("2012-04-06"))
    assert dict(zip(lost["place_id"], lost["start_date"], strict=True)) == {
        "kidal": day("2012-03-30"),
        "gao": day("2012-03-31"),
    }


def test_place_regained_by_then_is_not_lost():
    assert losses(YEAR, "mli_gov", day("2012-02-01")).empty


def test_place_whose_holder_is_not_known_is_not_lost():
    assert list(losses(YEAR, "mli_gov", day("2012-11-01"))["place_id"]) == ["gao"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2012-01-01", "2012-03-30", "2012-04-05", "2012-04-06"], ["2012-03-30", "2012-04-05"]),
        (["2012-01-01", "2012-01-07", "2012-06-01", "2012-06-02"], ["2012-01-01", "2012-01-07"]),
        (["2012-01-08", "2012-01-01"], ["2012-01-01"]),  # eight days are no week
    ],
    ids=["seven days", "earliest of two", "eight days"],
)
def test_busiest_week_is_seven_days_and_the_earliest(days, expected):
    week = busiest_week(pd.DataFrame({"start_date": pd.to_datetime(days)}))
    assert list(week["start_date"]) == list(pd.to_datetime(expected))


def test_towns_are_counted_for_every_actor_at_every_change():
    held = towns_by_holder(YEAR, "2012-01-01", "2013-01-01")
    wide = held.pivot_table(index="date", columns="actor_id", values="towns", aggfunc="sum")
    assert wide.loc[day("2012-01-01")].tolist() == [3, 0, 0]
    assert wide.loc[day("2012-01-24")].tolist() == [2, 1, 0]
    assert wide.loc[day("2012-06-27")].tolist() == [1, 1, 1]
    assert wide.loc[day("2012-10-01")].tolist() == [1, 0, 1]  # Kidal: not known
    assert wide.loc[day("2013-01-01")].tolist() == [1, 0, 1]  # the end, not a fall to nothing
    assert not wide.isna().any(axis=None)


def test_spells_given_are_left_as_they_were():
    before = YEAR.copy(deep=True)
    towns_by_holder(YEAR, "2012-01-01", "2013-01-01")
    losses(YEAR, "mli_gov", day("2012-04-06"))
    pd.testing.assert_frame_equal(YEAR, before)
