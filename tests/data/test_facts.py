"""Numbers that the sources' own documentation states, found again in the tables."""

import pytest

from casebook.tables import load, resource


def gaps(name: str) -> str:
    return " ".join(resource(name)["known_gaps"])


@pytest.fixture(scope="module")
def control():
    return load("control")


@pytest.fixture(scope="module")
def deaths():
    return load("conflict_events")


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("actors", 52),
        ("relations", 51),
        ("places", 79),
        ("regions", 9),
        ("control", 59),
        ("conflict_events", 2120),
        ("conflict_deaths_yearly", 504),
        ("refugees_yearly", 1106),
        ("idps_and_returns_yearly", 25),
        ("claims", 81),
        ("forces", 86),
        ("forces_after_2013", 14),
        ("army_and_external_support", 32),
        ("un_resolutions", 7),
        ("governance_indicators", 2100),
        ("aid_by_donor", 116),
        ("auditor_general", 8),
        ("corruption_cases", 5),
        ("positions", 60),
        ("positions_scale", 25),
        ("recommendations", 37),
        ("outcomes", 176),
        ("debates", 38),
        ("readings", 61),
    ],
)
def test_row_count_is_that_of_the_compilation(table, rows):
    assert len(load(table)) == rows


def test_stated_number_of_events_with_one_source():
    events = load("events")
    alone = ~events["source_ids"].str.contains(";")
    late = events["phase"] == "aftermath"
    wikipedia = alone & events["source_ids"].str.startswith("wiki_")
    told = (
        f"{(alone & ~late).sum()} events up to 2013 and {(alone & late).sum()} of the "
        f"{late.sum()} from 2014 rest on one source; {wikipedia.sum()} rest on Wikipedia alone"
    )
    assert told in gaps("events")


def test_every_slug_is_free_of_years():
    ids = load("events")["event_id"]
    resolutions = ids.str.startswith("resolution-")
    assert not ids[~resolutions].str.contains(r"(?:19|20)\d\d").any()
    assert ids.str.len().max() <= 45


def test_both_figures_of_a_disagreement_are_kept():
    figures = load("displacement_figures")
    day = figures[(figures["as_of_date"] == "2013-03-15") & (figures["area"] == "NEIGHBOURS")]
    assert sorted(day["persons"]) == [175211, 176777]


def test_registration_break_is_coded():
    figures = load("displacement_figures")
    mauritania = figures[(figures["area"] == "MRT") & (figures["indicator"] == "refugees")]
    coded = mauritania.set_index("as_of_date")["registration"]
    assert coded["2012-11-01"] == "government_count"
    assert coded["2012-12-01"] == "individual_registration"


def test_stated_shares_of_uncertain_control_dates(control):
    proxies = (control["start_basis"] == "regional_proxy").sum()
    approximate = (control["start_basis"] == "approximate_day").sum()
    assert f"{proxies} of {len(control)} spells start on a regional proxy" in gaps("control")
    assert f"{approximate} spells start on an approximate day" in gaps("control")


def test_control_covers_both_years_without_a_gap(control):
    for place, spells in control.groupby("place_id"):
        assert spells["start_date"].min().isoformat()[:10] == "2012-01-01", place
        assert (spells["start_date"].iloc[1:].values == spells["end_date"].iloc[:-1].values).all()


def test_stated_share_of_deaths_without_a_region(deaths):
    crisis = deaths[deaths["year"].isin([2012, 2013])]
    nowhere = crisis[crisis["region_id"] == ""]["deaths_best"].sum()
    told = f"{nowhere} of the {crisis['deaths_best'].sum():,} deaths of 2012-13"
    assert told in gaps("conflict_events")
    assert f"{(deaths['region_id'] == '').sum()} events have no region" in gaps("conflict_events")


def test_stated_share_of_events_that_span_months(deaths):
    crisis = deaths[deaths["year"].isin([2012, 2013]) & deaths["spans_months"]]
    told = f"{len(crisis)} events of 2012-13, with {crisis['deaths_best'].sum()} deaths"
    assert told in gaps("conflict_events")


def test_estimates_out_of_order_are_kept_as_published(deaths):
    low = (deaths["deaths_low"] > deaths["deaths_best"]).sum()
    high = (deaths["deaths_high"] < deaths["deaths_best"]).sum()
    told = f"In {low} rows the low estimate exceeds the best one and in {high} the high one"
    assert told in gaps("conflict_events")


def test_event_and_yearly_tables_agree_until_2015(deaths):
    yearly = load("conflict_deaths_yearly").query("iso3 == 'MLI'").set_index("year")
    events = deaths.groupby("year")["deaths_best"].sum()
    years = range(1990, 2016)
    assert events.reindex(years, fill_value=0).to_list() == (
        yearly.loc[list(years), "all_deaths_best"].to_list()
    )


def test_census_adds_up_to_the_published_totals():
    regions = load("regions")
    assert regions["population_2009"].sum() == 14_528_662
    assert regions["population_2009_provisional"].sum() == 14_517_176


def test_coup_is_dated_by_everyone_who_dates_it():
    dates = load("event_dates")
    coup = dates[dates["event_id"] == "mutiny-becomes-coup"].set_index("reported_by")
    assert coup.loc["Crisis Group statement", "reported_date"].day == 21
    assert (coup[coup["kind"] == "dataset"]["reported_date"].dt.day == 22).all()


def test_coup_lists_are_quoted_for_one_event_only():
    dates = load("event_dates")
    lists = dates["source_ids"].str.contains("powell2011|chin2021|peyton2023")
    assert set(dates[lists]["event_id"]) == {"mutiny-becomes-coup"}
    assert lists.sum() == 3


def test_claims_run_from_first_to_last():
    assert load("claims")["claim_id"].to_list() == [f"C{number:03d}" for number in range(1, 82)]
