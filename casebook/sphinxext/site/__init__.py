"""What all pages share: the edition, look, scripts, search, and what each page depends on."""

from __future__ import annotations

from importlib import import_module

from sphinx.application import Sphinx

PARTS = (
    "edition",
    "live",
    "elements",
    "search",
    "figures",
    "dependencies",
    "titles",
    "troubles",
    "theme",
)


def setup(app: Sphinx) -> None:
    """Register every part with Sphinx."""
    for part in PARTS:
        import_module(f"{__name__}.{part}").setup(app)
