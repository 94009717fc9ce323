"""Shares between bounds: bars, dots and the figures at their ends."""

import pandas as pd
import pytest

from casebook.figures.bounds import BAR, HIGH, KNOWN, LABEL, LOW, MIDDLE, bound_marks, bounds

FRAME = pd.DataFrame(
    {
        "label": ["a", "b", "c"],
        "low": [0.25, 0.5, 0.1],
        "high": [0.75, 0.5, 1.0],
        "known": [0.5, 0.5, None],
        "middle": [0.3, 0.5, 0.2],
        "text": ["A", "B", "C"],
    }
)


def test_bar_runs_from_the_lowest_to_the_highest_share():
    bar = bounds(FRAME).data[BAR]
    assert list(bar.base) == [0.25, 0.5, 0.1]
    assert [a + b for a, b in zip(bar.base, bar.x, strict=True)] == pytest.approx([0.75, 0.5, 1])
    assert list(bar.hovertext) == ["A", "B", "C"]


def test_share_of_nothing_has_no_dot():
    assert list(bounds(FRAME).data[KNOWN].x) == [0.5, 0.5, None]


def test_unknown_as_middle_is_drawn_apart():
    figure = bounds(FRAME)
    assert list(figure.data[MIDDLE].x) == [0.3, 0.5, 0.2]
    assert figure.data[MIDDLE].marker.symbol != figure.data[KNOWN].marker.symbol


def test_ends_are_written_once_where_they_meet():
    figure = bounds(FRAME)
    low, high = ([text.strip() for text in figure.data[part].text] for part in (LOW, HIGH))
    assert low == ["25\u00a0%", "", "10\u00a0%"]
    assert high == ["75\u00a0%", "50\u00a0%", "100\u00a0%"]


def test_ends_stand_beyond_the_marks_beside_them():
    frame = FRAME.assign(known=[0.15, 0.5, 1.0], middle=[0.8, 0.5, 0.02], high=[0.75, 0.5, 0.9])
    figure = bounds(frame)
    assert list(figure.data[LOW].x) == [0.15, 0.5, 0.02]
    assert list(figure.data[HIGH].x) == [0.8, 0.5, 1.0]
    far = bounds(FRAME.assign(known=[0.0, 0.5, None], middle=[1.0, 0.5, 0.2]))
    assert list(far.data[LOW].x) == FRAME["low"].tolist()
    assert list(far.data[HIGH].x) == FRAME["high"].tolist()


def test_no_text_is_empty():
    # Plotly makes no element for an empty text, and none when another view has words for it.
    figure = bounds(FRAME)
    assert all(text for part in (LOW, HIGH) for text in figure.data[part].text)


def test_first_question_is_on_top_with_its_label_above_the_bar():
    figure = bounds(FRAME)
    low, high = figure.layout.yaxis.range
    assert low > high
    assert list(figure.data[LABEL].text) == ["a", "b", "c"]
    assert all(y < bar for y, bar in zip(figure.data[LABEL].y, figure.data[BAR].y, strict=True))


def test_marks_of_a_frame_are_what_is_drawn():
    figure = bounds(FRAME)
    for index, change in bound_marks(FRAME).items():
        for attribute, value in change.items():
            assert list(figure.data[index][attribute]) == value
