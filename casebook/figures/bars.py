"""Bars: yearly amounts, stacked; and single amounts beside one another."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from casebook import style
from casebook.figures.canvas import empty, mark_moment
from casebook.figures.keys import Key

ROW = 46  # pixels a bar


def stacked_years(
    frame: pd.DataFrame,
    tokens: Mapping[str, str],
    years: tuple[int, int],
    *,
    title: str,
    mark: tuple[float, str] | None = None,
) -> go.Figure:
    """Draw yearly amounts, one trace a series.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``series``, ``label``, ``year``, ``value``, ``hover``. A year without a row has no bar.
    tokens : mapping of str to str
        Series, from below -> token of its colour.
    years : tuple of int
        First and last year of the axis.
    title : str
        Measure and unit of the level.
    mark : tuple of (float, str), optional
        A moment, and the words above it.
    """
    figure = empty(
        height=360,
        barmode="stack",
        bargap=0.18,
        margin={"l": 62, "r": 12, "t": 26, "b": 32},
        xaxis={"range": [years[0] - 0.8, years[1] + 0.8], "dtick": 5, "tick0": 1990},
        yaxis={
            "rangemode": "tozero",
            "tickformat": ",d",
            "title": {"text": title},
        },
    )
    figure.update_xaxes(showgrid=False)
    if mark:
        mark_moment(figure, *mark, layer="below")
    figure.update_layout(meta={"narrow": {"layout": {"xaxis.dtick": 10}}})
    for series, token in tokens.items():
        rows = frame[frame["series"].eq(series)].sort_values("year")
        figure.add_bar(
            name=rows["label"].iloc[0],
            x=rows["year"].tolist(),
            y=rows["value"].astype(float).tolist(),
            marker={"color": style.colour(token), "line": {"width": 0}},
            hovertext=rows["hover"].tolist(),
            hoverinfo="text",
            textposition="none",
            meta={"series": series},
        )
    return figure


def series_keys(frame: pd.DataFrame, tokens: Mapping[str, str]) -> tuple[Key, ...]:
    """Return the legend of `stacked_years`; its arguments."""
    labels = frame.drop_duplicates("series").set_index("series")["label"]
    return tuple(Key(labels[series], "box", token) for series, token in tokens.items())


def level_bars(frame: pd.DataFrame, tokens: Mapping[str, str], most: float) -> go.Figure:
    """Draw single amounts as level bars, each under its name.

    Parameters
    ----------
    frame : pandas.DataFrame
        From the top: ``label``, ``kind``, ``value``, ``text`` (beside the bar).
    tokens : mapping of str to str
        Kind -> token of its colour.
    most : float
        Right end of the axis.
    """
    rows = list(range(len(frame)))
    figure = empty(
        height=len(rows) * ROW + 40,
        bargap=0.62,
        barmode="overlay",
        margin={"l": 14, "r": 14, "t": 6, "b": 30},
        xaxis={"range": [0, most * 1.12], "tickvals": [0, most / 2, most], "zeroline": False},
        yaxis={"range": [len(rows) - 0.5, -0.8], "visible": False},
    )
    for kind, token in tokens.items():
        some = [row for row, own in zip(rows, frame["kind"], strict=True) if own == kind]
        if not some:
            continue
        bars = frame.iloc[some]
        figure.add_bar(
            name=kind,
            y=some,
            x=bars["value"].astype(float).tolist(),
            orientation="h",
            marker={"color": style.colour(token), "line": {"width": 0}},
            text=bars["text"].tolist(),
            textposition="outside",
            textfont={"color": style.colour("ink"), "size": 12},
            cliponaxis=False,
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=[0] * len(rows),
        y=[row - 0.42 for row in rows],
        mode="text",
        text=frame["label"].tolist(),
        textposition="middle right",
        textfont={"color": style.colour("ink"), "size": 12},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    return figure


def level_keys(frame: pd.DataFrame, tokens: Mapping[str, str]) -> tuple[Key, ...]:
    """Return the legend of `level_bars`; its arguments."""
    kinds = set(frame["kind"])
    return tuple(Key(kind, "box", token) for kind, token in tokens.items() if kind in kinds)
