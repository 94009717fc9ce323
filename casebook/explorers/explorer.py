"""An explorer: what can be set, and the exhibits that a setting gives.

Nothing here needs a widget: `casebook.explorers.board` puts an explorer on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casebook.explorers.controls import Control, Press
from casebook.show import Exhibit


class UnknownSetting(ValueError):  # noqa: N818  (the message is for learners, so is the name)
    """A control does not exist, or cannot be set like that."""


@dataclass(frozen=True)
class Explorer:
    """Controls and what they show.

    Attributes
    ----------
    name : str
        As in the address of its heading: ``towns-by-date``.
    controls : dict of Control
        By the name of the argument of `draw`.
    draw : callable
        Takes a value for each control, returns one exhibit or several. The summaries of the
        exhibits say what the setting shows.
    buttons : tuple of Press
        What can be done beyond setting a control.
    more : callable, optional
        Takes the settings, returns HTML that stands below the figures.
    """

    name: str
    controls: Mapping[str, Control]
    draw: Callable[..., Exhibit | tuple[Exhibit, ...]]
    buttons: tuple[Press, ...] = ()
    more: Callable[[Mapping[str, Any]], str] | None = field(default=None)

    def __post_init__(self) -> None:
        for name, control in self.controls.items():
            self._check(name, control.start)

    def _check(self, name: str, value: Any) -> None:
        if name not in self.controls:
            raise UnknownSetting(
                f"{self.name} has no control {name!r}. There are: {', '.join(self.controls)}."
            )
        if problem := self.controls[name].refuse(value):
            raise UnknownSetting(problem)

    @property
    def start(self) -> dict[str, Any]:
        """The settings at the start."""
        return {name: control.start for name, control in self.controls.items()}

    def seen(self, **settings: Any) -> tuple[Exhibit, ...]:
        """Return the exhibits of a setting; what is not told is as at the start.

        Raises
        ------
        UnknownSetting
            If there is no such control, or it knows no such value; the message says what it knows.
        """
        for name, value in settings.items():
            self._check(name, value)
        found = self.draw(**{**self.start, **settings})
        return found if isinstance(found, tuple) else (found,)


def words(exhibits: tuple[Exhibit, ...]) -> str:
    """Return what exhibits show, in words."""
    return " ".join(exhibit.summary for exhibit in exhibits)
