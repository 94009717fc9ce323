"""Advice followed through time: verdicts as worded tiles, dated outcomes as marks in rows."""

from __future__ import annotations

import textwrap
from collections.abc import Collection
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casebook import prose, style
from casebook.figures.canvas import empty, mark_moment
from casebook.figures.keys import Key
from casebook.records import records

NOT_KNOWN = "not_known"
ROW, PHONE_ROW = 28, 42  # pixels; on a phone the row's name stands above its marks
LABELS = 228  # pixels for the names of the rows
_EDGE = -0.12  # of the first column
DIRECTION_KEYS = (
    Key("progress", "triangle", "direction-progress"),
    Key("mixed", "circle", "direction-mixed"),
    Key("setback", "triangle-down", "direction-setback"),
    Key("only the year is known", "line"),
)
NAMES = 1 + len(style.DIRECTIONS)  # the trace of `marks` that names rows on a phone
# Edges of the time axis.
START, END = "2012-10-01", "2025-06-01"
# Where in its row a mark stands, so that marks of one spring do not cover each other; on a phone
# below the name of the row.
LANES = {"progress": -0.2, "mixed": 0.0, "setback": 0.2}
PHONE_LANES = {"progress": -0.02, "mixed": 0.12, "setback": 0.26}


def cells(frame: pd.DataFrame, columns: list[str]) -> go.Figure:
    """Draw one tile for each cell, its meaning written beside it.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``row`` and ``column`` (int, from the first on), ``name`` and ``short`` (of the row),
        ``kind`` (a key of `casebook.style.VERDICTS`, or ``not_known``), ``word`` and
        ``short_word`` (of the kind) and ``text`` (for who points at it).
    columns : list of str
        What stands above the columns.

    Returns
    -------
    plotly.graph_objects.Figure
        One trace a kind, in the style's order, what is not known last and hollow; then the names
        of the rows for a phone.

    Raises
    ------
    ValueError
        If a kind is not known to the style.
    """
    kinds = [*style.VERDICTS, NOT_KNOWN]
    if strange := set(frame["kind"]) - set(kinds):
        raise ValueError(f"kind must be one of {kinds}, not {sorted(strange)}")
    rows = _named_rows(frame)
    last = len(columns) - 1
    figure = empty(
        height=len(rows) * ROW + 40,
        margin={"l": LABELS, "r": 0, "t": 30, "b": 4},
        xaxis={
            "range": [_EDGE, last + 0.92],
            "tickvals": list(range(len(columns))),
            "ticktext": columns,
            "side": "top",
            "showgrid": False,
            "zeroline": False,
            "tickfont": {"color": style.colour("ink")},
        },
        yaxis=_rows_axis(rows),
        shapes=[_rule(row + 0.5) for row in rows["row"].iloc[:-1]],
    )
    narrow: dict[str, Any] = {}
    for kind, marks in _of_each_kind(frame):
        hollow = kind == NOT_KNOWN
        token = "muted" if hollow else f"verdict-{kind}"
        narrow[str(len(figure.data))] = {
            "text": marks["short_word"].tolist(),
            "marker.size": 12,
        }
        figure.add_scatter(
            name=marks["word"].iloc[0],
            x=marks["column"].tolist(),
            y=marks["row"].tolist(),
            mode="markers+text",
            text=marks["word"].tolist(),
            textposition="middle right",
            textfont={"size": 11, "color": [style.colour("ink")] * len(marks)},
            marker={
                "color": style.colour(token),
                "symbol": "square-open" if hollow else "square",
                "size": 15,
                "line": {"width": 1.5 if hollow else 0},
                "opacity": [1.0] * len(marks),
            },
            hovertext=marks["text"].tolist(),
            hoverinfo="text",
            cliponaxis=False,
            meta={"kind": kind, "rows": marks["short"].tolist()},
        )
    _name_rows_on_a_phone(figure, rows, _EDGE, narrow)
    return figure


def _of_each_kind(frame: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Part cells into the traces that draw them."""
    parts = [(kind, frame[frame["kind"].eq(kind)]) for kind in (*style.VERDICTS, NOT_KNOWN)]
    return [(kind, cells) for kind, cells in parts if len(cells)]


def only_named(frame: pd.DataFrame, shown: Collection[str]) -> dict[int, dict[str, list[Any]]]:
    """Return what lets some rows of `cells` stand out, by trace.

    Parameters
    ----------
    frame : pandas.DataFrame
        As for `cells`.
    shown : collection of str
        Short names of the rows.
    """
    ink, faint = style.colour("ink"), style.colour("border")
    patches: dict[int, dict[str, list[Any]]] = {}
    for position, (_, some) in enumerate(_of_each_kind(frame)):
        out = some["short"].isin(shown)
        patches[position] = {
            "marker.opacity": [1.0 if one else 0.15 for one in out],
            "textfont.color": [ink if one else faint for one in out],
        }
    return patches


def verdict_keys(frame: pd.DataFrame) -> tuple[Key, ...]:
    """Return the legend of `cells`."""
    kinds = [kind for kind, _ in _of_each_kind(frame) if kind != NOT_KNOWN]
    return (
        *(Key(kind.replace("_", " "), "box", f"verdict-{kind}") for kind in kinds),
        Key("not known", "hollow"),
    )


def marks(frame: pd.DataFrame, since: tuple[str, str]) -> go.Figure:
    """Draw dated marks in rows; colour, shape and height in the row tell their direction.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``row`` (int, from one on), ``name`` and ``short`` (of the row), ``date``, ``precision``
        (day, month or year), ``direction`` (a key of `casebook.style.DIRECTIONS`) and ``text``.
    since : tuple of str
        A day that parts what came before from what came after, and what to call it.

    Returns
    -------
    plotly.graph_objects.Figure
        First the lines that span a year where only that is known, then one trace a direction in
        the style's order, then the names of the rows for a phone. The upright axis shows all rows;
        `only_rows` changes a drawing to show some.
    """
    rows = _named_rows(frame)
    figure = empty(
        height=19 * ROW + 58,
        margin={"l": LABELS, "r": 8, "t": 22, "b": 30},
        xaxis={
            "type": "date",
            "range": [START, END],
            "dtick": "M24",
            "tick0": f"{int(START[:4]) + 2}-01-01",
            "tickformat": "%Y",
            "zeroline": False,
        },
        yaxis=_rows_axis(rows),
        shapes=[_rule(row + 0.5) for row in rows["row"].iloc[:-1]],
    )
    narrow: dict[str, dict[str, Any]] = {
        "0": {"y": _span_years(figure, frame[frame["precision"].eq("year")])}
    }
    for direction in style.DIRECTIONS:
        some = frame[frame["direction"].eq(direction)]
        narrow[str(len(figure.data))] = {
            "marker.size": 9,
            "y": (some["row"] + PHONE_LANES[direction]).tolist(),
        }
        figure.add_scatter(
            name=direction,
            x=[_place(row.date, row.precision) for row in records(some)],
            y=(some["row"] + LANES[direction]).tolist(),
            mode="markers",
            marker={
                "color": style.colour(f"direction-{direction}"),
                "symbol": style.DIRECTION_SHAPES[direction],
                "size": 11,
                "line": {"width": 0},
            },
            hovertext=some["text"].tolist(),
            hoverinfo="text",
            meta={"direction": direction, "rows": some["short"].tolist()},
        )
    mark_moment(figure, *since).layout.annotations[-1].update(xanchor="left", xshift=-6)
    # Names begin at the line, so that it does not run through them.
    _name_rows_on_a_phone(figure, rows, since[0], narrow)
    # Fewer upright lines to run through the names.
    figure.layout.meta["narrow"]["layout"]["xaxis.dtick"] = "M36"
    return figure


def only_rows(
    frame: pd.DataFrame, first: int, last: int
) -> tuple[dict[int, dict[str, Any]], dict[str, Any]]:
    """Return what shows some rows of `marks`, the first on top: changes of traces, and of layout.

    Parameters
    ----------
    frame : pandas.DataFrame
        As for `marks`.
    first, last : int
        Rows.
    """
    rows = _named_rows(frame)
    # Text is not cut off where the axis ends, as marks are.
    text = rows["name"].where(rows["row"].between(first, last), "").tolist()
    return {NAMES: {"text": text}}, {"yaxis.range": _rows_range(first, last)}


def _named_rows(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop_duplicates("row").sort_values("row")


def _rows_range(first: int, last: int) -> list[float]:
    """Return the range of the upright axis; room on top for the name of a row on a phone."""
    return [last + 0.5, first - 0.62]


def _rows_axis(rows: pd.DataFrame) -> dict[str, Any]:
    return {
        "range": _rows_range(int(rows["row"].min()), int(rows["row"].max())),
        "tickvals": rows["row"].tolist(),
        "ticktext": rows["name"].tolist(),
        "tickfont": {"color": style.colour("ink"), "size": 12},
        "showgrid": False,
        "zeroline": False,
        "ticklabelstandoff": 8,
    }


def _rule(y: float) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": y,
        "y1": y,
        "layer": "below",
        "line": {"color": style.colour("grid"), "width": 1},
    }


def _span_years(figure: go.Figure, frame: pd.DataFrame) -> list[float | None]:
    """Draw a line over each year; return where on a phone the lines stand."""
    days, rows, phone_rows = [], [], []
    for row in records(frame):
        days += [f"{row.date:%Y}-01-01", f"{row.date:%Y}-12-31", None]
        rows += [row.row + LANES[row.direction]] * 2 + [None]
        phone_rows += [row.row + PHONE_LANES[row.direction]] * 2 + [None]
    figure.add_scatter(
        x=days,
        y=rows,
        mode="lines",
        line={"color": style.colour("muted"), "width": 2},
        hoverinfo="skip",
        showlegend=False,
    )
    return phone_rows


def _place(date: pd.Timestamp, precision: str) -> str:
    """Return where a date stands: in the middle of the time that is known."""
    middle = {"day": 0, "month": 14, "year": 182}[precision]
    return f"{date + pd.Timedelta(days=middle):%Y-%m-%d}"


def _name_rows_on_a_phone(
    figure: go.Figure, rows: pd.DataFrame, x: Any, narrow: dict[str, Any]
) -> None:
    narrow[str(len(figure.data))] = {"visible": True}
    figure.add_scatter(
        x=[x] * len(rows),
        y=(rows["row"] - 0.33).tolist(),
        mode="text",
        text=rows["name"].tolist(),
        textposition="middle right",
        textfont={"size": 11, "color": style.colour("ink")},
        name="names",
        hoverinfo="skip",
        visible=False,
        showlegend=False,
    )
    figure.layout.meta = {
        "narrow": {
            "layout": {"margin.l": 14, "margin.r": 4, "yaxis.showticklabels": False},
            "traces": narrow,
        }
    }


def verdict_hover(row: Any) -> str:
    """Return what a tile says when pointed at."""
    reason = _wrapped(row.reason)
    return f"<b>{row.name}</b><br>End of {row.at.year}: {row.verdict}<br>{reason}"


def outcome_hover(row: Any) -> str:
    """Return what a mark says when pointed at."""
    date = prose.day_of(row.date, row.precision)
    why = _wrapped(f"{row.direction}: {row.why_coded_so}")
    return f"<b>{row.rec_id}</b> {date}<br>{_wrapped(row.what_happened)}<br>{why}"


def _wrapped(text: str) -> str:
    # Longer lines are cut off on a phone.
    return "<br>".join(textwrap.wrap(text, 46, break_on_hyphens=False))
