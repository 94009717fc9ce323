"""Every page: quiet, self-contained, readable and accessible, however it is opened."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from .site import pages_of_contents
from .ways import COMPLETE, FROM_DISK, STATIC, WITHOUT_SCRIPTS, WITHOUT_STORAGE, ways


@pytest.mark.parametrize("page", pages_of_contents())
def test_page_of_the_contents_is_built(site, page):
    assert (site / page).is_file()


@ways(*COMPLETE, *FROM_DISK)
def test_page_loads_without_complaint(seen):
    assert seen.complaints == []


@ways(*COMPLETE, *FROM_DISK)
def test_page_asks_nobody_else(seen):
    assert seen.elsewhere() == []


@ways(*COMPLETE, *FROM_DISK)
def test_whatever_a_page_asks_for_arrives(seen):
    assert seen.failures == []


@ways(*FROM_DISK)
def test_page_on_disk_asks_for_its_own_files_only(seen, site):
    asked = [Path(unquote(urlsplit(url).path)) for url in seen.requests if url.startswith("file:")]
    assert asked
    assert [path for path in asked if not path.is_file() or site not in path.parents] == []


@ways(*COMPLETE, *STATIC, *WITHOUT_SCRIPTS)
def test_page_fits_its_window(seen):
    assert seen.scroll_width <= seen.way.width
    assert seen.beyond == []


@ways(*COMPLETE, *STATIC, *WITHOUT_SCRIPTS)
def test_text_stands_out_from_its_ground(seen):
    assert seen.faint == []


@ways(*COMPLETE, *STATIC)
def test_axe_finds_nothing(seen):
    assert seen.violations == []


@ways(*COMPLETE, *FROM_DISK)
def test_no_markup_is_left_in_the_text(seen):
    assert seen.markup == []


@ways(*WITHOUT_STORAGE)
def test_page_works_where_nothing_may_be_kept(seen):
    assert seen.complaints == []
    assert seen.theme == "dark"
    assert [figure.name for figure in seen.figures if not figure.live] == []
