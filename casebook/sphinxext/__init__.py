"""The Sphinx extension of the book, in four parts; each names and sets up its own."""

from __future__ import annotations

from importlib import import_module

from sphinx.application import Sphinx

from casebook import __version__

PARTS = ("roles", "tables", "teaching", "site")


def setup(app: Sphinx) -> dict[str, object]:
    """Register every part with Sphinx."""
    for part in PARTS:
        import_module(f"{__name__}.{part}").setup(app)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
