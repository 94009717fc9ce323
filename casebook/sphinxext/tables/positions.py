"""The matrix of positions as a table that a reader can change, and read without a script.

The block is complete as written: positions, scores and bounds. `assets/positions.js` lays a native
choice over every cell, measures anew after each change, and keeps the changes in the address.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx

from casebook import prose
from casebook.analysis.agreement import PAIR_RULES, Agreement, by_issue
from casebook.analysis.positions import (
    CODING,
    SHORT_ISSUES,
    PositionMatrix,
    cited,
    dated,
    position_matrix,
    positions_in_view,
)
from casebook.records import records
from casebook.sphinxext.site.base import Directive
from casebook.sphinxext.site.scripts import add_scripts
from casebook.tables import load

CLASS = "cb-positions"
TILES = {2: "plus-end", 1: "plus", 0: "middle", -1: "minus", -2: "minus-end", None: "unknown"}
VIEW = "before"


class PositionsTable(Directive):
    """``{positions-table}``: actors by issues, each position a choice, and the scores below."""

    def run(self) -> list[nodes.Node]:
        """Return the block as HTML."""
        tables = ("positions", "positions_scale", "actors", "claims", "events", "sources")
        return [nodes.raw("", html(*(load(name) for name in tables)), format="html")]


def html(
    positions: pd.DataFrame,
    positions_scale: pd.DataFrame,
    actors: pd.DataFrame,
    claims: pd.DataFrame,
    events: pd.DataFrame,
    sources: pd.DataFrame,
) -> str:
    """Return the block, from the tables its arguments are named after."""
    order = position_matrix(positions, positions_scale, actors, claims, events)
    coded = positions_in_view(positions, VIEW)
    value: dict[tuple[str, str], int | None] = {
        (actor, issue): None if pd.isna(step) else int(step)
        for (actor, issue), step in zip(coded.index, coded["value"], strict=True)
    }
    scores = by_issue(coded, order.asked)
    content = _content(value, positions, positions_scale, order, sources)
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return "\n".join(
        [
            f'<div class="{CLASS}" id="change-positions">',
            '<p class="cb-title">Change a position and see what becomes of the agreement</p>',
            f'<p class="cb-subtitle">Positions documented before {order.day}, from −2 to +2; '
            "? is unknown to us. Below: agreeing pairs.</p>",
            _controls(order),
            _table(value, scores, order),
            '<p class="cb-readout" aria-live="polite">Our coding, nothing changed.</p>',
            f'<p class="{CLASS}-detail" id="position-detail">Point at a cell, touch it, or '
            "move to it by keyboard, to read what it rests on.</p>",
            f'<p class="cb-controls {CLASS}-link"><label for="positions-link">Link to what you '
            'see</label><input id="positions-link" type="text" readonly></p>',
            '<p class="cb-caption">The wide bar is our coding, the thin one what you chose; the '
            "dot is the share among known positions. A changed cell is underlined. A position you "
            "choose is a supposition, not evidence.</p>",
            f'<p class="cb-source">Source: {escape(CODING)}</p>',
            f'<script type="application/json" class="{CLASS}-data">{data}</script>',
            "</div>",
        ]
    )


def _content(
    value: dict[tuple[str, str], int | None],
    positions: pd.DataFrame,
    positions_scale: pd.DataFrame,
    order: PositionMatrix,
    sources: pd.DataFrame,
) -> dict[str, Any]:
    """Return what the script needs to know."""
    words = positions_scale.set_index(["issue", "value"])["value_label"]
    return {
        "asked": list(order.asked),
        "actors": {actor: order.names[actor] for actor in order.actors},
        "issues": {
            issue: {
                "title": order.titles[issue],
                "words": {str(step): words[issue, step] for step in TILES if step is not None},
            }
            for issue in order.issues
        },
        "tiles": {"unknown" if step is None else str(step): kind for step, kind in TILES.items()},
        "coding": {
            f"{actor}.{issue}": "unknown"
            if value[actor, issue] is None
            else str(value[actor, issue])
            for actor in order.actors
            for issue in order.issues
        },
        "details": {
            f"{actor}.{issue}": _detail(
                positions[positions["actor_id"].eq(actor) & positions["issue"].eq(issue)], sources
            )
            for actor in order.actors
            for issue in order.issues
        },
    }


def _detail(rows: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Say all that is documented of one cell: value, date, evidence, confidence, source."""
    said = []
    for row in records(rows.sort_values("observation")):
        read = f" Source: {cited(row.source_ids, sources)}." if row.source_ids else ""
        if pd.isna(row.value):
            said.append(f"Unknown to us. {row.evidence}{read.replace('Source', 'Read')}")
        else:
            date = (
                dated(row.date)
                if row.period.startswith(VIEW)
                else f"From the agreement on, so not shown here: {prose.partial_day(row.date)}"
            )
            said.append(
                f"{date}: {prose.signed(row.value)}, {row.value_label} (confidence "
                f"{row.confidence}). {row.evidence}{read}"
            )
    return " ".join(said)


def _controls(order: PositionMatrix) -> str:
    rules = {str(near): words for near, words in PAIR_RULES.items()}
    return (
        '<form class="cb-controls" autocomplete="off">'
        + _radio("voices", "Whose voices", order.group_labels, "asked")
        + _radio("near", "A pair agrees if it holds", rules, "0")
        + '<p><button type="reset" class="cb-reset">Reset</button></p></form>'
    )


def _radio(name: str, legend: str, choices: dict[str, str], default: str) -> str:
    options = "".join(
        f'<label><input type="radio" name="{name}" value="{value}"'
        f"{' checked' if value == default else ''}><span>{escape(text)}</span></label>"
        for value, text in choices.items()
    )
    return f'<fieldset class="cb-radio"><legend>{escape(legend)}</legend>{options}</fieldset>'


def _table(
    value: dict[tuple[str, str], int | None], scores: dict[str, Agreement], order: PositionMatrix
) -> str:
    head = "".join(
        f'<th scope="col"><span class="cb-long">{escape(order.titles[issue])}</span>'
        f'<span class="cb-short">{SHORT_ISSUES[issue]}</span></th>'
        for issue in order.issues
    )
    body = []
    for actor in order.actors:
        tiles = "".join(
            f'<td data-cell="{actor}.{issue}">{_tile(value[actor, issue])}</td>'
            for issue in order.issues
        )
        first = " cb-first-other" if actor == order.others[0] else ""
        counted = "" if actor in order.asked else f' class="cb-not-counted{first}"'
        body.append(f'<tr{counted}><th scope="row">{escape(order.names[actor])}</th>{tiles}</tr>')
    known = "".join(
        f'<td data-known="{issue}">{_known(scores[issue])}</td>' for issue in order.issues
    )
    share = "".join(
        f'<td data-bounds="{issue}">{_bar(scores[issue])}<span class="cb-bounds">'
        f"{bounds_text(scores[issue])}</span></td>"
        for issue in order.issues
    )
    return (
        f'<table class="{CLASS}-table"><caption class="cb-visually-hidden">Positions by actor and '
        f"issue, and how many pairs agree</caption><thead><tr><td></td>{head}</tr></thead><tbody>"
        f'{"".join(body)}</tbody><tfoot><tr><th scope="row">Known pairs that agree</th>{known}'
        '</tr><tr><th scope="row">Of all pairs, lowest to highest, %</th>'
        f"{share}</tr></tfoot></table>"
    )


def _tile(step: int | None) -> str:
    return f'<span class="cb-tile cb-tile-{TILES[step]}">{prose.signed(step)}</span>'


def _known(one: Agreement) -> str:
    return f"{one.agreeing} of {one.known_pairs}" if one.known_pairs else "–"


def bounds_text(one: Agreement) -> str:
    """Write the bounds of a score in per cent: ``11–57``, or ``32`` if they meet."""
    low, high = (prose.number(bound * 100) for bound in one.bounds)
    return low if low == high else f"{low}–{high}"


def _bar(one: Agreement) -> str:
    low, high = one.bounds
    place = f"left:{low * 100:.2f}%;width:{(high - low) * 100:.2f}%"
    dot = (
        f'<span class="cb-bar-known" style="left:{one.share * 100:.2f}%"></span>'
        if one.share is not None
        else '<span class="cb-bar-known" hidden></span>'
    )
    return (
        f'<span class="cb-bar" aria-hidden="true"><span class="cb-bar-coding" style="{place}">'
        f'</span><span class="cb-bar-chosen" style="{place}"></span>{dot}</span>'
    )


def _on_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    if f'class="{CLASS}"' in context.get("body", ""):
        add_scripts(app, "positions.js")


def setup(app: Sphinx) -> None:
    """Register the directive and its script."""
    app.add_directive("positions-table", PositionsTable)
    app.connect("html-page-context", _on_page)
