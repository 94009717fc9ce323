"""Shares that are known only between bounds: one bar a question, from lowest to highest."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casebook import prose, style
from casebook.figures.canvas import empty
from casebook.figures.keys import Key

ROW = 62  # pixels
BAR, KNOWN, MIDDLE, LOW, HIGH, LABEL = range(6)
"""Positions of the traces."""
GAP = "\u2002"  # between a mark and the figure beside it
REACH = 0.16  # of the axis: as far from the end of a bar the figure beside it reaches on a phone

BOUND_KEYS = (
    Key("lowest to highest, whatever the unknown are", "shade", "muted"),
    Key("known positions alone", "circle", "ink"),
    Key("unknown taken for 0", "diamond", "accent"),
)


def bound_marks(frame: pd.DataFrame) -> dict[int, dict[str, Any]]:
    """Return what `bounds` draws, as dotted attributes by trace; another frame, another view.

    Parameters
    ----------
    frame : pandas.DataFrame
        In order from the top: ``label`` (HTML), ``low`` and ``high`` (shares from 0 to 1),
        ``known`` (the share among what is known; missing if nothing is), ``middle`` (the share if
        the unknown were all in the middle) and ``text`` (for who points at the bar).
    """
    low, high = frame["low"].tolist(), frame["high"].tolist()
    closed = [a == b for a, b in zip(low, high, strict=True)]
    marks = [
        [share for share in pair if not pd.isna(share)]
        for pair in zip(frame["known"], frame["middle"], strict=True)
    ]
    # A figure stands beyond the marks that lie where it would be written.
    left = [
        min([end, *(m for m in near if end - REACH <= m <= end)])
        for end, near in zip(low, marks, strict=True)
    ]
    right = [
        max([end, *(m for m in near if end <= m <= end + REACH)])
        for end, near in zip(high, marks, strict=True)
    ]
    return {
        BAR: {
            "base": low,
            "x": [b - a for a, b in zip(low, high, strict=True)],
            "hovertext": frame["text"].tolist(),
        },
        KNOWN: {"x": [None if pd.isna(share) else float(share) for share in frame["known"]]},
        MIDDLE: {"x": frame["middle"].tolist()},
        LOW: {
            "x": left,
            # Never empty: plotly would not draw a text in its place later.
            "text": [
                GAP if one else f"{prose.percent(share)}{GAP * (2 if at in near else 1)}"
                for share, one, at, near in zip(low, closed, left, marks, strict=True)
            ],
        },
        HIGH: {
            "x": right,
            "text": [
                f"{GAP * (2 if at in near else 1)}{prose.percent(share)}"
                for share, at, near in zip(high, right, marks, strict=True)
            ],
        },
        LABEL: {"text": frame["label"].tolist()},
    }


def bounds(frame: pd.DataFrame) -> go.Figure:
    """Draw shares between bounds.

    Parameters
    ----------
    frame : pandas.DataFrame
        As for `bound_marks`.

    Returns
    -------
    plotly.graph_objects.Figure
        Bars from the lowest to the highest share, a dot for the share among the known, a diamond
        for the share if unknown stood for the middle, and the ends in figures.
    """
    rows = list(range(len(frame)))
    figure = empty(
        height=len(rows) * ROW + 40,
        bargap=0.68,
        margin={"l": 44, "r": 52, "t": 6, "b": 34},
        xaxis={
            "range": [0, 1],
            "tickvals": [0, 0.25, 0.5, 0.75, 1],
            "tickformat": ".0%",
            "zeroline": False,
        },
        yaxis={"range": [len(rows) - 0.5, -0.75], "visible": False},
    )
    ink, muted, accent = (style.colour(name) for name in ("ink", "muted", "accent"))
    figure.add_bar(
        y=rows,
        orientation="h",
        marker={"color": muted, "opacity": 0.45, "line": {"color": muted, "width": 2}},
        hoverinfo="text",
    )
    figure.add_scatter(
        y=rows,
        mode="markers",
        marker={"color": ink, "size": 12, "symbol": "circle"},
        hoverinfo="skip",
        cliponaxis=False,
    )
    figure.add_scatter(
        y=rows,
        mode="markers",
        marker={"color": accent, "size": 11, "symbol": "diamond-open", "line": {"width": 2}},
        hoverinfo="skip",
        cliponaxis=False,
    )
    for position in ("middle left", "middle right"):
        figure.add_scatter(
            y=rows,
            mode="text",
            textposition=position,
            textfont={"size": 12, "color": muted},
            hoverinfo="skip",
            cliponaxis=False,
        )
    figure.add_scatter(
        x=[0] * len(rows),
        y=[row - 0.43 for row in rows],
        mode="text",
        textposition="middle right",
        textfont={"size": 12, "color": ink},
        hoverinfo="skip",
        cliponaxis=False,
    )
    for index, change in bound_marks(frame).items():
        for attribute, value in change.items():
            figure.data[index][attribute] = value
    return figure
