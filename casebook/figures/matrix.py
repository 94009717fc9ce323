"""Tiles in rows: one mark for each of many small things, in their own order."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from casebook import style
from casebook.figures.canvas import empty


def tiles(frame: pd.DataFrame, *, row_title: str, row_height: int = 40) -> go.Figure:
    """Draw one tile for each row of the frame; colour and shape tell its kind.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``row`` (int, first on top), ``position`` (int, from the left), ``kind`` (a key of
        `casebook.style.CLAIMS`), ``label`` (of the kind) and ``text`` (for who points at it).
    row_title : str
        What a row is, written before its number.
    row_height : int
        Pixels a row.

    Returns
    -------
    plotly.graph_objects.Figure
        One trace a kind, in the style's order.

    Raises
    ------
    ValueError
        If a kind is not known to the style.
    """
    if strange := set(frame["kind"]) - set(style.CLAIMS):
        raise ValueError(f"kind must be one of {list(style.CLAIMS)}, not {sorted(strange)}")
    rows = sorted(frame["row"].unique())
    small = {str(index): {"marker.size": 11} for index in range(frame["kind"].nunique())}
    figure = empty(
        height=len(rows) * row_height + 16,
        margin={"l": 92, "r": 8, "t": 8, "b": 8},
        xaxis={"visible": False, "range": [0.3, int(frame["position"].max()) + 0.7]},
        yaxis={
            "range": [max(rows) + 0.5, min(rows) - 0.5],
            "tickvals": [int(row) for row in rows],
            "ticktext": [f"{row_title} {row}" for row in rows],
            "showgrid": False,
            "zeroline": False,
            "ticklabelstandoff": 6,
        },
        meta={
            "narrow": {
                "layout": {"margin.l": 22, "yaxis.ticktext": [str(row) for row in rows]},
                "traces": small,
            }
        },
    )
    for kind in style.CLAIMS:
        marks = frame[frame["kind"].eq(kind)]
        if marks.empty:
            continue
        figure.add_scatter(
            name=marks["label"].iloc[0],
            x=marks["position"].tolist(),
            y=marks["row"].tolist(),
            mode="markers",
            marker={
                "color": style.colour(f"claim-{kind}"),
                "symbol": style.CLAIM_SHAPES[kind],
                "size": 19,
                "line": {"width": 0},
            },
            hovertext=marks["text"].tolist(),
            hoverinfo="text",
            meta={"kind": kind},
        )
    return figure
