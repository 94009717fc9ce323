"""What a page's prose names: values of the tables, claims of the statement, citations."""

from __future__ import annotations

from importlib import import_module

from sphinx.application import Sphinx

PARTS = ("values", "dates", "citations", "claims")


def setup(app: Sphinx) -> None:
    """Register every part with Sphinx."""
    for part in PARTS:
        import_module(f"{__name__}.{part}").setup(app)
