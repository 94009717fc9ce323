"""Numbers and dates as text: one form each, and never the machine's."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from casebook import prose

SPACE = "\u00a0"  # does not break
MINUS = "−"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, 0, "0"),
        (108953, 0, "108,953"),
        (1_234_567.891, 1, "1,234,567.9"),
        (65.56, 1, "65.6"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, f"{MINUS}3"),
        (1.005, 2, "1.01"),  # a little less as a binary float
        (2.675, 2, "2.68"),
        (-1234, 0, f"{MINUS}1,234"),
        (np.int64(3), 0, "3"),
        (np.float64(2.5), 1, "2.5"),
        (np.float32(0.1), 1, "0.1"),
        (pd.Series([1240], dtype="Int64")[0], 0, "1,240"),
        (Decimal("0.25"), 1, "0.3"),
    ],
)
def test_number_has_separators_and_rounds_half_away_from_zero(value, digits, text):
    assert prose.number(value, digits) == text


@pytest.mark.parametrize("value", [-0.0, -0.4, np.float64(-0.04)])
def test_zero_never_has_a_sign(value):
    assert prose.number(value) == "0"
    assert prose.percent(value / 100) == f"0{SPACE}%"


MISSING = [None, float("nan"), np.nan, pd.NA, pd.NaT, ""]


@pytest.mark.parametrize("missing", MISSING, ids=repr)
@pytest.mark.parametrize(
    "write",
    [
        prose.number,
        prose.words,
        prose.about,
        prose.percent,
        prose.day,
        prose.day_of,
        prose.month,
        lambda value: prose.number_range(value, 3),
        lambda value: prose.number_range(3, value),
        lambda value: prose.day_range(value, value),
    ],
    ids=[
        "number",
        "words",
        "about",
        "percent",
        "day",
        "day_of",
        "month",
        "range-low",
        "range-high",
        "day_range",
    ],
)
def test_missing_value_is_called_unknown(write, missing):
    assert write(missing) == "unknown"


@pytest.mark.parametrize(
    ("value", "missing"),
    [*((value, True) for value in MISSING), (0, False), ("0", False), (False, False)],
    ids=repr,
)
def test_zero_is_not_missing(value, missing):
    assert prose.is_missing(value) is missing


@pytest.mark.parametrize(
    "scalar",
    [
        np.int64(3),
        np.int32(3),
        np.uint8(3),
        np.float64(3),
        np.float32(3),
        pd.Series([3], dtype="Int64")[0],
        pd.Series([3])[0],
        pd.DataFrame({"a": [3]}).loc[0, "a"],
    ],
    ids=lambda value: type(value).__name__,
)
def test_type_of_a_number_never_shows(scalar):
    assert prose.number(scalar) == "3"
    assert prose.about(scalar) == "about 3"
    assert prose.number_range(scalar, scalar) == "3"
    assert prose.percent(scalar) == f"300{SPACE}%"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "no"), (1, "one"), (10, "ten"), (11, "11"), (1240, "1,240"), (np.int64(3), "three")],
)
def test_small_whole_numbers_are_words(value, text):
    assert prose.words(value) == text


@pytest.mark.parametrize(
    ("value", "significant", "text"),
    [
        (108_953, 3, "about 108,000"),
        (108_953, 4, "about 108,900"),
        (353_455, 2, "about 350,000"),
        (999, 3, "about 999"),
        (999.7, 3, "about 999"),
        (7, 3, "about 7"),
        (0, 3, "about 0"),
        (-1234, 3, f"about {MINUS}1,230"),
        (np.int64(54_117), 3, "about 54,100"),
    ],
)
def test_estimate_is_cut_to_significant_figures(value, significant, text):
    assert prose.about(value, significant) == text


@pytest.mark.parametrize("value", [1, 9, 54_117, 108_953, 353_455, 999_999, 1_000_000])
def test_estimate_never_claims_more_than_the_table(value):
    said = int(prose.about(value).removeprefix("about ").replace(",", ""))
    assert said <= value
    assert value - said < value / 100 + 1


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (0.656, 0, f"66{SPACE}%"),
        (0.65564, 1, f"65.6{SPACE}%"),
        (0.285, 0, f"29{SPACE}%"),  # times a hundred, a little less as a binary float
        (1, 0, f"100{SPACE}%"),
        (-0.031, 0, f"{MINUS}3{SPACE}%"),
        (12.5, 0, f"1,250{SPACE}%"),
    ],
)
def test_share_is_written_in_percent_with_a_space(share, digits, text):
    assert prose.percent(share, digits) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (350, 735, "350 to 735"),
        (3, 3.0, "3"),
        (1200, 2400, "1,200 to 2,400"),
        (5, 3, "5 to 3"),  # some rows are published so
    ],
)
def test_interval_is_written_as_published(low, high, text):
    assert prose.number_range(low, high) == text


@pytest.mark.parametrize(
    "value", ["2012-03-22", pd.Timestamp("2012-03-22"), np.datetime64("2012-03-22")], ids=repr
)
def test_day_is_written_in_full(value):
    assert prose.day(value) == f"22{SPACE}March 2012"


@pytest.mark.parametrize(
    ("precision", "text"),
    [("day", f"1{SPACE}March 2012"), ("month", "March 2012"), ("year", "2012")],
)
def test_date_is_as_exact_as_it_is_known(precision, text):
    assert prose.day_of("2012-03-01", precision) == text


def test_unknown_precision_is_refused():
    with pytest.raises(KeyError, match="week"):
        prose.day_of("2012-03-01", "week")


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2012-03-30", None, f"30{SPACE}March 2012"),
        ("2012-03-30", pd.NaT, f"30{SPACE}March 2012"),
        ("2012-03-30", "2012-03-30", f"30{SPACE}March 2012"),
        ("2012-01-16", "2012-01-17", f"16 to 17{SPACE}January 2012"),
        ("2012-03-30", "2012-04-01", f"30{SPACE}March to 1{SPACE}April 2012"),
        ("2012-12-30", "2013-01-02", f"30{SPACE}December 2012 to 2{SPACE}January 2013"),
        # The same month of two years is not one month.
        ("2012-03-30", "2013-03-31", f"30{SPACE}March 2012 to 31{SPACE}March 2013"),
    ],
)
def test_span_of_days_repeats_neither_month_nor_year(start, end, text):
    assert prose.day_range(start, end) == text


def test_month_is_written_with_its_year():
    assert prose.month("2013-01-31") == "January 2013"


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["Gao"], "Gao"),
        (["Gao", "Kidal"], "Gao and Kidal"),
        (["Gao", "Kidal", "Timbuktu"], "Gao, Kidal and Timbuktu"),
    ],
)
def test_names_are_joined_as_in_a_sentence(items, text):
    assert prose.listing(items) == text


def test_one_thing_is_no_plural():
    assert prose.counted(1, "event") == "1 event"
    assert prose.counted(0, "event") == "0 events"
    assert prose.counted(1234, "death") == "1,234 deaths"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (101, "101st"),
        (111, "111th"),
        (np.int64(3), "3rd"),
        (None, "unknown"),
    ],
)
def test_place_in_an_order_has_its_ending(value, text):
    assert prose.ordinal(value) == text


def test_span_of_one_place_is_one_place():
    assert prose.ordinal_range(2, 2) == "2nd"
    assert prose.ordinal_range(2, 11) == "2nd to 11th"


def test_number_keeps_its_unit_on_the_line():
    assert prose.amount(917.64, "million dollars") == f"918{SPACE}million dollars"
    assert prose.amount(70.13, "billion francs", 1) == f"70.1{SPACE}billion francs"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2012", "2013", "2012 to 2013"),
        ("2012-01", "2012-06-01", "January 2012 to 1\u00a0June 2012"),
        ("2012-04-30", "2012-05-01", "30\u00a0April to 1\u00a0May 2012"),
        ("2012-04", "2012-04", "April 2012"),
        ("", "2013", "unknown to 2013"),
    ],
)
def test_span_of_partial_dates_is_as_exact_as_its_ends(start, end, text):
    assert prose.partial_range(start, end) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2012", "2012"),
        ("2012-01", "January 2012"),
        ("2012-01-02", "2\u00a0January 2012"),
        ("", "unknown"),
    ],
)
def test_partial_date_claims_no_day(value, text):
    assert prose.partial_day(value) == text


@pytest.mark.parametrize(
    ("text", "written"), [("all of Mali", "All of Mali"), ("MNLA", "MNLA"), ("", "")]
)
def test_sentence_begins_with_a_capital(text, written):
    assert prose.capitalised(text) == written
