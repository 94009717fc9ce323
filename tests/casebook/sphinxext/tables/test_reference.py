"""Pages made from the data package: every table with its meaning, licence and gaps."""

import io
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

from casebook import tables
from casebook.sphinxext.tables.reference import emblem


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """Build a book of the generated pages alone."""
    folder = tmp_path_factory.mktemp("reference")
    (folder / "conf.py").write_text(
        "extensions = ['myst_parser', 'casebook.sphinxext.tables.reference']\n"
        "html_theme = 'basic'\n"
        "smartquotes = False\n",
        encoding="utf-8",
    )
    text = "# The data\n\n```{data-reference}\n```\n\n# Licences\n\n```{licences}\n```\n"
    (folder / "index.md").write_text(text, encoding="utf-8")
    warnings = io.StringIO()
    app = SphinxTestApp("html", srcdir=folder, warning=warnings, warningiserror=True)
    try:
        app.build()
    finally:
        app.cleanup()
    assert warnings.getvalue() == ""
    return folder / "_build" / "html"


@pytest.fixture(scope="module")
def page(built) -> BeautifulSoup:
    shown = (built / "index.html").read_text(encoding="utf-8")
    return BeautifulSoup(shown, "html.parser").find(class_="body")


ALL = [*tables.names(), *tables.geometry_names()]


@pytest.mark.parametrize("name", ALL)
def test_every_table_has_its_section(page, name, rows):
    described = tables.resource(name)
    section = page.find(id=f"table-{name.replace('_', '-')}")
    text = section.get_text(" ", strip=True)
    assert described["title"] in section.find(["h1", "h2", "h3"]).get_text()
    for gap in described.get("known_gaps", ()):
        assert " ".join(gap.split()) in " ".join(text.split())
    if "schema" in described:
        assert f"{len(rows(name)):,} rows" in text
        fields = [th.code.get_text() for th in section.tbody.find_all("th")]
        assert fields == [field["name"] for field in described["schema"]["fields"]]
    assert section.find("a", download=True)["href"] == f"casebook-data:{described['path']}"


def test_every_table_is_named_under_its_licence(page):
    text = " ".join(page.get_text(" ").split())
    listed = text[text.rindex("Licences") :]
    assert [name for name in ALL if tables.resource(name)["title"] not in listed] == []


def test_files_are_copied_for_download(built):
    assert {file.name for file in (built / "_downloads" / "data").iterdir()} == {
        "datapackage.json",
        *(tables.resource(name)["path"] for name in ALL),
    }


def test_emblem_is_valid_small_and_silent():
    picture = ElementTree.fromstring(emblem())
    assert picture.attrib["aria-hidden"] == "true"
    assert len(emblem()) < 20_000
    land = picture.find("clipPath/path").attrib["d"]
    assert land.count("M") == 1  # one outline, the pen never lifted
    assert land.endswith("Z")
