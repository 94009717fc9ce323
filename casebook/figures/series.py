"""Dated figures through time, with their intervals, and breaks where the count changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casebook import style
from casebook.figures.canvas import empty, iso, months_axis
from casebook.figures.keys import Key
from casebook.records import records

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
BREAK_OPACITY = 0.22
ESTIMATED = Key("estimate", "circle-open")
BOUND = Key("at least (or, pointing down, at most)", "triangle")
PLANNED = Key("planning figure", "diamond")
MARK_KEYS = (
    Key("counted or registered", "circle"),
    ESTIMATED,
    BOUND,
    PLANNED,
    Key("way of counting changed", "shade", "displacement-MRT"),
)


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


def breaks_of(found: pd.DataFrame) -> list[Break]:
    """Return breaks as they are drawn.

    Parameters
    ----------
    found : pandas.DataFrame
        From `casebook.analysis.displacement.registration_breaks`.
    """
    return [
        Break(
            row.series,
            f"{row.last_count:%Y-%m-%d}",
            f"{row.first_registered:%Y-%m-%d}",
            int(row.last_value),
            int(row.first_value),
            "counted anew",
        )
        for row in records(found)
    ]


def dated_series(
    frame: pd.DataFrame,
    start: str,
    end: str,
    *,
    breaks: Sequence[Break] = (),
    every: int = 1,
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
    every : int
        Months between two ticks.

    Returns
    -------
    plotly.graph_objects.Figure
        A trace for each series and method; missing values leave a gap.

    Raises
    ------
    ValueError
        If a qualifier has no symbol.
    """
    traces = dated_marks(frame)
    figure = empty(
        height=380,
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
        opacity=BREAK_OPACITY,
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


def dated_marks(frame: pd.DataFrame, size: int = 8) -> list[dict[str, Any]]:
    """Return a line with marks for each series and method.

    Parameters
    ----------
    frame : pandas.DataFrame
        See `dated_series`.
    size : int
        Pixels of a mark; lines are in proportion.

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
    traces: list[dict[str, Any]] = []
    for (series, method), rows in _counted_alike(frame):
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
                "hovertext": [_hover(row) for row in records(rows)],
                "hoverinfo": "text",
                "meta": {"series": series, "method": method},
            }
        )
    return traces


def _with_gaps(numbers: pd.Series) -> list[int | None]:
    """Return whole numbers, with None where one is missing: a page's JSON knows no NaN."""
    return [None if pd.isna(number) else int(number) for number in numbers]


def _hover(row: Any) -> str:
    value = "no figure" if pd.isna(row.value) else f"{row.value:,.0f} people"
    said = "; ".join(text.replace("_", " ") for text in (row.qualifier, row.method) if text)
    return f"<b>{row.label}</b><br>{row.date:%-d %B %Y}: {value}<br>{said}"


def _interval(rows: pd.DataFrame, shade: str) -> dict[str, Any] | None:
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


def _counted_alike(frame: pd.DataFrame) -> list[tuple[tuple[str, str], pd.DataFrame]]:
    """Part a frame into what a line may join: one trace each, in this order."""
    parts = frame.groupby(["series", "method"], sort=False)
    return [((str(series), str(method)), rows) for (series, method), rows in parts]


def only_method(frame: pd.DataFrame, method: str | None) -> dict[int, dict[str, Any]]:
    """Return what shows figures counted in one way, or in any, by trace of `dated_series`."""
    return {
        position: {"visible": method in (None, own)}
        for position, ((_, own), _rows) in enumerate(_counted_alike(frame))
    }


def only_series(
    frame: pd.DataFrame, breaks: Sequence[Break], series: str | None
) -> tuple[dict[int, dict[str, Any]], dict[str, Any]]:
    """Return what shows one series of `dated_series`, or all: changes of traces, and of layout.

    Parameters
    ----------
    frame, breaks
        As for `dated_series`.
    series : str or None
        Its id; None for all.
    """
    traces = {
        position: {"visible": series in (None, own)}
        for position, ((own, _method), _rows) in enumerate(_counted_alike(frame))
    }
    layout: dict[str, Any] = {}
    for position, gap in enumerate(breaks):
        shown = series in (None, gap.series)
        layout[f"shapes.{position}.opacity"] = BREAK_OPACITY if shown else 0
        layout[f"annotations.{position}.visible"] = shown
    return traces, layout


def series_keys(frame: pd.DataFrame) -> tuple[Key, ...]:
    """Return the legend of the series in a frame."""
    series = frame.drop_duplicates("series")
    return tuple(Key(row.label, "box", f"displacement-{row.series}") for row in records(series))
