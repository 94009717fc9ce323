"""Search finds pages, from a server and from the disk."""

from __future__ import annotations

import pytest

from .visit import Way, opened

WORD = "Kidal"


@pytest.mark.parametrize("by", ["http", "file"])
def test_search_leads_to_a_page_with_the_word(browser, server, site, by):
    base = server if by == "http" else f"{site.as_uri()}/"
    with opened(browser, base, Way("index.html", by=by)) as (page, seen):
        assert "searchindex.js" not in "".join(seen.requests)
        page.locator(".search-button-field:visible").first.click()
        page.locator("#pst-search-dialog input").fill(WORD)
        page.keyboard.press("Enter")
        hit = page.locator("#search-results li a").first
        hit.wait_for()
        hit.click()
        page.wait_for_load_state("networkidle")
        assert "search.html" not in page.url
        assert WORD in page.locator(".bd-article").inner_text()
        assert seen.complaints == []
        assert seen.elsewhere() == []


def test_search_says_when_there_is_nothing(browser, server):
    with opened(browser, server, Way("search.html?q=xylophone")) as (page, seen):
        page.get_by_text("did not match any documents").wait_for()
        assert page.locator("#search-results li").count() == 0
        assert seen.complaints == []


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("Ménaka", "chronology.html#event-mnla-attacks-menaka"),
        ("menaka attacks", "chronology.html#event-mnla-attacks-menaka"),
        ("Timbuktu", "chronology.html#event-timbuktu-falls"),
        ("toure", "chronology.html#event-toure-elected"),
        ("Tombouctou", "chronology.html"),
        ("MUJAO", "who-is-who.html#actor-mujao"),
        ("MUJWA", "who-is-who.html#actor-mujao"),
        ("AQIM", "who-is-who.html#actor-aqim"),
        ("aqmi", "who-is-who.html#actor-aqim"),
        ("Cédéao", "who-is-who.html#actor-ecowas"),
        ("union européenne", "who-is-who.html#actor-eu"),
    ],
)
def test_events_and_actors_are_found_by_any_of_their_names(browser, server, query, place):
    with opened(browser, server, Way(f"search.html?q={query}")) as (page, seen):
        hit = page.locator(f"#search-results li a[href$='{place}']").first
        hit.wait_for()
        assert seen.complaints == []


def test_event_found_without_its_accents_is_shown_with_them(browser, server):
    with opened(browser, server, Way("search.html?q=menaka")) as (page, _):
        hit = page.locator("#search-results li a[href$='#event-mnla-attacks-menaka']")
        hit.wait_for()
        assert hit.inner_text().startswith("MNLA attacks Ménaka, 17")
        hit.click()
        row = page.locator("#event-mnla-attacks-menaka")
        row.wait_for()
        assert 0 <= row.evaluate("row => row.getBoundingClientRect().top") < 500
