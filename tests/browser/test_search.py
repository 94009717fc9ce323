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
