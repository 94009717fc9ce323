"""Positions of actors as tiles of a matrix, and their agreement as bars between bounds."""

from __future__ import annotations

import textwrap

import pandas as pd

from casebook import prose
from casebook.analysis.agreement import Agreement, pairs_in_words
from casebook.analysis.positions import PositionMatrix, cited, dated
from casebook.figures.keys import Key
from casebook.records import record, records

SCALE_KEYS = (
    Key("+2", "box", "position-plus"),
    Key("+1", "hollow", "position-plus"),
    Key("0 ambiguous", "hollow", "muted"),
    Key("−1", "hollow", "position-minus"),
    Key("−2", "box", "position-minus"),
    Key("? unknown to us", "hollow", "grid"),
)


def position_tiles(
    shown: pd.DataFrame, positions: pd.DataFrame, order: PositionMatrix, sources: pd.DataFrame
) -> pd.DataFrame:
    """Return the rows that `casebook.figures.matrix.steps` draws: one a cell of a view."""
    rows = []
    for row, actor in enumerate(order.actors):
        for column, issue in enumerate(order.issues):
            cell = record(shown, (actor, issue))
            every = positions[positions["actor_id"].eq(actor) & positions["issue"].eq(issue)]
            rows.append(
                {
                    "row": row,
                    "column": column,
                    "value": cell["value"],
                    "confidence": cell["confidence"],
                    "text": _pointed(cell, every, order.names[actor], order.titles[issue], sources),
                }
            )
    return pd.DataFrame(rows).astype({"value": "Int64"})


def _pointed(
    cell: pd.Series, every: pd.DataFrame, actor: str, issue: str, sources: pd.DataFrame
) -> str:
    lines = [f"<b>{actor}</b>: {issue}"]
    if pd.isna(cell["value"]):
        lines.append("unknown to us in this view")
    else:
        lines.append(f"{prose.signed(cell['value'])}: {cell['value_label']}")
        lines.append(f"{dated(cell['date'])}, confidence {cell['confidence']}")
        lines += textwrap.wrap(cell["evidence"], 48)
        lines += textwrap.wrap(f"Source: {cited(cell['source_ids'], sources)}", 48)
    for other in records(every):
        if cell["date"] and other.date == cell["date"]:
            continue  # told above
        if pd.isna(other.value):
            lines += textwrap.wrap(other.evidence, 48)
        else:
            told = f"{dated(other.date)}: {prose.signed(other.value)}, {other.value_label}"
            lines += textwrap.wrap(told, 48)
    return "<br>".join(lines)


def agreement_rows(
    found: dict[str, Agreement], middle: dict[str, Agreement], order: PositionMatrix
) -> pd.DataFrame:
    """Return the rows that `casebook.figures.bounds` draws: one an issue, from its score."""
    rows = []
    for issue in order.issues:
        one = found[issue]
        title = order.titles[issue]
        rows.append(
            {
                "label": f"<b>{title}</b>  {one.known} of {one.actors} known",
                "low": one.bounds[0],
                "high": one.bounds[1],
                "known": one.share,
                "middle": middle[issue].share,
                "text": f"<b>{title}</b><br>{pairs_in_words(one)}".replace("; ", "<br>"),
            }
        )
    return pd.DataFrame(rows)
