"""references.bib is what sources.csv gives, and every tool can read it."""

from pathlib import Path

import pytest
from pybtex.database import parse_file

from casebook.authoring.bibliography import bibliography
from casebook.authoring.csvfile import read_rows

ROOT = Path(__file__).parents[2]
SOURCES = read_rows(ROOT / "data" / "sources.csv")

ROW = {
    "source_id": "key_1",
    "type": "press",
    "author": "A paper",
    "title": "A title",
    "container": "",
    "year": "2012",
    "date": "",
    "doi": "",
    "url": "",
    "licence": "",
    "extent_read": "",
    "note": "",
}


def entry(**changed: str) -> str:
    return bibliography([ROW | changed])


def test_file_is_what_the_table_gives():
    written = (ROOT / "references.bib").read_text(encoding="utf-8")
    assert written == bibliography(SOURCES)


def test_every_source_is_an_entry_with_title_and_year():
    entries = parse_file(str(ROOT / "references.bib")).entries
    assert set(entries) == {row["source_id"] for row in SOURCES}
    for key, parsed in entries.items():
        assert parsed.persons["author"], key
        assert parsed.fields["title"], key
        assert parsed.fields["year"], key


def test_people_are_joined_and_organisations_stay_in_one_piece():
    assert "author = {Doe, Jane and Roe, Richard}," in entry(author="Doe, Jane; Roe, Richard")
    assert "author = {Doe, Jane and others}," in entry(author="Doe, Jane; others")
    assert "author = {{Ministry of War and Peace (Mali, 2012)}}," in entry(
        author="Ministry of War and Peace (Mali, 2012)"
    )


def test_special_characters_are_escaped_in_text_but_not_in_addresses():
    told = entry(title="50% of A & B_C #1", url="https://example.org/a%20b_c")
    assert r"title = {{50\% of A \& B\_C \#1}}," in told
    assert "url = {https://example.org/a%20b_c}," in told


def test_journal_is_taken_apart():
    told = entry(type="article", container="Journal of Walls 1(2), 3-4")
    for field in ("journal = {Journal of Walls}", "volume = {1}", "number = {2}", "pages = {3--4}"):
        assert field in told
    assert told.splitlines()[3].startswith("@article{key_1")


def test_doi_makes_the_address_superfluous():
    assert "url" not in entry(doi="10.1/x", url="https://example.org")


@pytest.mark.parametrize("kind", ["article", "book", "chapter", "thesis", "ngo_report"])
def test_entry_without_a_container_is_misc(kind):
    assert "@misc{key_1," in entry(type=kind)


def test_sphinx_renders_every_entry_without_a_warning(tmp_path):
    from sphinx.application import Sphinx

    (tmp_path / "references.bib").write_text(bibliography(SOURCES), encoding="utf-8")
    (tmp_path / "index.rst").write_text(
        "Readings\n========\n\n:cite:p:`lecocq_2013_hippo`\n\n.. bibliography::\n   :all:\n"
    )
    settings = {
        "extensions": ["sphinxcontrib.bibtex"],
        "bibtex_bibfiles": ["references.bib"],
        "bibtex_reference_style": "author_year",
    }
    with (tmp_path / "log").open("w") as log:
        app = Sphinx(
            srcdir=tmp_path,
            confdir=None,
            outdir=tmp_path / "out",
            doctreedir=tmp_path / "trees",
            buildername="text",
            confoverrides=settings,
            warningiserror=True,
            status=None,
            warning=log,
        )
        app.build()
    assert app.statuscode == 0, (tmp_path / "log").read_text()
    text = (tmp_path / "out" / "index.txt").read_text(encoding="utf-8")
    assert "Lecocq *et al.*, 2013" in text
