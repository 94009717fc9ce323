"""The landing page's map and the crisis in one chart: true to the tables, and to their changes."""

import re

import pandas as pd
import pytest

from casebook import prose, style, tables
from casebook.exhibits.how_to_use import PHASES

LANDING = "landing.two_years"
CRISIS = "how_to_use.crisis_in_one_chart"


@pytest.fixture(scope="module")
def landing(exhibit_from):
    return exhibit_from(LANDING)


@pytest.fixture(scope="module")
def crisis(exhibit_from):
    return exhibit_from(CRISIS)


def held(rows, when: str, controller: str = "mli_gov") -> int:
    return sum(
        row["controller"] == controller and row["start_date"] <= when < row["end_date"]
        for row in rows("control")
    )


# --- The landing page ---------------------------------------------------------------------------


def test_title_counts_the_towns_before_and_after(landing, rows):
    towns = len({row["place_id"] for row in rows("control")})
    before, after = held(rows, "2013-01-01"), held(rows, "2013-03-01")
    assert landing.title == (
        f"On {prose.day('2013-01-01')} the state held {prose.words(before)} of {towns} towns; "
        f"two months later, {prose.words(after)}"
    )


def test_towns_have_the_colour_of_their_holder_even_when_one_is_not_known(landing, rows):
    places = {row["place_id"]: row["name"] for row in rows("places")}
    position = next(i for i, trace in enumerate(landing.figure.data) if trace.name == "towns")
    names = landing.figure.data[position].text
    gaps = 0
    for key, state in landing.states.items():
        drawn = dict(zip(names, state.traces[position]["marker.color"], strict=True))
        expected = dict.fromkeys(drawn, style.colour("muted")) | {
            places[row["place_id"]]: style.actor_colour(row["controller"])
            for row in rows("control")
            if row["start_date"] <= key < row["end_date"]
        }
        assert drawn == expected, key
        unknown = [town for town, colour in drawn.items() if colour == style.colour("muted")]
        symbols = dict(zip(names, state.traces[position]["marker.symbol"], strict=True))
        assert all(symbols[town] == "x-thin-open" for town in unknown)
        assert all(town in state.readout for town in unknown)
        gaps += len(unknown)
    assert gaps  # Aguelhok after April 2013


def test_unknown_holder_is_nobodys_town_in_the_table(landing):
    counts = landing.data.drop(columns="Day")
    assert set(counts.sum(axis=1)) == {15}
    assert counts["Holder not known"].max() == 1


def test_summary_follows_the_table(landing, rows):
    for when in ("2012-01-01", "2012-05-01", "2013-01-01", "2013-03-01", "2013-12-01"):
        assert f"{held(rows, when)} on {prose.day(when)}" in landing.summary


def test_dropped_town_changes_the_landing_page(exhibit_from, rows):
    control = tables.load("control")
    fewer = exhibit_from(LANDING, control=control[control["place_id"].ne("mopti")])
    before, after = (prose.words(held(rows, f"2013-0{month}-01") - 1) for month in (1, 3))
    assert f"held {before} of 14 towns; two months later, {after}" in fewer.title


# --- The crisis in one chart --------------------------------------------------------------------


def test_title_counts_losses_deaths_and_the_peak(crisis, rows):
    end = "2012-12-30"
    lost = len({row["place_id"] for row in rows("control")}) - held(rows, end)
    deaths = {
        year: sum(
            int(row["deaths_best"])
            for row in rows("conflict_events")
            if row["date_start"].startswith(year)
        )
        for year in ("2012", "2013")
    }
    worst = max(deaths, key=deaths.get)
    peak = max(
        (
            row
            for row in rows("displacement_figures")
            if row["indicator"] == "idps" and not row["region"] and row["as_of_date"] < "2014"
        ),
        key=lambda row: int(row["persons"]),
    )
    assert f"lost {prose.words(lost)} of" in crisis.title
    share = prose.percent(deaths[worst] / sum(deaths.values()))
    assert f"{share} of both years' recorded deaths came in {worst}" in crisis.title
    assert crisis.title.endswith(f"displacement in {prose.month(peak['as_of_date'])}")
    assert f"{int(peak['persons']):,}" in crisis.summary


def test_phases_are_those_of_the_event_table(rows):
    for key, (_, first, last) in PHASES.items():
        if key == "all":
            continue
        for row in rows("events"):
            assert (row["phase"] == key) == (first <= row["date"] < last), row["event_id"]


def test_phases_cover_both_years_without_a_gap():
    _, first, last = PHASES["all"]
    bounds = [(start, end) for key, (_, start, end) in PHASES.items() if key != "all"]
    assert bounds[0][0] == first
    assert bounds[-1][1] == last
    assert [end for _, end in bounds[:-1]] == [start for start, _ in bounds[1:]]


@pytest.mark.parametrize("phase", PHASES)
def test_readout_of_a_phase_counts_its_own_time(crisis, rows, phase):
    _, first, last = PHASES[phase]
    events = [row for row in rows("conflict_events") if first <= row["date_start"] < last]
    best, low, high = (
        sum(int(row[f"deaths_{estimate}"]) for row in events)
        for estimate in ("best", "low", "high")
    )
    readout = crisis.states[phase].readout
    assert f"Recorded deaths: {best:,} (low {low:,}, high {high:,})." in readout
    assert f"{held(rows, first)} at the start" in readout
    assert list(crisis.states[phase].layout["xaxis.range"]) == [first, last]


def test_phases_add_up_to_both_years(crisis):
    found = {
        key: int(re.search(r"deaths: ([\d,]+)", state.readout)[1].replace(",", ""))
        for key, state in crisis.states.items()
    }
    assert found.pop("all") == sum(found.values())


def test_table_of_the_chart_holds_every_month(crisis, rows):
    assert len(crisis.data) == 24
    assert crisis.data["Deaths, best"].sum() == sum(
        int(row["deaths_best"])
        for row in rows("conflict_events")
        if row["date_start"][:4] in ("2012", "2013")
    )


def test_changed_deaths_change_the_chart(exhibit_from):
    events = tables.load("conflict_events")
    january = events["date_start"].between("2012-01-01", "2012-01-31")
    events.loc[january, "deaths_best"] *= 10
    changed = exhibit_from(CRISIS, conflict_events=events)
    assert "recorded deaths came in 2012" in changed.title
    assert f"The deadliest month is {prose.month('2012-01-01')}, with 1,590" in changed.summary


def test_town_whose_holder_becomes_known_is_no_longer_missed(exhibit_from, crisis):
    control = tables.load("control")
    last = control["place_id"].eq("aguelhok") & control["controller"].eq("tcd_army")
    control.loc[last, "end_date"] = pd.Timestamp("2013-12-31")
    control.loc[last, "end_basis"] = "window_limit"
    assert "is then not known" in crisis.summary
    assert "not known" not in exhibit_from(CRISIS, control=control).summary
