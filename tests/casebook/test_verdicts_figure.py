"""Verdicts as worded tiles, outcomes as dated marks."""

import pandas as pd
import pytest

from casebook import style
from casebook.figures import verdicts

CELLS = pd.DataFrame(
    {
        "row": [1, 1, 2, 2],
        "column": [0, 1, 0, 1],
        "name": ["S01 One", "S01 One", "S02 Two", "S02 Two"],
        "short": ["S01", "S01", "S02", "S02"],
        "kind": ["fulfilled", "not_known", "not_known", "reversed"],
        "word": ["fulfilled", "not known", "not known", "reversed"],
        "short_word": ["fulfilled", "unknown", "unknown", "reversed"],
        "text": ["a", "b", "c", "d"],
    }
)
MARKS = pd.DataFrame(
    {
        "row": [1, 2, 2],
        "name": ["S01 One", "S02 Two", "S02 Two"],
        "short": ["S01", "S02", "S02"],
        "date": pd.to_datetime(["2013-06-18", "2017-01-01", "2019-12-01"]),
        "precision": ["day", "year", "month"],
        "direction": ["progress", "setback", "setback"],
        "text": ["a", "b", "c"],
    }
)
SINCE = ("2013-04-11", "the statement")


def both():
    """Return a drawing of each kind."""
    yield verdicts.cells(CELLS, ["2013", "2015"])
    yield verdicts.marks(MARKS, SINCE)


def tiles(figure):
    return [trace for trace in figure.data if trace.meta]


def test_every_cell_is_one_tile_with_its_word():
    drawn = sorted(
        (row, column, word, text)
        for trace in tiles(verdicts.cells(CELLS, ["2013", "2015"]))
        for row, column, word, text in zip(
            trace.y, trace.x, trace.text, trace.hovertext, strict=True
        )
    )
    assert drawn == [
        (1, 0, "fulfilled", "a"),
        (1, 1, "not known", "b"),
        (2, 0, "not known", "c"),
        (2, 1, "reversed", "d"),
    ]


def test_not_known_is_hollow_and_has_no_colour_of_a_verdict():
    by_kind = {t.meta["kind"]: t for t in tiles(verdicts.cells(CELLS, ["2013", "2015"]))}
    assert by_kind["not_known"].marker.symbol == "square-open"
    assert by_kind["not_known"].marker.color == style.colour("muted")
    assert by_kind["reversed"].marker.symbol == "square"
    assert by_kind["reversed"].marker.color == style.colour("verdict-reversed")


def test_first_row_is_on_top():
    for figure in both():
        low, high = figure.layout.yaxis.range
        assert low > high


def test_phone_names_rows_above_their_marks():
    for figure in both():
        narrow = figure.layout.meta["narrow"]
        assert narrow["layout"]["yaxis.showticklabels"] is False
        names = figure.data[len(figure.data) - 1]
        assert narrow["traces"][str(len(figure.data) - 1)] == {"visible": True}
        assert names.visible is False
        assert list(names.text) == ["S01 One", "S02 Two"]
        assert [y < row for y, row in zip(names.y, (1, 2), strict=True)] == [True, True]


def test_unknown_verdict_is_refused():
    with pytest.raises(ValueError, match="forgotten"):
        verdicts.cells(CELLS.assign(kind="forgotten"), ["2013", "2015"])


def test_direction_has_a_colour_and_a_shape_of_its_own():
    figure = verdicts.marks(MARKS, SINCE)
    progress, _, setback = tiles(figure)
    assert (progress.name, setback.name) == ("progress", "setback")
    assert progress.marker.color == style.colour("direction-progress")
    assert progress.marker.symbol != setback.marker.symbol


def test_what_is_known_to_the_year_spans_it_and_stands_in_its_middle():
    figure = verdicts.marks(MARKS, SINCE)
    spans = next(trace for trace in figure.data if trace.mode == "lines")
    assert list(spans.x) == ["2017-01-01", "2017-12-31", None]
    assert list(spans.y)[:2] == [2.2, 2.2], "behind its mark"
    *_, setback = tiles(figure)
    assert list(setback.x) == ["2017-07-02", "2019-12-15"]
    progress = tiles(figure)[0]
    assert list(progress.x) == ["2013-06-18"]


def test_some_rows_are_shown_and_the_names_of_others_are_not_left_over():
    figure = verdicts.marks(MARKS, SINCE)
    traces, layout = verdicts.only_rows(MARKS, 2, 2)
    assert traces == {len(figure.data) - 1: {"text": ["", "S02 Two"]}}
    low, high = layout["yaxis.range"]
    assert [row for row in (1, 2, 3) if high < row < low] == [2]


def test_directions_of_one_day_do_not_cover_each_other():
    same = MARKS.assign(row=1, date=MARKS["date"].iloc[0], precision="day")
    same["direction"] = list(style.DIRECTIONS)
    figure = verdicts.marks(same, SINCE)
    narrow = figure.layout.meta["narrow"]["traces"]
    for lanes in (
        [trace.y[0] for trace in figure.data if trace.meta],
        [narrow[str(i)]["y"][0] for i, trace in enumerate(figure.data) if trace.meta],
    ):
        assert lanes == sorted(set(lanes))
        assert len(lanes) == 3
        assert [round(y) for y in lanes] == [1, 1, 1]


def test_line_of_a_year_follows_its_mark_to_its_place_on_a_phone():
    figure = verdicts.marks(MARKS, SINCE)
    narrow = figure.layout.meta["narrow"]["traces"]
    (mark,) = [i for i, t in enumerate(figure.data) if t.meta and t.name == "setback"]
    assert narrow["0"]["y"][:2] == [narrow[str(mark)]["y"][0]] * 2


def test_named_line_parts_before_from_after_and_names_begin_at_it():
    figure = verdicts.marks(MARKS, SINCE)
    assert [shape.x0 for shape in figure.layout.shapes if shape.x0 == shape.x1] == [SINCE[0]]
    assert [note.text for note in figure.layout.annotations] == [SINCE[1]]
    assert set(figure.data[len(figure.data) - 1].x) == {SINCE[0]}
