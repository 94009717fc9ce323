"""Positions, outcomes, verdicts and readings: our coding, with its unknowns kept unknown."""

import re

import pytest

from casebook.authoring.checking.codings import period_of
from casebook.tables import load, resource


def gaps(name: str) -> str:
    return " ".join(resource(name)["known_gaps"])


@pytest.mark.parametrize("table", ["positions", "outcomes", "scorecard_verdicts", "readings"])
def test_description_says_whose_coding_it_is(table):
    entry = resource(table)
    fields = " ".join(field["description"] for field in entry["schema"]["fields"])
    assert re.search(r"\b[Oo]ur (coding|verdict)", entry["description"] + fields)


def test_eleven_actors_have_a_row_on_every_issue():
    positions = load("positions")
    cells = positions.groupby(["actor_id", "issue"]).size()
    assert len(cells) == 55
    assert positions["actor_id"].nunique() == 11


def test_unknown_positions_are_empty_and_as_many_as_stated():
    positions = load("positions")
    unknown = positions[positions["value"].isna()]
    assert f"{len(unknown)} of 55 cells are unknown" in gaps("positions")
    assert set(unknown["value_label"]) == {"unknown"}
    assert (unknown["date"] == "").all()


def test_day_of_the_agreement_counts_as_after_it():
    assert period_of("2013-06-17") == "before_agreement"
    assert period_of("2013-06-18") == "from_agreement"
    assert period_of("2013-07") == "from_agreement"


def test_signatories_move_on_the_day_of_the_agreement():
    positions = load("positions").query("date == '2013-06-18'")
    assert set(positions["actor_id"]) == {"mli_gov", "mnla", "bfa_gov"}
    assert set(positions["period"]) == {"from_agreement"}


def test_sets_of_recommendations_are_told_apart():
    sets = load("recommendations").groupby("set").size().to_dict()
    assert sets == {"S": 19, "R": 12, "F": 6}


def test_every_recommendation_has_the_outcomes_the_compilation_states():
    counts = load("outcomes").groupby("rec_id").size()
    assert set(counts.index) == set(load("recommendations")["rec_id"])
    assert (counts.min(), counts.max()) == (3, 9)


def test_statement_is_judged_at_four_dates():
    verdicts = load("scorecard_verdicts")
    assert len(verdicts) == 19 * 4
    assert verdicts["rec_id"].nunique() == 19


def test_dates_in_a_reason_are_those_of_its_events():
    events = load("events").set_index("event_id")
    months = "January February March April May June July August September October November December"
    number = {month: index for index, month in enumerate(months.split(), start=1)}
    for _, row in load("scorecard_verdicts").iterrows():
        cited = {events.loc[event, "date"] for event in row["event_ids"].split(";") if event}
        for day, month, year in re.findall(
            rf"(\d{{1,2}}) ({'|'.join(number)}) (\d{{4}})\)", row["reason"]
        ):
            told = f"{year}-{number[month]:02d}-{int(day):02d}"
            assert told in {date.date().isoformat() for date in cited}, row["reason"]


def test_readings_are_those_of_the_register():
    assert len(load("readings")) == 61
    assert set(load("readings")["source_id"]) <= set(load("sources")["source_id"])


def test_twelve_disagreements_have_two_positions_or_more():
    sizes = load("debates").groupby("debate_id").size()
    assert len(sizes) == 12
    assert sizes.min() >= 2
