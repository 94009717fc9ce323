"""Deaths by month: stacked bars by kind, with the interval of their sum."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casebook import style
from casebook.figures.canvas import empty, iso, months_axis
from casebook.figures.keys import Key
from casebook.records import records

SPANNING = Key("in events that span months", "back-hatch", "deaths-state_based")
INTERVAL = Key("low to high, all kinds together", "line", "ink")


def mid_month(months: pd.Series) -> pd.Series:
    """Return the middle of each month, where its bar stands on a time axis."""
    return months + pd.Timedelta(days=14)


def death_bars(deaths: pd.DataFrame) -> list[dict[str, Any]]:
    """Return stacked bars of deaths by month and kind, the undatable share hatched.

    Parameters
    ----------
    deaths : pandas.DataFrame
        ``month`` (datetime), ``violence_type``, ``label``, ``in_month`` and ``spanning``: best
        estimates of deaths in events inside one month, and in events that run over several
        months and are booked in their first.

    Returns
    -------
    list of dict
        Keyword arguments of bar traces, two a kind of violence.
    """
    bars = []
    for (kind, label), rows in deaths.groupby(["violence_type", "label"], sort=False):
        for column, pattern in (
            ("in_month", ""),
            ("spanning", style.DOUBT_PATTERNS["spans_months"]),
        ):
            note = " in events that span months" if pattern else ""
            bars.append(
                {
                    "name": label,
                    "showlegend": not pattern,
                    "x": iso(mid_month(rows["month"])),
                    "y": rows[column].astype(int).tolist(),
                    "marker": {
                        "color": style.colour(f"deaths-{kind}"),
                        "line": {"width": 0},
                        "pattern": {
                            "shape": pattern,
                            "fillmode": "overlay",
                            "fgcolor": style.colour("paper"),
                            "fgopacity": 0.9,
                            "size": 6,
                            "solidity": 0.32,
                        },
                    },
                    "hovertemplate": f"%{{x|%B %Y}}: %{{y}} deaths{note}<extra>{label}</extra>",
                    "meta": {"violence_type": kind, "column": column},
                }
            )
    return bars


def interval_lines(totals: pd.DataFrame) -> dict[str, list[float | None] | list[str | None]]:
    """Return one upright line a month from the low to the high estimate.

    Low and high are drawn as published, also where the low estimate exceeds the best or the
    high one.

    Parameters
    ----------
    totals : pandas.DataFrame
        ``month`` (datetime), ``low``, ``high``.
    """
    x: list[str | None] = []
    y: list[float | None] = []
    for month, low, high in zip(
        iso(mid_month(totals["month"])), totals["low"], totals["high"], strict=True
    ):
        if high != low:
            x += [month, month, None]
            y += [int(low), int(high), None]
    return {"x": x, "y": y}


def stacked_months(
    deaths: pd.DataFrame,
    totals: pd.DataFrame,
    start: str,
    end: str,
) -> go.Figure:
    """Draw deaths by month as stacked bars with the interval of their sum.

    Parameters
    ----------
    deaths : pandas.DataFrame
        See `death_bars`.
    totals : pandas.DataFrame
        See `interval_lines`.
    start, end : str
        ISO dates of the window.
    """
    figure = empty(
        height=360,
        barmode="stack",
        bargap=0.25,
        margin={"l": 44, "r": 12, "t": 12, "b": 42},
        xaxis={**months_axis(start, end), "showgrid": False, "ticklabelmode": "period"},
        yaxis={"rangemode": "tozero", "nticks": 6},
        meta={"narrow": {"layout": {"xaxis.dtick": "M3"}}},
    )
    for bars in death_bars(deaths):
        figure.add_bar(**bars)
    figure.add_scatter(
        name=INTERVAL.label,
        mode="lines",
        line={"color": style.colour("ink"), "width": 1.4},
        hoverinfo="skip",
        **interval_lines(totals),
    )
    return figure


def month_marks(deaths: pd.DataFrame, totals: pd.DataFrame) -> dict[int, dict[str, Any]]:
    """Return what shows other deaths in a figure of `stacked_months`, by trace."""
    bars = death_bars(deaths)
    return {
        **{position: {"y": each["y"]} for position, each in enumerate(bars)},
        len(bars): interval_lines(totals),
    }


def kind_keys(deaths: pd.DataFrame) -> tuple[Key, ...]:
    """Return the legend of the kinds of violence in a frame."""
    kinds = deaths.drop_duplicates("violence_type")
    return tuple(Key(row.label, "box", f"deaths-{row.violence_type}") for row in records(kinds))


def month_keys(deaths: pd.DataFrame) -> tuple[Key, ...]:
    """Return the legend of `stacked_months`."""
    return (*kind_keys(deaths), INTERVAL, SPANNING)
