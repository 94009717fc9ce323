"""Series of people in flight and their breaks, on a table of a few rows."""

import pandas as pd
import pytest

from casebook.analysis.displacement import displaced_series, registration_breaks


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


def figures(*rows: tuple) -> pd.DataFrame:
    """Make displacement figures from (id, date, indicator, area, region, persons, registration)."""
    columns = ["figure_id", "as_of_date", "indicator", "area", "region", "persons", "registration"]
    made = pd.DataFrame(rows, columns=columns)
    return made.assign(
        as_of_date=pd.to_datetime(made["as_of_date"]),
        qualifier="registered",
        producer="UNHCR",
        source_id="a",
    )


FIGURES = figures(
    ("D2", "2012-11-01", "refugees", "MRT", "", 108_953, "government_count"),
    ("D1", "2012-10-01", "refugees", "MRT", "", 107_000, "government_count"),
    ("D3", "2012-12-01", "refugees", "MRT", "", 54_117, "individual_registration"),
    ("D4", "2013-01-01", "refugees", "MRT", "", 55_221, "individual_registration"),
    ("D5", "2012-12-01", "refugees", "NER", "", 61_880, "government_count"),
    ("D6", "2012-12-01", "idps", "MLI", "", 198_558, "not_applicable"),
    # Not of one of the series:
    ("D7", "2012-12-01", "idps", "MLI", "Bamako", 47_292, "not_applicable"),
    ("D8", "2012-12-01", "refugees", "MRT+NER+BFA", "", 155_187, "mixed"),
    ("D9", "2012-12-01", "new_refugees", "MRT", "", 1_411, "not_applicable"),
    ("D0", "2014-12-01", "refugees", "MRT", "", 50_000, "individual_registration"),
)


def test_series_hold_one_country_or_the_displaced_of_all_mali():
    series = displaced_series(FIGURES, "2012-01-01", "2013-12-31")
    assert series["figure_id"].tolist() == ["D6", "D1", "D2", "D3", "D4", "D5"]
    assert series["series"].tolist() == ["idps", "MRT", "MRT", "MRT", "MRT", "NER"]
    assert series["method"].tolist()[:3] == ["UNHCR", "government_count", "government_count"]


def test_break_lies_between_the_last_count_and_the_first_registration():
    series = displaced_series(FIGURES, "2012-01-01", "2013-12-31")
    (found,) = registration_breaks(series).to_dict("records")
    assert found == {
        "series": "MRT",
        "label": "Refugees in Mauritania",
        "last_count": day("2012-11-01"),
        "last_value": 108_953,
        "first_registered": day("2012-12-01"),
        "first_value": 54_117,
    }


@pytest.mark.parametrize("kept", [["D1", "D2"], ["D3", "D4"], ["D6"]])
def test_series_counted_in_one_way_has_no_break(kept):
    some = FIGURES[FIGURES["figure_id"].isin(kept)]
    series = displaced_series(some, "2012-01-01", "2013-12-31")
    assert registration_breaks(series).empty


def test_register_that_was_never_counted_before_has_no_break():
    late = FIGURES.copy()
    late.loc[late["registration"].eq("government_count"), "as_of_date"] = day("2013-06-01")
    series = displaced_series(late, "2012-01-01", "2013-12-31")
    assert registration_breaks(series).empty


def test_figures_given_are_left_as_they_were():
    before = FIGURES.copy(deep=True)
    displaced_series(FIGURES, "2012-01-01", "2013-12-31")
    pd.testing.assert_frame_equal(FIGURES, before)
