"""The tests of this folder can fail: each of these mistakes, planted in a copy, is seen."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from .operate import BY_KEYBOARD, BY_MOUSE, Operated, operate
from .site import FIGURES, served
from .test_links import broken_links, wrong_downloads
from .visit import Way, look, opened, prepare

TEXT_PAGE = "search.html"
FIGURE_PAGE, FIGURE = FIGURES[0]
PLANTED = "planted.html"

MISTAKES = """
<script src="https://cdn.example.org/library.js"></script>
<script>console.warn("careless"); setTimeout(() => { throw Error("thrown"); });</script>
<script src="_static/nowhere.js"></script>
<p>: A definition that was not read as one</p>
<p style="color: #aaa; background: #fff">Pale on white</p>
<p style="width: 3000px">Wider than any window</p>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<div style="overflow: auto"><p style="width: 2000px">Scrolled out of sight</p></div>
"""
PICTURE = """
<figure class="cb-figure" id="planted"><div class="cb-plot"><div class="cb-twin">
<svg viewBox="0 0 300 60" width="300" height="60" font-size="12"><rect width="300" height="60"
fill="#fff"/><text x="10" y="20" fill="#ccc">pale</text><text x="60" y="20">one label</text>
<text x="70" y="21">another</text><text x="240" y="50">longer than there is room for</text>
</svg></div><div class="cb-live"></div></div></figure>
"""


@pytest.fixture(scope="module")
def copy(site, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("planted") / "html"
    return shutil.copytree(site, folder, ignore=shutil.ignore_patterns("_sources", "locales"))


@pytest.fixture(scope="module")
def at(copy):
    with served(copy) as address:
        yield address


def plant(copy: Path, page: str, change: Callable[[str], str]) -> str:
    """Write a changed copy of a page beside it, and return its name."""
    path = (copy / page).with_name(PLANTED)
    path.write_text(change((copy / page).read_text(encoding="utf-8")), encoding="utf-8")
    return path.relative_to(copy).as_posix()


def with_end(text: str) -> Callable[[str], str]:
    """Return a change that adds something at the end of a page's content."""

    def change(page: str) -> str:
        end = '<div id="search-results">' if 'id="search-results"' in page else "</article>"
        return page.replace(end, text + end)

    return change


def with_content(change: Callable[[dict], None]) -> Callable[[str], str]:
    """Return a change of what the first figure's script reads."""

    def rewrite(match: re.Match[str]) -> str:
        content = json.loads(match[2])
        change(content)
        return match[1] + json.dumps(content).replace("<", "\\u003c") + match[3]

    pattern = r'(<script type="application/json" class="cb-json">)(.*?)(</script>)'
    return lambda page: re.sub(pattern, rewrite, page, count=1, flags=re.DOTALL)


@pytest.fixture(scope="module")
def careless(browser, copy, at):
    """What is seen of a page with all mistakes that a text can have."""
    name = plant(copy, TEXT_PAGE, with_end(MISTAKES))
    return look(browser, at, Way(name, width=390, axe=True))


def test_script_of_another_server_is_seen(careless):
    assert careless.elsewhere() == ["https://cdn.example.org/library.js"]


def test_exception_and_warning_are_heard(careless):
    assert "exception: thrown" in careless.complaints
    assert "warning: careless" in careless.complaints


def test_missing_file_is_noticed(careless):
    assert [said for said in careless.failures if said.startswith("404") and "nowhere.js" in said]


def test_text_without_contrast_is_seen(careless):
    assert [text for text in careless.faint if text.startswith("Pale on white")]


def test_text_beyond_the_window_is_seen(careless):
    assert careless.scroll_width > 390
    assert "p Wider than any window" in careless.beyond


def test_markup_in_the_text_is_seen(careless):
    assert [text for text in careless.markup if text.startswith(": A definition")]


def test_axe_sees_a_picture_without_words(careless):
    assert [found for found in careless.violations if found.startswith("image-alt")]


def test_paper_that_cannot_scroll_is_seen(browser, copy, at):
    name = plant(copy, TEXT_PAGE, with_end(MISTAKES))
    seen = look(browser, at, Way(name, paper=True))
    assert [part for part in seen.cut if "Scrolled out of sight" in part]


def test_bad_labels_of_a_picture_are_seen(browser, copy, at):
    name = plant(copy, TEXT_PAGE, with_end(PICTURE))
    (figure,) = look(browser, at, Way(name, live=False)).figures
    assert figure.faint[0].startswith("pale")
    assert figure.colliding == ["one label | another"]
    assert figure.clipped == ["longer than there is room for"]


def test_missing_picture_is_seen(browser, copy, at):
    picture = re.compile(r'(<div class="cb-twin[^>]*>)<svg.*?</svg>', re.DOTALL)
    name = plant(copy, FIGURE_PAGE, lambda page: picture.sub(r"\1", page))
    assert look(browser, at, Way(name, live=False)).figures[0].twins == []


def test_plot_without_marks_is_seen(browser, copy, at):
    def empty(content):
        for trace in content["data"]:
            trace["visible"] = False

    name = plant(copy, FIGURE_PAGE, with_content(empty))
    figure = look(browser, at, Way(name)).figures[0]
    assert figure.live
    assert figure.marks == 0


def test_figure_that_grows_is_seen(browser, copy, at):
    grown = "<style>.cb-is-live .cb-live { padding-bottom: 40px; }</style>"
    name = plant(copy, FIGURE_PAGE, with_end(grown))
    figure = look(browser, at, Way(name)).figures[0]
    assert figure.height > figure.height_before + 30


@pytest.mark.parametrize("how", [BY_MOUSE, BY_KEYBOARD], ids=["mouse", "keyboard"])
def test_control_that_moves_nothing_is_seen(browser, copy, at, how):
    def deaden(content):
        for key, state in content["states"].items():
            content["states"][key] = {**state, "traces": {}, "layout": {}}

    name = plant(copy, FIGURE_PAGE, with_content(deaden))
    with opened(browser, at, Way(name)) as (page, _):
        prepare(page)
        page.locator(f"#{FIGURE}").evaluate("figure => figure.scrollIntoView()")
        operated = Operated(page, page.locator(f"#{FIGURE}"), patience=500)
        with pytest.raises(AssertionError, match="draw"):
            operate(operated, how)


def test_broken_links_are_seen(copy):
    links = "".join(
        f'<a href="{link}">x</a>'
        for link in ("nowhere.html", "#nowhere", "index.html#nowhere", "../x", "file:///x")
    )
    name = plant(copy, TEXT_PAGE, with_end(links))
    assert [found.partition(": ")[0] for found in broken_links(copy, name)] == [
        "nowhere.html",
        "#nowhere",
        "index.html#nowhere",
        "../x",
        "file:///x",
    ]


def test_download_with_a_row_less_is_seen(copy):
    file = copy / "_downloads" / f"{FIGURE}.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    assert [found for found in wrong_downloads(copy, FIGURE_PAGE) if found.startswith(FIGURE)]
