"""Joins and counts behind the exhibits, on tables of a few rows."""

import pandas as pd
import pytest

from casebook.exhibits import frames


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
    return frames.named_spells(control(*rows), PLACES, ACTORS)


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


# --- Spells -------------------------------------------------------------------------------------


def test_places_stand_from_north_to_south_and_spells_in_order_of_time():
    shuffled = control(
        ("mopti", "2012-01-01", "2012-02-01", "mli_gov"),
        ("gao", "2012-02-01", "2012-03-01", "mnla"),
        ("gao", "2012-01-01", "2012-02-01", "mli_gov"),
        ("kidal", "2012-01-01", "2012-02-01", "mli_gov"),
    )
    named = frames.named_spells(shuffled, PLACES, ACTORS)
    assert list(named["place"]) == ["Kidal", "Gao", "Gao", "Mopti"]
    assert list(named["actor"]) == ["S", "S", "N", "S"]


def test_last_day_of_the_table_belongs_to_its_spell():
    assert frames.holders_on(YEAR, day("2012-12-31"))["actor_id"].tolist() == [
        "",
        "mujao",
        "mli_gov",
    ]


def test_day_of_a_change_belongs_to_the_new_holder():
    on = {
        d: frames.holders_on(YEAR, day(d)).set_index("place_id")
        for d in ("2012-03-30", "2012-03-31")
    }
    assert on["2012-03-30"].loc["gao", "actor_id"] == "mli_gov"
    assert on["2012-03-31"].loc["gao", "actor_id"] == "mnla"


def test_place_that_nobody_is_known_to_hold_keeps_its_row():
    holders = frames.holders_on(YEAR, day("2012-11-01"))
    assert holders["place_id"].tolist() == ["kidal", "gao", "mopti"]
    unknown = holders.iloc[0]
    assert (unknown["controller"], unknown["actor"], unknown["start_basis"]) == ("", "", "")
    assert (unknown["place"], unknown["latitude"]) == ("Kidal", 18.4)


def test_place_whose_holder_has_no_row_among_the_actors_does_not_vanish():
    strange = spells(
        ("gao", "2012-01-01", "2012-03-31", "nobody"), ("mopti", "2012-01-01", "2012-12-31", "mnla")
    )
    holders = frames.holders_on(strange, day("2012-02-01")).set_index("place_id")
    assert list(holders.index) == ["gao", "mopti"]
    assert holders.loc["gao", ["actor_id", "actor"]].tolist() == ["", ""]


def test_two_holders_on_one_day_are_refused():
    both = spells(
        ("gao", "2012-01-01", "2012-03-31", "mli_gov"), ("gao", "2012-03-01", "2012-06-27", "mnla")
    )
    with pytest.raises(pd.errors.MergeError):
        frames.holders_on(both, day("2012-03-15"))


def test_change_of_hands_is_a_change_of_holder():
    changes = frames.changes_of_hands(YEAR)
    assert list(zip(changes["place"], changes["before"], changes["actor_id"], strict=True)) == [
        ("Kidal", "mli_gov", "mnla"),
        ("Kidal", "mnla", "mli_gov"),
        ("Kidal", "mli_gov", "mnla"),
        ("Gao", "mli_gov", "mnla"),
        ("Gao", "mnla", "mujao"),
    ]


def test_place_lost_twice_counts_once_on_its_last_loss():
    lost = frames.losses(YEAR, "mli_gov", day("2012-04-06"))
    assert dict(zip(lost["place_id"], lost["start_date"], strict=True)) == {
        "kidal": day("2012-03-30"),
        "gao": day("2012-03-31"),
    }


def test_place_regained_by_then_is_not_lost():
    assert frames.losses(YEAR, "mli_gov", day("2012-02-01")).empty


def test_place_whose_holder_is_not_known_is_not_lost():
    assert list(frames.losses(YEAR, "mli_gov", day("2012-11-01"))["place_id"]) == ["gao"]


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
    week = frames.busiest_week(pd.DataFrame({"start_date": pd.to_datetime(days)}))
    assert list(week["start_date"]) == list(pd.to_datetime(expected))


def test_towns_are_counted_for_every_actor_at_every_change():
    held = frames.towns_by_holder(YEAR, "2012-01-01", "2013-01-01")
    wide = held.pivot_table(index="date", columns="actor_id", values="towns", aggfunc="sum")
    assert wide.loc[day("2012-01-01")].tolist() == [3, 0, 0]
    assert wide.loc[day("2012-01-24")].tolist() == [2, 1, 0]
    assert wide.loc[day("2012-06-27")].tolist() == [1, 1, 1]
    assert wide.loc[day("2012-10-01")].tolist() == [1, 0, 1]  # Kidal: not known
    assert wide.loc[day("2013-01-01")].tolist() == [1, 0, 1]  # the end, not a fall to nothing
    assert not wide.isna().any(axis=None)


# --- Deaths -------------------------------------------------------------------------------------

EVENTS = pd.DataFrame(
    [
        ("2011-12-31", False, "state_based", 99, 99, 99),
        ("2012-01-24", False, "state_based", 45, 41, 76),
        ("2012-01-16", True, "state_based", 12, 12, 12),
        ("2012-01-17", False, "one_sided", 3, 4, 2),
        ("2012-03-02", False, "state_based", 0, 0, 3),
        ("2012-04-01", False, "state_based", 99, 99, 99),
    ],
    columns=[
        "date_start",
        "spans_months",
        "violence_type",
        "deaths_best",
        "deaths_low",
        "deaths_high",
    ],
).assign(date_start=lambda table: pd.to_datetime(table["date_start"]))


def test_deaths_count_in_the_month_the_event_began():
    kinds, totals = frames.monthly_deaths(EVENTS, "2012-01", "2012-03")
    assert totals.to_dict("list") == {
        "month": list(pd.to_datetime(["2012-01-01", "2012-02-01", "2012-03-01"])),
        "best": [60, 0, 0],
        "low": [57, 0, 0],
        "high": [90, 0, 3],
    }
    assert kinds[["in_month", "spanning"]].to_numpy().sum() == totals["best"].sum()


def test_deaths_of_an_unknown_month_are_kept_apart():
    kinds, _ = frames.monthly_deaths(EVENTS, "2012-01", "2012-03")
    january = kinds[kinds["month"].eq(day("2012-01-01"))].set_index("violence_type")
    assert january["in_month"].to_dict() == {"state_based": 45, "non_state": 0, "one_sided": 3}
    assert january["spanning"].to_dict() == {"state_based": 12, "non_state": 0, "one_sided": 0}


def test_month_and_kind_without_deaths_are_there_as_zeros():
    kinds, totals = frames.monthly_deaths(EVENTS.iloc[:0], "2012-01", "2012-03")
    assert len(kinds) == 3 * len(frames.KINDS)
    assert len(totals) == 3
    assert kinds[["in_month", "spanning"]].to_numpy().sum() == 0
    assert list(kinds["label"].unique()) == list(frames.KINDS.values())


# --- Flight -------------------------------------------------------------------------------------


def figures(*rows: tuple) -> pd.DataFrame:
    """Make displacement figures from (id, date, indicator, area, region, persons, registration)."""
    columns = ["figure_id", "as_of_date", "indicator", "area", "region", "persons", "registration"]
    made = pd.DataFrame(rows, columns=columns)
    return made.assign(
        as_of_date=pd.to_datetime(made["as_of_date"]),
        qualifier="registered",
        producer="UNHCR",
        source_id="a",
    )


FIGURES = figures(
    ("D2", "2012-11-01", "refugees", "MRT", "", 108_953, "government_count"),
    ("D1", "2012-10-01", "refugees", "MRT", "", 107_000, "government_count"),
    ("D3", "2012-12-01", "refugees", "MRT", "", 54_117, "individual_registration"),
    ("D4", "2013-01-01", "refugees", "MRT", "", 55_221, "individual_registration"),
    ("D5", "2012-12-01", "refugees", "NER", "", 61_880, "government_count"),
    ("D6", "2012-12-01", "idps", "MLI", "", 198_558, "not_applicable"),
    # Not of one of the series:
    ("D7", "2012-12-01", "idps", "MLI", "Bamako", 47_292, "not_applicable"),
    ("D8", "2012-12-01", "refugees", "MRT+NER+BFA", "", 155_187, "mixed"),
    ("D9", "2012-12-01", "new_refugees", "MRT", "", 1_411, "not_applicable"),
    ("D0", "2014-12-01", "refugees", "MRT", "", 50_000, "individual_registration"),
)


def test_series_hold_one_country_or_the_displaced_of_all_mali():
    series = frames.displaced_series(FIGURES, "2012-01-01", "2013-12-31")
    assert series["figure_id"].tolist() == ["D6", "D1", "D2", "D3", "D4", "D5"]
    assert series["series"].tolist() == ["idps", "MRT", "MRT", "MRT", "MRT", "NER"]
    assert series["method"].tolist()[:3] == ["UNHCR", "government_count", "government_count"]


def test_break_lies_between_the_last_count_and_the_first_registration():
    series = frames.displaced_series(FIGURES, "2012-01-01", "2013-12-31")
    (found,) = frames.registration_breaks(series).to_dict("records")
    assert found == {
        "series": "MRT",
        "label": "Refugees in Mauritania",
        "last_count": day("2012-11-01"),
        "last_value": 108_953,
        "first_registered": day("2012-12-01"),
        "first_value": 54_117,
    }


@pytest.mark.parametrize("kept", [["D1", "D2"], ["D3", "D4"], ["D6"]])
def test_series_counted_in_one_way_has_no_break(kept):
    some = FIGURES[FIGURES["figure_id"].isin(kept)]
    series = frames.displaced_series(some, "2012-01-01", "2013-12-31")
    assert frames.registration_breaks(series).empty


def test_register_that_was_never_counted_before_has_no_break():
    late = FIGURES.copy()
    late.loc[late["registration"].eq("government_count"), "as_of_date"] = day("2013-06-01")
    series = frames.displaced_series(late, "2012-01-01", "2013-12-31")
    assert frames.registration_breaks(series).empty


def test_tables_given_are_left_as_they_were():
    before = FIGURES.copy(deep=True), EVENTS.copy(deep=True), YEAR.copy(deep=True)
    frames.displaced_series(FIGURES, "2012-01-01", "2013-12-31")
    frames.monthly_deaths(EVENTS, "2012-01", "2012-03")
    frames.towns_by_holder(YEAR, "2012-01-01", "2013-01-01")
    frames.losses(YEAR, "mli_gov", day("2012-04-06"))
    for table, as_it_was in zip((FIGURES, EVENTS, YEAR), before, strict=True):
        pd.testing.assert_frame_equal(table, as_it_was)
