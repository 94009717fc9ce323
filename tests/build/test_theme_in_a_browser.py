"""The theme's own controls still work after what was taken out of it, from a server and a file."""

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from casebook.chrome import LAUNCH_ARGUMENTS, find_browser

PAGES = ["index.html", "text.html", "code.html", "search.html", "genindex.html"]
AXE = {"rules": {"label-content-name-mismatch": {"enabled": True}}}


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        program = find_browser()
        assert program, "no browser: see casebook/chrome.py"
        started = playwright.chromium.launch(
            executable_path=str(program), args=list(LAUNCH_ARGUMENTS)
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def served(book):
    handler = functools.partial(QuietHandler, directory=str(book.html))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["server", "file"])
def site(request, book):
    if request.param == "file":
        return f"{book.html.as_uri()}/"
    return request.getfixturevalue("served")


@pytest.fixture
def window(browser):
    """A page that remembers what went wrong and what it asked for."""
    context = browser.new_context()
    page = context.new_page()
    page.errors, page.requests = [], []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on(
        "console",
        lambda said: page.errors.append(said.text) if said.type in ("error", "warning") else None,
    )
    page.on("requestfailed", lambda request: page.errors.append(request.url))
    page.on("request", lambda request: page.requests.append(request.url))
    yield page
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_no_error_and_no_request_off_the_site(window, site, name):
    window.goto(site + name)
    window.wait_for_load_state("networkidle")
    assert window.errors == []
    assert [url for url in window.requests if not url.startswith((site, "data:"))] == []


def test_search_finds_a_word(window, site):
    window.goto(site + "text.html")
    window.locator(".search-button-field").click()
    window.locator("#pst-search-dialog input").fill("Kidal")
    window.keyboard.press("Enter")
    hit = window.locator("#search-results li a").first
    hit.wait_for()
    assert hit.inner_text() == "A page of text"
    hit.click()
    window.wait_for_load_state("networkidle")
    assert "text.html" in window.url
    assert window.errors == []


def test_search_opens_by_keyboard(window, served):
    window.goto(served + "text.html")
    window.keyboard.press("Control+k")
    assert window.locator("#pst-search-dialog").is_visible()


def test_the_colour_switch_changes_the_theme_and_its_icon(window, served):
    window.goto(served + "text.html")
    root = window.locator("html")
    seen = []
    for _ in range(3):
        shown = window.locator(".theme-switch:visible")
        assert shown.count() == 1
        assert shown.evaluate("icon => getComputedStyle(icon).maskImage").startswith("url(")
        seen.append(root.get_attribute("data-mode"))
        window.locator(".theme-switch-button").click()
    assert sorted(seen) == ["auto", "dark", "light"]


def test_the_sidebar_folds_on_a_wide_screen(window, served):
    window.goto(served + "text.html")
    sidebar = window.locator("#pst-primary-sidebar")
    before = sidebar.bounding_box()
    window.locator(".primary-toggle:visible").click()
    window.wait_for_timeout(600)
    after = sidebar.bounding_box()
    assert after is None or after["x"] + after["width"] < before["x"] + before["width"]


def test_the_sidebar_opens_on_a_phone(window, served):
    window.set_viewport_size({"width": 390, "height": 800})
    window.goto(served + "text.html")
    link = window.locator("#pst-primary-sidebar-modal").get_by_text("A page with code")
    assert not link.is_visible()
    window.locator(".primary-toggle:visible").click()
    link.wait_for(state="visible")


def test_the_download_menu_opens(window, served):
    window.goto(served + "text.html")
    window.locator(".dropdown-download-buttons > button").click()
    window.locator(".btn-download-source-button").wait_for(state="visible")


def test_a_folded_cell_opens(window, served):
    window.goto(served + "code.html")
    window.locator("details.hide summary").click()
    assert window.get_by_text("import pandas as pd").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser, served, name, width, scheme):
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(served + name)
    page.wait_for_load_state("networkidle")
    found = Axe().run(page, options=AXE)
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert found.response["violations"] == [], found.generate_report()
    assert wide <= width
