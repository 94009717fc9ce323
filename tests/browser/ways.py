"""The ways in which the tests visit the book, and which of them every change is checked in.

`make test` opens every page once and the pages of a sample in every way; `make test-release` opens
every page in every way.
"""

from __future__ import annotations

from zlib import crc32

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

EVERY_WAY = [
    *COMPLETE,
    *STATIC,
    *WITHOUT_SCRIPTS,
    *FROM_DISK,
    *WITHOUT_STORAGE,
    *ON_PAPER,
]

SAMPLE = ("index.html", "chapters/origins/collapse-2012.html", "exercises/origins.html")
"""Pages that are opened daily in every way: a first page, a chapter, a notebook."""


def every_day() -> set[Way]:
    """Return the visits of `make test`: every page in one way, the sample in all.

    A page is seen on a phone, where least has room. Its name says in which theme, so that a page
    more changes nothing for the others.
    """
    seen = {way for way in EVERY_WAY if way.page in SAMPLE}
    for page in PAGES:
        if page not in SAMPLE:
            seen.add(Way(page, THEMES[crc32(page.encode()) % 2], 390, axe=True))
    return seen


EVERY_DAY = every_day()


def in_release(what: object, daily: bool) -> object:
    """Return a parameter of a test that runs daily, or only in the release run."""
    return what if daily else pytest.param(what, marks=pytest.mark.release)


def ways(*selected: Way) -> pytest.MarkDecorator:
    """Have a test run on these visits; it finds what was seen in the fixture ``seen``."""
    marked = [in_release(way, way in EVERY_DAY) for way in selected]
    return pytest.mark.parametrize("way", marked, ids=str)


def with_figures(selected: list[Way]) -> list[Way]:
    """Return the visits to pages that have figures."""
    return [way for way in selected if way.page in FIGURE_PAGES]
