"""Shares that are known only between bounds: one bar a question, from lowest to highest."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casebook import prose, style
from casebook.figures.canvas import empty

BAR, KNOWN, MIDDLE, LOW, HIGH, LABEL = range(6)
"""Positions of the traces."""
GAP = "\u2002"  # between a mark and the figure beside it


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
    return {
        BAR: {
            "base": low,
            "x": [b - a for a, b in zip(low, high, strict=True)],
            "hovertext": frame["text"].tolist(),
        },
        KNOWN: {"x": [None if pd.isna(share) else float(share) for share in frame["known"]]},
        MIDDLE: {"x": frame["middle"].tolist()},
        LOW: {
            "x": low,
            "text": [
                "" if one else f"{prose.percent(share)}{GAP}"
                for share, one in zip(low, closed, strict=True)
            ],
        },
        HIGH: {
            "x": high,
            "text": [
                f"{GAP * (2 if one else 1)}{prose.percent(share)}"
                for share, one in zip(high, closed, strict=True)
            ],
        },
        LABEL: {"text": frame["label"].tolist()},
    }


def bounds(frame: pd.DataFrame, *, row_height: int = 62) -> go.Figure:
    """Draw shares between bounds.

    Parameters
    ----------
    frame : pandas.DataFrame
        As for `bound_marks`.
    row_height : int
        Pixels a question.

    Returns
    -------
    plotly.graph_objects.Figure
        Bars from the lowest to the highest share, a dot for the share among the known, a diamond
        for the share if unknown stood for the middle, and the ends in figures.
    """
    rows = list(range(len(frame)))
    figure = empty(
        height=len(rows) * row_height + 40,
        bargap=0.68,
        margin={"l": 34, "r": 46, "t": 6, "b": 34},
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
