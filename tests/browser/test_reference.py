"""The chronology and who is who: what is linked to is shown, and filtering is quick."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from .visit import Way, opened

CHRONOLOGY = "chapters/reference/chronology.html"
WHO = "chapters/reference/who-is-who.html"
CHAPTER = "chapters/origins/collapse-2012.html"
WORDS = ".cb-filter input[type=search]"

HOSTILE = [
    "?actor=%3Cscript%3Ealert(1)%3C/script%3E",
    "?actor=mnla%27%5D%2Cbody&place=..%2F..",
    "?__proto__=x&constructor=y&phase=toString",
    "?actor=%E0%A4%A&actor=%00",
    "?what=events&data-phase=rebellion#%3Cimg src=x onerror=alert(1)%3E",
    "#event-%E0%A4%A",
    "?phase=all",
]


def said(page: Page) -> str:
    return page.locator(".cb-readout").inner_text()


def shown(page: Page) -> list[str]:
    rows = page.locator(".cb-filter tbody tr:visible")
    return rows.evaluate_all("rows => rows.map(row => row.id)")


def in_view(page: Page, ident: str) -> bool:
    """Tell whether a row is on the screen, below what hovers at its top."""
    page.wait_for_timeout(100)
    top = page.locator(f"#{ident}").evaluate("row => row.getBoundingClientRect().top")
    return 0 <= top < 500


def address_is(page: Page, end: str) -> None:
    """Wait until the page's address ends so."""
    page.wait_for_function("end => location.href.endsWith(end)", arg=end)


def test_link_to_a_row_shows_it_whatever_is_filtered(browser, server):
    way = Way(f"{CHRONOLOGY}?actor=unesco#event-gao-falls")
    with opened(browser, server, way) as (page, seen):
        total = page.locator("tbody tr").count()
        assert len(shown(page)) == total
        assert in_view(page, "event-gao-falls")
        page.locator("select[name=phase]").select_option("aftermath")
        assert "event-gao-falls" not in shown(page)
        page.evaluate("location.hash = ''; location.hash = '#event-gao-falls'")
        page.wait_for_function("document.getElementById('event-gao-falls').checkVisibility()")
        assert len(shown(page)) == total
        assert in_view(page, "event-gao-falls")
        assert seen.complaints == []


def test_link_to_a_row_that_is_shown_keeps_the_filter(browser, server):
    with opened(browser, server, Way(f"{CHRONOLOGY}?actor=mujao")) as (page, _):
        before = shown(page)
        link = page.locator("#event-mujao-takes-douentza .cb-permalink")
        link.focus()
        page.keyboard.press("Enter")
        address_is(page, "?actor=mujao#event-mujao-takes-douentza")
        assert shown(page) == before
        assert in_view(page, "event-mujao-takes-douentza")


def test_filters_stand_in_the_address(browser, server):
    with opened(browser, server, Way(CHRONOLOGY)) as (page, seen):
        page.locator("select[name=actor]").select_option("mujao")
        page.locator(WORDS).press_sequentially("menaka")
        address_is(page, "?actor=mujao&words=menaka")
        rows = shown(page)
        assert 0 < len(rows) < 24
        page.reload()
        assert shown(page) == rows
        page.get_by_role("button", name="Clear filters").click()
        address_is(page, CHRONOLOGY)
        assert len(shown(page)) > len(rows)
        assert seen.complaints == []


@pytest.mark.parametrize("address", HOSTILE)
def test_strange_address_shows_everything(browser, server, address):
    with opened(browser, server, Way(CHRONOLOGY + address)) as (page, seen):
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        total = page.locator("tbody tr").count()
        assert said(page) == f"{total} of {total} events."
        assert len(shown(page)) == total
        assert seen.complaints == []


def test_strange_words_are_only_words(browser, server):
    address = f"{CHRONOLOGY}?words=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"
    with opened(browser, server, Way(address)) as (page, seen):
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        assert page.locator(WORDS).input_value().startswith("<img")
        assert said(page).startswith("0 of ")
        assert page.locator(".cb-filter img").count() == 0
        assert seen.complaints == []
        assert seen.elsewhere() == []


def test_other_names_find_events(browser, server):
    with opened(browser, server, Way(CHRONOLOGY)) as (page, _):
        words = page.locator(WORDS)
        for name, row in (("tombouctou", "event-timbuktu-falls"), ("aqmi", "event-mujao-appears")):
            words.fill(name)
            assert row in shown(page)
            assert len(shown(page)) < 60


def test_accents_and_case_do_not_matter(browser, server):
    with opened(browser, server, Way(CHRONOLOGY)) as (page, _):
        words = page.locator(WORDS)
        words.fill("Keïta")
        rows = shown(page)
        assert "event-coup-against-modibo-keita" in rows
        # The accent is in the middle: without it, the word is no part of the word with it.
        for written in ("keita", "KEÏTA", "Kei\u0308ta"):
            words.fill(written)
            assert shown(page) == rows


@pytest.mark.parametrize("by", ["http", "file"])
def test_actor_leads_to_its_events_and_back(browser, server, site, by):
    base = server if by == "http" else f"{site.as_uri()}/"
    with opened(browser, base, Way(WHO, by=by)) as (page, seen):
        link = page.locator("#actor-mujao a[href*='?actor=']")
        count = int(link.text_content().split()[0])
        link.click()
        page.locator("#event-gao-falls").wait_for()
        assert len(shown(page)) == count
        page.locator("#event-gao-falls .cb-actors a", has_text="MUJAO").click()
        page.locator("#actor-mujao").wait_for()
        assert page.url.endswith("who-is-who.html#actor-mujao")
        assert in_view(page, "actor-mujao")
        assert seen.complaints == []


@pytest.mark.parametrize("width", [1280, 390])
def test_date_in_a_chapter_leads_to_its_event(browser, site, width):
    with opened(browser, f"{site.as_uri()}/", Way(CHAPTER, width=width, by="file")) as (page, _):
        date = page.locator("a.cb-event").first
        title, address = date.get_attribute("title"), date.get_attribute("href")
        date.click()
        ident = address.partition("#")[2]
        # Waits for the words: a row is drawn only when it comes near the window.
        page.locator(f"#{ident} .cb-permalink", has_text=title).wait_for()
        assert in_view(page, ident)


def test_row_on_a_phone_is_a_card(browser, server):
    with opened(browser, server, Way(CHRONOLOGY, width=390)) as (page, _):
        boxes = page.locator("#event-gao-falls > *").evaluate_all(
            "cells => cells.map(cell => cell.getBoundingClientRect().toJSON())"
        )
        assert [box["top"] for box in boxes] == sorted(box["top"] for box in boxes)
        assert all(above["bottom"] <= below["top"] for above, below in pairwise(boxes))
        assert min(box["width"] for box in boxes) > 330
