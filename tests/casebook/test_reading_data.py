"""The page on reading data: its figure, its facts, and what its prose says of the tables."""

import re
from collections import Counter

import pytest

from casebook import facts, prose, tables

REGISTER = "reading_data.register"
WAYS = ("government_count", "individual_registration")


@pytest.fixture
def register(exhibit_from):
    return exhibit_from(REGISTER)


@pytest.fixture
def refugees(rows):
    return [
        row
        for row in rows("displacement_figures")
        if row["indicator"] == "refugees" and row["area"] == "MRT"
    ]


def test_every_figure_of_the_register_is_drawn_by_how_people_were_counted(register, refugees):
    drawn = {
        (trace.meta["method"], day, value)
        for trace in register.figure.data
        for day, value in zip(trace.x, trace.y, strict=True)
    }
    assert drawn == {
        (row["registration"], row["as_of_date"], int(row["persons"]))
        for row in refugees
        if row["as_of_date"] <= "2013-04-01"
    }
    assert {trace.meta["method"] for trace in register.figure.data} == set(WAYS)


def test_box_spans_the_figures_between_which_no_line_runs(register):
    (box,) = register.figure.layout.shapes
    assert (box.x0, box.y0) == ("2012-11-01", facts.persons("D042"))
    assert (box.x1, box.y1) == ("2012-12-01", facts.persons("D051"))


def test_title_names_the_last_figure_before_and_the_first_after(register):
    before, after = (prose.number(facts.persons(figure)) for figure in ("D042", "D051"))
    assert f"from {before} to {after}:" in register.title


def test_fall_is_never_called_a_return(register):
    said = [register.title, register.summary, *(s.readout for s in register.states.values())]
    assert not re.search(r"home|return|went", " ".join(said))


@pytest.mark.parametrize("way", WAYS)
def test_choice_of_a_way_of_counting_hides_the_other(register, way):
    drawn = register.states[way].apply(register.figure).data
    assert {trace.meta["method"] for trace in drawn if trace.visible} == {way}
    rows = [trace for trace in drawn if trace.visible]
    assert f"{rows[-1].y[-1]:,}" in register.states[way].readout


def test_changed_figure_changes_the_words(exhibit_from):
    figures = tables.load("displacement_figures")
    figures.loc[figures["figure_id"].eq("D051"), "persons"] = 81_715
    changed = exhibit_from(REGISTER, displacement_figures=figures)
    assert "to 81,715:" in changed.title
    assert changed.states["both"].readout.startswith(f"{facts.persons('D042') - 81_715:,} names")


# --- What the prose of the page says ------------------------------------------------------------


def test_the_two_figures_are_neighbours_and_counted_differently(refugees):
    autumn = [r for r in refugees if "2012-11-01" <= r["as_of_date"] <= "2012-12-01"]
    assert [row["figure_id"] for row in autumn] == ["D042", "D051"]
    assert [row["registration"] for row in autumn] == list(WAYS)
    assert "to be confirmed" in autumn[0]["note"]


def test_low_is_close_to_best_and_high_is_not(rows):
    sums = Counter()
    for row in rows("conflict_events"):
        if row["year"] == "2012":
            sums.update({e: int(row[f"deaths_{e}"]) for e in ("low", "best", "high")})
    assert sums["low"] > 0.95 * sums["best"]
    assert sums["high"] > 1.9 * sums["best"]


def test_in_2013_kayes_has_no_line_and_some_deaths_no_region(rows):
    deaths = Counter()
    for row in rows("conflict_events"):
        if row["year"] == "2013":
            deaths[row["region_id"]] += int(row["deaths_best"])
    assert "ML-1" not in deaths
    assert deaths[""] == facts.deaths("2013-01", "2013-12", region="none") > 0
