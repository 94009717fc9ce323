"""Numbers that the sources' own documentation states, found again in the tables."""

import pytest

from casebook.tables import load, resource


def assert_stated(told: str, table: str) -> None:
    """Hold what the known gaps of a table say of it against its rows."""
    assert told in " ".join(resource(table)["known_gaps"]), (
        f"data/datapackage.json, known_gaps of {table}: by its rows, write there: {told}"
    )


@pytest.fixture(scope="module")
def control():
    return load("control")


@pytest.fixture(scope="module")
def deaths():
    return load("conflict_events")


def test_both_figures_of_a_disagreement_are_kept():
    figures = load("displacement_figures")
    day = figures[(figures["as_of_date"] == "2013-03-15") & (figures["area"] == "NEIGHBOURS")]
    assert {175211, 176777} <= set(day["persons"])


def test_registration_break_is_coded():
    figures = load("displacement_figures")
    mauritania = figures[(figures["area"] == "MRT") & (figures["indicator"] == "refugees")]
    coded = mauritania.set_index("as_of_date")["registration"]
    assert coded["2012-11-01"] == "government_count"
    assert coded["2012-12-01"] == "individual_registration"


def test_stated_shares_of_uncertain_control_dates(control):
    proxies = (control["start_basis"] == "regional_proxy").sum()
    approximate = (control["start_basis"] == "approximate_day").sum()
    assert_stated(f"{proxies} of {len(control)} spells start on a regional proxy", "control")
    assert_stated(f"{approximate} spells start on an approximate day", "control")


def test_control_covers_both_years_without_a_gap(control):
    for place, spells in control.groupby("place_id"):
        assert spells["start_date"].min().isoformat()[:10] == "2012-01-01", place
        assert (spells["start_date"].iloc[1:].values == spells["end_date"].iloc[:-1].values).all()


def test_stated_share_of_deaths_without_a_region(deaths):
    crisis = deaths[deaths["year"].isin([2012, 2013])]
    nowhere = crisis[crisis["region_id"] == ""]["deaths_best"].sum()
    told = f"{nowhere} of the {crisis['deaths_best'].sum():,} deaths of 2012-13"
    assert_stated(told, "conflict_events")
    assert_stated(f"{(deaths['region_id'] == '').sum()} events have no region", "conflict_events")


def test_stated_share_of_events_that_span_months(deaths):
    crisis = deaths[deaths["year"].isin([2012, 2013]) & deaths["spans_months"]]
    told = f"{len(crisis)} events of 2012-13, with {crisis['deaths_best'].sum()} deaths"
    assert_stated(told, "conflict_events")


def test_estimates_out_of_order_are_kept_as_published(deaths):
    low = (deaths["deaths_low"] > deaths["deaths_best"]).sum()
    high = (deaths["deaths_high"] < deaths["deaths_best"]).sum()
    told = f"In {low} rows the low estimate exceeds the best one and in {high} the high one"
    assert_stated(told, "conflict_events")


def test_event_and_yearly_tables_agree_until_2015(deaths):
    yearly = load("conflict_deaths_yearly").query("iso3 == 'MLI'").set_index("year")
    events = deaths.groupby("year")["deaths_best"].sum()
    for year in range(1990, 2016):
        counted, published = events.get(year, 0), yearly.loc[year, "all_deaths_best"]
        assert counted == published, (
            f"conflict_events.csv holds {counted} deaths in {year}, UCDP publishes {published} "
            "(conflict_deaths_yearly.csv): compare both tables with the published files"
        )


def test_census_adds_up_to_the_published_totals():
    regions = load("regions")
    published = {"population_2009": 14_528_662, "population_2009_provisional": 14_517_176}
    for column, total in published.items():
        assert regions[column].sum() == total, f"{column} must add up to the census, {total:,}"


def test_coup_is_dated_by_everyone_who_dates_it():
    dates = load("event_dates")
    coup = dates[dates["event_id"] == "mutiny-becomes-coup"].set_index("reported_by")
    assert coup.loc["Crisis Group statement", "reported_date"].day == 21
    assert (coup[coup["kind"] == "dataset"]["reported_date"].dt.day == 22).all()


def test_coup_lists_are_quoted_for_one_event_only():
    dates = load("event_dates")
    lists = dates["source_ids"].str.contains("powell2011|chin2021|peyton2023")
    assert set(dates[lists]["event_id"]) == {"mutiny-becomes-coup"}
    assert dates[lists]["reported_by"].is_unique


def test_claims_are_numbered_without_a_gap():
    ids = load("claims")["claim_id"].to_list()
    wanted = [f"C{number:03d}" for number in range(1, len(ids) + 1)]
    assert ids == wanted, "number the claims of claims.csv from C001 on, without a gap"
