"""Time x place: who held what, when, and how sure we are of it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from casebook import style
from casebook.figures.canvas import empty, iso, months_axis

BAR_WIDTH = {"high": 0.78, "medium": 0.5, "low": 0.26}
REPORTS = "other days given"
_DAY = 86_400_000  # plotly measures a bar on a date axis in milliseconds


def spells(
    frame: pd.DataFrame,
    start: str,
    end: str,
    *,
    row_height: int = 27,
    every: int = 1,
) -> go.Figure:
    """Draw spells as bars, a row a place and a colour an actor.

    The bar's thickness shows the certainty of the holder; its pattern shows what its first day
    rests on (`casebook.style.DOUBT_PATTERNS`): a proxy can never look like a dated event.

    Parameters
    ----------
    frame : pandas.DataFrame
        One spell a row: ``place`` (str), ``start_date`` and ``end_date`` (datetime; the end is
        the first day of the next spell), ``actor_id``, ``actor`` (label), ``certainty``
        (high, medium, low), ``start_basis``. Rows are drawn in order of appearance, first on top.
    start, end : str
        ISO dates of the window; spells are cut to it.
    row_height : int
        Pixels a place.
    every : int
        Months between two ticks.

    Returns
    -------
    plotly.graph_objects.Figure
        One bar trace an actor; ``customdata`` holds start basis and certainty of each bar.

    Raises
    ------
    KeyError
        If an actor has no colour in `casebook.style`.
    ValueError
        If a start basis or a certainty is not known to the style.
    """
    known = {"dated_event", "window_limit", *style.DOUBT_PATTERNS}
    if strange := set(frame["start_basis"]) - known:
        raise ValueError(f"start_basis must be one of {sorted(known)}, not {sorted(strange)}")
    if strange := set(frame["certainty"]) - set(BAR_WIDTH):
        raise ValueError(f"certainty must be one of {list(BAR_WIDTH)}, not {sorted(strange)}")

    shown = frame[(frame["end_date"] > start) & (frame["start_date"] < end)].copy()
    shown["from"] = shown["start_date"].clip(lower=pd.Timestamp(start))
    shown["to"] = shown["end_date"].clip(upper=pd.Timestamp(end))
    places = list(dict.fromkeys(frame["place"]))

    figure = empty(
        height=len(places) * row_height + 72,
        barmode="overlay",
        margin={"l": 86, "r": 12, "t": 22, "b": 42},
        xaxis=months_axis(start, end, every),
        yaxis={
            "categoryorder": "array",
            "categoryarray": places[::-1],
            "showgrid": False,
            "ticklabelstandoff": 6,
            "range": [-0.6, len(places) - 0.4],
            "tickfont": {"color": style.colour("ink"), "size": 13},
        },
    )
    ordered = {actor: order for order, actor in enumerate(style.ACTORS)}
    shown = shown.sort_values("actor_id", key=lambda ids: ids.map(ordered), kind="stable")
    for actor_id, bars in shown.groupby("actor_id", sort=False):
        shade = style.actor_colour(str(actor_id))
        figure.add_bar(
            orientation="h",
            name=bars["actor"].iloc[0],
            y=bars["place"].tolist(),
            base=iso(bars["from"]),
            x=((bars["to"] - bars["from"]).dt.days * _DAY).tolist(),
            width=[BAR_WIDTH[level] for level in bars["certainty"]],
            marker={
                "color": shade,
                "line": {"width": 0},
                "pattern": {
                    "shape": [style.DOUBT_PATTERNS.get(b, "") for b in bars["start_basis"]],
                    "fillmode": "overlay",
                    "fgcolor": style.colour("paper"),
                    "fgopacity": 0.9,
                    "size": 6,
                    "solidity": 0.32,
                },
            },
            customdata=bars[["start_basis", "certainty"]].to_numpy().tolist(),
            hovertext=[_hover(bar) for bar in bars.itertuples()],
            hoverinfo="text",
        )
    figure.update_layout(
        meta={
            "narrow": {
                "layout": {
                    "xaxis.dtick": f"M{every * 3}",
                    "margin.l": 74,
                    "yaxis.tickfont.size": 12,
                }
            }
        }
    )
    return figure


def _hover(bar) -> str:
    basis = {
        "regional_proxy": "first day borrowed from another town",
        "approximate_day": "day known only roughly",
    }.get(bar.start_basis, "")
    first = f"{bar.start_date:%-d %B %Y}"
    # At the edge of the table nothing ends: the day after it is nobody's first day.
    open_ended = getattr(bar, "end_basis", "") == "window_limit"
    last = "the end of the table" if open_ended else f"{bar.end_date:%-d %B %Y}"
    return "<br>".join(
        part
        for part in (
            f"<b>{bar.place}: {bar.actor}</b>",
            f"{first} to {last}",
            f"certainty: {bar.certainty}",
            basis,
        )
        if part
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
    *,
    row_height: int = 27,
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
    row_height : int
        Pixels a place.

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
    first = pd.Timestamp(start)
    weeks = pd.date_range(start, end, freq="7D")
    ticks = [f"day {(week - first).days}<br>{week:%-d %b}" for week in weeks]
    figure = empty(
        height=len(places) * row_height + 64,
        margin={"l": 86, "r": 8, "t": 8, "b": 44},
        xaxis={
            "type": "date",
            "range": [f"{first - pd.Timedelta(days=2):%Y-%m-%d}", end],
            "tickvals": [f"{week:%Y-%m-%d}" for week in weeks],
            "ticktext": ticks,
        },
        yaxis={
            "categoryorder": "array",
            "categoryarray": places[::-1],
            "showgrid": False,
            "ticklabelstandoff": 6,
            "range": [-0.6, len(places) - 0.4],
            "tickfont": {"color": style.colour("ink"), "size": 13},
        },
    )
    ordered = {actor: order for order, actor in enumerate(style.ACTORS)}
    sorted_frame = frame.sort_values("actor_id", key=lambda ids: ids.map(ordered), kind="stable")
    for actor_id, marks in sorted_frame.groupby("actor_id", sort=False):
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
            hovertext=[_turn_hover(mark, first) for mark in marks.itertuples()],
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
    holders = range(len(figure.data) - 2)
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
                    **{str(index): {"marker.size": 10} for index in holders},
                    str(len(figure.data) - 2): {"marker.size": 8},
                    str(len(figure.data) - 1): words,
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


def _turn_hover(mark, first: pd.Timestamp) -> str:
    doubt = {
        "approximate_day": "<br>day known only roughly",
        "regional_proxy": "<br>day borrowed from another town",
    }.get(mark.start_basis, "")
    return (
        f"<b>{mark.place}: {mark.actor}</b><br>{mark.date:%-d %B %Y}, "
        f"day {(mark.date - first).days}{doubt}"
    )
