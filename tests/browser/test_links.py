"""Links lead somewhere, and what is offered for download is what the page shows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from .site import FIGURE_PAGES, PAGES, Address, resolve
from .visit import Way, opened

every_page = pytest.mark.parametrize("name", PAGES, ids=lambda name: Path(name).stem)
figure_pages = pytest.mark.parametrize("name", FIGURE_PAGES, ids=lambda name: Path(name).stem)
LINKING = {"a": "href", "link": "href", "script": "src", "img": "src", "iframe": "src"}


@cache
def parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@cache
def anchors(path: Path) -> frozenset[str]:
    named = parsed(path).find_all(lambda tag: tag.has_attr("id") or tag.has_attr("name"))
    return frozenset(tag.get(key) for tag in named for key in ("id", "name") if tag.has_attr(key))


def links(site: Path, page: str) -> list[str]:
    """Return all that a page links to or fetches."""
    found = parsed(site / page)
    return [
        tag[attribute]
        for element, attribute in LINKING.items()
        for tag in found.find_all(element)
        if tag.has_attr(attribute)
    ]


def where_anchors_are(site: Path, address: Address) -> Path:
    """Return the page whose places an address names: a notebook's, where it opens a notebook."""
    notebook = parse_qs(urlsplit(address.link).query).get("notebook")
    return site / "exercises" / f"{Path(notebook[0]).stem}.html" if notebook else address.file


def broken_links(site: Path, page: str) -> list[str]:
    """Return the links of a page that lead to no file, no place in it, or out of the site."""
    broken = []
    for link in links(site, page):
        address = resolve(site, page, link)
        if address is None:
            if link.startswith("file:"):
                broken.append(f"{link}: on the disk of whoever built the book")
        elif site not in [address.file, *address.file.parents]:
            broken.append(f"{link}: outside the site")
        elif not address.file.is_file():
            broken.append(f"{link}: no such file")
        elif (
            address.anchor
            and address.file.suffix == ".html"
            and address.anchor not in anchors(where_anchors_are(site, address))
        ):
            broken.append(f"{link}: no such place in the page")
    return broken


def wrong_downloads(site: Path, page: str) -> list[str]:
    """Return what is wrong with the files that the figures of a page offer."""
    wrong = []
    for figure in parsed(site / page).select(".cb-figure"):
        offered = figure.select("a.cb-download")
        if len(offered) != 1:
            wrong.append(f"{figure['id']}: {len(offered)} downloads")
            continue
        path = resolve(site, page, offered[0]["href"]).file
        if not path.is_file():
            wrong.append(f"{figure['id']}: {path.name} is missing")
            continue
        table = pd.read_csv(path)
        shown = (len(figure.select("tbody tr")), len(figure.select("thead th")))
        if table.shape != shown:
            wrong.append(f"{figure['id']}: {path.name} has {table.shape}, the page {shown}")
        if f"these {shown[0]} rows" not in offered[0].get_text():
            wrong.append(f"{figure['id']}: the link says {offered[0].get_text()!r}")
    return wrong


@every_page
def test_every_link_leads_somewhere(site, name):
    assert broken_links(site, name) == []


@every_page
def test_no_id_is_given_twice(site, name):
    ids = [tag["id"] for tag in parsed(site / name).find_all(id=True)]
    assert sorted({ident for ident in ids if ids.count(ident) > 1}) == []


@figure_pages
def test_download_holds_the_rows_that_the_page_shows(site, name):
    assert wrong_downloads(site, name) == []


def test_download_arrives(browser, server, site):
    with opened(browser, server, Way(FIGURE_PAGES[0])) as (page, _):
        figure = page.locator(".cb-figure").first
        figure.locator("details.cb-data summary").click()
        with page.expect_download() as waiting:
            figure.locator(".cb-download").click()
        name = f"{figure.get_attribute('id')}.csv"
        assert waiting.value.suggested_filename == name
        assert waiting.value.failure() is None
        assert waiting.value.path().read_bytes() == (site / "_downloads" / name).read_bytes()


def test_every_file_offered_with_the_data_is_a_table(site):
    files = sorted((site / "_downloads").rglob("*.csv"))
    assert files
    assert [path.name for path in files if pd.read_csv(path, low_memory=False).empty] == []
