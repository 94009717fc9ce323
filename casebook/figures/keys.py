"""Entries of a legend: what a colour, a shape or a pattern means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """An entry of the legend that is no trace: what a pattern or a mark means."""

    label: str
    mark: str  # one of "hatch", "dots", "back-hatch", "thin", "hollow", "line", "circle-open", ...
    token: str = "muted"
