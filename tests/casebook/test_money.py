"""The exhibits of the chapter on money: no index misread, no break crossed, no trend invented."""

import re

import pandas as pd
import pytest

from casebook import prose, style, tables
from casebook.analysis.indicators import COUNTRIES, NEIGHBOURS
from casebook.exhibits.money import corruption, forces

RANKS, TIME = "money.corruption_ranks", "money.corruption_through_time"
AID, ARMY = "money.aid", "money.army"


@pytest.fixture
def ranks(exhibit_from):
    return exhibit_from(RANKS)


@pytest.fixture
def through_time(exhibit_from):
    return exhibit_from(TIME)


# --- Places -------------------------------------------------------------------------------------


def test_reader_may_choose_any_measure_and_any_country(ranks):
    measures, among = (dict(control.options) for control in ranks.controls)
    assert set(measures) == {"overview", *corruption.MEASURES}
    assert set(among) == {"all", "neighbours", *COUNTRIES} - {"MLI"}


@pytest.mark.parametrize("key", corruption.MEASURES)
def test_further_right_is_less_corrupt_on_every_measure(ranks, rows, key):
    (meaning,) = [r["higher_means"] for r in rows("indicators") if r["indicator_id"] == key]
    layout = ranks.states[f"{key}|all"].layout
    left, right = layout["xaxis.range"]
    assert (left > right) == (meaning == "more corruption")
    assert meaning.endswith("corruption")
    assert meaning.split()[0] in ("more", "less")
    assert "further right = less corrupt" in layout["xaxis.title.text"]
    assert ("axis turned round" in layout["xaxis.title.text"]) == (left > right)
    good = "lower" if meaning == "more corruption" else "higher"
    assert f"{good} = further right" in layout["xaxis.title.text"]
    # A longer line is cut on a phone.
    assert all(len(line) <= 40 for line in layout["xaxis.title.text"].split("<br>"))
    best_above = layout["yaxis.categoryarray"][::-1]
    values = dict(drawn(ranks, key, "all"))
    ordered = [values[name] for name in best_above]
    assert ordered == sorted(ordered, reverse=left < right)


def drawn(exhibit, key: str, group: str) -> list[tuple[str, float]]:
    """Return every dot of a setting: its row and its place on the level axis."""
    traces = exhibit.states[f"{key}|{group}"].traces.values()
    return [dot for trace in traces for dot in zip(trace["y"], trace["x"], strict=True)]


def test_every_value_of_the_table_is_drawn_unaltered(ranks, rows):
    expected = {
        COUNTRIES[row["subject"]]: float(row["value"])
        for row in rows("quoted_figures")
        if row["indicator"] == "ti_cpi_0_10" and row["period"] == "2011"
    }
    assert dict(drawn(ranks, "ti_cpi_0_10", "all")) == expected
    wgi = {
        COUNTRIES[row["iso3"]]: float(row["percentile_rank"])
        for row in rows("governance_indicators")
        if row["dimension"] == "wgi_cc" and row["year"] == "2011"
    }
    assert dict(drawn(ranks, "wgi_cc", "all")) == wgi


def test_published_bounds_are_drawn_not_standard_errors(ranks, rows):
    (row,) = [
        r
        for r in rows("governance_indicators")
        if (r["dimension"], r["iso3"], r["year"]) == ("wgi_cc", "MLI", "2011")
    ]
    mali = ranks.states["wgi_cc|all"].traces[1]
    bounds = mali["x"][0] - mali["error_x.arrayminus"][0], mali["x"][0] + mali["error_x.array"][0]
    expected = float(row["percentile_rank_low"]), float(row["percentile_rank_high"])
    assert bounds == pytest.approx(expected)


def test_measure_without_intervals_is_drawn_open(ranks):
    for key, measure in corruption.MEASURES.items():
        for trace in ranks.states[f"{key}|all"].traces.values():
            symbol = "circle" if measure.interval else "circle-open"
            assert set(trace["marker.symbol"]) == {symbol}, key
            assert any(length is None for length in trace["error_x.array"]) != bool(
                measure.interval
            )


def test_chosen_countries_alone_are_drawn(ranks):
    assert {name for name, _ in drawn(ranks, "v2x_corr", "NER")} == {"Mali", "Niger"}
    neighbours = {COUNTRIES[iso3] for iso3 in (*NEIGHBOURS, "MLI")}
    assert {name for name, _ in drawn(ranks, "wgi_cc", "neighbours")} == neighbours


def test_country_without_a_value_is_said_to_have_none(ranks):
    assert "Algeria has no value" in ranks.states["IQ.CPA.TRAN.XQ|DZA"].readout
    assert "CPIA rating: no value for Algeria" in ranks.states["overview|DZA"].readout


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("v2x_corr|all", "11th of 14, counted from the least corrupt"),
        ("v2x_corr|all", "Guinea, Libya and Mauritania: any place from 9th to 12th is open"),
        ("wgi_cc|all", "any place from 2nd to 11th is open"),
        ("IQ.CPA.TRAN.XQ|all", "shares these places with Benin, Burkina Faso and Senegal"),
        ("v2x_corr|NER", "Mali is rated more corrupt, and the intervals do not overlap"),
        ("wgi_cc|NER", "which is more corrupt is not settled"),
        ("v2x_corr|TCD", "Mali is rated less corrupt, and the intervals do not overlap"),
        ("v2exbribe|SEN", "Mali is rated more corrupt; the copy we read has no intervals"),
        ("IQ.CPA.TRAN.XQ|SEN", "The two are rated alike"),
        ("ti_cpi_0_100|all", "in 2012"),
    ],
)
def test_readout_says_place_overlap_and_doubt(ranks, state, said):
    readout = ranks.states[state].readout
    assert said.replace("in 2012", "new method, 2012") in readout


def test_overview_holds_measures_of_one_year_only(ranks):
    assert {corruption.MEASURES[key].year for key in corruption.OF_THE_YEAR} == {2011}
    assert len(corruption.OF_THE_YEAR) == 5
    assert corruption.MEASURES["ti_cpi_0_100"].row not in {
        y for y, _ in drawn(ranks, "overview", "all")
    }


def test_overview_draws_the_places_that_are_open(ranks):
    mali = ranks.states["overview|all"].traces[1]
    found = {
        row: (x - (less or 0), x + (more or 0))
        for row, x, less, more in zip(
            mali["y"], mali["x"], mali["error_x.arrayminus"], mali["error_x.array"], strict=True
        )
    }
    assert found[corruption.MEASURES["v2x_corr"].row] == (9, 12)
    assert found[corruption.MEASURES["wgi_cc"].row] == (2, 11)
    assert found[corruption.MEASURES["IQ.CPA.TRAN.XQ"].row] == (2, 5), "shared places"
    assert found[corruption.MEASURES["ti_cpi_0_10"].row] == (6, 6)


def test_places_are_told_again_for_the_countries_all_measures_cover(ranks, rows):
    key = corruption.OF_THE_YEAR[0]
    rated = {
        row["iso3"]
        for row in rows("world_bank_indicators")
        if row["indicator_id"] == "IQ.CPA.TRAN.XQ" and row["year"] == "2011"
    }
    vdem = {
        row["iso3"]: float(row["value"])
        for row in rows("vdem_indicators")
        if row["indicator_id"] == key and row["year"] == "2011" and row["iso3"] in rated
    }
    place = prose.ordinal(1 + sum(value < vdem["MLI"] for value in vdem.values()))
    assert "Not every measure covers Algeria and Libya" in ranks.caption
    assert f"are {place}, " in ranks.caption
    assert f"of {len(rated)}." in ranks.caption


def test_cpia_is_said_to_judge_more_than_corruption(ranks, through_time, rows):
    (title,) = [r["title"] for r in rows("indicators") if r["indicator_id"] == "IQ.CPA.TRAN.XQ"]
    assert title.startswith("Transparency, accountability and corruption")
    assert "transparency and accountability together with corruption" in ranks.caption
    assert "transparency" in corruption.MEASURES["IQ.CPA.TRAN.XQ"].row
    assert any("transparency" in a.text for a in through_time.figure.layout.annotations)


def test_intervals_are_said_to_hold_what_the_dictionary_says(rows):
    notes = {row["indicator_id"]: row["note"] for row in rows("indicators")}
    for key in ("v2x_corr", "wgi_cc"):
        assert corruption.MEASURES[key].interval in notes[key]


def test_changed_value_changes_the_words(exhibit_from):
    vdem = tables.load("vdem_indicators")
    best = vdem["indicator_id"].eq("v2exbribe") & vdem["iso3"].eq("MLI") & vdem["year"].eq(2011)
    vdem.loc[best, "value"] = 9.0
    changed = exhibit_from(RANKS, vdem_indicators=vdem)
    assert re.findall(r"\b\d+(?:st|nd|rd|th)\b", changed.title) == ["11th", "1st"]


# --- Through time -------------------------------------------------------------------------------


def segments(trace) -> list[list[int]]:
    """Return the years that a line joins, stretch by stretch."""
    found: list[list[int]] = [[]]
    for year in trace.x:
        if year is None:
            found.append([])
        else:
            found[-1].append(int(year))
    return [stretch for stretch in found if stretch]


def test_no_line_crosses_a_missing_year_or_a_change_of_method(through_time):
    for key, state in through_time.states.items():
        for trace in state.apply(through_time.figure).data:
            for stretch in segments(trace):
                assert stretch == list(range(stretch[0], stretch[-1] + 1)), key
                if trace.meta["panel"] == "ti_cpi_0_10":
                    assert len(stretch) == 1, "no two years of the old method compare"
    methods = {"ti_cpi_0_10": (1990, 2011), "ti_cpi_0_100": (2012, 2030)}
    for trace in through_time.figure.data:
        first, last = methods.get(trace.meta["panel"], (1990, 2030))
        assert all(first <= year <= last for year in trace.x if year is not None)


def test_wgi_has_no_years_that_nobody_measured(through_time):
    for trace in through_time.figure.data:
        if trace.meta["panel"] == "wgi_cc":
            assert not {1997, 1999, 2001} & set(trace.x)


def test_up_is_less_corrupt_in_every_panel(through_time):
    axes = {
        trace.meta["panel"]: trace.yaxis.replace("y", "yaxis") for trace in through_time.figure.data
    }
    for panel, axis in axes.items():
        low, high = through_time.figure.layout[axis].range
        assert (low > high) == (panel == "v2x_corr")


def test_panels_name_one_edition_each(through_time, rows):
    editions = {}
    for row in rows("vdem_indicators"):
        editions.setdefault(row["indicator_id"], set()).add(row["vintage"])
    assert editions["v2x_corr"] == {"v13"}
    assert editions["v2exbribe"] == {"v12"}
    assert "political corruption v13, bribery v12" in through_time.source


def test_choice_of_a_country_leaves_mali_as_it_is(through_time):
    def mali(figure):
        return [list(t.y) for t in figure.data if t.meta["series"] == "mali"]

    for state in through_time.states.values():
        assert mali(state.apply(through_time.figure)) == mali(through_time.figure)
    chad = through_time.states["TCD"].apply(through_time.figure)
    (vdem,) = [t for t in chad.data if t.meta == {"panel": "v2x_corr", "series": "other"}]
    assert vdem.y[list(vdem.x).index(2011)] == 0.961


def test_picture_itself_names_the_country_compared(through_time):
    for iso3, state in through_time.states.items():
        drawn = state.apply(through_time.figure)
        assert f"compared: {COUNTRIES[iso3]}" in {a.text for a in drawn.layout.annotations}


def test_title_says_which_measures_moved_which_way(exhibit_from, through_time):
    assert re.search(r"V-Dem .*less.*WGI and CPIA more.*intervals of WGI", through_time.title)
    bank = tables.load("world_bank_indicators")
    rating = bank["indicator_id"].eq("IQ.CPA.TRAN.XQ") & bank["iso3"].eq("MLI")
    bank.loc[rating & bank["year"].eq(2013), "value"] = 4.0
    changed = exhibit_from(TIME, world_bank_indicators=bank)
    assert "V-Dem and CPIA rates Mali less corrupt" not in changed.title
    assert re.search(r"V-Dem and CPIA .*less.*WGI more", changed.title)


def test_title_drops_its_doubt_where_intervals_lie_apart(exhibit_from):
    wgi = tables.load("governance_indicators")
    row = wgi["dimension"].eq("wgi_cc") & wgi["iso3"].eq("MLI") & wgi["year"].eq(2013)
    wgi.loc[row, "percentile_rank_high"] = 19.0
    assert "overlap" not in exhibit_from(TIME, governance_indicators=wgi).title


def test_table_holds_every_reading_once(through_time, rows):
    data = through_time.data
    assert not data.duplicated(["Country", "Year"]).any()
    (mali,) = data[data["Country"].eq("Mali") & data["Year"].eq(2011)].to_dict("records")
    assert (mali["V-Dem low"], mali["V-Dem political corruption"]) == (0.837, 0.863)
    assert pd.isna(mali["CPI by its new method"])
    readings = sum(row["dimension"] == "wgi_cc" for row in rows("governance_indicators"))
    assert data["WGI control of corruption"].notna().sum() == readings


# --- Aid ----------------------------------------------------------------------------------------


def test_donors_add_up_to_the_total_and_the_total_is_no_bar(exhibit_from, rows):
    exhibit = exhibit_from(AID)
    total = {
        int(r["year"]): float(r["net_aid"])
        for r in rows("aid_by_donor")
        if r["donor_id"] == "DAC_TOTAL"
    }
    figure = exhibit.drawn()
    stacked = [trace for trace in figure.data if trace.visible]
    assert {trace.meta["series"] for trace in stacked} == {"FRA", "USA", "DAC_OTHER"}
    for year, amount in total.items():
        parts = [t.y[list(t.x).index(year)] for t in stacked]
        assert sum(parts) == pytest.approx(amount, abs=0.02)


def test_constant_prices_never_stand_beside_current_ones(exhibit_from):
    exhibit = exhibit_from(AID)
    for key, state in exhibit.states.items():
        shown = {t.meta["series"] for t in state.apply(exhibit.figure).data if t.visible}
        assert shown == ({"ALL"} if key == "ALL" else shown - {"ALL"})
        assert ("constant" in state.layout["yaxis.title.text"]) == (key == "ALL")


def test_words_on_aid_follow_the_table_and_name_no_cause(exhibit_from):
    aid = tables.load("aid_by_donor")
    usa = aid["donor_id"].eq("USA") & aid["year"].eq(2012)
    aid.loc[usa, "net_aid"] = 1.0
    changed = exhibit_from(AID, aid_by_donor=aid)
    assert "France and the United States gave less" in changed.summary
    assert " more" not in changed.summary
    said = " ".join([changed.title, changed.summary, changed.caption])
    assert not re.search(r"because|caused|led to|in response", said)


def test_title_says_which_way_aid_went(exhibit_from, rows):
    total = {
        r["year"]: float(r["net_aid"]) for r in rows("aid_by_donor") if r["donor_id"] == "DAC_TOTAL"
    }
    before, coup, after = (prose.number(total[year]) for year in ("2011", "2012", "2013"))
    assert re.search(
        rf"fell from {before}\b.* to {coup}\b.*rose to {after}\b", exhibit_from(AID).title
    )
    aid = tables.load("aid_by_donor")
    aid.loc[aid["donor_id"].eq("DAC_TOTAL") & aid["year"].eq(2012), "net_aid"] = 950.0
    assert "rose from" in exhibit_from(AID, aid_by_donor=aid).title


# --- Audits, cases ------------------------------------------------------------------------------


def test_years_without_a_total_stand_as_gaps(exhibit_from, rows):
    shown = exhibit_from("money.auditor_general").data
    years = [int(row["report_year"]) for row in rows("auditor_general")]
    named = set()
    for label in shown["Report"]:
        first, *rest = map(int, label.split(" to "))
        named |= set(range(first, (rest or [first])[0] + 1))
    assert named == set(range(min(years), max(years) + 1))
    gaps = shown[shown["Scope and remarks, as read"].eq("no total found")]
    assert {"2007", "2010 to 2012", "2016 to 2018"} <= set(gaps["Report"])
    assert set(gaps["Sum found, billion CFA francs"]) == {"unknown"}


def test_sums_are_written_as_their_sources_state_them(exhibit_from):
    shown = exhibit_from("money.auditor_general").data.set_index("Report")
    sums = shown["Sum found, billion CFA francs"]
    assert (sums["2005"], sums["2008"], sums["2013"]) == ("at least 15", "just under 98", "80.2")


def test_every_step_of_the_case_is_told_with_its_source(exhibit_from, rows):
    shown = exhibit_from("money.cases").data
    assert list(shown["What happened"]) == [row["event"] for row in rows("corruption_cases")]
    assert shown["Read in"].ne("").all()


def test_title_names_both_records_of_the_table(exhibit_from):
    exhibit = exhibit_from("money.cases")
    assert exhibit.data["What happened"].str.contains("Auditor General").sum() == 1
    assert "Global Fund" in exhibit.title
    assert "Auditor General" in exhibit.title


# --- The army -----------------------------------------------------------------------------------


def test_counts_of_soldiers_are_never_joined(exhibit_from, rows):
    figure = exhibit_from(ARMY).figure
    for trace in figure.data:
        if trace.meta["panel"] == forces.FORCES:
            assert all(len(stretch) == 1 for stretch in segments(trace))
    (spending,) = [t for t in figure.data if t.meta["panel"] == forces.SPENDING and len(t.x)]
    assert segments(spending) == [list(range(2000, 2025))]
    quoted = {
        (int(r["period"]), float(r["value"]))
        for r in rows("quoted_figures")
        if r["indicator"] == forces.SPENDING and r["subject"] == "MLI"
    }
    assert set(zip(spending.x, spending.y, strict=True)) == quoted


def test_breaks_of_the_count_are_those_the_dictionary_names(rows):
    (named,) = [r["breaks"] for r in rows("indicators") if r["indicator_id"] == forces.FORCES]
    years = {int(year) for year in re.findall(r"in (\d{4})", named)}
    assert {year for gap in forces.COUNTED_ANEW for year in gap} == years


def test_inference_on_the_army_is_made_only_if_the_parts_add_up(exhibit_from):
    assert "is our inference" in exhibit_from(ARMY).summary
    assert "seems to have changed" in exhibit_from(ARMY).title
    counts = tables.load("army_and_external_support")
    counts.loc[counts["figure_id"].eq("M007"), "value"] = 60
    changed = exhibit_from(ARMY, army_and_external_support=counts)
    assert "inference" not in changed.summary
    assert "navy 60" in changed.summary


def test_mark_says_how_a_count_is_stated(exhibit_from, rows):
    figure = exhibit_from(ARMY).figure
    (alone,) = [t for t in figure.data if t.meta["series"] == "army" and len(t.x)]
    drawn = {v: s for v, s in zip(alone.y, alone.marker.symbol, strict=True) if v is not None}
    for row in rows("army_and_external_support"):
        if row["indicator"] == "army_personnel":
            assert drawn[float(row["value"])] == forces.ARMY_MARKS[row["qualifier"]]


def test_donors_have_colours_of_their_own(exhibit_from):
    figure = exhibit_from(AID).figure
    colours = {trace.meta["series"]: trace.marker.color for trace in figure.data}
    assert colours == {name: token.light for name, token in style.DONORS.items()}


def test_title_of_the_army_gives_both_counts(exhibit_from, rows):
    quoted = {r["figure_id"]: float(r["value"]) for r in rows("quoted_figures")}
    for year in (2011, 2012):
        amount = prose.number(quoted[f"armed-forces-mli-{year}"])
        assert f"{amount} in {year}" in exhibit_from(ARMY).title


def test_prices_and_prices_of_a_base_year_are_different_columns(exhibit_from):
    data = exhibit_from(AID).data
    assert data.loc[data["Year"].gt(2018), "France"].isna().all()
    assert pd.notna(data["All donors, constant prices (another series)"]).all()
