"""Numbers through time: dated figures with breaks and intervals, and stacked monthly counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from casebook import style
from casebook.figures.canvas import empty, iso, months_axis

# What a source says of its own number -> the mark that says it. Filled: people were counted or
# registered; open: somebody estimated; triangles: a bound, not a value; cross: a bare claim.
SYMBOL_BY_QUALIFIER = {
    "exact": "circle",
    "registered": "circle",
    "counted": "circle",
    "identified": "circle",
    "published_total": "circle",
    "approx": "circle-open",
    "estimate": "circle-open",
    "planning_figure": "diamond-open",
    "at_least": "triangle-up-open",
    "at_most": "triangle-down-open",
    "claimed": "x-thin-open",
}


@dataclass(frozen=True)
class Break:
    """A stretch of time in which what one series measures changed.

    Attributes
    ----------
    series : str
        The series, as in the frame.
    start, end : str
        ISO dates of the last figure of the old kind and the first of the new.
    before, after : int
        These two figures.
    label : str
        Written above the gap.
    """

    series: str
    start: str
    end: str
    before: int
    after: int
    label: str


def dated_series(
    frame: pd.DataFrame,
    start: str,
    end: str,
    *,
    breaks: Sequence[Break] = (),
    height: int = 380,
    every: int = 1,
    unit: str = "people",
) -> go.Figure:
    """Draw dated figures as marks; a line joins only figures counted in the same way.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``series`` (id, a token of `casebook.style`), ``label``, ``date``, ``value``,
        ``qualifier`` (key of `SYMBOL_BY_QUALIFIER`), ``method`` (what was counted; a line never
        crosses a change of it). ``low`` and ``high`` are drawn as intervals where present.
    start, end : str
        ISO dates of the window.
    breaks : sequence of Break
        Shaded from the last figure of the old kind to the first of the new.
    height : int
        Pixels.
    every : int
        Months between two ticks.
    unit : str
        For the reader who points at a mark.

    Returns
    -------
    plotly.graph_objects.Figure
        A trace for each series and method; missing values leave a gap.

    Raises
    ------
    ValueError
        If a qualifier has no symbol.
    """
    traces = dated_marks(frame, unit=unit)
    figure = empty(
        height=height,
        margin={"l": 56, "r": 14, "t": 26, "b": 42},
        xaxis=months_axis(start, end, every),
        yaxis={"rangemode": "tozero", "tickformat": ",d"},
        meta={"narrow": {"layout": {"xaxis.dtick": f"M{every * 3}"}}},
    )
    for gap in breaks:
        _mark_break(figure, gap)
    for trace in traces:
        figure.add_scatter(**trace)
    return figure


def _mark_break(figure: go.Figure, gap: Break) -> None:
    """Shade the box between the last figure of the old kind and the first of the new."""
    figure.add_shape(
        x0=gap.start,
        x1=gap.end,
        y0=gap.before,
        y1=gap.after,
        fillcolor=style.colour(f"displacement-{gap.series}"),
        opacity=0.22,
        line={"width": 0},
        layer="below",
    )
    first, last = pd.Timestamp(gap.start), pd.Timestamp(gap.end)
    figure.add_annotation(
        x=f"{first + (last - first) / 2:%Y-%m-%d}",
        y=max(gap.before, gap.after),
        yanchor="bottom",
        text=gap.label,
        font={"size": 11, "color": style.colour("muted")},
    )


def dated_marks(frame: pd.DataFrame, size: int = 8, unit: str = "people") -> list[dict]:
    """Return a line with marks for each series and method.

    Parameters
    ----------
    frame : pandas.DataFrame
        See `dated_series`.
    size : int
        Pixels of a mark; lines are in proportion.
    unit : str
        For the reader who points at a mark.

    Returns
    -------
    list of dict
        Keyword arguments of scatter traces; a series is named in the legend once.

    Raises
    ------
    ValueError
        If a qualifier has no symbol.
    """
    if strange := set(frame["qualifier"]) - set(SYMBOL_BY_QUALIFIER):
        raise ValueError(f"No symbol for the qualifier {sorted(strange)}")
    traces: list[dict] = []
    for (series, method), rows in frame.groupby(["series", "method"], sort=False):
        rows = rows.sort_values("date", kind="stable")
        shade = style.colour(f"displacement-{series}")
        traces.append(
            {
                "name": rows["label"].iloc[0],
                "showlegend": all(trace["meta"]["series"] != series for trace in traces),
                "x": iso(rows["date"]),
                "y": _with_gaps(rows["value"]),
                "mode": "lines+markers",
                "connectgaps": False,
                "line": {"color": shade, "width": size * 0.18},
                "marker": {
                    "color": shade,
                    "size": size,
                    "symbol": [SYMBOL_BY_QUALIFIER[q] for q in rows["qualifier"]],
                    "line": {"width": size * 0.23, "color": shade},
                },
                "error_y": _interval(rows, shade),
                "hovertext": [_hover(row, unit) for row in rows.itertuples()],
                "hoverinfo": "text",
                "meta": {"series": series, "method": method},
            }
        )
    return traces


def _with_gaps(numbers: pd.Series) -> list[int | None]:
    """Return whole numbers, with None where one is missing: a page's JSON knows no NaN."""
    return [None if pd.isna(number) else int(number) for number in numbers]


def _hover(row, unit: str) -> str:
    value = "no figure" if pd.isna(row.value) else f"{row.value:,.0f} {unit}"
    said = "; ".join(text.replace("_", " ") for text in (row.qualifier, row.method) if text)
    return f"<b>{row.label}</b><br>{row.date:%-d %B %Y}: {value}<br>{said}"


def _interval(rows: pd.DataFrame, shade: str) -> dict | None:
    if not {"low", "high"} <= set(rows.columns) or rows[["low", "high"]].isna().all(axis=None):
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": _with_gaps(rows["high"] - rows["value"]),
        "arrayminus": _with_gaps(rows["value"] - rows["low"]),
        "color": shade,
        "thickness": 1.2,
        "width": 3,
    }


def mid_month(months: pd.Series) -> pd.Series:
    """Return the middle of each month, where its bar stands on a time axis."""
    return months + pd.Timedelta(days=14)


def death_bars(deaths: pd.DataFrame) -> list[dict]:
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


def interval_lines(totals: pd.DataFrame) -> dict[str, list]:
    """Return one upright line a month from the low to the high estimate.

    Low and high are drawn as published, also where the low estimate exceeds the best or the
    high one.

    Parameters
    ----------
    totals : pandas.DataFrame
        ``month`` (datetime), ``low``, ``high``.
    """
    x: list = []
    y: list = []
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
    *,
    height: int = 360,
    every: int = 1,
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
    height : int
        Pixels.
    every : int
        Months between two ticks.
    """
    figure = empty(
        height=height,
        barmode="stack",
        bargap=0.25,
        margin={"l": 44, "r": 12, "t": 12, "b": 42},
        xaxis={**months_axis(start, end, every), "showgrid": False, "ticklabelmode": "period"},
        yaxis={"rangemode": "tozero", "nticks": 6},
        meta={"narrow": {"layout": {"xaxis.dtick": f"M{every * 3}"}}},
    )
    for bars in death_bars(deaths):
        figure.add_bar(**bars)
    figure.add_scatter(
        name="low to high, all kinds together",
        mode="lines",
        line={"color": style.colour("ink"), "width": 1.4},
        hoverinfo="skip",
        **interval_lines(totals),
    )
    return figure
