"""Changes of hands on a row a place, in days since something began."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casebook import style
from casebook.figures.canvas import PLACE_ROW, empty, iso, places_axis
from casebook.figures.keys import Key, actor_keys, by_actor
from casebook.records import records

REPORTS = "other days given"
MARK_KEYS = (
    Key("day known only roughly", "diamond"),
    Key("another day, given by a source", "circle-open", "ink"),
)
TURN_SYMBOLS = {
    "dated_event": "square",
    "approximate_day": "diamond-open",
    "regional_proxy": "square-open",
}


def turns(
    frame: pd.DataFrame,
    reports: pd.DataFrame,
    labels: Mapping[str, str],
    start: str,
    end: str,
) -> go.Figure:
    """Draw changes of hands as marks on a row a place, days counted from the first.

    Parameters
    ----------
    frame : pandas.DataFrame
        One change a row: ``place``, ``date`` (datetime), ``actor_id`` and ``actor`` (the new
        holder), ``start_basis``. Places are drawn in order of appearance, first on top.
    reports : pandas.DataFrame
        Other days that sources give for such a change: ``place``, ``date``, ``text`` (for who
        points at it).
    labels : mapping of str
        Place to what is written right of its last mark.
    start, end : str
        ISO dates; ticks count the weeks from the first.

    Returns
    -------
    plotly.graph_objects.Figure
        A trace an actor, then one named `REPORTS`, then one with the labels.

    Raises
    ------
    ValueError
        If a start basis has no symbol.
    """
    if strange := set(frame["start_basis"]) - set(TURN_SYMBOLS):
        raise ValueError(f"start_basis must be one of {list(TURN_SYMBOLS)}, not {sorted(strange)}")
    places = list(dict.fromkeys(frame["place"]))
    holders = _holders(frame)
    first = pd.Timestamp(start)
    weeks = pd.date_range(start, end, freq="7D")
    ticks = [f"day {(week - first).days}<br>{week:%-d %b}" for week in weeks]
    figure = empty(
        height=len(places) * PLACE_ROW + 64,
        margin={"l": 86, "r": 8, "t": 8, "b": 44},
        xaxis={
            "type": "date",
            "range": [f"{first - pd.Timedelta(days=2):%Y-%m-%d}", end],
            "tickvals": [f"{week:%Y-%m-%d}" for week in weeks],
            "ticktext": ticks,
        },
        yaxis=places_axis(places),
    )
    for actor_id, marks in by_actor(frame).groupby("actor_id", sort=False):
        shade = style.actor_colour(str(actor_id))
        figure.add_scatter(
            name=marks["actor"].iloc[0],
            x=iso(marks["date"]),
            y=marks["place"].tolist(),
            mode="markers",
            marker={
                "color": shade,
                "symbol": [TURN_SYMBOLS[basis] for basis in marks["start_basis"]],
                "size": 14,
                "line": {"width": 2, "color": shade},
            },
            hovertext=[_turn_hover(mark, first) for mark in records(marks)],
            hoverinfo="text",
        )
    figure.add_scatter(
        name=REPORTS,
        x=iso(reports["date"]),
        y=reports["place"].tolist(),
        mode="markers",
        marker={
            "color": style.colour("ink"),
            "symbol": "circle-open",
            "size": 11,
            "line": {"width": 1.6, "color": style.colour("ink")},
        },
        hovertext=reports["text"].tolist(),
        hoverinfo="text",
        showlegend=False,
    )
    days = frame.groupby("place")["date"].agg(["min", "max"]).loc[list(labels)]
    gap = pd.Timedelta(days=2)
    figure.add_scatter(
        x=iso(days["max"] + gap),
        y=list(labels),
        text=list(labels.values()),
        mode="text",
        textposition="middle right",
        # In full ink: the words cross the lines of the weeks.
        textfont={"size": 12, "color": style.colour("ink")},
        hoverinfo="skip",
        showlegend=False,
    )
    # A phone has room for two short lines, and for late marks only on their left.
    late = days["min"] > first + (pd.Timestamp(end) - first) * 0.4
    words = {
        "x": iso((days["max"] + gap).mask(late, days["min"] - gap)),
        "text": [
            text if to_left else _in_two_lines(text)
            for text, to_left in zip(labels.values(), late, strict=True)
        ],
        "textposition": [f"middle {'left' if to_left else 'right'}" for to_left in late],
        "textfont.size": 10,
    }
    figure.update_layout(
        meta={
            "narrow": {
                "layout": {
                    "xaxis.tickvals": [f"{week:%Y-%m-%d}" for week in weeks[::2]],
                    "xaxis.ticktext": ticks[::2],
                    "margin.l": 74,
                    "yaxis.tickfont.size": 12,
                },
                "traces": {
                    **{str(index): {"marker.size": 10} for index in range(holders)},
                    str(holders): {"marker.size": 8},
                    str(holders + 1): words,
                },
            }
        }
    )
    return figure


def _in_two_lines(text: str) -> str:
    """Break words about who entered where the next to enter are named."""
    if "; " in text:
        return ";<br>".join(text.rsplit("; ", 1))
    return text.replace(", then", ",<br>then")


def _turn_hover(mark: Any, first: pd.Timestamp) -> str:
    doubt = {
        "approximate_day": "<br>day known only roughly",
        "regional_proxy": "<br>day borrowed from another town",
    }.get(mark.start_basis, "")
    return (
        f"<b>{mark.place}: {mark.actor}</b><br>{mark.date:%-d %B %Y}, "
        f"day {(mark.date - first).days}{doubt}"
    )


def _holders(frame: pd.DataFrame) -> int:
    return frame["actor_id"].nunique()


def show_reports(frame: pd.DataFrame, shown: bool) -> dict[int, dict[str, bool]]:
    """Return what shows or hides the other days that sources give, by trace of `turns`."""
    return {_holders(frame): {"visible": shown}}


def keys(frame: pd.DataFrame) -> tuple[Key, ...]:
    """Return the legend of `turns`."""
    return (*actor_keys(by_actor(frame)), *MARK_KEYS)
