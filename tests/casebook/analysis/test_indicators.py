"""Places of countries: the same way round for all measures, no surer than their intervals."""

import math

import pandas as pd
import pytest

from casebook import tables
from casebook.analysis.indicators import COUNTRIES, NEIGHBOURS, joined, places, readings


def measured(*rows: tuple, direction: str = "up") -> pd.DataFrame:
    """Make readings of one measure in one year from (country, value, low, high)."""
    made = pd.DataFrame(rows, columns=["iso3", "value", "low", "high"])
    bounds = {c: made[c].astype(float) for c in ("low", "high")}
    return made.assign(indicator_id="x", year=2011, direction_good=direction, **bounds)


def by_country(frame: pd.DataFrame, *columns: str) -> dict:
    return {row["iso3"]: tuple(row[c] for c in columns) for row in frame.to_dict("records")}


FOUR = (("A", 10, 9, 11), ("B", 20, 15, 25), ("C", 24, 22, 26), ("D", 40, 39, 41))


@pytest.mark.parametrize(("direction", "best_first"), [("up", "DCBA"), ("down", "ABCD")])
def test_best_stands_first_whichever_way_the_measure_points(direction, best_first):
    assert "".join(places(measured(*FOUR, direction=direction))["iso3"]) == best_first


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        ("up", {"A": (4, 4), "B": (2, 3), "C": (2, 3), "D": (1, 1)}),
        ("down", {"A": (1, 1), "B": (2, 3), "C": (2, 3), "D": (4, 4)}),
    ],
)
def test_overlapping_intervals_leave_places_open(direction, expected):
    ranked = places(measured(*FOUR, direction=direction))
    assert by_country(ranked, "open_first", "open_last") == expected
    assert by_country(ranked, "overlaps")["B"] == (("C",),)


def test_intervals_that_touch_overlap():
    ranked = places(measured(("A", 1, 0, 2), ("B", 3, 2, 4)))
    assert by_country(ranked, "open_first", "open_last") == {"A": (1, 2), "B": (1, 2)}


def test_equal_values_share_their_places():
    ranked = places(
        measured(*((c, v, math.nan, math.nan) for c, v in zip("ABC", (3, 3, 2), strict=True)))
    )
    assert by_country(ranked, "first", "last", "open_first", "open_last") == {
        "A": (1, 2, 1, 2),
        "B": (1, 2, 1, 2),
        "C": (3, 3, 3, 3),
    }


def test_country_outside_of_the_comparison_counts_for_nothing():
    ranked = places(measured(*FOUR), among=["A", "D", "E"])
    assert by_country(ranked, "first", "of") == {"D": (1, 2), "A": (2, 2)}
    assert set(ranked["overlaps"]) == {()}


def test_places_refuse_what_cannot_be_ranked():
    two_years = pd.concat([measured(*FOUR), measured(*FOUR).assign(year=2012)])
    with pytest.raises(ValueError, match="one indicator in one year"):
        places(two_years)
    with pytest.raises(ValueError, match="no good direction"):
        places(measured(*FOUR, direction="none"))


@pytest.mark.parametrize(
    ("years", "span", "expected"),
    [
        ([2001, 2002, 2003], (1990, 2020), [False, True, True]),
        ([1998, 2000, 2001], (1990, 2020), [False, False, True]),
        ([2010, 2011, 2012], (2011, 2020), [False, False, True]),
        ([2010, 2011, 2012], (2000, 2011), [False, True, False]),
        ([2010, 2011], (pd.NA, pd.NA), [False, False]),
        ([], (1990, 2020), []),
    ],
)
def test_line_is_allowed_only_between_comparable_years_in_a_row(years, span, expected):
    assert joined(pd.Series(years, dtype="int64"), *span) == expected


@pytest.fixture(scope="module")
def every() -> pd.DataFrame:
    names = ("indicators", "vdem_indicators", "governance_indicators")
    return readings(
        *(tables.load(name) for name in (*names, "world_bank_indicators", "quoted_figures"))
    )


def test_each_indicator_has_one_edition_and_one_direction(every):
    ways = every.groupby("indicator_id")[["vintage", "direction_good"]].nunique()
    assert (ways == 1).to_numpy().all()


def test_no_reading_is_lost_on_the_way(every, rows):
    known = {row["indicator_id"] for row in rows("indicators")}
    held = (
        len(rows("vdem_indicators"))
        + len(rows("governance_indicators"))
        + len(rows("world_bank_indicators"))
        + sum(row["indicator"] in known for row in rows("quoted_figures"))
    )
    assert len(every) == held


def test_interval_holds_its_value(every):
    bounded = every[every["low"].notna()]
    assert len(bounded) > 1000
    corruption = bounded[bounded["indicator_id"].isin(["v2x_corr", "wgi_cc", "ti_cpi_0_100"])]
    assert corruption["value"].between(corruption["low"], corruption["high"]).all()


def test_bounds_of_the_new_cpi_are_ninety_per_cent_of_its_standard_error(every, rows):
    (row,) = [r for r in rows("quoted_figures") if r["figure_id"] == "cpi-mli-2012"]
    (found,) = every[
        every["indicator_id"].eq("ti_cpi_0_100") & every["iso3"].eq("MLI") & every["year"].eq(2012)
    ].itertuples()
    value, error = float(row["value"]), float(row["standard_error"])
    assert (found.low, found.high) == pytest.approx((value - 1.645 * error, value + 1.645 * error))


def test_countries_are_those_of_the_tables_under_the_names_of_the_maps(rows):
    for table in ("vdem_indicators", "governance_indicators"):
        assert {row["iso3"] for row in rows(table)} == set(COUNTRIES)
    features = tables.geometry("country_boundaries")["features"]
    names = {feature["id"]: feature["properties"]["name"] for feature in features}
    assert {iso3: names[iso3] for iso3 in COUNTRIES} == COUNTRIES


def corners(coordinates) -> set:
    if isinstance(coordinates[0], int | float):
        return {tuple(round(number, 2) for number in coordinates)}
    return set().union(*map(corners, coordinates))


def test_neighbours_are_the_countries_that_share_a_border():
    borders = {
        feature["id"]: corners(feature["geometry"]["coordinates"])
        for feature in tables.geometry("country_boundaries")["features"]
    }
    touching = {iso3 for iso3, shape in borders.items() if shape & borders["MLI"]} - {"MLI"}
    assert touching == set(NEIGHBOURS)
