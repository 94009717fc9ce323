"""Tiles: one mark for each of many small things, in rows or in the cells of a matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casebook import prose, style
from casebook.figures.canvas import empty
from casebook.figures.keys import Key

TILE_ROW, STEP_ROW = 40, 37  # pixels


def tiles(frame: pd.DataFrame, *, row_title: str) -> go.Figure:
    """Draw one tile for each row of the frame; colour and shape tell its kind.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``row`` (int, first on top), ``position`` (int, from the left), ``kind`` (a key of
        `casebook.style.CLAIMS`), ``label`` (of the kind) and ``text`` (for who points at it).
    row_title : str
        What a row is, written before its number.

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
        height=len(rows) * TILE_ROW + 16,
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
    for kind in _kinds(frame):
        marks = frame[frame["kind"].eq(kind)]
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


def _kinds(frame: pd.DataFrame) -> list[str]:
    """Return the kinds of claim in a frame: one trace each, in this order."""
    return [kind for kind in style.CLAIMS if frame["kind"].eq(kind).any()]


def only_kind(frame: pd.DataFrame, kind: str | None) -> dict[int, dict[str, float]]:
    """Return what lets the tiles of one kind stand out, or of none, by trace of `tiles`."""
    return {
        position: {"marker.opacity": 1.0 if kind in (None, own) else 0.15}
        for position, own in enumerate(_kinds(frame))
    }


def claim_keys(labels: Mapping[str, str]) -> tuple[Key, ...]:
    """Return the legend of `tiles`: kinds of claim and what to call them."""
    return tuple(Key(label, f"shape-{kind}", f"claim-{kind}") for kind, label in labels.items())


TILE_SIZE = {"high": 29, "medium": 25, "low": 21, "": 28}  # smaller is less sure
DIVIDE = 0.4  # rows


def step_marks(frame: pd.DataFrame) -> dict[str, Any]:
    """Return how the cells of `steps` are drawn, as dotted attributes of its one trace.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``value`` (-2 to 2, missing where unknown), ``confidence`` (a key of `TILE_SIZE`) and
        ``text`` (for who points at the cell).
    """
    values = [None if pd.isna(value) else int(value) for value in frame["value"]]
    plus, minus, middle, paper, ink = (
        style.colour(name) for name in ("position-plus", "position-minus", "muted", "paper", "ink")
    )
    shades = [
        style.colour("grid")
        if value is None
        else plus
        if value > 0
        else minus
        if value < 0
        else middle
        for value in values
    ]
    ends = [value is not None and abs(value) == 2 for value in values]
    return {
        "text": [prose.signed(value) for value in values],
        "textfont.color": [
            paper if end else middle if value is None else ink
            for value, end in zip(values, ends, strict=True)
        ],
        "marker.symbol": ["square" if end else "square-open" for end in ends],
        "marker.color": shades,
        "marker.line.color": shades,
        "marker.line.width": [1 if value is None else 2.5 for value in values],
        "marker.size": [TILE_SIZE[confidence] for confidence in frame["confidence"]],
        "hovertext": frame["text"].tolist(),
    }


def steps(
    frame: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    narrow_columns: Sequence[str],
    divide_before: int,
    marked: Sequence[bool] = (),
) -> go.Figure:
    """Draw a matrix of steps on a scale: hue for the side, fill for the end, a number in each.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``row`` and ``column`` (positions from 0) and what `step_marks` asks for.
    rows, columns : sequence of str
        Labels, from the top and from the left.
    narrow_columns : sequence of str
        Labels of the columns on a phone.
    divide_before : int
        The first row below a dividing line.
    marked : sequence of bool
        Whether an asterisk stands in a cell; none does unless told.

    Returns
    -------
    plotly.graph_objects.Figure
        One trace, in the order of the frame; `step_marks` of another frame in the same order
        shows another view of it.
    """

    def at(row: int) -> float:
        return row + DIVIDE * (row >= divide_before)

    last = at(len(rows) - 1)
    figure = empty(
        height=round((last + 1) * STEP_ROW) + 66,
        margin={"l": 138, "r": 6, "t": 58, "b": 8},
        xaxis={
            "side": "top",
            "range": [-0.5, len(columns) - 0.5],
            "tickvals": list(range(len(columns))),
            "ticktext": list(columns),
            "tickfont": {"size": 12, "color": style.colour("ink")},
            "showgrid": False,
            "zeroline": False,
            "ticklabelstandoff": 2,
        },
        yaxis={
            "range": [last + 0.5, -0.5],
            "tickvals": [at(row) for row in range(len(rows))],
            "ticktext": list(rows),
            "tickfont": {"size": 12, "color": style.colour("ink")},
            "showgrid": False,
            "zeroline": False,
            "ticklabelstandoff": 6,
        },
        meta={
            "narrow": {
                "layout": {
                    "margin.l": 120,
                    "margin.r": 2,
                    "xaxis.ticktext": list(narrow_columns),
                    "xaxis.tickfont.size": 11,
                    "yaxis.tickfont.size": 11,
                }
            }
        },
    )
    line = at(divide_before) - (1 + DIVIDE) / 2
    figure.add_shape(
        type="line",
        xref="paper",
        x0=0,
        x1=1,
        y0=line,
        y1=line,
        line={"color": style.colour("border"), "width": 1},
    )
    figure.add_scatter(
        x=frame["column"].tolist(),
        y=[at(row) for row in frame["row"]],
        mode="markers+text",
        textfont={"size": 12},
        marker={"opacity": 1},  # plotly fades marks of several sizes
        hoverinfo="text",
    )
    drawn = step_marks(frame)
    if marked:
        drawn["text"] = [
            text + "*" * bool(one) for text, one in zip(drawn["text"], marked, strict=True)
        ]
    figure.data[0].update(drawn)
    return figure
