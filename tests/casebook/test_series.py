"""Numbers through time: no line, no zero and no certainty that the table does not have."""

import json

import pandas as pd
import pytest

from casebook import style
from casebook.figures.series import SYMBOL_BY_QUALIFIER, Break, dated_series

START, END = "2012-01-01", "2013-01-01"


def figures(*rows: tuple, **columns) -> pd.DataFrame:
    """Make dated figures from (series, date, value, qualifier, method)."""
    made = pd.DataFrame(rows, columns=["series", "date", "value", "qualifier", "method"])
    made["label"] = "Refugees in " + made["series"]
    return made.assign(date=pd.to_datetime(made["date"]), **columns)


REGISTER = figures(
    ("MRT", "2012-10-01", 107_000, "registered", "government_count"),
    ("MRT", "2012-11-01", 108_953, "registered", "government_count"),
    ("MRT", "2012-12-01", 54_117, "registered", "individual_registration"),
    ("NER", "2012-11-01", 61_880, "registered", "government_count"),
)


def test_line_never_crosses_a_change_of_method():
    figure = dated_series(REGISTER, START, END)
    drawn = [(trace.meta["series"], trace.meta["method"], list(trace.y)) for trace in figure.data]
    assert drawn == [
        ("MRT", "government_count", [107_000, 108_953]),
        ("MRT", "individual_registration", [54_117]),
        ("NER", "government_count", [61_880]),
    ]


def test_gap_is_drawn_as_gap():
    rows = REGISTER.assign(value=[107_000, None, 54_117, 61_880], method="government_count")
    trace = dated_series(rows, START, END).data[0]
    assert list(trace.y) == [107_000, None, 54_117]
    assert trace.connectgaps is False
    assert "nan" not in str(trace.hovertext)


def test_series_of_two_methods_is_named_once():
    figure = dated_series(REGISTER, START, END)
    assert [trace.showlegend for trace in figure.data] == [True, False, True]
    assert [trace.name for trace in figure.data] == ["Refugees in MRT"] * 2 + ["Refugees in NER"]


def test_figures_are_joined_in_order_of_time():
    trace = dated_series(REGISTER.iloc[[1, 0]], START, END).data[0]
    assert list(trace.x) == ["2012-10-01", "2012-11-01"]


def test_break_is_shaded_and_named():
    gap = Break("MRT", "2012-11-01", "2012-12-01", 108_953, 54_117, "counted anew")
    figure = dated_series(REGISTER, START, END, breaks=[gap])
    (shape,), (note,) = figure.layout.shapes, figure.layout.annotations
    assert (shape.x0, shape.x1) == (gap.start, gap.end)
    assert (shape.y0, shape.y1) == (gap.before, gap.after)
    assert (shape.layer, shape.fillcolor) == ("below", style.colour("displacement-MRT"))
    assert (note.x, note.y, note.text) == ("2012-11-16", 108_953, "counted anew")


def test_interval_is_drawn_where_there_is_one():
    rows = REGISTER.assign(low=[100_000, None, None, None], high=[110_000, None, None, None])
    first, second, third = dated_series(rows, START, END).data
    assert list(first.error_y.array) == [3_000, None]
    assert list(first.error_y.arrayminus) == [7_000, None]
    assert second.error_y.array is None
    assert third.error_y.array is None


def test_low_and_high_are_drawn_as_published_even_if_they_contradict_the_value():
    rows = REGISTER.iloc[:1].assign(low=107_500, high=106_000)
    error = dated_series(rows, START, END).data[0].error_y
    assert (list(error.array), list(error.arrayminus)) == ([-1_000], [-500])


def test_figure_with_gaps_and_intervals_is_json_a_browser_reads():
    rows = REGISTER.assign(
        value=[107_000, None, 54_117, 61_880], low=[1, None, 2, None], high=[3, None, 4, None]
    )
    figure = dated_series(rows, START, END)
    json.dumps(figure.to_plotly_json()["data"], allow_nan=False)


def test_axis_starts_at_zero():
    assert dated_series(REGISTER, START, END).layout.yaxis.rangemode == "tozero"


def test_every_qualifier_of_the_table_has_a_symbol(rows):
    assert {row["qualifier"] for row in rows("displacement_figures")} <= set(SYMBOL_BY_QUALIFIER)


def test_counts_are_filled_estimates_open_and_bounds_triangles():
    for qualifier in ("exact", "registered", "counted", "identified"):
        assert SYMBOL_BY_QUALIFIER[qualifier] == "circle"
    for qualifier in ("approx", "estimate", "planning_figure", "at_least", "at_most", "claimed"):
        assert SYMBOL_BY_QUALIFIER[qualifier].endswith("-open")
    assert SYMBOL_BY_QUALIFIER["at_least"] == "triangle-up-open"
    assert SYMBOL_BY_QUALIFIER["at_most"] == "triangle-down-open"


def test_marks_say_their_qualifier():
    rows = REGISTER.assign(qualifier=["exact", "at_least", "estimate", "claimed"])
    drawn = [
        symbol for trace in dated_series(rows, START, END).data for symbol in trace.marker.symbol
    ]
    assert drawn == [SYMBOL_BY_QUALIFIER[q] for q in rows["qualifier"]]


def test_unknown_qualifier_is_refused():
    with pytest.raises(ValueError, match="'guessed'"):
        dated_series(REGISTER.assign(qualifier="guessed"), START, END)


def test_series_without_a_colour_is_refused():
    with pytest.raises(KeyError, match="displacement-XXX"):
        dated_series(REGISTER.assign(series="XXX"), START, END)
