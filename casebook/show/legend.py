"""What the colours, shapes and patterns of a figure mean."""

from __future__ import annotations

from casebook import style
from casebook.show.exhibit import Exhibit, Key


def legend(exhibit: Exhibit) -> list[Key]:
    """Return the entries of an exhibit's legend: its named traces, then its own keys."""
    return [*(_of_traces(exhibit) if exhibit.legend else ()), *exhibit.keys]


def _of_traces(exhibit: Exhibit) -> list[Key]:
    tokens = {token.light: name for name, token in style.TOKENS.items()}
    entries = []
    for trace in exhibit.figure.data:
        if not trace.name or trace.showlegend is False:
            continue
        lines = trace.type == "scatter" and trace.mode == "lines" and not trace.stackgroup
        shade = trace.line.color if lines else trace.marker.color
        entries.append(Key(trace.name, "line" if lines else "box", tokens.get(shade, "muted")))
    return entries
