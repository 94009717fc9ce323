"""Time x place: who held what, when, and how sure we are of it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casebook import style
from casebook.figures.canvas import PLACE_ROW, empty, iso, months_axis, places_axis
from casebook.figures.keys import Key, actor_keys, by_actor
from casebook.records import records

BAR_WIDTH = {"high": 0.78, "medium": 0.5, "low": 0.26}
DOUBT_KEYS = (
    Key("first day borrowed from another town", "hatch"),
    Key("first day known only roughly", "dots"),
    Key("holder certain", "thick", "ink"),
    Key("fairly certain", "middling", "ink"),
    Key("uncertain", "thin", "ink"),
)
_DAY = 86_400_000  # plotly measures a bar on a date axis in milliseconds


def spells(
    frame: pd.DataFrame,
    start: str,
    end: str,
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

    shown = _inside(frame, start, end).copy()
    shown["from"] = shown["start_date"].where(shown["start_date"] > start, pd.Timestamp(start))
    shown["to"] = shown["end_date"].where(shown["end_date"] < end, pd.Timestamp(end))
    places = list(dict.fromkeys(frame["place"]))

    figure = empty(
        height=len(places) * PLACE_ROW + 72,
        barmode="overlay",
        margin={"l": 86, "r": 12, "t": 22, "b": 42},
        xaxis=months_axis(start, end),
        yaxis=places_axis(places),
    )
    for actor_id, bars in _bars(shown):
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
            hovertext=[_hover(bar) for bar in records(bars)],
            hoverinfo="text",
        )
    figure.update_layout(
        meta={
            "narrow": {
                "layout": {
                    "xaxis.dtick": "M3",
                    "margin.l": 74,
                    "yaxis.tickfont.size": 12,
                }
            }
        }
    )
    return figure


def _inside(frame: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    return frame[(frame["end_date"] > start) & (frame["start_date"] < end)]


def _bars(shown: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Part spells into the traces that draw them."""
    return [(str(actor), bars) for actor, bars in by_actor(shown).groupby("actor_id", sort=False)]


def without(frame: pd.DataFrame, start: str, end: str, basis: str | None) -> dict[int, Any]:
    """Return what hides the spells whose first day rests on `basis`, by trace; None hides none.

    Parameters
    ----------
    frame, start, end
        As for `spells`.
    basis : str or None
        A value of ``start_basis``.
    """
    return {
        position: {"marker.opacity": [0.0 if own == basis else 1.0 for own in bars["start_basis"]]}
        for position, (_, bars) in enumerate(_bars(_inside(frame, start, end)))
    }


def keys(frame: pd.DataFrame, start: str, end: str) -> tuple[Key, ...]:
    """Return the legend of `spells`, from what it draws."""
    return (*actor_keys(by_actor(_inside(frame, start, end))), *DOUBT_KEYS)


def _hover(bar: Any) -> str:
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
