"""Pages of exercises: what stands above a notebook, and how chapters lead to it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from casebook import explorers, module_map
from casebook.checks import keys
from casebook.explorers.still import WHERE
from casebook.show.building import BOOK_VARIABLE
from casebook.sphinxext.teaching import exercises

ROOT = Path(__file__).parents[4]
HTML = ROOT / "_build" / "html"
MAP = module_map.read(ROOT / "module.yml")
NOTEBOOKS = [page for page in MAP.pages if page.is_exercise]


def built(path: str) -> BeautifulSoup:
    return BeautifulSoup((HTML / f"{path}.html").read_text(encoding="utf-8"), "html.parser")


def test_every_part_with_a_key_has_its_page():
    assert sorted(page.path.split("/")[1] for page in NOTEBOOKS) == keys.parts()


@pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda page: page.path)
def test_head_counts_tasks_and_offers_the_file(page):
    head = built(page.path).find(class_="cb-exercise-head")
    part = page.path.split("/")[1]
    source = (ROOT / page.file).read_text(encoding="utf-8")
    written = len(set(re.findall(r'"grade_id": "(q\d+)-question"', source))) - len(keys.tasks(part))
    assert f"{page.minutes} minutes." in head.get_text()
    assert f"{len(keys.tasks(part))} checked tasks and {written} written answers" in head.get_text()
    link = head.find("a", download=True)
    live = head.find("a", string="Open in the browser")
    opener, _, notebook = live["href"].partition("?notebook=")
    assert ((HTML / page.path).parent / opener).is_file()
    assert notebook == f"{part}.ipynb"
    offered = (HTML / page.path).parent / link["href"]
    assert offered.read_text(encoding="utf-8") == source
    assert link["download"] == f"{part}.ipynb"
    assert len(built(page.path).find_all(class_="cb-write-here")) == written
    guide = head.find(class_="cb-exercise-guide")["href"].split("#")
    assert BeautifulSoup(
        ((HTML / page.path).parent / guide[0]).read_text(encoding="utf-8"), "html.parser"
    ).find(id=guide[1])


@pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda page: page.path)
def test_map_names_the_notebook_as_it_names_itself(page):
    source = (ROOT / page.file).read_text(encoding="utf-8")
    title, minutes = re.search(r'"# (.*?)\\n"', source)[1], page.minutes
    master = (ROOT / "instructor" / "masters" / f"{page.path.split('/')[1]}.md").read_text("utf-8")
    assert title == page.title
    assert f"  minutes: {minutes}\n" in master


@pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda page: page.path)
def test_notebook_is_shown_without_errors_and_without_empty_checks(page):
    shown = built(page.path)
    assert shown.find(class_="tag_answer") is not None
    for check in shown.find_all(class_="tag_check"):
        assert check.find(class_="cell_output") is None
    assert "Traceback" not in shown.get_text()


@pytest.mark.parametrize(
    "page", [page for page in MAP.pages if page.exercises], ids=lambda page: page.path
)
def test_chapter_ends_with_a_link_to_its_exercises(page):
    link = built(page.path).find(class_="cb-exercise-link").find("a")
    assert ((HTML / page.path).parent / link["href"]).resolve().is_file()
    assert link.get_text() in {notebook.title for notebook in NOTEBOOKS}


def test_every_notebook_is_led_to_from_a_chapter():
    led = {name for page in MAP.pages for name in page.exercises}
    assert led == {page.path.split("/")[1] for page in NOTEBOOKS}


def test_others_are_named_only_once_the_book_has_a_home():
    page = MAP.page("exercises/origins")
    assert exercises.elsewhere("", page) == []
    assert exercises.elsewhere("https://github.com/someone/mali", page) == [
        (
            "Colab",
            "https://colab.research.google.com/github/someone/mali/blob/main/exercises/origins.ipynb",
        ),
        ("Binder", "https://mybinder.org/v2/gh/someone/mali/main?labpath=exercises/origins.ipynb"),
    ]


# --- The explorers, which have no tasks ---------------------------------------------------------


def test_page_of_explorers_stands_still_and_says_where_they_move():
    page = built(module_map.EXPLORERS)
    assert "checked tasks" not in page.find(class_="cb-exercise-head").get_text()
    stills = page.find_all(class_="cb-still")
    assert len(stills) == len(explorers.TITLES)
    assert all(WHERE in still.get_text() for still in stills)
    assert len(page.find_all("figure", class_="cb-figure")) >= len(explorers.TITLES)
    offered = (HTML / module_map.EXPLORERS).parent / page.find("a", download="explorers.ipynb")[
        "href"
    ]
    assert offered.read_bytes() == (ROOT / "exercises" / "explorers.ipynb").read_bytes()


def test_page_of_explorers_holds_no_widgets():
    text = (HTML / f"{module_map.EXPLORERS}.html").read_text(encoding="utf-8")
    assert "html-manager" not in text
    assert "jupyter.widget" not in text


def test_every_explorer_is_led_to_from_a_chapter_by_a_link_that_arrives():
    anchors = {element["id"] for element in built(module_map.EXPLORERS).find_all(id=True)}
    led = set()
    for page in MAP.pages:
        for line in built(page.path).find_all(class_="cb-explore"):
            link, live = line.find_all("a")
            target, name = link["href"].split("#")
            opener, _, notebook = live["href"].partition("?notebook=")
            assert ((HTML / page.path).parent / opener).is_file()
            assert notebook == f"explorers.ipynb#{name}"
            assert ((HTML / page.path).parent / target).resolve() == (
                HTML / f"{module_map.EXPLORERS}.html"
            )
            assert name in anchors
            assert explorers.TITLES[name] in line.get_text()
            led.add(name)
    assert led == set(explorers.TITLES)


def test_in_the_book_an_explorer_needs_no_widgets(monkeypatch):
    monkeypatch.setenv(BOOK_VARIABLE, str(ROOT))
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    shown = explorers.displacement_with_breaks()._repr_mimebundle_()
    assert "cb-figure" in shown["text/html"]
    assert "You can set: series, time, at a break the line." in shown["text/html"]
