"""Answers in many forms: what is the same, what is not, and what is said of the rest."""

from __future__ import annotations

import datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from casebook.checks.reading import forms, key_forms, offset, read, said_back
from casebook.checks.shapes import Number, ShapeError, described, shape
from casebook.checks.values import NotAnswered, NotReadable


def same(expected, *answers) -> bool:
    read = shape(expected)
    first = set(forms(answers[0], read))
    return all(set(forms(other, read)) & first for other in answers[1:])


def said(expected, answer) -> str:
    with pytest.raises(NotReadable) as refusal:
        forms(answer, shape(expected))
    return str(refusal.value)


# --- Numbers ------------------------------------------------------------------------------------


def test_number_is_the_same_whoever_made_it():
    assert same("number", 359, 359.0, np.int64(359), np.float32(359), Decimal(359), np.array(359))
    assert not same("number", 359, 360)


def test_decimals_say_which_roundings_are_the_same():
    one = {"number": {"decimals": 1}}
    assert same(one, 8.8, 8.84, 8.7999999, round(8.7612, 1))
    assert not same(one, 8.8, 8.85)
    assert not same(one, 8.8, 9)


def test_half_in_a_key_counts_either_way():
    one = shape({"number": {"decimals": 1}})
    assert set(forms(1.2, one)) & set(key_forms(1.25, one, {}))
    assert set(forms(1.3, one)) & set(key_forms(1.25, one, {}))
    assert not set(forms(1.4, one)) & set(key_forms(1.25, one, {}))


def test_what_is_counted_is_a_whole_number():
    assert same("number", 142, 142.0, 142 + 1e-9)
    assert not same("number", 142, 142.3)
    assert not same("number", 142, 141.7)
    assert same("number", 20.6, 20.4)  # one mistake, however it was rounded
    percent = {"number": {"percent": True}}
    assert same(percent, 96, 95.7, 0.957)


@pytest.mark.parametrize("value", [12.3, -12.3, 0.0, 108953.0])
def test_tolerance_is_exact(value):
    near = Number(tolerance=0.5)
    starts = {"": offset(value, near)}
    right = forms(value, near, starts)
    for inside in (0.0, 0.49, -0.49):
        assert forms(value + inside, near, starts) == right
    for outside in (0.51, -0.51, 1, -1, 10):
        assert forms(value + outside, near, starts) != right


def test_percentage_may_be_given_as_a_share():
    percent = {"number": {"percent": True, "decimals": 1}}
    assert same(percent, 65.6, 0.656)
    assert not same(percent, 65.6, 0.65)
    assert same(percent, 101.3, 1.013)
    assert not same("number", 65, 0.65)


def test_text_nan_truth_and_time_are_no_numbers():
    assert "float(...)" in said("number", "359")
    assert "8.8" in said("number", "8.8 %")
    assert "text 'many'" in said("number", "many")
    assert "NaN means missing" in said("number", float("nan"))
    assert "True or False" in said("number", True)
    assert ".days" in said("number", pd.Timedelta(days=3))
    assert "divided by zero" in said("number", np.inf)
    assert ".item()" in said("number", pd.Series([359]))
    assert "column with 2 values" in said("number", pd.Series(["gao", "kidal"]).unique())
    assert "table with one column" in said("number", pd.DataFrame({"a": [359]}))
    assert "len(...)" in said("number", len)


# --- Days ---------------------------------------------------------------------------------------


def test_day_is_the_same_in_every_usual_form():
    assert same(
        "day",
        "2012-03-22",
        "2012-3-22",
        "22 March 2012",
        "March 22, 2012",
        "22nd Mar 2012",
        pd.Timestamp("2012-03-22"),
        datetime.date(2012, 3, 22),
        datetime.datetime(2012, 3, 22, 18),
        np.datetime64("2012-03-22"),
        pd.Period("2012-03-22", "D"),
    )


@pytest.mark.parametrize(
    "text", ["22/03/2012", "03-22-2012", "March 2012", "2012-02-30", "yesterday", "22 March"]
)
def test_day_that_may_be_read_in_two_ways_is_asked_again(text):
    assert "2012-03-22" in said("day", text)


def test_month_is_the_same_in_every_usual_form():
    month = {"day": {"month": True}}
    assert same(
        month, "2012-03", "March 2012", pd.Timestamp("2012-03-22"), pd.Period("2012-03", "M")
    )


# --- Names --------------------------------------------------------------------------------------


def test_name_counts_whatever_its_case_accents_and_spelling():
    assert same("name", "Ménaka", "menaka ", "MENAKA")
    assert same({"name": "places"}, "Ménaka", "menaka")
    assert same({"name": "actors"}, "mnla", "MNLA")


def test_unknown_name_offers_the_nearest():
    assert "'gao'" in said({"name": "places"}, "Gaoo")
    assert "Possible: 'up', 'down'" in said({"name": ["up", "down"]}, "left")


# --- Lists, records, tables ---------------------------------------------------------------------


def test_list_counts_in_any_container():
    assert same(
        {"list": {"name": "places"}},
        ["Gao", "Kidal"],
        ("kidal", "gao"),
        {"gao", "kidal"},
        pd.Series(["Kidal", "Gao"]),
        pd.Index(["gao", "kidal"]),
        np.array(["gao", "kidal", "gao"]),
    )
    assert "quotation marks around each word" in said({"list": "name"}, "Gao, Kidal")
    assert "table['a']" in said({"list": "name"}, pd.DataFrame({"a": ["Gao"]}))


def test_condition_in_place_of_rows_is_told_apart():
    condition = pd.Series(["Gao", "Kidal"]) == "Gao"
    assert "table[condition]" in said({"list": "name"}, condition)
    assert "table[condition]" in said({"list": "number"}, condition.tolist())


def test_order_counts_where_it_is_asked():
    ordered = {"list": {"item": "number", "ordered": True}}
    assert same(ordered, [1, 2, 2], (1, 2, 2))
    assert not same(ordered, [1, 2], [2, 1])


def test_record_is_given_with_or_without_names():
    record = {"record": {"best": "number", "low": "number"}}
    assert same(
        record,
        {"best": 5, "low": 3},
        (5, 3),
        [5, 3],
        pd.Series({"low": 3, "best": 5}),
        pd.DataFrame({"low": [3], "best": [5]}),
    )
    assert not same(record, (5, 3), (3, 5))
    assert "Missing: low" in said(record, {"best": 5})
    assert "You gave 1" in said(record, [5])


DAYS = pd.DataFrame({"actor": ["MNLA", "MUJAO"], "days": [88, 211]})


def test_table_counts_in_any_order_and_form():
    table = {"table": {"actor": {"name": "actors"}, "days": "number"}}
    assert same(
        table,
        DAYS,
        DAYS[::-1],
        DAYS[["days", "actor"]],
        DAYS.assign(more=1),
        DAYS.set_index("actor"),
        DAYS.set_index("actor")["days"],
        DAYS.set_index("actor")["days"].rename(None).rename_axis(None),
        {"mnla": 88, "mujao": 211},
        {"actor": ["mnla", "mujao"], "days": [88, 211]},
        [("MNLA", 88), ("MUJAO", 211)],
        DAYS.rename(columns={"actor": "Actor", "days": "DAYS"}),
    )
    assert not same(table, DAYS, DAYS.assign(days=[211, 88]))
    assert "Missing: days" in said(table, DAYS[["actor"]])
    assert "two levels" in said(table, DAYS.groupby("actor").agg(["sum"]))
    assert "no rows" in said(table, DAYS[:0])
    assert "You gave an array" in said(table, DAYS["actor"].unique())


def test_row_names_without_a_title_count_if_they_are_words():
    table = {"table": {"actor": {"name": "actors"}, "days": "number"}}
    untitled = DAYS.assign(more=1).set_index("actor").rename_axis(None)
    assert same(table, DAYS, untitled)
    years = {"table": {"year": "number", "days": "number"}}
    assert "Missing: year" in said(years, DAYS)  # row numbers are no years


def test_missing_value_counts_only_where_it_may_stand():
    assert same({"list": {"item": {"number": {"missing": True}}, "ordered": True}}, [1, None],
                [1, np.nan])  # fmt: skip
    assert "NaN means missing" in said({"list": "number"}, [1, np.nan])


@pytest.mark.parametrize("text", ["None", "not known", ""])
def test_missing_value_is_written_without_quotation_marks(text):
    some = {"record": {"known": "number", "unknown": {"number": {"missing": True}}}}
    assert "without quotation marks" in said(some, (1, text))
    assert "without quotation marks" not in said(some, (text or "many", None))


def test_dots_left_in_an_answer_are_not_a_missing_value():
    expected = shape({"record": {"known": "number", "unknown": {"number": {"missing": True}}}})
    assert forms({"known": 1, "unknown": None}, expected)
    with pytest.raises(NotAnswered):
        forms({"known": 1, "unknown": ...}, expected)


def test_nothing_is_no_answer():
    for nothing in (None, ..., "", "  "):
        with pytest.raises(NotAnswered):
            forms(nothing, shape("number"))


def test_what_is_left_open_is_named():
    expected = shape({"record": {"events": "number", "deaths": "number"}})
    with pytest.raises(NotAnswered, match="deaths"):
        forms({"events": 43, "deaths": ...}, expected)


def test_slips_of_the_keyboard_get_their_own_sentence():
    record = {"record": {"events": "number", "deaths": "number"}}
    assert "a comma stands between" in said("number", (3, 18))
    assert "Call it with brackets: sum(...)" in said(record, (43, DAYS["days"].sum))
    assert "print(...) shows one" in said(record, (43, print()))
    assert "alone, without words" in said("number", "142 days")
    assert "alone, without words" not in said("number", "many")
    unknown = {"record": {"returns": {"number": {"missing": True}}}}
    assert "without quotation marks" in said(unknown, {"returns": "None"})


def test_table_that_is_not_one_yet_is_told_what_is_missing():
    table = {"table": {"actor": {"name": "actors"}, "days": "number"}}
    assert "count or group first" in said(table, DAYS["days"])
    assert ".sum() or .size()" in said(table, DAYS.groupby("actor")["days"])
    assert "Each row needs 2 values" in said(table, [("MNLA", 88, 3)])
    assert "If count is meant, give it that name." in said(
        table, DAYS.rename(columns={"days": "count"})
    )
    assert "is meant" not in said(table, DAYS[["actor"]])


def test_answer_is_said_back_as_it_was_read():
    def back(written, answer):
        read_shape = shape(written)
        return said_back(read(answer, read_shape), read_shape)

    assert back({"record": {"events": "number", "share": {"number": {"decimals": 1}}}},
                (43, 50.3312)) == "events 43, share 50.331"  # fmt: skip
    table = {"table": {"actor": {"name": "actors"}, "days": "number"}}
    assert back(table, DAYS) == "a table with 2 rows; the first is actor 'mnla', days 88"
    assert back({"list": "number"}, range(7)) == "0, 1, 2, 3, 4 and 2 more"
    assert back("number", 1e300) == "1e+300"


# --- Shapes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["numbre", {"table": {}}, {"number": {"digits": 2}}, 3])
def test_shape_that_says_nothing_is_refused(written):
    with pytest.raises(ShapeError):
        shape(written)


def test_shape_is_told_in_words():
    table = {"table": {"actor": {"name": "actors"}, "days": "number"}}
    assert described(shape(table)) == "a table with the columns actor (actors) and days (numbers)"
    assert described(shape({"number": {"percent": True, "decimals": 1}})) == (
        "a percentage, to 1 decimal"
    )
