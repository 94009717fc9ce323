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


def test_every_actor_has_a_row_on_every_issue():
    positions = load("positions")
    issues = set(load("positions_scale")["issue"])
    for actor, own in positions.groupby("actor_id"):
        missing = sorted(issues - set(own["issue"]))
        assert not missing, (
            f"positions.csv: {actor} needs a row on {', '.join(missing)} too; where no source "
            "tells, write value_label unknown and leave value, date and confidence empty"
        )


def test_unknown_positions_are_empty_and_as_many_as_stated():
    positions = load("positions")
    unknown = positions[positions["value"].isna()]
    cells = len(positions.drop_duplicates(["actor_id", "issue"]))
    told = f"{len(unknown)} of {cells} cells are unknown"
    assert told in gaps("positions"), (
        f"data/datapackage.json, known_gaps of positions: by its rows, write there: {told}"
    )
    assert set(unknown["value_label"]) == {"unknown"}
    assert (unknown["date"] == "").all()


def test_day_of_the_agreement_counts_as_after_it():
    assert period_of("2013-06-17") == "before_agreement"
    assert period_of("2013-06-18") == "from_agreement"
    assert period_of("2013-07") == "from_agreement"


def test_signatories_move_on_the_day_of_the_agreement():
    positions = load("positions").query("date == '2013-06-18'")
    assert {"mli_gov", "mnla", "bfa_gov"} <= set(positions["actor_id"])
    assert set(positions["period"]) == {"from_agreement"}


def test_every_recommendation_has_an_outcome():
    silent = set(load("recommendations")["rec_id"]) - set(load("outcomes")["rec_id"])
    assert not silent, f"outcomes.csv needs a row for {', '.join(sorted(silent))}"


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


def test_every_disagreement_has_two_positions_or_more():
    sizes = load("debates").groupby("debate_id").size()
    alone = ", ".join(sizes[sizes < 2].index)
    assert not alone, f"debates.csv: {alone} needs a second position"
