"""references.bib is what sources.csv gives, and every tool can read it."""

import re
from collections import Counter
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


def years(*rows: dict[str, str]) -> list[str]:
    written = bibliography([ROW | row for row in rows])
    return re.findall(r"year = \{(.*?)\}", written)


def test_works_that_would_be_cited_alike_get_letters_by_date():
    late, early = {"source_id": "a", "date": "2012-04-02"}, {"source_id": "b", "date": "2012-04-01"}
    assert years(late, early) == ["2012b", "2012a"]
    assert years(late, early | {"year": "2013"}) == ["2012", "2013"]
    assert years(late, early | {"author": "Another paper"}) == ["2012", "2012"]
    assert years(late | {"year": "n.d."}, early | {"year": "n.d."}) == ["n.d.-b", "n.d.-a"]


def test_works_of_several_people_are_told_apart_by_how_they_are_cited():
    three = {"source_id": "a", "author": "Doe, Jane; Roe, Richard; Poe, Ed"}
    three_others = {"source_id": "b", "author": "Doe, Jane; Poe, Ed; Roe, Richard"}
    two = {"source_id": "c", "author": "Doe, Jane; Roe, Richard"}
    assert years(three, three_others, two) == ["2012a", "2012b", "2012"]


def test_no_two_works_of_the_book_are_cited_alike():
    entries = parse_file(str(ROOT / "references.bib")).entries.values()
    shown = Counter(
        (tuple(" ".join(p.last_names) for p in e.persons["author"]), e.fields["year"])
        for e in entries
    )
    assert [label for label, count in shown.items() if count > 1] == []


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
    from sphinx.util.docutils import docutils_namespace

    (tmp_path / "references.bib").write_text(bibliography(SOURCES), encoding="utf-8")
    (tmp_path / "index.rst").write_text(
        "Readings\n========\n\n:cite:p:`lecocq_2013_hippo`\n\n.. bibliography::\n   :all:\n"
    )
    settings = {
        "extensions": ["sphinxcontrib.bibtex"],
        "bibtex_bibfiles": ["references.bib"],
        "bibtex_reference_style": "author_year",
    }
    # What Sphinx registers with docutils must not outlive this test.
    with docutils_namespace(), (tmp_path / "log").open("w") as log:
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
