"""What a reader of an explorer can set: plain descriptions, made into widgets where Python runs.

All of them become native form elements with a label of their own, but for the slider, which
`casebook.explorers.spoken` names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ipywidgets import Widget

_LAYOUT = {"width": "auto", "max_width": "100%"}
_SLIDER = {"width": "20em", "max_width": "100%"}
_STYLE = {"description_width": "initial"}


@dataclass(frozen=True)
class Choice:
    """One of several options.

    Attributes
    ----------
    label : str
        What is chosen.
    options : tuple of (value, text)
    start : object
        The value at the start.
    kind : {"list", "slider"}
        A slider steps through options that have an order.
    """

    label: str
    options: tuple[tuple[Any, str], ...]
    start: Any
    kind: str = "list"

    def refuse(self, value: Any) -> str:
        """Say why a value cannot be set; empty if it can."""
        return _not_among(self.label, [value], self.options)

    def widget(self) -> Widget:
        """Return the widget."""
        from ipywidgets import Dropdown, SelectionSlider

        made = {
            "options": [(text, value) for value, text in self.options],
            "value": self.start,
            "description": self.label,
            "tooltip": self.label,
            "layout": _LAYOUT,
            "style": _STYLE,
        }
        if self.kind == "slider":
            # A picture for every day that the handle passes would pile up behind the hand.
            return SelectionSlider(**{**made, "layout": _SLIDER}, continuous_update=False)
        return Dropdown(**made)


@dataclass(frozen=True)
class Several:
    """Some of several options, perhaps all."""

    label: str
    options: tuple[tuple[Any, str], ...]
    start: tuple[Any, ...]

    def refuse(self, value: Any) -> str:
        """Say why a value cannot be set; empty if it can."""
        if isinstance(value, str):
            return f"{self.label}: give a list, such as [{value!r}]."
        return _not_among(self.label, value, self.options)

    def widget(self) -> Widget:
        """Return the widget."""
        from ipywidgets import SelectMultiple

        return SelectMultiple(
            options=[(text, value) for value, text in self.options],
            value=self.start,
            rows=min(len(self.options), 7),
            description=self.label,
            tooltip=f"{self.label}: hold Ctrl or Command to choose several",
            layout=_LAYOUT,
            style=_STYLE,
        )


@dataclass(frozen=True)
class Amount:
    """A whole number from 0 to `most`."""

    label: str
    start: int
    most: int = 10

    def refuse(self, value: Any) -> str:
        """Say why a value cannot be set; empty if it can."""
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= self.most:
            return ""
        return f"{self.label}: {value!r} is no whole number from 0 to {self.most}."

    def widget(self) -> Widget:
        """Return the widget."""
        from ipywidgets import IntSlider

        return IntSlider(
            value=self.start,
            min=0,
            max=self.most,
            continuous_update=False,
            description=self.label,
            tooltip=self.label,
            layout=_SLIDER,
            style=_STYLE,
        )


@dataclass(frozen=True)
class Tick:
    """Yes or no."""

    label: str
    start: bool = False

    def refuse(self, value: Any) -> str:
        """Say why a value cannot be set; empty if it can."""
        return "" if isinstance(value, bool) else f"{self.label}: {value!r} is not True or False."

    def widget(self) -> Widget:
        """Return the widget."""
        from ipywidgets import Checkbox

        return Checkbox(
            value=self.start,
            description=self.label,
            tooltip=self.label,
            indent=False,
            layout=_LAYOUT,
        )


@dataclass(frozen=True)
class Words:
    """Something to write in."""

    label: str
    start: str = ""

    def refuse(self, value: Any) -> str:
        """Say why a value cannot be set; empty if it can."""
        return "" if isinstance(value, str) else f"{self.label}: {value!r} is no text."

    def widget(self) -> Widget:
        """Return the widget."""
        from ipywidgets import Text

        return Text(
            value=self.start,
            description=self.label,
            tooltip=self.label,
            # A figure for every letter would make the writer wait.
            continuous_update=False,
            layout={"width": "26em", "max_width": "100%"},
            style=_STYLE,
        )


Control = Choice | Several | Amount | Tick | Words


@dataclass(frozen=True)
class Press:
    """A button.

    Attributes
    ----------
    label : str
    does : callable
        Takes the settings, returns those that it changes.
    """

    label: str
    does: Callable[[Mapping[str, Any]], Mapping[str, Any]]

    def widget(self) -> Widget:
        """Return the widget."""
        from ipywidgets import Button

        return Button(description=self.label, tooltip=self.label, layout=_LAYOUT)


def _not_among(label: str, values: Any, options: tuple[tuple[Any, str], ...]) -> str:
    known = [value for value, _ in options]
    strange = [value for value in values if value not in known]
    if not strange:
        return ""
    shown = [str(value) for value in known]
    if len(shown) > 16:
        shown = [*shown[:2], "...", shown[-1]]
    return f"{label}: there is no {strange[0]!r}. There are: {', '.join(shown)}."
