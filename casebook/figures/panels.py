"""Several measures above one another, on one time axis."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from casebook import style
from casebook.figures.canvas import empty, iso, months_axis
from casebook.figures.keys import Key, actor_keys
from casebook.figures.months import SPANNING, death_bars, interval_lines, kind_keys
from casebook.figures.series import BOUND, ESTIMATED, PLANNED, dated_marks, series_keys

INTERVAL = Key("deaths, low to high", "line", "ink")


def crisis(
    held: pd.DataFrame,
    displaced: pd.DataFrame,
    deaths: pd.DataFrame,
    totals: pd.DataFrame,
    start: str,
    end: str,
) -> go.Figure:
    """Draw control of towns, displacement and deaths in three panels.

    Parameters
    ----------
    held : pandas.DataFrame
        ``date``, ``actor_id``, ``actor``, ``towns``: how many towns an actor holds from that day
        on; a row for every actor at every date on which anything changes.
    displaced : pandas.DataFrame
        As for `casebook.figures.series.dated_series`.
    deaths, totals : pandas.DataFrame
        As for `casebook.figures.months.stacked_months`.
    start, end : str
        ISO dates of the window.
    """
    axis = style.template()["layout"]["yaxis"]
    figure = empty(
        height=620,
        barmode="stack",
        bargap=0.25,
        margin={"l": 68, "r": 12, "t": 22, "b": 42},
        xaxis={**months_axis(start, end, 3), "anchor": "y3"},
        yaxis={
            "domain": [0.72, 1],
            "nticks": 4,
            "range": [0, held.groupby("date").towns.sum().max()],
        },
        # The template reaches the first axes only.
        yaxis2={
            **axis,
            "domain": [0.36, 0.64],
            "rangemode": "tozero",
            "tickformat": ",d",
            "nticks": 5,
        },
        yaxis3={**axis, "domain": [0, 0.28], "rangemode": "tozero", "nticks": 5},
        meta={"narrow": {"layout": {"xaxis.dtick": "M6"}}},
    )
    for actor_id, rows in held.groupby("actor_id", sort=False):
        shade = style.actor_colour(str(actor_id))
        figure.add_scatter(
            name=rows["actor"].iloc[0],
            x=iso(rows["date"]),
            y=rows["towns"].tolist(),
            stackgroup="held",
            mode="lines",
            line={"shape": "hv", "width": 0.6, "color": style.colour("paper")},
            fillcolor=shade,
            marker={"color": shade},
            hovertemplate="%{x|%-d %B %Y}: %{y} towns<extra>" + rows["actor"].iloc[0] + "</extra>",
            yaxis="y",
        )
    for trace in dated_marks(displaced, size=6):
        figure.add_scatter(**trace, yaxis="y2")
    for bars in death_bars(deaths):
        figure.add_bar(**bars, yaxis="y3")
    figure.add_scatter(
        name=INTERVAL.label,
        mode="lines",
        line={"color": style.colour("ink"), "width": 1.2},
        hoverinfo="skip",
        yaxis="y3",
        **interval_lines(totals),
    )
    for text, top in (
        ("<b>Towns held</b>", 1),
        ("<b>People displaced</b>", 0.64),
        ("<b>Deaths recorded a month</b>", 0.28),
    ):
        figure.add_annotation(
            text=text,
            x=0,
            xref="paper",
            xanchor="left",
            y=top,
            yref="paper",
            yanchor="bottom",
            font={"color": style.colour("ink"), "size": 12},
        )
    return figure


def keys(held: pd.DataFrame, displaced: pd.DataFrame, deaths: pd.DataFrame) -> tuple[Key, ...]:
    """Return the legend of `crisis`, from what it draws."""
    return (
        *actor_keys(held),
        *series_keys(displaced),
        *kind_keys(deaths),
        INTERVAL,
        ESTIMATED,
        BOUND,
        PLANNED,
        SPANNING,
    )
