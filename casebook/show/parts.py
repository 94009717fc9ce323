"""The parts of an exhibit: everything a reader needs beside a figure to judge it."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casebook import prose
from casebook.figures.keys import Key
from casebook.style import TOKENS


class ExhibitError(ValueError):
    """An exhibit lacks a part, or its parts do not fit together."""


@dataclass(frozen=True)
class State:
    """What a figure looks like for one setting of its controls.

    Attributes
    ----------
    traces : mapping of int to mapping
        Position of a trace -> dotted attribute -> value, such as ``{3: {"marker.color": [...]}}``.
    layout : mapping
        Dotted layout attribute -> value.
    readout : str
        One or two sentences that say what this setting shows; read out by screen readers.
    """

    readout: str
    traces: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    layout: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, figure: go.Figure) -> go.Figure:
        """Return a copy of the figure with this setting."""
        return _patched(figure, self.traces, self.layout)


@dataclass(frozen=True)
class Control:
    """A native HTML control: a choice from a list, or a position on a slider.

    Attributes
    ----------
    name : str
        Unique in the exhibit; letters and hyphens.
    label : str
        What the reader chooses.
    options : tuple of (value, label)
        All settings, in order.
    kind : {"select", "radio", "range"}
        A slider ("range") steps through the options.
    default : str
        The value at the start.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    default: str
    kind: str = "select"

    def __post_init__(self) -> None:
        if self.kind not in {"select", "radio", "range"}:
            raise ExhibitError(f"Control {self.name!r}: no kind {self.kind!r}")
        if self.default not in dict(self.options):
            raise ExhibitError(f"Control {self.name!r}: default {self.default!r} is no option")


def day_slider(days: Iterable[str], default: str) -> Control:
    """Return a slider over ISO dates."""
    options = tuple((day, prose.day(day)) for day in days)
    return Control("date", "Day", options, default, kind="range")


@dataclass(frozen=True)
class Parts:
    """A figure and all that belongs beside it. No part may be missing.

    Attributes
    ----------
    name : str
        Slug, unique in the book: the anchor of the figure and the name of its CSV file.
    figure : plotly.graph_objects.Figure
        Drawn with `casebook.figures`.
    title : str
        The finding, as a sentence.
    subtitle : str
        Measure, unit, place and time.
    caption : str
        How to read it, and what it must not be read as.
    summary : str
        The figure in words, for those who do not see it.
    source : str
        Who counted, coded or measured, with version.
    tables : tuple of str
        Names of the casebook's tables behind it.
    data : pandas.DataFrame
        What is drawn, with readable column names.
    controls, states
        Every combination of settings has a state; its key joins the values with "|".
    keys : tuple of Key
        The legend: what the colours, shapes and patterns of the figure mean.
    narrow_height : int, optional
        Height on a phone, in pixels; the figure's own height unless told.
    """

    name: str
    figure: go.Figure
    title: str
    subtitle: str
    caption: str
    summary: str
    source: str
    tables: tuple[str, ...]
    data: pd.DataFrame
    controls: tuple[Control, ...] = ()
    states: Mapping[str, State] = field(default_factory=dict)
    keys: tuple[Key, ...] = ()
    narrow_height: int | None = None

    def __post_init__(self) -> None:
        for part in ("name", "title", "subtitle", "caption", "summary", "source"):
            if not (getattr(self, part) or "").strip():
                raise ExhibitError(f"Exhibit {self.name or '?'!r} has no {part}")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.name):
            raise ExhibitError(f"Exhibit {self.name!r}: a name is lower case words with hyphens")
        if not self.tables:
            raise ExhibitError(f"Exhibit {self.name!r} names no table it was drawn from")
        if self.data.empty:
            raise ExhibitError(f"Exhibit {self.name!r} has no data table")
        if not len(self.figure.data):
            raise ExhibitError(f"Exhibit {self.name!r} draws nothing")
        if not self.figure.layout.height:
            raise ExhibitError(f"Exhibit {self.name!r} has a figure without a height")
        if strange := [key.token for key in self.keys if key.token not in TOKENS]:
            raise ExhibitError(f"Exhibit {self.name!r}: no colour is called {strange[0]!r}")
        missing = [key for key in self._settings() if key not in self.states]
        if self.controls and missing:
            raise ExhibitError(f"Exhibit {self.name!r}: no state for {', '.join(missing[:5])}")

    def _settings(self) -> list[str]:
        keys = [""]
        for control in self.controls:
            keys = [f"{k}|{value}" if k else value for k in keys for value, _ in control.options]
        return keys

    @property
    def default_state(self) -> State | None:
        """The state in which the figure is first seen, or None without controls."""
        if not self.controls:
            return None
        return self.states["|".join(control.default for control in self.controls)]

    @property
    def height(self) -> int:
        """Height in pixels where there is room."""
        return int(self.figure.layout.height)

    def drawn(self, narrow: bool = False) -> go.Figure:
        """Return the figure as first seen, for a wide page or a phone."""
        figure = copy.deepcopy(self.figure)
        if narrow:
            patch = (figure.layout.meta or {}).get("narrow", {})
            traces = {int(index): change for index, change in patch.get("traces", {}).items()}
            figure = _patched(figure, traces, patch.get("layout", {}))
            figure.layout.height = self.narrow_height or self.height
        if state := self.default_state:
            figure = state.apply(figure)
        return figure


def _patched(
    figure: go.Figure, traces: Mapping[int, Mapping[str, Any]], layout: Mapping[str, Any]
) -> go.Figure:
    copied = copy.deepcopy(figure)
    for index, changes in traces.items():
        for attribute, value in changes.items():
            copied.data[index][attribute] = value
    for attribute, value in layout.items():
        copied.layout[attribute] = value
    return copied
