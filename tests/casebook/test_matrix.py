"""Tiles in rows, and steps on a scale in the cells of a matrix."""

import pandas as pd
import pytest

from casebook import prose, style
from casebook.figures.matrix import TILE_SIZE, step_marks, steps, tiles

CLAIMS = pd.DataFrame(
    {
        "row": [1, 1, 2],
        "position": [1, 2, 1],
        "kind": ["forecast", "fact", "forecast"],
        "label": ["forecast", "fact", "forecast"],
        "text": ["a", "b", "c"],
    }
)


def test_every_claim_is_one_tile_in_its_place():
    figure = tiles(CLAIMS, row_title="Paragraph")
    drawn = sorted(
        (y, x, text)
        for trace in figure.data
        for x, y, text in zip(trace.x, trace.y, trace.hovertext, strict=True)
    )
    assert drawn == [(1, 1, "a"), (1, 2, "b"), (2, 1, "c")]


def test_kind_has_a_colour_and_a_shape_of_its_own():
    fact, forecast = tiles(CLAIMS, row_title="Paragraph").data
    assert (fact.name, forecast.name) == ("fact", "forecast")
    assert fact.marker.color == style.colour("claim-fact")
    assert fact.marker.symbol != forecast.marker.symbol
    assert len(set(style.CLAIM_SHAPES.values())) == len(style.CLAIMS)


def test_first_paragraph_is_on_top():
    low, high = tiles(CLAIMS, row_title="Paragraph").layout.yaxis.range
    assert low > high


def test_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="rumour"):
        tiles(CLAIMS.assign(kind="rumour"), row_title="Paragraph")


# --- Steps on a scale ---------------------------------------------------------------------------

CELLS = pd.DataFrame(
    {
        "row": [0, 0, 1, 1, 2, 2],
        "column": [0, 1, 0, 1, 0, 1],
        "value": pd.array([2, 1, 0, None, -1, -2], dtype="Int64"),
        "confidence": ["high", "low", "medium", "", "high", "high"],
        "text": list("abcdef"),
    }
)


def drawn():
    return steps(CELLS, ["A", "B", "C"], ["one", "two"], narrow_columns=["1", "2"], divide_before=2)


def test_every_cell_tells_its_step_by_number_hue_and_fill():
    marks = step_marks(CELLS)
    assert marks["text"] == ["+2", "+1", "0", "?", "−1", "−2"]
    plus, minus = style.colour("position-plus"), style.colour("position-minus")
    middle, grid = style.colour("muted"), style.colour("grid")
    assert marks["marker.color"] == [plus, plus, middle, grid, minus, minus]
    filled = [symbol == "square" for symbol in marks["marker.symbol"]]
    assert filled == [True, False, False, False, False, True]


def test_unknown_is_told_from_the_middle_in_every_way():
    marks = step_marks(CELLS)
    for attribute in ("text", "textfont.color", "marker.color", "marker.line.width"):
        assert marks[attribute][2] != marks[attribute][3], attribute


def test_less_certain_coding_has_a_smaller_tile():
    sizes = step_marks(CELLS)["marker.size"]
    assert sizes[1] < sizes[2] < sizes[0]
    assert TILE_SIZE["low"] < TILE_SIZE["medium"] < TILE_SIZE["high"]


def test_cells_stand_in_their_row_and_column_with_a_gap_at_the_line():
    figure = drawn()
    (trace,) = figure.data
    assert list(trace.x) == [0, 1, 0, 1, 0, 1]
    rows = sorted(set(trace.y))
    assert list(figure.layout.yaxis.tickvals) == rows
    assert rows[2] - rows[1] > rows[1] - rows[0]
    (line,) = figure.layout.shapes
    assert rows[1] < line.y0 == line.y1 < rows[2]
    low, high = figure.layout.yaxis.range
    assert low > high, "the first row is on top"


def test_marks_of_a_frame_are_what_is_drawn():
    (trace,) = drawn().data
    for attribute, value in step_marks(CELLS).items():
        assert list(trace[attribute]) == value


@pytest.mark.parametrize(
    ("value", "text"), [(2, "+2"), (0, "0"), (-1, "−1"), (None, "?"), (pd.NA, "?")]
)
def test_step_is_written_with_its_sign(value, text):
    assert prose.signed(value) == text
