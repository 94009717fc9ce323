"""A page is read again when something it uses has changed, and `module.yml` lists its tables."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from sphinx.testing.util import SphinxTestApp

from casebook import tables
from casebook.module_map import Page
from casebook.sphinxext.site.dependencies import State, code_of_cells, difference

PARTS = (
    "roles.values",
    "roles.dates",
    "roles.claims",
    "teaching.walk",
    "site.edition",
    "site.elements",
    "site.dependencies",
    "site.titles",
    "site.troubles",
)
PAGES = {
    "index": "# All\n\n```{toctree}\ndeaths\nevents\nlinks\nwalk\n```\n",
    "deaths": "# Deaths\n\n{n}`deaths('2012-01', '2012-12')`\n",
    "events": "# Events\n\n{event}`gao-falls`\n",
    "links": "# Links\n\n[](events.md) and {claim}`C013`\n",
    "walk": "# Walk\n\n```{walk}\n```\n",
}
MODULE = {
    "title": "A module",
    "pages": [
        {"path": "deaths", "title": "Deaths", "part": "a", "tables": ["conflict_events"]},
        {"path": "events", "title": "Events", "part": "a", "tables": ["events"]},
        {"path": "links", "title": "Links", "part": "a", "tables": ["claims"]},
        {
            "path": "elsewhere",
            "title": "Elsewhere",
            "part": "a",
            "question": "Why?",
            "claims": ["C014"],
        },
        {"path": "walk", "title": "Walk", "part": "a", "tables": ["claims"]},
    ],
}


@dataclass
class Book:
    """A book of a few lines, with tables and code of its own where a test wants to change them."""

    folder: Path
    told: str = ""

    def write(self, page: str, text: str) -> None:
        (self.folder / f"{page}.md").write_text(text, encoding="utf-8")

    def map(self, **changes: dict) -> None:
        """Write the map of the module, with some of its entries changed."""
        pages = [{**entry, **changes.get(entry["path"], {})} for entry in MODULE["pages"]]
        content = yaml.safe_dump({**MODULE, "pages": pages})
        (self.folder / "module.yml").write_text(content, encoding="utf-8")

    def build(self) -> set[str]:
        """Build what changed; return the pages that were read."""
        warning = io.StringIO()
        app = SphinxTestApp("html", srcdir=self.folder, warning=warning)
        read: set[str] = set()
        app.connect("source-read", lambda app, page, source: read.add(page))
        try:
            app.build()
        finally:
            app.cleanup()
        self.told = re.sub(r"\x1b\[[\d;]*m", "", warning.getvalue())
        return read

    def shown(self, page: str) -> str:
        return (self.folder / "_build/html" / f"{page}.html").read_text(encoding="utf-8")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book that was built once."""
    made = Book(tmp_path)
    (tmp_path / "conf.py").write_text(
        f"extensions = ['myst_parser', *(f'casebook.sphinxext.{{p}}' for p in {PARTS})]\n"
        "html_theme = 'basic'\nexclude_patterns = ['_build']\n",
        encoding="utf-8",
    )
    for page, text in PAGES.items():
        made.write(page, text)
    made.map()
    assert made.build() == set(PAGES)
    assert made.told == ""
    assert made.build() == set(), "nothing changed"
    return made


def other(monkeypatch: pytest.MonkeyPatch, kind: str, *names: str) -> None:
    """Let things of a kind be in another state than they were."""
    told = getattr(State, kind)
    monkeypatch.setattr(
        State, kind, lambda self, name: told(self, name) + ("!" if name in names else "")
    )


@pytest.mark.parametrize(
    ("kind", "name", "pages"),
    [
        ("table", "conflict_events", {"deaths"}),
        ("table", "events", {"events"}),
        ("table", "claims", {"links", "walk"}),
        ("table", "positions", set()),
        ("code", "casebook.facts:deaths", {"deaths"}),
        ("code", "casebook.prose", {"deaths"}),
        ("code", "casebook.sphinxext.roles.claims", {"links"}),
        ("code", "casebook.exhibits:money", set()),
        ("extension", "", set(PAGES)),
    ],
)
def test_page_is_read_again_with_what_it_uses(book, monkeypatch, kind, name, pages):
    other(monkeypatch, kind, name)
    assert book.build() == pages


def test_of_the_map_only_what_concerns_a_page_counts(book):
    book.map(events={"minutes": 5})
    assert book.build() == {"events", "walk"}
    book.map(elsewhere={"claims": ["C013"]})
    assert book.build() == {"links", "walk", "events"}, "events has its old minutes again"
    assert "elsewhere.html#claim-c013" in book.shown("links")


def test_what_is_used_no_more_counts_no_more(book, monkeypatch):
    book.write("deaths", "# Deaths\n\nNone.\n")
    book.map(deaths={"tables": []})
    assert book.build() == {"deaths", "walk"}
    other(monkeypatch, "table", "conflict_events")
    assert book.build() == set()


def test_cached_values_count_as_read(book):
    # Two pages ask for the same value in one process.
    book.write("events", PAGES["events"] + PAGES["deaths"].splitlines()[-1])
    book.build()
    assert "it reads conflict_events." in book.told


def test_table_that_the_map_does_not_list_is_told_until_it_is(book):
    book.map(deaths={"tables": ["events"]})
    for _ in range(2):
        assert "deaths" in book.build()
        assert (
            "deaths.md: WARNING: module.yml must give deaths `tables: [conflict_events]`: "
            "it reads conflict_events and does not read events." in book.told
        )
    book.map()
    assert "deaths" in book.build()
    assert book.told == ""


def test_page_with_a_warning_is_read_until_it_has_none(book):
    book.write("events", "# Events\n\n{event}`gao-fals`\n")
    for _ in range(2):
        assert book.build() == {"events"}
        assert "No event is called 'gao-fals'" in book.told
    book.write("events", PAGES["events"])
    assert book.build() == {"events"}
    assert book.build() == set()


def test_build_that_was_cut_short_is_begun_afresh(book):
    app = SphinxTestApp("html", srcdir=book.folder)
    app.cleanup()  # begun, never ended
    assert book.build() == set(PAGES)


def test_title_reaches_the_pages_that_show_it(book):
    book.write("events", PAGES["events"].replace("# Events", "# What happened"))
    assert book.build() == {"events"}
    assert "What happened" in book.shown("links")
    assert "What happened" in book.shown("deaths"), "it follows in the order of the book"


def test_state_of_a_table_leaves_out_what_its_content_settles(book, monkeypatch):
    app = SphinxTestApp("html", srcdir=book.folder)
    try:
        before = State(app).table("control")
        entry = tables._resources()["control"]
        monkeypatch.setitem(entry, "hash", "another")
        assert State(app).table("control") == before
        monkeypatch.setitem(entry, "description", "Something else.")
        assert State(app).table("control") != before
        assert State(app).table("no_such_table") == ""
    finally:
        app.cleanup()


def test_python_of_cells_is_found():
    page = (
        "# A page\n\n```{code-cell}\n:tags: [hide-input]\nfrom casebook import load\n```\n\n"
        "```python\nno = cell\n```\n\n````{code-cell} ipython3\n---\ntags: [a]\n---\n"
        "%matplotlib inline\ntext = '```'\n````\n"
    )
    assert [lines.strip() for lines in code_of_cells(page, notebook=False)] == [
        "from casebook import load",
        "text = '```'",
    ]
    notebook = (
        '{"cells": [{"cell_type": "code", "source": ["a = 1\\n", "b"]}, '
        '{"cell_type": "markdown", "source": ["a"]}]}'
    )
    assert list(code_of_cells(notebook, notebook=True)) == ["a = 1\nb"]


def test_all_tables_can_be_listed_in_a_word():
    page = Page("data", "The data", "reference", tables=("all",))
    assert difference(page, tables.names()) == ""
    assert "does not read control." in difference(
        page, [n for n in tables.names() if n != "control"]
    )
