"""Pages on paper: the wide picture, no controls, nothing cut off, dark ink."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .site import FIGURE_PAGES, PAGES
from .visit import Way, go_live, opened, prepare

A4 = 718  # pixels between the margins that a browser leaves by itself
HIDDEN = ".cb-live, .cb-narrow, .cb-controls, .cb-readout, .cb-data, .cell_input, details.hide"

every_page = pytest.mark.parametrize("name", PAGES, ids=lambda name: Path(name).stem)
figure_pages = pytest.mark.parametrize("name", FIGURE_PAGES, ids=lambda name: Path(name).stem)


@pytest.fixture(params=["light", "dark"])
def printed(request, browser, server, name):
    """A page whose figures are live, as it is laid out for paper."""
    with opened(browser, server, Way(name, request.param)) as (page, _):
        prepare(page)
        go_live(page)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": A4, "height": 1000})
        yield page


@every_page
def test_paper_loses_nothing(printed):
    assert printed.evaluate("document.documentElement.scrollWidth") <= A4
    assert printed.evaluate("probes.beyondTheEdge()") == []
    assert printed.evaluate("probes.cutOnPaper()") == []


@every_page
def test_ink_is_dark_in_both_themes(printed):
    # Browsers print no backgrounds unless told to.
    printed.evaluate(
        """document.head.append(Object.assign(document.createElement("style"), { textContent:
            "*:not(.cb-key, .cb-verdict-name) { background: none !important; }" }))"""
    )
    assert printed.evaluate("probes.faintText()") == []
    for figure in printed.locator(".cb-figure").all():
        assert figure.evaluate("probes.faintInPicture") == []


@figure_pages
def test_paper_shows_the_wide_picture_and_no_controls(printed):
    for figure in printed.locator(".cb-figure").all():
        assert figure.locator(".cb-wide svg").is_visible()
    shown = [part for part in printed.locator(HIDDEN).all() if part.is_visible()]
    assert [part.get_attribute("class") for part in shown] == []


@figure_pages
def test_keys_of_a_legend_keep_their_colour_on_paper(printed):
    faded = printed.evaluate(
        """Array.from(document.querySelectorAll(".cb-key, .cb-verdict-name"))
            .filter(key => getComputedStyle(key).printColorAdjust !== "exact").length"""
    )
    assert faded == 0


@every_page
def test_page_becomes_a_pdf(browser, server, name):
    with opened(browser, server, Way(name)) as (page, _):
        pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 1
