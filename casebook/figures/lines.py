"""Yearly values above one another on one axis of years: intervals, gaps and breaks as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casebook import style
from casebook.figures.canvas import dotted_line, empty, label_moment
from casebook.figures.keys import Key
from casebook.records import records


@dataclass(frozen=True)
class Panel:
    """One panel of a figure.

    Attributes
    ----------
    name : str
        As in the column ``panel``.
    title : str
        Measure and unit, written above it; ``<br>`` breaks the line.
    span : tuple of float
        Lower and upper end of its axis; the lower one is larger where more is worse.
    breaks : tuple of (int, int)
        Last year of one count and first of the next, shaded.
    narrow_title : str
        For a phone; the title itself unless told.
    ticks : str
        Format of the numbers on its axis; plotly's own unless told.
    """

    name: str
    title: str
    span: tuple[float, float]
    breaks: tuple[tuple[int, int], ...] = ()
    narrow_title: str = ""
    ticks: str = ""


@dataclass(frozen=True)
class Series:
    """What is drawn in every panel: its name in the frame, its words and its colour."""

    name: str
    label: str
    token: str


def with_breaks(rows: pd.DataFrame) -> dict[str, Any]:
    """Return the changes of one trace: values by year, a line only where one is allowed.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``year``, ``value``, ``low``, ``high`` (empty where there is no interval), ``joined``
        (whether a line may join the row to the one before), ``symbol``, ``hover``.

    Returns
    -------
    dict
        Dotted attributes; wherever no line is allowed, an empty point parts the two.
    """
    x: list[int | None] = []
    y: list[float | None] = []
    up: list[float | None] = []
    down: list[float | None] = []
    symbols: list[str] = []
    hover: list[str] = []
    columns: tuple[list[Any], ...] = (x, y, up, down, symbols, hover)

    def add(*point: Any) -> None:
        for column, value in zip(columns, point, strict=True):
            column.append(value)

    for position, row in enumerate(records(rows)):
        if position and not row.joined:
            add(None, None, None, None, "circle", "")
        bounded = not pd.isna(row.low)
        add(
            int(row.year),
            float(row.value),
            round(row.high - row.value, 6) if bounded else None,
            round(row.value - row.low, 6) if bounded else None,
            row.symbol,
            row.hover,
        )
    return {
        "x": x,
        "y": y,
        "marker.symbol": symbols,
        "hovertext": hover,
        "error_y.array": up,
        "error_y.arrayminus": down,
    }


def panels(
    frame: pd.DataFrame,
    described: Sequence[Panel],
    series: Sequence[Series],
    years: tuple[int, int],
    *,
    height: int,
    left: int = 46,
    mark: tuple[float, str] | None = None,
) -> go.Figure:
    """Draw yearly values in panels above one another.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``panel``, ``series`` and the columns of `with_breaks`.
    described : sequence of Panel
        From above.
    series : sequence of Series
        From below: a later one is drawn over the ones before.
    years : tuple of int
        First and last year of the axis.
    height : int
        Pixels.
    left : int
        Pixels for the numbers of the level axes.
    mark : tuple of (float, str), optional
        A moment marked through all panels, with the words above it.

    Returns
    -------
    plotly.graph_objects.Figure
        One trace for each panel and series, in the order of `trace_of`.
    """
    share = 1 / len(described)
    last = len(described) - 1
    gap = 26 / height  # room for a panel's title
    figure = empty(
        height=height,
        margin={"l": left, "r": 12, "t": 30 if mark else 8, "b": 30},
        xaxis={
            "range": [years[0] - 0.8, years[1] + 0.8],
            "dtick": 5,
            "tick0": 1990,
            "anchor": "y" if len(described) == 1 else f"y{len(described)}",
            "showgrid": True,
            "zeroline": False,
        },
        hovermode="closest",
    )
    narrow: dict[str, object] = {"xaxis.dtick": 10}
    for number, panel in enumerate(described):
        top = 1 - number * share
        own = {
            "domain": [max(top - share + 0.02, 0) if number < last else 0, top - gap],
            "range": list(panel.span),
            "nticks": 5,
            "zeroline": False,
            "tickformat": panel.ticks,
        }
        figure.update_layout({_axis(number): {**style.template()["layout"]["yaxis"], **own}})
        figure.add_annotation(
            text=panel.title,
            x=0,
            xref="paper",
            xanchor="left",
            xshift=6 - left,
            y=top - gap,
            yref="paper",
            yanchor="bottom",
            align="left",
            showarrow=False,
            font={"color": style.colour("ink"), "size": 12},
        )
        if panel.narrow_title:
            narrow[f"annotations.{number}.text"] = panel.narrow_title
        for before, after in panel.breaks:
            figure.add_shape(
                x0=before + 0.15,
                x1=after - 0.15,
                y0=panel.span[0],
                y1=panel.span[1],
                yref=_ref(number),
                fillcolor=style.colour("muted"),
                opacity=0.3,
                line={"width": 0},
                layer="below",
            )
    figure.update_layout(meta={"narrow": {"layout": narrow}})
    if mark:
        at, label = mark
        for number, panel in enumerate(described):
            figure.add_shape(
                x0=at,
                x1=at,
                y0=panel.span[0],
                y1=panel.span[1],
                yref=_ref(number),
                line=dotted_line(),
                layer="below",
            )
        label_moment(figure, at, label)
    for number, panel in enumerate(described):
        for drawn in series:
            rows = frame[frame["panel"].eq(panel.name) & frame["series"].eq(drawn.name)]
            shade = style.colour(drawn.token)
            figure.add_scatter(
                name=drawn.label,
                showlegend=number == 0,
                mode="lines+markers",
                connectgaps=False,
                line={"color": shade, "width": 1.8},
                marker={"color": shade, "size": 6, "line": {"color": shade, "width": 1.4}},
                error_y={
                    "type": "data",
                    "symmetric": False,
                    "color": shade,
                    "thickness": 1.1,
                    "width": 0,
                },
                hoverinfo="text",
                yaxis=_ref(number),
                meta={"panel": panel.name, "series": drawn.name},
            )
            for attribute, value in with_breaks(rows).items():
                figure.data[-1][attribute] = value
    return figure


def keys(series: Sequence[Series]) -> tuple[Key, ...]:
    """Return the legend of `panels`."""
    return tuple(Key(drawn.label, "box", drawn.token) for drawn in series)


def trace_of(described: Sequence[Panel], series: Sequence[Series], panel: str, name: str) -> int:
    """Return the position of the trace of a panel and a series."""
    above = [p.name for p in described].index(panel)
    return above * len(series) + [s.name for s in series].index(name)


def _ref(number: int) -> str:
    return "y" if number == 0 else f"y{number + 1}"


def _axis(number: int) -> str:
    return "yaxis" if number == 0 else f"yaxis{number + 1}"
