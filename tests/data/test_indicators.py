"""Indicators, quotations, forces and money keep the traps their sources warn of."""

import pandas as pd
import pytest

from casebook.authoring.checking.estimates import QUOTED_AT_MOST
from casebook.tables import load, resource

COUNTRIES = {
    *("BEN", "BFA", "CIV", "DZA", "GHA", "GIN", "LBY", "MLI", "MRT", "NER", "NGA", "SEN", "TCD"),
    "TGO",
}


def gaps(name: str) -> str:
    return " ".join(resource(name)["known_gaps"])


@pytest.fixture(scope="module")
def dictionary() -> pd.DataFrame:
    return load("indicators").set_index("indicator_id")


@pytest.fixture(scope="module")
def vdem() -> pd.DataFrame:
    return load("vdem_indicators")


def test_every_indicator_has_values_in_the_table_it_names(dictionary):
    columns = {"governance_indicators": "dimension", "quoted_figures": "indicator"}
    for table, entries in dictionary.groupby("table"):
        column = columns.get(table, "indicator_id")
        odd = sorted(set(load(table)[column]) ^ set(entries.index))
        assert not odd, f"{', '.join(odd)}: write values in {table}.csv and a row in indicators.csv"


def test_share_alike_stands_alone(dictionary):
    licence = {name: resource(name)["licenses"][0]["name"] for name in set(dictionary["table"])}
    assert [name for name, word in licence.items() if word == "CC-BY-SA-4.0"] == ["vdem_indicators"]
    assert set(dictionary.query("table == 'vdem_indicators'")["licence"]) == {"CC BY-SA 4.0"}


def test_one_vintage_and_fourteen_countries_an_indicator(vdem):
    for indicator, values in vdem.groupby("indicator_id"):
        assert values["vintage"].nunique() == 1, indicator
        assert set(values["iso3"]) == COUNTRIES, indicator
        assert values["year"].min() == 1990, indicator


def test_intervals_stand_where_the_gaps_say(vdem):
    with_interval = set(vdem[vdem["low"].notna()]["indicator_id"])
    assert with_interval == {"v2x_corr", "v2x_polyarchy", "v2x_libdem"}
    assert "Intervals exist for v2x_corr, v2x_polyarchy and v2x_libdem only" in gaps(
        "vdem_indicators"
    )
    assert vdem[vdem["indicator_id"].isin(with_interval)]["low"].notna().all()


def test_measures_of_corruption_point_both_ways(dictionary):
    up = {i for i, row in dictionary.iterrows() if row["higher_means"] == "less corruption"}
    down = {i for i, row in dictionary.iterrows() if row["higher_means"] == "more corruption"}
    assert {"v2exbribe", "v2lgcrrpt", "v2jucorrdc", "wgi_cc", "IQ.CPA.TRAN.XQ"} <= up
    assert {"v2x_corr", "v2x_pubcorr", "v2x_execorr"} <= down
    assert set(dictionary.loc[sorted(up), "direction_good"]) == {"up"}
    assert set(dictionary.loc[sorted(down), "direction_good"]) == {"down"}


def test_mali_in_2011_is_fourth_worst_on_political_corruption(vdem):
    year = vdem[(vdem["indicator_id"] == "v2x_corr") & (vdem["year"] == 2011)]
    ranked = year.sort_values("value", ascending=False)["iso3"].to_list()
    assert ranked.index("MLI") == 3


def test_world_governance_indicators_skip_the_years_they_must():
    years = set(load("governance_indicators")["year"])
    assert not years & {1997, 1999, 2001}
    assert {1996, 1998, 2000, 2002, 2023} <= years


def test_quotations_are_few_and_cpi_keeps_its_break(dictionary):
    quoted = load("quoted_figures")
    assert quoted["publisher"].value_counts().max() <= QUOTED_AT_MOST
    cpi = quoted[quoted["publisher"] == "Transparency International"]
    old = cpi["period"].astype(int) <= 2011
    assert set(cpi[old]["indicator"]) == {"ti_cpi_0_10"}
    assert set(cpi[~old]["indicator"]) == {"ti_cpi_0_100"}
    assert set(cpi[cpi["period"] == "2011"]["subject"]) == COUNTRIES
    assert cpi[~old]["standard_error"].notna().all()
    assert dictionary.loc["ti_cpi_0_10", "scale_high"] == 10


def test_nothing_that_may_only_be_quoted_is_in_an_open_table(dictionary):
    quoted = set(dictionary.query("table == 'quoted_figures'").index)
    for name in ("vdem_indicators", "world_bank_indicators"):
        assert not quoted & set(load(name)["indicator_id"])


def test_aid_of_the_donors_adds_up_to_the_total():
    aid = load("aid_by_donor").pivot(index="year", columns="donor_id", values="net_aid")
    parts = aid[["FRA", "USA", "DAC_OTHER"]].sum(axis=1)
    assert (parts - aid["DAC_TOTAL"]).abs().max() < 0.011


def test_fraud_and_mismanagement_add_up_where_told_apart():
    told = load("auditor_general").dropna(subset=["fraud"])
    assert ((told["fraud"] + told["mismanagement"] - told["irregularities"]).abs() < 0.011).all()
    assert "Not a trend" in gaps("auditor_general")


def test_contributions_add_up_to_the_totals_the_compilation_states():
    forces = load("forces")
    each = forces[forces["contributor_iso3"] != ""]
    pledged = each[(each["force"] == "AFISMA") & (each["date"] == "2013-01-17")]
    assert pledged["personnel_min"].sum() == 3464, "the list of 17 January 2013 adds up to 3,464"
    mission = each[(each["force"] == "MINUSMA") & (each["date"] == "2013-09-01")]
    told = f"they add up to {mission['personnel_min'].sum():,}"
    assert told in gaps("forces"), (
        f"forces.csv: the UN's list of 1 September 2013 has its own total; {told} by the rows"
    )


def test_overlap_of_the_two_tables_of_forces_is_the_one_stated():
    early, late = (load(name).set_index("figure_id") for name in ("forces", "forces_after_2013"))
    assert early.loc["F086", "personnel_max"] == late.loc["L011", "personnel_max"] == 2500
    assert early.loc["F086", "source_ids"] == late.loc["L011", "source_ids"]
    assert early.loc["F068", "date_precision"] == "month"
