"""Dots with intervals, a row each: countries on one measure, or one country on several."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casebook import style
from casebook.figures.canvas import empty
from casebook.figures.keys import Key

# A filled dot has an interval; an open one has none in the copy that was read.
WITH_INTERVAL, WITHOUT = "circle", "circle-open"
OTHERS_TOKEN, MARKED_TOKEN = "muted", "accent"


def dots(rows: pd.DataFrame, *, marked: bool) -> dict[str, Any]:
    """Return the changes of one trace: dots with their intervals.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``row`` (on the upright axis), ``x``, ``low``, ``high``, ``interval`` (whether the
        bounds are an interval of the measure), ``label`` (beside a marked dot), ``hover``,
        ``marked``.
    marked : bool
        Which of the rows: those marked, or the others.

    Returns
    -------
    dict
        Dotted attributes, for a state of an exhibit.
    """
    chosen = rows[rows["marked"].eq(marked)]
    return {
        "x": chosen["x"].tolist(),
        "y": chosen["row"].tolist(),
        "text": chosen["label"].tolist(),
        "hovertext": chosen["hover"].tolist(),
        "marker.symbol": [WITH_INTERVAL if i else WITHOUT for i in chosen["interval"]],
        "error_x.array": _distance(chosen["high"] - chosen["x"]),
        "error_x.arrayminus": _distance(chosen["x"] - chosen["low"]),
    }


def _distance(lengths: pd.Series) -> list[float | None]:
    """Return lengths, with None where there is no interval: a page's JSON knows no NaN."""
    return [None if pd.isna(length) else round(float(length), 6) for length in lengths]


def axes(
    rows: list[str], span: tuple[float, float], title: str, step: float | None
) -> dict[str, Any]:
    """Return the layout changes of one setting.

    Parameters
    ----------
    rows : list of str
        Rows from above.
    span : tuple of float
        Left and right end of the level axis; the left one is larger where more is worse.
    title : str
        Measure, unit and direction.
    step : float or None
        Between two ticks; None leaves it to plotly.
    """
    return {
        "xaxis.range": list(span),
        "xaxis.title.text": title,
        "xaxis.dtick": step,
        "xaxis.tick0": 1,
        # A category axis counts its rows from below.
        "yaxis.categoryarray": rows[::-1],
        "yaxis.range": [-0.7, len(rows) - 0.3],
    }


def interval_dots(name: str, others: str) -> go.Figure:
    """Return the figure that `dots` and `axes` fill: two traces, the others and the one marked.

    Parameters
    ----------
    name, others : str
        Of the marked country and of the others, for the legend.
    """
    figure = empty(
        height=430,
        margin={"l": 116, "r": 16, "t": 8, "b": 66},
        xaxis={"showgrid": True, "zeroline": False},
        yaxis={"type": "category", "categoryorder": "array", "showgrid": True},
        hovermode="closest",
    )
    figure.update_layout(meta={"narrow": {"layout": {"margin.l": 114, "margin.r": 10}}})
    for label, token, size in ((others, OTHERS_TOKEN, 8), (name, MARKED_TOKEN, 11)):
        shade = style.colour(token)
        figure.add_scatter(
            name=label,
            mode="markers" if label == others else "markers+text",
            textposition="top center",
            textfont={"color": shade, "size": 12},
            cliponaxis=False,
            marker={"color": shade, "size": size, "line": {"color": shade, "width": 1.6}},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [],
                "arrayminus": [],
                "color": shade,
                "thickness": 1.3 if label == others else 2.4,
                "width": 0,
            },
            hoverinfo="text",
        )
    return figure


def keys(name: str, others: str) -> tuple[Key, ...]:
    """Return the legend of `interval_dots`; its arguments."""
    return Key(others, "box", OTHERS_TOKEN), Key(name, "box", MARKED_TOKEN)
