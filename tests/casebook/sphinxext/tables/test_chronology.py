"""The chronology and who is who, built into a small book from the real tables."""

import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from sphinx.testing.util import SphinxTestApp

from casebook import prose
from casebook.sphinxext.tables.who_is_who import lifetime, when_related

ROOT = Path(__file__).parents[4]
CHRONOLOGY = "chapters/reference/chronology"
WHO = "chapters/reference/who-is-who"
CONF = f"""
extensions = ["myst_parser", "sphinxcontrib.bibtex", *(f"casebook.sphinxext.{{n}}" for n in (
    "roles.dates", "roles.citations", "tables.chronology", "tables.who_is_who", "teaching.quiz",
    "site.elements", "site.search"))]
myst_enable_extensions = ["colon_fence"]
html_theme = "basic"
smartquotes = False
bibtex_bibfiles = [{str(ROOT / "references.bib")!r}]
bibtex_reference_style = "author_year_round"
exclude_patterns = ["_build"]
"""
PAGES = {
    CHRONOLOGY: "# Chronology\n\n```{chronology}\n```\n",
    WHO: "# Who is who\n\n```{who-is-who}\n```\n",
    "chapters/reference/bibliography": "# Bibliography\n\n```{bibliography}\n```\n",
    "chapters/fall": "# The fall\n\nOn {event}`gao-falls`, or {event-day}`gao-falls`, Gao fell.",
    "chapters/quiz": "# Quiz\n\n:::{quiz}\n1. When?\n\n   - {event}`gao-falls`: No, "
    "{event}`gao-falls`.\n   - (x) Never: Yes.\n:::\n",
    "chapters/names": "# Names\n\nThe MUJAO held Gao. Niger is a river. `HCUA` is code.",
    "chapters/claims": "# Claims\n\nNothing named. See <https://example.org/untold>, 4711 or C013."
    "\n\n```{raw} html\n<table><tr><td>Left</td><td>17right</td><td>Beside</td></tr></table>\n"
    "```\n",
}
MODULE = {
    "title": "A module",
    "pages": [
        {"path": "chapters/names", "title": "Names", "part": "x"},
        {"path": "chapters/fall", "title": "The fall", "part": "x"},
        {"path": "chapters/quiz", "title": "Quiz", "part": "x"},
        {"path": "chapters/claims", "title": "Claims", "part": "x", "claims": ["C016"]},
    ],
}


@dataclass
class Book:
    """A small book that can be built again."""

    folder: Path

    def write(self, name: str, text: str) -> None:
        path = self.folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self) -> str:
        """Build what has changed, and return the warnings."""
        warnings = io.StringIO()
        app = SphinxTestApp("html", srcdir=self.folder, warning=warnings, freshenv=False)
        try:
            app.build()
        finally:
            app.cleanup()
        return warnings.getvalue()

    def page(self, name: str) -> BeautifulSoup:
        text = (self.folder / "_build" / "html" / f"{name}.html").read_text(encoding="utf-8")
        return BeautifulSoup(text, "html.parser").find(class_="body")

    def index(self) -> dict:
        text = (self.folder / "_build" / "html" / "searchindex.js").read_text(encoding="utf-8")
        return json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))


def small_book(folder: Path, pages: dict[str, str]) -> Book:
    book = Book(folder)
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "module.yml").write_text(yaml.safe_dump(MODULE), encoding="utf-8")
    listed = "\n".join(["# Book\n\n```{toctree}", *pages, "```"])
    for name, text in ({"index": listed} | pages).items():
        book.write(name, text)
    return book


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Book:
    book = small_book(tmp_path_factory.mktemp("book"), PAGES)
    assert book.build() == ""
    return book


@pytest.fixture(scope="module")
def chronology(book) -> BeautifulSoup:
    return book.page(CHRONOLOGY)


@pytest.fixture(scope="module")
def who(book) -> BeautifulSoup:
    return book.page(WHO)


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


# --- The chronology -----------------------------------------------------------------------------


def test_every_event_has_one_row_in_the_order_of_dates(chronology, rows):
    expected = sorted((row["date"], row["event_id"]) for row in rows("events"))
    shown = [row["id"] for row in chronology.select("tbody tr")]
    assert shown == [f"event-{event_id}" for _, event_id in expected]


def test_row_tells_what_the_table_knows(chronology, rows):
    places = {row["place_id"]: row["name"] for row in rows("places")}
    names = {row["actor_id"]: row["short_name"] for row in rows("actors")}
    for event in rows("events"):
        row = chronology.find(id=f"event-{event['event_id']}")
        text = words(row)
        for part in ("title", "description", "disagreement"):
            assert " ".join(event[part].split()) in text, (event["event_id"], part)
        assert ("Sources disagree" in text) == bool(event["disagreement"])
        where = places.get(event["place_id"], event["place_name"])
        assert where in words(row.find(class_="cb-where"))
        actors = [a.get_text() for a in row.select(".cb-actors a")]
        assert actors == [names[a] for a in event["actor_ids"].split(";") if a]
        assert row["data-phase"] == event["phase"]
        assert row["data-category"] == event["category"]
        assert row["data-actor"] == (event["actor_ids"] or "none")


@pytest.mark.parametrize(
    ("event_id", "date"),
    [
        ("gao-falls", "31 March 2012"),
        ("tindouf-kidnapping", "22 to 23 October 2011"),
        ("adc-clashes-with-gspc", "25 September to 23 October 2006"),
        ("mujao-appears", "December 2011"),
        ("gspc-leaves-gia", "1998"),
    ],
)
def test_date_is_as_exact_as_the_sources(chronology, event_id, date):
    shown = chronology.find(id=f"event-{event_id}").find("th").get_text()
    assert shown.replace("\u00a0", " ") == date


def test_title_is_the_permanent_link_of_its_row(chronology, rows):
    for event in rows("events"):
        row = chronology.find(id=f"event-{event['event_id']}")
        link = row.find("a", class_="cb-permalink")
        assert link["href"] == f"#event-{event['event_id']}"
        assert link.get_text() == event["title"]


def test_every_source_is_cited_and_its_link_resolves(book, chronology, rows):
    bibliography = book.page("chapters/reference/bibliography")
    cited = {tag["id"] for tag in bibliography.find_all(id=True)}
    for event in rows("events"):
        links = chronology.find(id=f"event-{event['event_id']}").select(".cb-sources a")
        assert len(links) == len(event["source_ids"].split(";")), event["event_id"]
        assert {link["href"].partition("#")[2] for link in links} <= cited


def test_phases_are_headings_with_their_time(chronology):
    titles = [words(h).removesuffix(" ¶") for h in chronology.select(".cb-group h2")]
    assert titles == [
        "Background, 1960 to 2011",
        "Rebellion, January to March 2012",
        "Partition, April to December 2012",
        "Intervention, January to April 2013",
        "Transition, May to December 2013",
        "Aftermath, 2014 to 2025",
    ]


def test_every_choice_fits_a_row_and_every_row_a_choice(chronology):
    for select in chronology.find_all("select"):
        offered = {option["value"] for option in select.find_all("option")} - {""}
        carried = {
            value
            for row in chronology.select("tbody tr")
            for value in row[f"data-{select['name']}"].split(";")
        }
        assert offered == carried, select["name"]
        assert select.find("option").get_text() == "all"


def test_option_knows_what_else_an_actor_and_a_place_are_called(chronology):
    options = {o["value"]: o.get("data-also", "") for o in chronology.select("option")}
    assert {"AQMI", "AQIM"} <= set(options["aqim"].split())
    assert "Tombouctou" in options["timbuktu"].split()


def test_controls_are_named_and_count_all_rows(chronology, rows):
    form = chronology.find("form", class_="cb-controls")
    labels = {label["for"] for label in form.find_all("label")}
    assert {c["id"] for c in form.find_all(["select", "input"])} == labels
    said = chronology.find(class_="cb-readout")
    assert (said["aria-live"], said.get_text()) == ("polite", f"{len(rows('events'))} events.")


# --- Dates in the text --------------------------------------------------------------------------


def test_date_leads_to_its_event_with_its_title(book, rows):
    title = next(r["title"] for r in rows("events") if r["event_id"] == "gao-falls")
    links = book.page("chapters/fall").select("a.cb-event")
    assert [link.get_text() for link in links] == ["31\u00a0March 2012", "31\u00a0March"]
    for link in links:
        assert link["href"] == "reference/chronology.html#event-gao-falls"
        assert link["title"] == title


def test_date_in_an_option_does_not_lead_away(book):
    option = book.page("chapters/quiz").find("details", class_="cb-wrong")
    assert option.summary.find("a") is None
    assert "31\u00a0March 2012" in option.summary.get_text()
    assert option.find(class_="cb-explanation").find("a", class_="cb-event")


def test_book_without_a_chronology_has_dates_without_links(tmp_path):
    book = small_book(tmp_path, {"chapters/fall": PAGES["chapters/fall"]})
    assert book.build() == ""
    page = book.page("chapters/fall")
    assert [d.get_text() for d in page.select(".cb-date")] == [
        "31\u00a0March 2012",
        "31\u00a0March",
    ]
    assert page.select("a.cb-event") == []


# --- Who is who ---------------------------------------------------------------------------------


def test_every_actor_has_one_row_under_its_type(who, rows):
    shown = [row["id"] for row in who.select("tbody tr")]
    assert sorted(shown) == sorted(f"actor-{row['actor_id']}" for row in rows("actors"))
    for actor in rows("actors"):
        row = who.find(id=f"actor-{actor['actor_id']}")
        assert row["data-type"] == actor["type"]
        assert row.find_parent("section")["id"] == f"type-{actor['type'].replace('_', '-')}"


def test_row_tells_what_is_known_of_the_actor(who, rows):
    for actor in rows("actors"):
        text = words(who.find(id=f"actor-{actor['actor_id']}"))
        for part in ("short_name", "name", "acronym", "leaders", "stated_goal"):
            assert " ".join(actor[part].split()) in text, (actor["actor_id"], part)
        for other in filter(None, actor["alternative_names"].split(";")):
            assert other in text


def test_relation_stands_on_both_sides_with_its_dates(who, rows):
    for relation in rows("relations"):
        for one, other in (("actor_a", "actor_b"), ("actor_b", "actor_a")):
            listed = who.find(id=f"actor-{relation[one]}").select(".cb-relations li")
            to_other = [
                words(item) for item in listed if item.find("a", href=f"#actor-{relation[other]}")
            ]
            dates = when_related(relation).replace("\u00a0", " ")
            assert any(dates in text for text in to_other), relation


@pytest.mark.parametrize(
    ("actor_id", "said"),
    [
        ("ansar_dine", "Split from MNLA , December 2011"),
        ("mnla", "Ansar Dine split from it, December 2011"),
        ("afisma", "Merged into MINUSMA , 1 July 2013"),
        ("minusma", "AFISMA merged into it, 1 July 2013"),
        ("unsc", "Gave AFISMA its mandate, 20 December 2012 to 1 July 2013"),
        ("afisma", "Had its mandate from UN Security Council , 20 December 2012 to 1 July 2013"),
        ("serval", "Supported Malian army , from 11 January 2013"),
        ("mli_army", "Was supported by Operation Serval , from 11 January 2013"),
        ("mnla", "Allied with Ansar Dine , January 2012 to 1 June 2012"),
    ],
)
def test_relation_is_told_from_the_side_of_the_row(who, actor_id, said):
    assert said in words(who.find(id=f"actor-{actor_id}"))


def test_count_of_events_leads_to_the_chronology_filtered_by_the_actor(who, rows):
    for actor in rows("actors"):
        actor_id = actor["actor_id"]
        count = sum(actor_id in row["actor_ids"].split(";") for row in rows("events"))
        row = who.find(id=f"actor-{actor_id}")
        link = row.find("a", href=f"chronology.html?actor={actor_id}")
        if not count:
            assert link is None
            assert "no event names it" in words(row)
            continue
        number = "1" if count == 1 else prose.words(count)
        assert link.get_text() == f"{number} event{'s' if count > 1 else ''}"


@pytest.mark.parametrize(
    ("founded", "ended", "written"),
    [
        ("2011-12", "2013-08-22", "December 2011 to 22\u00a0August 2013"),
        ("2013-05-02", "", "Since 2\u00a0May 2013"),
        ("", "1996", "Until 1996"),
        ("", "", ""),
    ],
)
def test_lifetime_claims_no_more_than_is_known(founded, ended, written):
    assert lifetime(founded, ended) == written


# --- Which pages name an actor ------------------------------------------------------------------


def named_on(book: Book, actor_id: str) -> list[str]:
    for line in book.page(WHO).find(id=f"actor-{actor_id}").find_all("p"):
        if line.get_text().startswith("Named on:"):
            return [link.get_text() for link in line.find_all("a")]
    return []


def test_page_names_an_actor_by_name_event_or_claim(book, rows):
    assert named_on(book, "mujao") == ["Names", "The fall", "Quiz"], "by its name, then by an event"
    judged = next(row["actor_ids"] for row in rows("claims") if row["claim_id"] == "C016")
    for actor in judged.split(";"):
        assert "Claims" in named_on(book, actor)


def test_country_and_code_name_nobody(book):
    assert named_on(book, "ner_gov") == []
    assert named_on(book, "hcua") == []


def test_edited_page_changes_the_rows_though_nothing_else_is_read(tmp_path_factory, book):
    before = (book.folder / "_build" / "html" / f"{CHRONOLOGY}.html").stat().st_mtime_ns
    book.write("chapters/names", "# Names\n\nThe HCUA spoke.")
    try:
        assert book.build() == ""
        assert named_on(book, "hcua") == ["Names"]
        assert named_on(book, "mujao") == ["The fall", "Quiz"]
        after = (book.folder / "_build" / "html" / f"{CHRONOLOGY}.html").stat().st_mtime_ns
        assert before == after, "the chronology was written again for nothing"
    finally:
        book.write("chapters/names", PAGES["chapters/names"])
        book.build()
    assert named_on(book, "mujao") == ["Names", "The fall", "Quiz"]


# --- Search -------------------------------------------------------------------------------------


def test_index_holds_words_without_accents(book):
    terms = book.index()["terms"]
    assert "menaka" in terms
    assert not [term for term in terms if re.search("[àâçèéêëîïôùûü]", term)]


def test_index_holds_words_and_no_numbers_or_addresses(book):
    terms = book.index()["terms"]
    assert {"left", "besid", "c013"} <= set(terms)
    assert not {"example", "untold", "4711", "leftbesid", "left17rightbesid", "17right"} & set(
        terms
    )


def test_events_and_actors_are_found_by_title_and_lead_to_their_rows(book, rows):
    index = book.index()
    kinds = {number: name for number, (_, name, _) in index["objnames"].items()}
    found = {
        (kinds[str(entry[1])], entry[3]): (f"{prefix}." if prefix else "") + entry[4]
        for prefix, entries in index["objects"].items()
        for entry in entries
        if kinds[str(entry[1])] in ("event", "actor")
    }
    assert len(found) == len(rows("events")) + len(rows("actors"))
    assert found["event", "event-mnla-attacks-menaka"].startswith("MNLA attacks Ménaka, 17")
    assert found["actor", "actor-aqim"] == "AQIM; al-Qaeda in the Islamic Maghreb; AQMI"


def test_other_names_of_places_lead_to_the_chronology(book):
    index = book.index()
    page = index["docnames"].index(CHRONOLOGY)
    pages = (
        index["terms"]["tombouct"] if "tombouct" in index["terms"] else index["terms"]["tombouctou"]
    )
    assert page in (pages if isinstance(pages, list) else [pages])
