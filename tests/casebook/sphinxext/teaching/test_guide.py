"""The guide for instructors: its tables say what the map and the masters say, and no more."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

from casebook import module_map
from casebook.authoring import objectives, syllabi
from casebook.authoring.exercises import master

ROOT = Path(__file__).parents[4]
HTML = ROOT / "_build" / "html"
GUIDE = HTML / "chapters" / "teaching" / "guide.html"
MAP = module_map.current(ROOT)
SYLLABI = syllabi.current(ROOT)


@pytest.fixture(scope="module")
def tables() -> dict[str, BeautifulSoup]:
    """The tables of the page by caption."""
    page = BeautifulSoup(GUIDE.read_text(encoding="utf-8"), "html.parser")
    return {table.caption.get_text(): table for table in page.select(".cb-plan table")}


def rows(table: BeautifulSoup) -> list[BeautifulSoup]:
    return [row for row in table.select("tbody tr") if "cb-plan-group" not in row.get("class", [])]


def told(node: BeautifulSoup) -> str:
    return plain(node.get_text(" "))


def plain(text: str) -> str:
    """Text without what typesetting changes."""
    return " ".join(text.replace("\u00a0", " ").replace("’", "'").split())


def test_module_map_holds_every_page_but_the_instructors_own(tables):
    found = {told(row.th.a): row for row in rows(tables["Pages of the module"])}
    assert list(found) == [
        page.title for page in MAP.pages if page.part != "teaching" and page.path != "index"
    ]
    money = told(found["Money: corruption, aid and the army"])
    page = MAP.page("chapters/governance/money")
    assert plain(page.question) in money
    assert all(plain(objective.text) in money for objective in page.objectives)
    assert "20 min" in money
    assert "The statement ; Reading data" in money
    assert "Exercises: governance and money , 2 h 30 min" in money
    assert "9 checked tasks, 2 written" in told(found["Warm-up: reading data"])


@pytest.mark.parametrize("syllabus", SYLLABI.values(), ids=list(SYLLABI))
def test_syllabus_has_a_row_for_every_session_and_deadline(tables, syllabus):
    [table] = [
        table
        for caption, table in tables.items()
        if caption.startswith(f"{len(syllabus.sessions)} session")
    ]
    shown = rows(table)
    assert len(shown) == len(syllabus.entries)
    for row, entry in zip(shown, syllabus.entries, strict=True):
        if isinstance(entry, syllabi.HandIn):
            assert f"set in session {entry.session};" in told(row)
            continue
        assert told(row).startswith(f"{entry.number}. {entry.title}")
        for _, said in entry.activities:
            assert plain(said) in told(row)
    weeks = [told(head) for head in table.select(".cb-plan-group")]
    assert [week.split(":")[0] for week in weeks] == [f"Week {w.number}" for w in syllabus.weeks]


def test_objectives_lead_to_the_places_that_ask_for_them(tables):
    table = tables["Where each objective is taught and asked for"]
    traced = objectives.traced(ROOT)[0]
    assert [told(row.th) for row in rows(table)] == [plain(one.objective.text) for one in traced]
    links = [link["href"] for link in table.select("td a")]
    assert len(links) == sum(len((*r.questions, *r.checked, *r.written)) for r in traced)
    pages = {}
    for link in links:
        path, _, place = link.partition("#")
        file = (GUIDE.parent / path).resolve()
        pages.setdefault(file, file.read_text(encoding="utf-8"))
        assert f'id="{place}"' in pages[file], link


def test_rubrics_are_counted_and_not_told():
    text = GUIDE.read_text(encoding="utf-8")
    assert "rubric of four criteria" in text
    for file in master.files(ROOT):
        for task in master.read(file).tasks:
            for criterion in (task.rubric or {}).get("criteria", ()):
                assert criterion["name"] not in text
                assert criterion["full"] not in text


def test_objective_that_nothing_asks_for_stops_the_build(tmp_path):
    (tmp_path / "conf.py").write_text(
        "extensions = ['myst_parser', 'casebook.sphinxext.site.elements',\n"
        "    'casebook.sphinxext.teaching.plans', 'casebook.sphinxext.teaching.objectives']\n",
        encoding="utf-8",
    )
    (tmp_path / "index.md").write_text("# A\n\n```{objectives-table}\n```\n", encoding="utf-8")
    (tmp_path / "module.yml").write_text(
        "title: A\npages:\n  - {path: index, title: A, part: a,\n"
        "     objectives: [{id: O-A-1, verb: Dream, text: Dream of a book.}]}\n",
        encoding="utf-8",
    )
    told = io.StringIO()
    app = SphinxTestApp("html", srcdir=tmp_path, warning=told)
    try:
        app.build()
    finally:
        app.cleanup()
    assert "index.md:3: ERROR: The objective O-A-1 is neither taught nor assessed" in (
        re.sub(r"\x1b\[[\d;]*m", "", told.getvalue())
    )
