"""The ways in which the tests visit the book."""

from __future__ import annotations

import pytest

from .site import FIGURE_PAGES, PAGES
from .visit import Way

THEMES = ("light", "dark")
WIDTHS = (1280, 390)

COMPLETE = [Way(p, theme, width, axe=True) for p in PAGES for theme in THEMES for width in WIDTHS]
"""Every page as a reader sees it, once all its figures are live."""

STATIC = [
    Way(p, theme, width, live=False, axe=True)
    for p in FIGURE_PAGES
    for theme in THEMES
    for width in WIDTHS
]
"""Pages with figures as they are until plotly has arrived, or if it never does."""

WITHOUT_SCRIPTS = [
    *(Way(page, "dark", 390, scripts=False) for page in PAGES),
    *(Way(page, "dark", 1280, scripts=False) for page in FIGURE_PAGES),
]
FROM_DISK = [Way(page, by="file") for page in PAGES]
WITHOUT_STORAGE = [Way(page, "dark", storage=False) for page in [*FIGURE_PAGES, "search.html"]]
ON_PAPER = [
    *(Way(page, "light", paper=True) for page in PAGES),
    *(Way(page, "dark", paper=True) for page in FIGURE_PAGES),
]


BEFORE_A_RELEASE = {
    *(way for way in COMPLETE if (way.theme, way.width) in {("dark", 1280), ("light", 390)}),
    *(way for way in STATIC if (way.theme, way.width) != ("dark", 390)),
    *(way for way in WITHOUT_SCRIPTS if way.width == 1280),
    *(way for way in ON_PAPER if way.theme == "dark"),
    # Notebooks look alike: one of them stands for all.
    *(
        way
        for way in [*COMPLETE, *WITHOUT_SCRIPTS, *FROM_DISK, *ON_PAPER]
        if way.page.startswith("exercises/") and way.page != "exercises/origins.html"
    ),
    # Pages with figures are seen from the disk and without storage by the same scripts.
    *(way for way in WITHOUT_STORAGE if way.page not in {"index.html", "search.html"}),
}
"""Visits that differ from others in one thing only: they wait for the release, which has time."""


def ways(*selected: Way) -> pytest.MarkDecorator:
    """Have a test run on these visits; it finds what was seen in the fixture ``seen``."""
    marked = [
        pytest.param(way, marks=pytest.mark.release) if way in BEFORE_A_RELEASE else way
        for way in selected
    ]
    return pytest.mark.parametrize("way", marked, ids=str)


def with_figures(selected: list[Way]) -> list[Way]:
    """Return the visits to pages that have figures."""
    return [way for way in selected if way.page in FIGURE_PAGES]
