"""The board of an explorer: its controls, its words and its figures, in one container of widgets.

Figures are plotly's MIME bundle in an output that is exchanged as a whole. That needs no widget of
plotly's own, and works wherever plotly's display does: in JupyterLab, Notebook 7, Binder,
JupyterLite and VS Code. Colab takes figures only from a running output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from casebook import style
from casebook.explorers import spoken
from casebook.explorers.controls import Tick
from casebook.explorers.explorer import Explorer, words
from casebook.show import Exhibit, Key
from casebook.show.table import html_table

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from ipywidgets import Output, VBox, Widget

PLOTLY = "application/vnd.plotly.v1+json"
NARROW = "Narrow screen"
NEEDED = (
    "The explorers are made of widgets, and ipywidgets is not installed here. Install it with "
    "`pip install ipywidgets`, restart the kernel and run this again."
)
MOST_ROWS = 200  # in the table below a figure; all are in the casebook's own tables
# What stands for a mark of a legend. The word beside it says the same.
GLYPHS = {
    "box": "■",
    "line": "▬",
    "shade": "▬",
    "hollow": "□",
    "hatch": "▨",
    "back-hatch": "▧",
    "dots": "▩",
    "thick": "▬",
    "middling": "▬",
    "thin": "―",
    "circle": "●",
    "circle-open": "○",
    "faint": "◌",
    "triangle": "▲",
    "triangle-down": "▼",
    "diamond": "◆",
    "cross": "✕",
}
LOOK = f"""<style>
.{spoken.PANEL} .widget-html-content {{ line-height: 1.45; min-width: 0; width: 100%; }}
.{spoken.PANEL} .widget-html-content p {{ margin: 0.3em 0; max-width: 46em;
  overflow-wrap: break-word; }}
.{spoken.PANEL} .casebook-title {{ font-size: 1.15em; font-weight: 600; }}
.{spoken.PANEL} .{spoken.READOUT} p {{ border-left: 3px solid {style.colour("accent")};
  padding-left: 0.7em; }}
.{spoken.PANEL} .casebook-legend {{ list-style: none; display: flex; flex-wrap: wrap;
  gap: 0.1em 1.1em; margin: 0; padding: 0.5em 0.7em; background: {style.colour("paper")};
  color: {style.colour("ink")}; }}
.{spoken.PANEL} .casebook-table {{ overflow: auto; max-height: 24em; }}
.{spoken.PANEL} .casebook-table td, .{spoken.PANEL} .casebook-table th {{ text-align: left;
  vertical-align: top; padding: 0.2em 0.6em; white-space: normal; }}
.{spoken.PANEL} .cb-visually-hidden {{ position: absolute; width: 1px; height: 1px;
  overflow: hidden; clip-path: inset(50%); }}
.{spoken.PANEL} .widget-output :is(.jp-OutputArea, .jp-OutputArea-child, .jp-RenderedPlotly) {{
  height: 100%; overflow: hidden; }}
.{spoken.PANEL} summary {{ cursor: pointer; }}
.{spoken.PANEL} .casebook-controls {{ gap: 0.5em 1.4em; margin-bottom: 0.6em; }}
.{spoken.PANEL} .casebook-controls > .widget-inline-hbox {{ display: grid; height: auto;
  grid-template-columns: 1fr auto; max-width: 100%; margin: 0; }}
.{spoken.PANEL} .casebook-controls > .widget-inline-hbox > .widget-label {{ grid-column: 1 / -1;
  width: auto; text-align: left; white-space: normal; height: auto; line-height: 1.4; }}
.{spoken.PANEL} .casebook-controls > .widget-inline-hbox > :is(select, input) {{
  grid-column: 1 / -1; }}
.{spoken.PANEL} .casebook-controls .widget-readout {{ min-width: 2em; width: auto; height: auto; }}
.{spoken.PANEL} .casebook-controls > .widget-checkbox {{ display: flex; align-self: center; }}
.{spoken.PANEL} .casebook-controls > .widget-checkbox > .widget-label {{ display: none; }}
</style>"""


def container(explorer: Explorer) -> VBox:
    """Return the widgets of an explorer, drawn as at the start and drawn anew at every change."""
    try:
        from ipywidgets import HTML, HBox, Layout, Output, VBox
    except ImportError as error:
        raise ImportError(NEEDED) from error

    widgets = {name: control.widget() for name, control in explorer.controls.items()}
    narrow = Tick(NARROW).widget()
    said = HTML()
    said.add_class(spoken.READOUT)
    count = len(explorer.seen())
    parts = [(HTML(), Output(), HTML()) for _ in range(count)]
    more = HTML()

    def settings() -> dict[str, Any]:
        return {name: widget.value for name, widget in widgets.items()}

    def show(_: object = None) -> None:
        chosen = settings()
        exhibits = explorer.seen(**chosen)
        said.value = f"<p>{escape(words(exhibits))}</p>"
        for exhibit, (head, figure, foot) in zip(exhibits, parts, strict=True):
            head.value = head_html(exhibit)
            foot.value = foot_html(exhibit)
            put(figure, exhibit, narrow.value)
        more.value = explorer.more(chosen) if explorer.more else ""

    def set_all(values: Mapping[str, Any]) -> None:
        # One picture for all, not one for each.
        for name, value in values.items():
            widgets[name].unobserve(show, "value")
            widgets[name].value = value
            widgets[name].observe(show, "value")
        show()

    buttons = []
    for press in explorer.buttons:
        button = press.widget()
        button.on_click(lambda _, does=press.does: set_all(does(settings())))
        buttons.append(button)
    for widget in (*widgets.values(), narrow):
        widget.observe(show, "value")
    show()

    def row(some: list[Widget]) -> Widget:
        box = HBox(some, layout=Layout(flex_flow="row wrap", align_items="flex-start"))
        box.add_class("casebook-controls")
        return box

    whole = VBox(
        [
            HTML(LOOK + spoken.naming()),
            row(list(widgets.values())),
            row([*buttons, narrow]),
            said,
            *(widget for part in parts for widget in part),
            more,
        ],
        layout=Layout(width="100%", max_width="62em"),
    )
    whole.add_class(spoken.PANEL)
    return whole


def put(output: Output, exhibit: Exhibit, narrow: bool) -> None:
    """Show a figure in an output, in the place of the one before."""
    figure = drawn(exhibit, narrow)
    # The height stays while one picture goes and the next comes, so that nothing below jumps; and
    # plotly, when it fits a plot into its element, finds one that is as high as the plot.
    output.layout.height = f"{figure.layout.height}px"
    if "google.colab" in sys.modules:
        from IPython.display import clear_output

        with output:
            clear_output(wait=True)
            figure.show(renderer="colab")
        return
    output.outputs = (
        {"output_type": "display_data", "data": bundle(figure, exhibit.summary), "metadata": {}},
    )


def drawn(exhibit: Exhibit, narrow: bool) -> go.Figure:
    """Return the figure as the board shows it: on paper, its legend above it in words."""
    figure = exhibit.drawn(narrow=narrow)
    paper = style.colour("paper")
    # Its colours are those of the light theme: on a dark ground they need paper below them.
    figure.update_layout(showlegend=False, paper_bgcolor=paper, plot_bgcolor=paper, autosize=True)
    return figure


def bundle(figure: go.Figure, words: str) -> dict[str, Any]:
    """Return a figure as output for plotly's display, and its words for where there is none."""
    content = json.loads(figure.to_json())
    content["config"] = {"displayModeBar": False, "responsive": True}
    return {PLOTLY: content, "text/plain": words}


def head_html(exhibit: Exhibit) -> str:
    """Return what stands above a figure: the finding, the measure, the legend."""
    entries = "".join(f"<li>{_glyph(key)} {escape(key.label)}</li>" for key in exhibit.keys)
    return (
        f'<p class="casebook-title">{escape(exhibit.title)}</p>'
        f"<p>{escape(exhibit.subtitle)}</p>"
        + (f'<ul class="casebook-legend">{entries}</ul>' if entries else "")
    )


def _glyph(key: Key) -> str:
    faint = ";opacity:0.45" if key.mark in ("faint", "shade") else ""
    return (
        f'<span aria-hidden="true" style="color:{style.colour(key.token)}{faint}">'
        f"{GLYPHS[key.mark]}</span>"
    )


def foot_html(exhibit: Exhibit) -> str:
    """Return what stands below a figure: how to read it, the source, the numbers."""
    rows = exhibit.data.head(MOST_ROWS)
    cut = "" if len(rows) == len(exhibit.data) else f", first {MOST_ROWS} of {len(exhibit.data)}"
    return (
        f"<p>{escape(exhibit.caption)}</p>"
        f"<p>Source: {escape(exhibit.source)} Tables: {escape(', '.join(exhibit.tables))}.</p>"
        f"<details><summary>The numbers{cut}</summary>"
        f'<div class="casebook-table">{html_table(rows, exhibit.title, hidden_caption=True)}</div>'
        "</details>"
    )
