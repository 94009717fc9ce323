"""A learner with only a browser: from the page of a notebook to a right answer, and back again."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from .site import ROOT, SITE, served

START = 120_000
"""Milliseconds that Python may take to start on a machine with other work."""
FOREIGN = re.compile(r"^(?!http://127\.0\.0\.1|data:|blob:)")

WITHOUT_WORKERS = "delete Navigator.prototype.serviceWorker;"
WITHOUT_STORAGE = """
for (const name of ["indexedDB", "localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, {
    get() { throw new DOMException("Access is denied for this document.", "SecurityError"); },
  });
}
"""


@dataclass
class Learner:
    """A browser of one person, and what it asked others for."""

    context: BrowserContext
    foreign: list[str] = field(default_factory=list)

    def opens(self, address: str) -> Notebook:
        """Open a notebook through the page that loads Python, and wait for its cells."""
        page = self.context.new_page()
        page.goto(address)
        expect(page.locator(".jp-Notebook .jp-CodeCell").first).to_be_visible(timeout=START)
        return Notebook(page)


@dataclass
class Notebook:
    """A notebook that is open in JupyterLite."""

    page: Page

    def cell(self, text: str) -> Locator:
        """Return the first cell whose code contains ``text``."""
        return self.page.locator(".jp-CodeCell").filter(has_text=text).first

    def run(self, text: str) -> Locator:
        """Run a cell and return what it puts out, once it is there."""
        cell = self.cell(text)
        prompt = cell.locator(".jp-InputPrompt")
        # A notebook that has just appeared may not listen to the keyboard yet.
        for _ in range(20):
            prompt.click()
            self.page.keyboard.press("Control+Enter")
            with contextlib.suppress(AssertionError):
                expect(prompt).not_to_have_text("[ ]:", timeout=2000)
                break
        expect(prompt).to_have_text(re.compile(r"\[\d+\]:"), timeout=START)
        return cell.locator(".jp-OutputArea")

    def write(self, text: str, code: str) -> None:
        """Put other code in place of a cell's."""
        self.cell(text).locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(code)

    def add(self, code: str) -> Locator:
        """Write code into a cell of its own at the top, run it and return what it puts out."""
        self.page.locator(".jp-Cell").first.locator(".jp-InputPrompt").click()
        self.page.keyboard.press("a")
        self.page.locator(".jp-CodeCell").first.locator(".cm-content").click()
        self.page.keyboard.insert_text(code)
        self.page.keyboard.press("Control+Enter")
        return self.page.locator(".jp-CodeCell").first.locator(".jp-OutputArea")

    def save(self) -> None:
        """Save, and wait until the browser holds it."""
        self.page.keyboard.press("Control+s")
        expect(self.page.locator(".jp-NotebookCheckpoint")).to_contain_text("second")


@contextmanager
def learner(browser: Browser, **options) -> Iterator[Learner]:
    """Give someone a fresh browser profile, and see that nobody else is asked for anything."""
    init = options.pop("init", "")
    context = browser.new_context(accept_downloads=True, **options)
    person = Learner(context)
    context.on("request", lambda r: person.foreign.append(r.url) if FOREIGN.match(r.url) else None)
    if init:
        context.add_init_script(init)
    try:
        yield person
        assert person.foreign == []
    finally:
        context.close()


def test_learner_works_a_task_in_the_browser(browser, server, tmp_path):
    with learner(browser) as person:
        page = person.context.new_page()
        page.goto(f"{server}exercises/warm-up.html")
        page.get_by_role("link", name="Open in the browser").click()
        expect(page.locator(".jp-Notebook .jp-CodeCell").first).to_be_visible(timeout=START)
        notebook = Notebook(page)
        notebook.run("from casebook")
        expect(notebook.run("places =").locator("table")).to_contain_text("Koulikoro")
        # Not the answer of the task, and none of the mistakes it knows.
        notebook.write("density = ...", "density = 1.5")
        notebook.run("density = 1.5")
        card = notebook.run('check("warm-up.q1"')
        expect(card).to_contain_text("Not yet")
        expect(card).to_contain_text("Your answer was read as: 1.5")
        expect(notebook.add('hint("warm-up.q1")')).to_contain_text("1 of 3")
        right = 'gao = regions.set_index("name").loc["Gao"]\ndensity = '
        right += "gao.population_2009 / gao.area_km2"
        notebook.write("density = 1.5", right)
        notebook.run("gao = regions")
        expect(notebook.run('check("warm-up.q1"')).to_contain_text("Right")
        notebook.save()
        page.reload()
        expect(notebook.cell("gao = regions")).to_be_visible(timeout=START)
        with page.expect_download() as download:
            page.locator(".jp-NotebookPanel-toolbar").get_by_text("Download").click()
        kept = tmp_path / "mine.ipynb"
        download.value.save_as(kept)
        assert "gao = regions" in kept.read_text(encoding="utf-8")


@pytest.mark.release
def test_slider_of_an_explorer_moves_its_figure(browser, server):
    with learner(browser) as person:
        notebook = person.opens(f"{server}lite/open.html?notebook=explorers.ipynb")
        output = notebook.run("towns_by_date").first
        expect(output.locator(".js-plotly-plot").first).to_be_visible(timeout=START)
        expect(output).to_contain_text("1 April 2012: the state holds")
        track = output.locator(".noUi-target").first
        track.scroll_into_view_if_needed()
        box = track.bounding_box()
        notebook.page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2)
        expect(output).not_to_contain_text("1 April 2012: the state holds")


@pytest.mark.release
def test_plot_of_a_learner_is_drawn(browser, server):
    with learner(browser) as person:
        notebook = person.opens(f"{server}lite/open.html?notebook=warm-up.ipynb")
        notebook.run("from casebook")
        output = notebook.add("import plotly.express as px\npx.bar(x=['a'], y=[1]).show()").first
        expect(output.locator(".js-plotly-plot").first).to_be_visible(timeout=START)


@pytest.mark.release
def test_work_of_an_earlier_edition_is_kept_and_named(browser, tmp_path):
    site = tmp_path / "some" / "path"
    # Under a sub-path, as a project's pages are hosted.
    shutil.copytree(SITE, site)
    with served(tmp_path) as server, learner(browser) as person:
        address = f"{server}some/path/lite/open.html?notebook=warm-up.ipynb"
        notebook = person.opens(address)
        notebook.run("from casebook")
        notebook.write("density = ...", "density = 1.5")
        notebook.save()
        notebook.page.close()
        known = json.loads((site / "lite" / "open.json").read_text("utf-8"))
        known["notebooks"]["warm-up.ipynb"]["edition"] = "a later one"
        (site / "lite" / "open.json").unlink()
        (site / "lite" / "open.json").write_text(json.dumps(known), encoding="utf-8")
        page = person.context.new_page()
        page.goto(address)
        expect(page.locator(".note")).to_contain_text("Yours is kept", timeout=START)
        page.get_by_role("link", name="Open yours").click()
        notebook = Notebook(page)
        expect(notebook.cell("density = 1.5")).to_be_visible(timeout=START)
        page.goto(address.replace("open.html?notebook", "notebooks/index.html?path"))
        expect(notebook.cell("density = ...")).to_be_visible(timeout=START)


@pytest.mark.release
@pytest.mark.parametrize(
    ("init", "said"),
    [(WITHOUT_STORAGE, "refuses to store anything"), (WITHOUT_WORKERS, "no service worker")],
    ids=["storage", "service-workers"],
)
def test_what_a_browser_refuses_is_explained(browser, server, init, said):
    with learner(browser, init=init) as person:
        page = person.context.new_page()
        page.goto(f"{server}lite/open.html?notebook=origins.ipynb")
        expect(page.locator(".note")).to_contain_text(said)
        expect(page.get_by_role("status")).to_contain_text("Everything is loaded", timeout=START)
        expect(page.get_by_role("link", name="Download the notebook")).to_have_attribute(
            "href", "files/origins.ipynb"
        )


@pytest.mark.release
def test_notebook_works_without_service_workers(browser, server):
    with learner(browser, init=WITHOUT_WORKERS) as person:
        page = person.context.new_page()
        page.goto(f"{server}lite/open.html?notebook=warm-up.ipynb")
        page.get_by_role("link", name="Open the notebook").click(timeout=START)
        expect(page.locator(".jp-Notebook .jp-CodeCell").first).to_be_visible(timeout=START)
        notebook = Notebook(page)
        notebook.run("from casebook")
        expect(notebook.run('check("warm-up.q1"')).to_contain_text("density")


@pytest.mark.release
def test_lost_connection_is_said_and_can_be_tried_again(browser, server):
    with learner(browser) as person:
        page = person.context.new_page()
        page.route("**/pandas-*.whl", lambda route: route.abort())
        page.goto(f"{server}lite/open.html?notebook=warm-up.ipynb")
        expect(page.get_by_role("status")).to_contain_text("connection was lost", timeout=START)
        expect(page.get_by_role("link", name="Try again")).to_be_visible()


def test_opened_as_a_file_it_says_that_a_server_is_needed(browser):
    page = browser.new_page()
    page.goto(f"{(SITE / 'lite' / 'open.html').as_uri()}?notebook=warm-up.ipynb")
    expect(page.get_by_role("status")).to_contain_text("needs a server")
    page.close()


def test_python_stays_small():
    known = json.loads((SITE / "lite" / "open.json").read_text("utf-8"))
    assert sum(known["files"].values()) < 40e6
    sizes = [path.stat().st_size for path in Path(SITE / "lite").rglob("*") if path.is_file()]
    # Fonts and parts of Jupyter that a learner's browser never asks for are counted too.
    assert sum(sizes) < 64e6


def test_every_notebook_can_be_opened():
    known = json.loads((SITE / "lite" / "open.json").read_text("utf-8"))
    assert set(known["notebooks"]) == {path.name for path in (ROOT / "exercises").glob("*.ipynb")}
