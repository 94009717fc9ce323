"""Tiles in rows."""

import pandas as pd
import pytest

from casebook import style
from casebook.figures.matrix import tiles

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
