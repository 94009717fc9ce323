"""A reader overrules verdicts of the scorecard, and keeps them as a file."""

from __future__ import annotations

import csv

import pytest

from .visit import Way, opened

PAGE = "chapters/recommendations/scorecard.html"


@pytest.fixture(params=["http", "file"])
def block(request, browser, server, site):
    """The block on the page, as it is when it has just been opened."""
    base = server if request.param == "http" else f"{site.as_uri()}/"
    with opened(browser, base, Way(PAGE, by=request.param)) as (page, seen):
        yield page.locator(".cb-overrule")
        assert seen.complaints == []


def overrule(block, rec_id: str, year: str, verdict: str, reason: str) -> str:
    """Fill in the form and return what is announced."""
    for name, value in (("recommendation", rec_id), ("year", year), ("verdict", verdict)):
        block.locator(f"[name={name}]").select_option(value)
    block.get_by_label("Your reason").fill(reason)
    block.get_by_role("button", name="Overrule").click()
    return block.locator(".cb-readout").inner_text()


def test_our_verdict_is_told_before_it_is_overruled(block):
    assert block.locator(".cb-readout").inner_text().startswith("We say: S01, end of 2013: ")
    block.locator("[name=recommendation]").select_option("S11")
    assert block.locator(".cb-readout").inner_text() == "We say: S11, end of 2013: not known."


def test_verdict_needs_a_reason_and_must_differ(block):
    assert "needs a reason" in overrule(block, "S06", "2024", "partly fulfilled", " ")
    assert "our verdict too" in overrule(block, "S06", "2024", "not known", "No count.")
    assert block.locator("li").count() == 0
    assert block.get_by_role("button", name="Download").is_disabled()


def test_scorecard_of_the_reader_is_downloaded_whole(block, tmp_path):
    overrule(block, "S06", "2024", "partly fulfilled", '=1+1, "Kidal", 14 November 2023')
    overrule(block, "S12", "2013", "not fulfilled", "Nobody asked.")
    block.get_by_role("button", name="Take back S12").click()
    assert block.locator("li").count() == 1
    assert "partly fulfilled (we say: not known)" in block.locator("li").inner_text()
    with block.page.expect_download() as download:
        block.get_by_role("button", name="Download").click()
    file = tmp_path / "mine.csv"
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as opened_file:
        rows = list(csv.DictReader(opened_file))
    assert len(rows) == len({(row["rec_id"], row["year"]) for row in rows}) == 19 * 4
    changed = [row for row in rows if row["our_verdict"] != row["your_verdict"]]
    assert [(row["rec_id"], row["year"]) for row in changed] == [("S06", "2024")]
    assert changed[0]["your_reason"] == '\'=1+1, "Kidal", 14 November 2023', "no formula"


def test_block_is_not_shown_without_scripts(browser, server):
    with opened(browser, server, Way(PAGE, scripts=False)) as (page, _):
        assert not page.locator(".cb-overrule").is_visible()
