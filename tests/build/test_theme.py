"""Pages are light, ask nobody else for anything, and their own parts have names."""

import gzip
import re
from posixpath import dirname, normpath

import pytest

from casebook.sphinxext.site.theme import keep, name_parts, without_icon_font

ALL = ["index.html", "text.html", "code.html", "search.html", "genindex.html"]
# What a browser fetches by itself, unlike the target of a link.
FETCHED = re.compile(
    r"<(?:script|img|iframe|source|video|audio)\b[^>]*?\bsrc=\"([^\"]+)\"|<link\b[^>]*?\bhref=\"([^\"]+)\""
)
# Told to the browser, not fetched by it.
POINTERS = re.compile(r'<link\b[^>]*?rel="(?:index|search|next|prev|canonical)"[^>]*>')


def fetched(book, page: str) -> list[str]:
    """Return what a page asks for, and its style sheets in turn."""
    html = POINTERS.sub("", book.page(page))
    asked = [script or link for script, link in FETCHED.findall(html)]
    found = []
    for address in asked:
        found.append(address)
        sheet = address.split("?")[0]
        if sheet.endswith(".css"):
            css = (book.html / sheet).read_text(encoding="utf-8")
            inner = re.findall(r"url\([\"']?([^\"')]+)|@import \"([^\"]+)", css)
            for part in (url or imported for url, imported in inner):
                local = not re.match(r"data:|(https?:)?//", part)
                found.append(normpath(f"{dirname(sheet)}/{part}") if local else part)
    return [address for address in found if not address.startswith("data:")]


def weight(book, page: str) -> int:
    """Return what a page costs to fetch, compressed, in bytes."""
    parts = {page} | {address.split("?")[0] for address in fetched(book, page)}
    return sum(len(gzip.compress((book.html / part).read_bytes(), 9)) for part in parts)


@pytest.mark.parametrize("page", ALL)
def test_nothing_is_fetched_from_another_server(book, page):
    assert [a for a in fetched(book, page) if re.match(r"(https?:)?//", a)] == []


@pytest.mark.parametrize("page", ALL)
def test_whatever_a_page_asks_for_is_there(book, page):
    missing = [a for a in fetched(book, page) if not (book.html / a.split("?")[0]).is_file()]
    assert missing == []


@pytest.mark.parametrize("page", ALL)
def test_no_page_loads_icons_as_script_or_font(book, page):
    assert [a for a in fetched(book, page) if "fontawesome" in a.lower()] == []


def test_a_text_page_stays_within_its_budget(book):
    assert weight(book, "text.html") < 110_000


def test_a_page_with_code_stays_within_its_budget(book):
    assert weight(book, "code.html") < 135_000


def test_the_search_index_waits_for_the_search_page(book):
    assert not [a for a in fetched(book, "text.html") if "search" in a]
    assert [a for a in fetched(book, "search.html") if a.startswith("searchindex.js")]


def test_search_from_a_file_does_without_excerpts(book):
    assert 'location.protocol === "file:"' in book.page("search.html")


@pytest.mark.parametrize("page", ALL)
def test_no_page_carries_the_settings_of_a_remote_kernel(book, page):
    assert "thebe" not in book.page(page).lower()


def test_parts_are_kept_where_the_page_uses_them(book):
    for part in ("sphinx-design", "mystnb", "copybutton.js", "pygments"):
        assert [a for a in fetched(book, "code.html") if part in a], part
        assert not [a for a in fetched(book, "text.html") if part in a], part


@pytest.mark.parametrize(
    ("asset", "body", "kept"),
    [
        ("togglebutton.js", '<div class="admonition dropdown">', True),
        ("togglebutton.js", '<details class="sd-dropdown">', False),
        ("sphinx-design.min.css", '<div class="x sd-card">', True),
        ("design-tabs.js", '<div class="sd-card">', False),
        ("clipboard.min.js", '<div class="highlight-python notranslate">', True),
        ("sphinx-thebe.js", '<div class="cell thebe">', False),
        ("figures.js", "", True),
    ],
)
def test_what_is_kept_depends_on_the_content(asset, body, kept):
    assert keep(asset, body) is kept


@pytest.mark.parametrize("page", ["index.html", "text.html", "code.html"])
def test_every_icon_has_a_drawing(book, page):
    drawn = (book.html / "_static" / "icons.css").read_text(encoding="utf-8")
    shown = set(
        re.findall(r"<(?:i|span)[^>]* class=\"[^\"]*?\bfa-(?!solid|lg)([a-z-]+)", book.page(page))
    )
    assert shown, "the theme's buttons have icons"
    assert [icon for icon in sorted(shown) if f".fa-{icon} {{" not in drawn] == []


def test_no_page_has_two_viewports(book):
    assert book.page("text.html").count('name="viewport"') == 1


def test_pages_say_their_language(book):
    assert '<html lang="en"' in book.page("text.html")


def test_the_sidebar_is_a_landmark_with_a_name(book):
    assert '<div id="pst-primary-sidebar" role="complementary" aria-label=' in book.page(
        "text.html"
    )


def test_the_search_button_is_named_by_its_text(book):
    button = re.search(
        r'<button class="btn search-button-field.*?</button>', book.page("text.html"), re.S
    )
    assert "aria-label" not in button[0]
    assert 'search-button__kbd-shortcut" aria-hidden="true"' in button[0]


def test_buttons_of_the_sidebars_have_names():
    html = name_parts(
        '<button class="sidebar-toggle" title="Toggle primary sidebar"><i></i></button>'
    )
    assert 'aria-label="Toggle primary sidebar" aria-controls="pst-primary-sidebar"' in html


def test_a_folded_cell_is_named_by_its_text(book):
    assert "Toggle hidden content" not in book.page("code.html")


def test_an_empty_corner_of_a_table_is_no_heading(book):
    assert "<th></th>" not in book.page("code.html")


def test_entries_of_the_bibliography_are_items_of_a_list(book):
    assert "doc-biblioentry" not in book.page("text.html")
    assert 'role="listitem"' in book.page("text.html")


def test_the_icon_font_goes_and_all_else_stays():
    css = (
        "/*! Mine */.a{b:c}"
        "@font-face{font-family:Font Awesome\\ 6 Free;src:url(x.woff2)}"
        '.fa,.fa-solid{x:y}.fa-sun:before{content:""}@media print{.fa-spin{x:y}}'
        "@keyframes fa-spin{0%{x:y}to{x:z}}"
        ".btn .fa-sun{m:n}.fade{o:p}@keyframes fade{0%{q:r}}"
    )
    assert without_icon_font(css) == (
        "/*! Mine */.a{b:c}.btn .fa-sun{m:n}.fade{o:p}@keyframes fade{0%{q:r}}"
    )


def test_the_built_book_carries_no_icon_font_and_no_source_maps(book):
    static = book.html / "_static"
    assert list(static.rglob("*fontawesome*")) == []
    assert list(static.rglob("*.map")) == []


@pytest.mark.release
def test_an_edited_style_sheet_reaches_the_book_without_running_a_page(own_book):
    own_book.build()
    (own_book.folder / "assets" / "icons.css").write_text("/* edited */", encoding="utf-8")
    printed = own_book.build()
    assert (own_book.html / "_static" / "icons.css").read_text() == "/* edited */"
    assert "0 added, 0 changed, 0 removed" in printed
    assert own_book.page("text.html")


@pytest.mark.release
def test_a_second_build_writes_nothing(own_book):
    own_book.build()
    assert "no targets are out of date" in own_book.build()
    assert "fontawesome" not in own_book.page("text.html")
