"""Tables that can be filtered: by keyboard and mouse, with a word on how many rows are left."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from .site import FILTER_PAGES
from .visit import Way, opened

filter_pages = pytest.mark.parametrize("name", FILTER_PAGES, ids=lambda name: Path(name).stem)


@pytest.fixture
def table(browser, server, name):
    """The first table of a page that can be filtered."""
    with opened(browser, server, Way(name)) as (page, seen):
        yield page.locator(".cb-filter").first
        assert seen.complaints == []


def shown(table: Locator) -> int:
    """Return how many rows are seen, and see that the readout says so too."""
    rows = table.locator("tbody tr:visible").count()
    said = table.locator(".cb-readout[aria-live]").inner_text()
    assert said.startswith(f"{rows} of "), said
    return rows


def total(table: Locator) -> int:
    return table.locator("tbody tr").count()


CHOOSE_ALL = """
table => {
  const rows = Array.from(table.querySelectorAll("tbody tr"));
  const said = table.querySelector(".cb-readout");
  return Array.from(table.querySelectorAll("select")).flatMap(select => {
    const choose = value => {
      select.value = value;
      select.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const options = Array.from(select.options, option => option.value).slice(1);
    const seen = options.map(value => {
      choose(value);
      const fitting = rows.filter(row => row.dataset[select.name].split(";").includes(value));
      const shown = rows.filter(row => row.checkVisibility());
      return {
        choice: `${select.name} ${value}`,
        fitting: fitting.map(row => row.id),
        shown: shown.map(row => row.id),
        said: said.innerText,
      };
    });
    choose("");
    return seen;
  });
}
"""


@filter_pages
def test_every_choice_leaves_the_rows_that_fit(table):
    seen = table.evaluate(CHOOSE_ALL)
    assert seen
    for choice in seen:
        assert choice["shown"] == choice["fitting"], choice["choice"]
        assert 0 < len(choice["shown"]) < total(table), choice["choice"]
        assert choice["said"].startswith(f"{len(choice['shown'])} of {total(table)} ")
    assert shown(table) == total(table)


@filter_pages
def test_choices_are_made_and_undone_by_keyboard(table):
    keyboard = table.page.keyboard
    for select in table.locator("select").all():
        select.focus()
        keyboard.press("ArrowDown")
        assert 0 < shown(table) < total(table)
        table.get_by_role("button").focus()
        keyboard.press("Enter")
        table.page.wait_for_timeout(50)
        assert shown(table) == total(table)


@filter_pages
def test_words_are_found_whatever_their_case_and_accents(table):
    last = table.locator("tbody tr").last
    row = unicodedata.normalize("NFD", last.text_content())  # perhaps not laid out yet
    words = re.findall(r"[a-z]{6,}", row.encode("ascii", "ignore").decode().lower())[:3]
    table.locator("input[type=search]").press_sequentially(" ".join(words).upper())
    assert 0 < shown(table) < total(table)
    assert last.is_visible()
    table.locator("input[type=search]").fill("xylophone")
    assert shown(table) == 0
    assert "Nothing matches" in table.locator(".cb-readout").inner_text()
    assert table.locator(".cb-group:visible").count() == 0


@filter_pages
def test_table_is_whole_without_scripts(browser, server, name):
    with opened(browser, server, Way(name, scripts=False)) as (page, _):
        table = page.locator(".cb-filter").first
        assert table.locator("tbody tr:visible").count() == total(table)
        assert not table.locator(".cb-controls").is_visible()
