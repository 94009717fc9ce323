"""The HTML block of an exhibit: complete without JavaScript, live with it.

The page's script (`assets/figures.js`) finds the parts by their class; the Sphinx extension turns
``casebook-table:`` and ``casebook-csv:`` addresses into links (`casebook.sphinxext.site.figures`).
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pandas as pd

from casebook.figures.keys import Key
from casebook.prose import number
from casebook.show.parts import Control, ExhibitError, Parts
from casebook.show.table import html_table
from casebook.show.twin import NARROW, WIDE, svg


def html_block(exhibit: Parts) -> str:
    """Return the exhibit as one ``<figure>``."""
    name = exhibit.name
    state = exhibit.default_state
    readout = (
        f'<p class="cb-readout" id="{name}-readout" aria-live="polite">{escape(state.readout)}</p>'
        if state
        else ""
    )
    parts = [
        f'<figure class="cb-figure" id="{name}" aria-labelledby="{name}-title">',
        f'<figcaption class="cb-head"><span class="cb-title" id="{name}-title">'
        f"{escape(exhibit.title)}</span>"
        f'<span class="cb-subtitle">{escape(exhibit.subtitle)}</span></figcaption>',
        _legend(exhibit),
        _controls(exhibit),
        _plot(exhibit),
        readout,
        f'<p class="cb-caption">{escape(exhibit.caption)}</p>',
        f'<p class="cb-source">Source: {escape(exhibit.source)} '
        f"Tables: {_table_links(exhibit.tables)}.</p>",
        _numbers(exhibit),
        f'<script type="application/json" class="cb-json">{payload(exhibit)}</script>',
        "</figure>",
    ]
    # A blank line would end the block for a Markdown reader further down the pipeline.
    return "\n".join(part for part in parts if part)


def payload(exhibit: Parts) -> str:
    """Return what the page's script needs, as JSON that is safe inside ``<script>``.

    The template is left out: it is nearly all of a small figure, and the script has it already.
    """
    figure = exhibit.figure.to_plotly_json()
    layout = {key: value for key, value in figure["layout"].items() if key != "template"}
    narrow = (layout.pop("meta", None) or {}).get("narrow", {})
    content = {
        "data": figure["data"],
        "layout": {**layout, "showlegend": False},
        "narrow": {
            "traces": {str(k): v for k, v in narrow.get("traces", {}).items()},
            "layout": {
                **narrow.get("layout", {}),
                "height": exhibit.narrow_height or exhibit.height,
            },
        },
        "controls": [control.name for control in exhibit.controls],
        "states": {
            key: {"readout": s.readout, "traces": s.traces, "layout": s.layout}
            for key, s in exhibit.states.items()
        },
    }
    try:
        text = json.dumps(
            content, separators=(",", ":"), ensure_ascii=False, default=_plain, allow_nan=False
        )
    except ValueError as error:  # browsers refuse NaN: the figure would never come to life
        message = f"Exhibit {exhibit.name!r} draws a missing number as NaN: make it None"
        raise ExhibitError(message) from error
    return text.replace("<", "\\u003c")


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} cannot stand in a figure's JSON: make it a list")


def _plot(exhibit: Parts) -> str:
    drawn = []
    for kind, width, narrow in (("wide", WIDE, False), ("narrow", NARROW, True)):
        figure = exhibit.drawn(narrow=narrow)
        figure.update_layout(showlegend=False)
        picture = svg(figure, width)
        height = int(figure.layout.height)
        drawn.append(
            f'<div class="cb-twin cb-{kind}" style="aspect-ratio:{width}/{height}">'
            + (picture or '<p class="cb-no-twin">The static picture was not drawn.</p>')
            + "</div>"
        )
    summary = escape(exhibit.summary)
    return (
        f'<div class="cb-plot" style="--cb-height:{exhibit.height}px;'
        f'--cb-narrow-height:{exhibit.narrow_height or exhibit.height}px">'
        f'<p class="cb-visually-hidden" id="{exhibit.name}-summary">{summary}</p>'
        f"{''.join(drawn)}"
        f'<div class="cb-live" aria-describedby="{exhibit.name}-summary"></div></div>'
    )


def _numbers(exhibit: Parts) -> str:
    rows = len(exhibit.data)
    return (
        '<details class="cb-data"><summary>In words and numbers</summary>'
        f'<p class="cb-summary">{escape(exhibit.summary)}</p>'
        f'<p><a class="cb-download" href="casebook-csv:{exhibit.name}" download>'
        f"Download these {number(rows)} rows (CSV)</a></p>"
        + html_table(exhibit.data, f"Data of the figure: {exhibit.title}", hidden_caption=True)
        + f'<script type="text/csv" data-csv="{exhibit.name}">{_csv(exhibit.data)}</script>'
        "</details>"
    )


def _csv(data: pd.DataFrame) -> str:
    # Escaped, so that no cell can end the script element; the extension undoes it in the file.
    return escape(data.to_csv(index=False, date_format="%Y-%m-%d"), quote=False)


def _table_links(tables: tuple[str, ...]) -> str:
    return ", ".join(
        f'<a href="casebook-table:{escape(name)}">{escape(name)}</a>' for name in tables
    )


def _controls(exhibit: Parts) -> str:
    if not exhibit.controls:
        return ""
    inner = "".join(_control(exhibit.name, control) for control in exhibit.controls)
    return f'<form class="cb-controls" aria-controls="{exhibit.name}-readout">{inner}</form>'


def _control(figure: str, control: Control) -> str:
    ident = f"{figure}-{control.name}"
    label = escape(control.label)
    if control.kind == "radio":
        choices = "".join(
            f'<label><input type="radio" name="{ident}" value="{escape(value)}" '
            f'data-control="{control.name}"{" checked" if value == control.default else ""}>'
            f"<span>{escape(text)}</span></label>"
            for value, text in control.options
        )
        return f'<fieldset class="cb-radio"><legend>{label}</legend>{choices}</fieldset>'
    if control.kind == "select":
        choices = "".join(
            f'<option value="{escape(value)}"{" selected" if value == control.default else ""}>'
            f"{escape(text)}</option>"
            for value, text in control.options
        )
        return (
            f'<p class="cb-select"><label for="{ident}">{label}</label>'
            f'<select id="{ident}" data-control="{control.name}">{choices}</select></p>'
        )
    values = [value for value, _ in control.options]
    texts = [text for _, text in control.options]
    position = values.index(control.default)
    steps = escape(json.dumps([values, texts], ensure_ascii=False), quote=True)
    return (
        f'<p class="cb-range"><label for="{ident}">{label}</label>'
        f'<button type="button" class="cb-step" data-step="-1" aria-label="Earlier">‹</button>'
        f'<input type="range" id="{ident}" min="0" max="{len(values) - 1}" step="1" '
        f'value="{position}" data-control="{control.name}" data-steps="{steps}" '
        f'aria-valuetext="{escape(texts[position])}">'
        f'<button type="button" class="cb-step" data-step="1" aria-label="Later">›</button>'
        f'<output for="{ident}">{escape(texts[position])}</output></p>'
    )


def _legend(exhibit: Parts) -> str:
    entries = "".join(_entry(key) for key in exhibit.keys)
    return f'<ul class="cb-legend">{entries}</ul>' if entries else ""


def _entry(key: Key) -> str:
    return (
        f'<li><span class="cb-key cb-key-{key.mark}" style="--key:var(--cb-{key.token})" '
        f'aria-hidden="true"></span>{escape(key.label)}</li>'
    )
