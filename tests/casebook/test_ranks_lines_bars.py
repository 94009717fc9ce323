"""Dots, lines and bars by year: intervals where they exist, and no line that is not allowed."""

import pandas as pd
import pytest

from casebook import style
from casebook.figures import bars, lines, ranks

ROWS = pd.DataFrame(
    {
        "row": ["Niger", "Mali", "Chad"],
        "x": [0.6, 0.9, 0.95],
        "low": [0.5, None, 0.9],
        "high": [0.65, None, 1.0],
        "interval": [True, False, True],
        "label": ["a", "b", "c"],
        "hover": ["Niger", "Mali", "Chad"],
        "marked": [False, True, False],
    }
)


def test_bounds_become_distances_from_the_dot():
    drawn = ranks.dots(ROWS, marked=False)
    assert drawn["error_x.array"] == pytest.approx([0.05, 0.05])
    assert drawn["error_x.arrayminus"] == pytest.approx([0.1, 0.05])
    assert drawn["y"] == ["Niger", "Chad"]


def test_dot_without_an_interval_is_open_and_has_no_bar():
    drawn = ranks.dots(ROWS, marked=True)
    assert (drawn["marker.symbol"], drawn["error_x.array"]) == (["circle-open"], [None])
    assert drawn["y"] == ["Mali"]


def test_first_row_stands_on_top_and_the_axis_keeps_its_direction():
    layout = ranks.axes(["Niger", "Mali"], (1.0, 0.2), "index", None)
    assert layout["yaxis.categoryarray"] == ["Mali", "Niger"]
    assert layout["xaxis.range"] == [1.0, 0.2]


def yearly(*rows: tuple, panel="a", series="mali") -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["year", "value", "low", "high", "joined"])
    return made.assign(panel=panel, series=series, symbol="circle", hover=made["year"].astype(str))


SERIES = (lines.Series("other", "Niger", "muted"), lines.Series("mali", "Mali", "accent"))
PANELS = (lines.Panel("a", "A", (1, 0)), lines.Panel("b", "B", (0, 9), breaks=((2011, 2012),)))


def test_line_stops_where_it_may_not_go_on():
    drawn = lines.with_breaks(
        yearly((2001, 5, 4, 6, False), (2002, 6, None, None, True), (2004, 7, 6, 9, False))
    )
    assert drawn["x"] == [2001, 2002, None, 2004]
    assert drawn["y"] == [5, 6, None, 7]
    assert drawn["error_y.array"] == [1, None, None, 2]
    assert drawn["error_y.arrayminus"] == [1, None, None, 1]
    assert len({len(column) for column in drawn.values()}) == 1


def test_every_panel_has_its_own_axis_and_a_trace_for_every_series():
    frame = pd.concat([yearly((2001, 0.5, 0.4, 0.6, False)), yearly((2002, 7, 6, 8, 0), panel="b")])
    figure = lines.panels(frame, PANELS, SERIES, (2000, 2010), height=400, mark=(2005, "then"))
    for panel in PANELS:
        for series in SERIES:
            trace = figure.data[lines.trace_of(PANELS, SERIES, panel.name, series.name)]
            assert trace.meta == {"panel": panel.name, "series": series.name}
            assert trace.connectgaps is False
    assert list(figure.layout.yaxis.range) == [1, 0], "turned round"
    assert [t.name for t in figure.data if t.showlegend] == ["Niger", "Mali"]
    assert [t.yaxis for t in figure.data] == ["y", "y", "y2", "y2"]
    assert figure.layout.yaxis.domain[0] > figure.layout.yaxis2.domain[1]


def test_break_is_shaded_between_the_two_counts_in_its_own_panel():
    frame = yearly((2011, 5, None, None, False), panel="b")
    figure = lines.panels(frame, PANELS, SERIES, (2000, 2020), height=400)
    (shade,) = figure.layout.shapes
    assert 2011 < shade.x0 < shade.x1 < 2012
    assert shade.yref == "y2"


def test_bars_stack_in_the_order_given_and_have_the_colours_of_their_donors():
    frame = pd.DataFrame(
        {
            "series": ["USA", "FRA", "FRA"],
            "label": ["United States", "France", "France"],
            "year": [2011, 2012, 2011],
            "value": [3.0, 2.0, 1.0],
            "hover": ["", "", ""],
        }
    )
    tokens = {"FRA": "donor-FRA", "USA": "donor-USA"}
    figure = bars.stacked_years(frame, tokens, (2010, 2013), title="million US$")
    assert figure.layout.barmode == "stack"
    assert [(t.name, list(t.x), list(t.y)) for t in figure.data] == [
        ("France", [2011, 2012], [1, 2]),
        ("United States", [2011], [3]),
    ]
    assert [t.marker.color for t in figure.data] == [style.colour(t) for t in tokens.values()]
