"""Run the lines of a "Try it" cell, and say what came of them in pieces that a page can show.

The worker of a page (`assets/tryit-worker.js`) calls `run` in the browser's Python. Each run starts
with no names of its own, so that what a reader sees follows from the lines in the editor alone.
"""

from __future__ import annotations

import ast
import difflib
import io
import json
import linecache
import sys
import time
import traceback
from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd

from casebook import style
from casebook.checks.card import Card
from casebook.tables import TableNotFound

FILE = "your lines"
ROWS, COLUMNS = 20, 20
"""How much of a table is shown."""
CHARACTERS = 20_000
"""How much printed text is shown."""
PACKAGES = "pandas, numpy, plotly and casebook"
COLOURS = ("accent", "ink", "muted", "claim-fact", "claim-judgement", "claim-forecast")
"""Of a reader's series: first those that mean nothing in the figures of the book."""
DRAWN = {"scatter", "bar", "pie"}
"""Kinds of trace that the book's plotly draws."""

Piece = dict[str, Any]
Send = Callable[[str], object]


def run(code: str, send: Send) -> None:
    """Run lines and send what they print and show, or how they failed.

    The value of the last line is shown, as in a notebook; cards of checks and hints are shown
    wherever they stand.

    Parameters
    ----------
    code : str
        What stands in the editor.
    send : callable
        Takes one piece as JSON: its ``kind`` is ``text``, ``html``, ``plot`` or ``error``.
    """
    # So that a traceback can quote the lines.
    linecache.cache[FILE] = (len(code), None, code.splitlines(keepends=True), FILE)

    def deliver(piece: Piece) -> None:
        send(json.dumps(piece))

    printed = Printed(deliver)

    def show(value: object) -> None:
        printed.flush()
        for piece in pieces(value):
            deliver(piece)

    before = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = printed
    try:
        _perform(code, show)
    except BaseException as error:  # also exit(): nothing that lines do may end the worker
        printed.flush()
        deliver(failure(error, code))
    finally:
        sys.stdout, sys.stderr = before
        printed.flush()


def _perform(code: str, show: Callable[[object], None]) -> None:
    statements = ast.parse(code, FILE).body
    names: dict[str, Any] = {"__name__": "__main__", "display": show, "input": _refuse}
    if "plotly" in _imported(statements):
        _prepare_plots(show)
    for statement in statements:
        if not isinstance(statement, ast.Expr):
            exec(compile(ast.Module([statement], []), FILE, "exec"), names)
            continue
        value = eval(compile(ast.Expression(statement.value), FILE, "eval"), names)
        if statement is statements[-1] or isinstance(value, Card):
            show(value)


def _refuse(*_: object) -> str:
    """Stand in for ``input``: nobody can be asked."""
    raise EOFError("input")


def _imported(statements: list[ast.stmt]) -> set[str]:
    """Return the packages that lines import."""
    found = set()
    for node in ast.walk(ast.Module(statements, [])):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def _prepare_plots(show: Callable[[object], None]) -> None:
    """Have plots drawn in the book's colours, and ``plot.show()`` shown in the page."""
    import plotly.graph_objects as go
    import plotly.io as pio

    # plotly has no types.
    class Page(pio.base_renderers.ExternalRenderer):  # type: ignore[misc]
        def render(self, figure: dict[str, Any]) -> None:
            show(go.Figure(figure, skip_invalid=True))

    pio.renderers["page"] = Page()
    pio.renderers.default = "page"
    look = style.template()
    look["layout"]["colorway"] = [style.colour(name) for name in COLOURS]
    pio.templates["casebook"] = go.layout.Template(look)
    pio.templates.default = "casebook"


class Printed(io.TextIOBase):
    """Printed text on its way to the page: in few pieces, and never without end."""

    def __init__(self, deliver: Callable[[Piece], None]) -> None:
        self._deliver = deliver
        self._waiting: list[str] = []
        self._room = CHARACTERS
        self._last = time.monotonic()

    def writable(self) -> bool:
        """Tell that this can be printed to."""
        return True

    def write(self, text: str) -> int:
        """Take text, and pass it on ten times a second."""
        if self._room > 0:
            self._waiting.append(text[: self._room])
            self._room -= len(text)
            if self._room <= 0:
                self._waiting.append(f"\n… only the first {CHARACTERS:,} characters are shown.\n")
                self.flush()
        if time.monotonic() - self._last > 0.1:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Pass on what waits."""
        self._last = time.monotonic()
        if self._waiting:
            self._deliver({"kind": "text", "text": "".join(self._waiting)})
            self._waiting.clear()


def pieces(value: object) -> list[Piece]:
    """Return what a page shows of a value: a card, a table, a plot, or its text."""
    if value is None:
        return []
    if isinstance(value, Card):
        return [{"kind": "html", "html": value._repr_html_()}]
    if isinstance(value, pd.Series):
        value = value.to_frame("value" if value.name is None else value.name)
    if isinstance(value, pd.DataFrame):
        return [{"kind": "html", "html": table(value)}]
    if hasattr(value, "to_plotly_json") and hasattr(value, "data"):
        return [plot(value)]
    text = repr(value)
    more = len(text) - CHARACTERS
    if more > 0:
        text = f"{text[:CHARACTERS]}\n… and {more:,} characters more."
    return [{"kind": "text", "text": f"{text}\n"}]


def table(frame: pd.DataFrame) -> str:
    """Return a table as the book writes tables: its first rows, with heads that can be heard."""
    rows, columns = frame.shape
    part = frame.iloc[:ROWS, :COLUMNS]
    levels = part.index.nlevels
    numeric = [pd.api.types.is_numeric_dtype(part.dtypes.iloc[i]) for i in range(part.shape[1])]
    head = [
        f'<th scope="col">{escape(_label(name))}</th>' if name else "<td></td>"
        for name in part.index.names
    ]
    head += [
        f'<th scope="col"{_kind(number)}>{escape(_label(name))}</th>'
        for name, number in zip(part.columns, numeric, strict=True)
    ]
    body = []
    for at in range(len(part)):
        key = part.index[at]
        cells = [f'<th scope="row">{escape(_text(k))}</th>' for k in (key if levels > 1 else [key])]
        cells += [
            f"<td{_kind(number)}>{escape(_text(part.iat[at, i]))}</td>"
            for i, number in enumerate(numeric)
        ]
        body.append(f"<tr>{''.join(cells)}</tr>")
    size = f"{rows:,} row{'' if rows == 1 else 's'}, {columns} column{'' if columns == 1 else 's'}"
    cut = [f"the first {ROWS} rows"] if rows > ROWS else []
    cut += [f"the first {COLUMNS} columns"] if columns > COLUMNS else []
    note = f"{size}; shown: {' and '.join(cut)}." if cut else f"{size}."
    return (
        f'<div class="cb-table-scroll" role="region" tabindex="0" aria-label="Table: {note}">'
        f'<table class="cb-table"><caption class="cb-visually-hidden">{note}</caption>'
        f"<thead><tr>{''.join(head)}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
        f'<p class="cb-try-size">{note}</p>'
    )


def _kind(number: bool) -> str:
    return ' class="cb-number"' if number else ""


def _label(name: object) -> str:
    """Write the name of a column; one of several levels is written as one."""
    return " / ".join(_text(part) for part in name) if isinstance(name, tuple) else _text(name)


def _text(value: object) -> str:
    """Write a value as pandas does, a day without its midnight."""
    if isinstance(value, float) and value == value and abs(value) != float("inf"):
        if value and abs(value) < 0.001:
            return f"{value:.3g}"
        text = f"{value:.4f}".rstrip("0")
        return f"{text}0" if text.endswith(".") else text
    return str(value).removesuffix(" 00:00:00")


def plot(figure: Any) -> Piece:
    """Return a plot as the book's plotly draws it, with its content in words."""
    content = json.loads(figure.to_json())
    for trace in content["data"]:
        # What plotly.express chooses for many points; the page draws them one by one.
        if trace.get("type") == "scattergl":
            trace["type"] = "scatter"
    strange = sorted({trace.get("type", "scatter") for trace in content["data"]} - DRAWN)
    if strange:
        text = (
            f"The page draws points, lines, areas, bars and pies, and no {strange[0]}. "
            "In the notebooks of the exercises plotly draws everything.\n"
        )
        return {"kind": "text", "text": text}
    named = [trace.name for trace in figure.data if trace.name]
    layout = content["layout"]
    # Room for whatever stands at the axes; the book's own figures set theirs by hand.
    for name in ("xaxis", "yaxis"):
        layout.setdefault(name, {}).setdefault("automargin", True)
    layout["legend"] = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}
    layout["showlegend"] = len(named) > 1

    def axis(name: str) -> str:
        return layout.get(name, {}).get("title", {}).get("text") or ""

    title = layout.get("title", {}).get("text") or ""
    words = [f"Plot: {title}." if title else "Plot."]
    if axis("xaxis") and axis("yaxis"):
        words.append(f"Across: {axis('xaxis')}. Up: {axis('yaxis')}.")
    if named:
        words.append(f"{len(named)} series: {', '.join(map(str, named))}.")
    return {
        "kind": "plot",
        "figure": {"data": content["data"], "layout": layout},
        "words": " ".join(words),
    }


def failure(error: BaseException, code: str) -> Piece:
    """Return what went wrong: the line and plain words first, the traceback last."""
    line = _line(error)
    lines = code.splitlines()
    own = error.__traceback__
    # The first steps are this module's.
    while own and own.tb_frame.f_code.co_filename != FILE and own.tb_next:
        own = own.tb_next
    formatted = traceback.format_exception(type(error), error, own)
    return {
        "kind": "error",
        "line": line,
        "source": lines[line - 1].strip() if line and line <= len(lines) else "",
        "plain": plain(error),
        "name": formatted[-1].strip(),
        "traceback": "".join(formatted),
    }


def _line(error: BaseException) -> int | None:
    """Return the line of the reader's code at which an error came up."""
    if isinstance(error, SyntaxError) and error.filename == FILE:
        return error.lineno
    found = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == FILE]
    return found[-1] if found else None


def plain(error: BaseException) -> str:
    """Say in plain words what an exception means."""
    if isinstance(error, TableNotFound):
        return str(error)
    if isinstance(error, SyntaxError):
        return _plain_syntax(error)
    if isinstance(error, NameError):
        near = difflib.get_close_matches(error.name or "", _names(error), n=1)
        hint = f"did you mean {near[0]}?" if near else "correct it, or give it a value above."
        return f"Python does not know the name {error.name}: {hint} Text needs quotation marks."
    if isinstance(error, ModuleNotFoundError):
        return f"There is no package {error.name} here. There are {PACKAGES}."
    if isinstance(error, KeyError):
        return (
            f"Nothing here is called {error.args[0]!r}. The names of columns are written exactly "
            "as in the table; its columns are table.columns."
        )
    if isinstance(error, MemoryError):
        return (
            "These lines ask for more memory than a page may use. Nothing is lost: take fewer "
            "rows or smaller numbers, or run them in a notebook on your own machine."
        )
    known = {
        ZeroDivisionError: "Something is divided by zero.",
        RecursionError: "A function calls itself without end.",
        IndexError: "There is no such position: the first is 0, the last is one less than len.",
        AttributeError: "What stands before the dot has no such part; look at the spelling.",
        TypeError: "These things do not go together; perhaps one is a text and one a number.",
        EOFError: "A page cannot be asked with input: write the value into the lines.",
        SystemExit: "The lines asked Python to end; that is not needed here.",
    }
    for kind, words in known.items():
        if isinstance(error, kind):
            return words
    return f"Python could not go on: {error or type(error).__name__}"


def _plain_syntax(error: SyntaxError) -> str:
    if any(quote in (error.text or "") for quote in "“”‘’„"):
        return "Quotation marks in Python are straight: \" or '."
    if isinstance(error, IndentationError):
        return "The spaces at the beginning of this line do not fit those of the lines around it."
    return f"Python cannot read this line: {error.msg}."


def _names(error: NameError) -> list[str]:
    """Return the names that were known where one was not."""
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    frame = last.tb_frame if last else None
    return [*frame.f_locals, *frame.f_globals] if frame else []
