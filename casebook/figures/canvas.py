"""The empty figure every drawing starts from, and the axes that several share."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casebook import style

PLACE_ROW = 27  # pixels a place


def empty(height: int, **layout: Any) -> go.Figure:
    """Return an empty figure in the book's style.

    Parameters
    ----------
    height : int
        Pixels; the width follows the page.
    **layout
        Further layout attributes.
    """
    return go.Figure(layout={"template": style.template(), "height": height, **layout})


def months_axis(start: str, end: str, every: int = 1) -> dict[str, Any]:
    """Return a date axis from `start` to `end` with a tick on the first of every so many months."""
    first = pd.Timestamp(start)
    return {
        "type": "date",
        "range": [start, end],
        "dtick": f"M{every}",
        "tick0": f"{pd.offsets.MonthBegin().rollforward(first):%Y-%m-%d}",
        "tickformat": "%b\n%Y",
        "ticklabelmode": "instant",
        "showgrid": True,
    }


def places_axis(places: list[str]) -> dict[str, Any]:
    """Return an upright axis with a row a place, the first on top."""
    return {
        "categoryorder": "array",
        "categoryarray": places[::-1],
        "showgrid": False,
        "ticklabelstandoff": 6,
        "range": [-0.6, len(places) - 0.4],
        "tickfont": {"color": style.colour("ink"), "size": 13},
    }


def iso(dates: pd.Series) -> list[str]:
    """Return dates as ISO strings, the form that plotly and a static page both read."""
    return [f"{date:%Y-%m-%d}" for date in dates]


def dotted_line() -> dict[str, Any]:
    """Return how the line of a moment looks."""
    return {"color": style.colour("ink"), "width": 1, "dash": "dot"}


def label_moment(figure: go.Figure, at: str | float, label: str) -> None:
    """Write a label above the plot, over a moment."""
    figure.add_annotation(
        x=at,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=label,
        font={"size": 12, "color": style.colour("ink")},
    )


def mark_moment(figure: go.Figure, at: str | float, label: str, layer: str = "above") -> go.Figure:
    """Draw an upright line at a moment, ``above`` or ``below`` the traces, its label on top."""
    figure.add_vline(x=at, line=dotted_line(), layer=layer)
    label_moment(figure, at, label)
    return figure
