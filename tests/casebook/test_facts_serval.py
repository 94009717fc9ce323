"""Facts about the intervention, recomputed from the CSV files without pandas and the package."""

import itertools
import json
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from casebook import facts
from casebook.facts import UnknownFact

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def entries(rows):
    return rows("town_entries")


@pytest.mark.parametrize("force", ["serval", "mli_army", "tcd_army", "ner_army", "mnla"])
def test_towns_a_force_entered_are_counted_once_each(entries, force):
    towns = {row["place_id"] for row in entries if row["actor_id"] == force}
    assert facts.towns_entered(force) == len(towns) > 0


def test_towns_somebody_entered_are_all_towns_of_the_table(entries):
    assert facts.towns_entered() == len({row["place_id"] for row in entries}) > 10


@pytest.mark.parametrize("force", ["serval", "mli_army", "tcd_army"])
def test_towns_entered_in_a_region_lie_there(entries, rows, force):
    inside = {row["place_id"] for row in rows("places") if row["region_id"] == "ML-8"}
    towns = {row["place_id"] for row in entries if row["actor_id"] == force}
    assert facts.towns_entered(force, region="ML-8") == len(towns & inside)
    assert facts.towns_entered(region="ML-8") == len({r["place_id"] for r in entries} & inside)


def test_no_malian_soldier_is_named_in_the_kidal_region():
    """The page says so; a row that says otherwise must change the page."""
    assert facts.towns_entered("mli_army", region="ML-8") == 0


@pytest.mark.parametrize(
    ("ask", "hint"),
    [
        (lambda: facts.towns_entered("servals"), "near: serval"),
        (lambda: facts.towns_entered("serval", region="ML-88"), "near: ML-8"),
        (lambda: facts.towns_entered(region="ML-1"), "follows no town in ML-1"),
        (lambda: facts.held_again_from("gao", "mnlaa"), "near: mnla"),
        (lambda: facts.held_again_from("lere", "mli_gov"), "approximate_day"),
        (lambda: facts.changes_of_hands("menacka", "2013-01-01", "2013-04-30"), "near: menaka"),
        (lambda: facts.days_since("serval-begin", "2013-01-26"), "near: serval-begins"),
        (lambda: facts.north_edge("ML-88"), "near: ML-8"),
        (lambda: facts.side_deaths("c", 68020), "No side"),
        (lambda: facts.side_deaths("a", 68020, 30), "no event 30"),
    ],
)
def test_misspelt_question_is_refused_with_what_was_meant(ask, hint):
    with pytest.raises(UnknownFact, match=hint):
        ask()


@pytest.mark.parametrize("town", ["bourem", "gao", "timbuktu", "diabaly"])
def test_town_held_again_begins_with_the_last_spell(rows, town):
    starts = [
        row["start_date"]
        for row in rows("control")
        if (row["place_id"], row["controller"]) == (town, "mli_gov")
    ]
    assert len(starts) > 1
    assert facts.held_again_from(town, "mli_gov") == pd.Timestamp(max(starts))


@pytest.mark.parametrize("town", ["menaka", "diabaly", "gao", "mopti", "kidal"])
def test_changes_of_hands_are_days_with_another_holder_than_before(rows, town):
    spells = sorted(
        (row for row in rows("control") if row["place_id"] == town),
        key=lambda row: row["start_date"],
    )
    changes = [
        later["start_date"]
        for sooner, later in itertools.pairwise(spells)
        if sooner["controller"] != later["controller"]
    ]
    wanted = [day for day in changes if "2013-01-11" <= day <= "2013-04-30"]
    assert facts.changes_of_hands(town, "2013-01-11", "2013-04-30") == len(wanted)
    if changes:  # both ends count
        assert facts.changes_of_hands(town, changes[0], changes[0]) == 1


def test_days_since_an_event_are_calendar_days(rows):
    (begin,) = [row["date"] for row in rows("events") if row["event_id"] == "serval-begins"]
    expected = (date(2013, 2, 17) - date.fromisoformat(begin)).days
    assert facts.days_since("serval-begins", "2013-02-17") == expected
    assert facts.days_since("serval-begins", pd.Timestamp("2013-02-17")) == expected


def test_north_edge_is_the_highest_point_of_the_outline():
    text = (ROOT / "data/region_boundaries.geojson").read_text(encoding="utf-8")
    for feature in json.loads(text)["features"]:
        shape = feature["geometry"]
        polygons = shape["coordinates"]
        if shape["type"] == "Polygon":
            polygons = [polygons]
        highest = max(point[1] for polygon in polygons for ring in polygon for point in ring)
        assert facts.north_edge(feature["id"]) == highest
    assert facts.north_edge("ML-6") > facts.north_edge("ML-8")  # what the page says of C031


def test_northernmost_capital_is_the_one_of_the_highest_latitude(rows):
    capitals = {row["capital"] for row in rows("regions")}
    north = {
        row["name"]: float(row["latitude"]) for row in rows("places") if row["name"] in capitals
    }
    assert len(north) == len(capitals)
    assert facts.northernmost_capital() == max(north, key=north.get)


IFOGHAS = (68020, 68023, 68026)


@pytest.mark.parametrize("side", ["a", "b"])
def test_dead_of_a_side_are_added_up_over_the_events(rows, side):
    parts = [row for row in rows("conflict_events") if int(row["id"]) in IFOGHAS]
    assert len(parts) == len(IFOGHAS)
    expected = sum(int(row[f"deaths_side_{side}"]) for row in parts)
    assert facts.side_deaths(side, *IFOGHAS) == expected > 0
    assert facts.side_deaths(side, 68020) < expected


def test_ucdp_takes_the_higher_count_of_the_fight_in_the_ifoghas_without_an_interval(rows):
    """The page says so; another release of UCDP must change the page."""
    (told,) = [
        row["disagreement"]
        for row in rows("events")
        if row["event_id"] == "chadian-losses-in-ifoghas"
    ]
    chadian, fighters = ([int(n) for n in re.findall(r"\d+", part)] for part in told.split(";"))
    assert facts.side_deaths("a", *IFOGHAS) == max(chadian)
    assert facts.side_deaths("b", *IFOGHAS) == max(fighters)
    for event in IFOGHAS:
        low, best, high = (facts.event_deaths(event, e) for e in ("low", "best", "high"))
        assert low == best == high


def test_no_fight_of_the_state_is_recorded_in_the_second_half_of_2012(rows):
    """What the page and the reason for C008 compare April 2013 with."""
    fights = [
        row
        for row in rows("conflict_events")
        if row["violence_type"] == "state_based" and "2012-07" <= row["date_start"][:7] <= "2012-12"
    ]
    assert sum(int(row["deaths_best"]) for row in fights) == 0
    assert facts.deaths("2012-07", "2012-12", kind="state_based") == 0
