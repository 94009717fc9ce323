"""Tables that are written from the data package, whole, for a reader to filter and change."""

from __future__ import annotations

from importlib import import_module

from sphinx.application import Sphinx

PARTS = ("claims", "positions", "scorecard", "chronology", "who_is_who", "reference")


def setup(app: Sphinx) -> None:
    """Register every part with Sphinx."""
    for part in PARTS:
        import_module(f"{__name__}.{part}").setup(app)
