"""Cells to try in the page: opened, changed, run, stopped, kept, as a reader would."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from casebook import load

from .site import SITE, served
from .visit import Seen, Way, axe_options, lay_out_for_paper, opened, prepare, violations

TRY_PAGES = sorted(
    str(file.relative_to(SITE))
    for file in (SITE / "chapters").rglob("*.html")
    if 'class="cb-try-start"' in file.read_text(encoding="utf-8")
)
FIRST = "chapters/start/reading-data.html"
START = 60_000  # milliseconds for Python to be loaded, also on a busy machine
PLAIN = "from casebook import load\n"
OTHERS = pytest.mark.release


class Cell:
    """The first cell of a page."""

    def __init__(self, page: Page, seen: Seen) -> None:
        self.page, self.seen = page, seen
        self.block = page.locator(".cb-try").first
        self.editor = self.block.get_by_role("textbox")
        self.status = self.block.get_by_role("status")
        self.output = self.block.locator(".cb-try-output")
        self.card = self.output.locator(".cb-card").last

    def button(self, name: str) -> Locator:
        return self.block.get_by_role("button", name=name, exact=True)

    def open(self) -> None:
        self.block.get_by_role("button", name="Try it: run Python here").click()
        self.ends("Done.", START)

    def ends(self, words: str, patience: int = 10_000) -> None:
        expect(self.status).to_contain_text(words, timeout=patience)

    def run(self, code: str, ends: str = "Done.") -> None:
        self.editor.fill(code)
        self.status.evaluate("said => { said.textContent = ''; }")
        self.editor.press("Shift+Enter")
        self.ends(ends)


@pytest.fixture
def cell(browser, server, request):
    way = getattr(request, "param", Way(FIRST))
    with opened(browser, server, way) as (page, seen):
        prepare(page)
        yield Cell(page, seen)
        assert seen.complaints == []
        assert seen.elsewhere() == []


def python_files(cell: Cell) -> list[str]:
    return [url for url in cell.seen.requests if "/lite/" in url or "/tryit-" in url]


def kidal_2012() -> list[int]:
    events = load("conflict_events")
    rows = events[(events["year"] == 2012) & (events["region_id"] == "ML-8")]
    return [int(rows[f"deaths_{name}"].sum()) for name in ("low", "best", "high")]


def stop_endless_loop(cell: Cell) -> None:
    cell.editor.fill("while True: pass")
    cell.button("Run").click()
    cell.ends("Running.")
    cell.button("Stop").click()
    cell.ends("what it had worked out is lost")


def test_cells_stand_where_readers_are_asked_to_try():
    assert [page.split("/")[1] for page in TRY_PAGES] == [
        *("governance", "intervention", "origins", "recommendations", "start")
    ]


def test_reader_works_a_cell_from_the_first_press_to_the_right_answer(cell):
    # Until it is pressed, a button is all that there is.
    cell.page.wait_for_load_state("networkidle")
    assert python_files(cell) == []
    first = cell.block.locator("pre").inner_text()
    cell.open()
    assert any(url.endswith(".whl") for url in python_files(cell))
    expect(cell.card).to_contain_text("Not answered yet")
    assert cell.editor.input_value() == first.strip("\n")
    # A click into the first line puts the cursor there.
    cell.editor.scroll_into_view_if_needed()
    box = cell.editor.bounding_box()
    cell.page.mouse.click(box["x"] + 150, box["y"] + 22)
    cell.page.keyboard.type("#")
    assert "#" in cell.editor.input_value().splitlines()[0]
    # A wrong answer that is known gets its diagnosis; a hint and the right answer are cards too.
    low, best, high = kidal_2012()
    swapped = f"from casebook import check, hint\ncheck('warm-up.q5', ({high}, {best}, {low}))"
    cell.run(swapped)
    expect(cell.card).to_contain_text("in the wrong order")
    cell.run(f"{swapped}\nhint('warm-up.q5')")
    expect(cell.output.locator(".cb-card")).to_have_count(2)
    expect(cell.card).to_contain_text("1 of 3")
    right = f"from casebook import check\ncheck('warm-up.q5', ({low}, {best}, {high}))"
    cell.run(right)
    expect(cell.card).to_contain_text("Right")
    stop_endless_loop(cell)
    assert cell.seen.failures == []
    # What was written is still there after the page was loaded anew.
    cell.editor.fill(right)
    cell.page.reload()
    cell.block.get_by_role("button", name="Try it: run Python here").click()
    expect(cell.editor).to_have_value(right)


@OTHERS
def test_python_is_at_hand_again_after_it_was_stopped_and_after_a_reload(cell):
    cell.open()
    stop_endless_loop(cell)
    cell.ends("Python is ready.", START)
    cell.run("print('once more')")
    expect(cell.output).to_contain_text("once more")
    cell.page.reload()
    cell.open()
    expect(cell.output).to_contain_text("once more")


@OTHERS
@pytest.mark.parametrize("cell", [Way(p) for p in TRY_PAGES], ids=str, indirect=True)
def test_every_cell_runs_as_it_stands(cell):
    cell.open()
    expect(cell.output.locator(".cb-try-error")).to_have_count(0)
    assert cell.output.locator("pre, table, .cb-card, .cb-try-plot svg").count() > 0
    if cell.seen.way.page.endswith("collapse-2012.html"):
        # The plot is drawn by the page's bundle, in the page's colours, and said in words.
        cell.output.locator(".cb-try-plot .scatterlayer path").first.wait_for()
        expect(cell.output.locator("figcaption")).to_contain_text("2 series")


@OTHERS
@pytest.mark.parametrize(
    "cell",
    [Way(FIRST, theme, width) for theme in ("light", "dark") for width in (1280, 390)],
    ids=str,
    indirect=True,
)
def test_opened_cell_is_accessible_and_fits_its_window(cell):
    theme = axe_options(cell.seen.way.theme, colours=True)
    cell.open()
    for code, ends in [
        (f"{PLAIN}load('control')", "Done."),
        (f"{PLAIN}load('contol')", "Stopped by an error."),
        ("print('a')", "Done."),
    ]:
        cell.run(code, ends)
        if cell.output.locator("summary").count():
            cell.output.locator("summary").click()
        assert violations(cell.page, ".cb-try", theme) == []
        assert cell.page.evaluate("probes.faintText()") == []
        assert cell.page.evaluate("document.documentElement.scrollWidth") <= cell.seen.way.width


@OTHERS
def test_errors_say_the_useful_line_first(cell):
    cell.open()
    code = f"{PLAIN}\nevents = load('conflict_events')\nevents['deaths_bst'].sum()\n"
    cell.run(code, "Stopped by an error.")
    error = cell.output.locator(".cb-try-error")
    expect(error.locator("p").first).to_contain_text("Line 4. Nothing here is called 'deaths_bst'")
    expect(error.locator("details pre")).to_be_hidden()
    error.get_by_role("button", name="Go to line 4").click()
    chosen = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
    assert cell.editor.evaluate(chosen) == "events['deaths_bst'].sum()"


@OTHERS
def test_large_allocation_gets_a_kind_message_and_python_goes_on(cell):
    cell.open()
    cell.run("many = bytearray(300_000_000)", "Stopped by an error.")
    expect(cell.output).to_contain_text("more memory than a page may use")
    cell.run("print('still here')")
    expect(cell.output).to_contain_text("still here")


@OTHERS
def test_long_tables_and_long_texts_are_cut_and_say_so(cell):
    cell.open()
    cell.run(f"{PLAIN}load('displacement_figures')")
    assert cell.output.locator("tbody tr").count() == 20
    expect(cell.output).to_contain_text("shown: the first 20 rows")
    cell.run("for n in range(100_000): print(n)")
    assert len(cell.output.inner_text()) < 25_000
    expect(cell.output).to_contain_text("characters are shown")


@OTHERS
def test_editor_is_worked_by_keyboard_and_can_be_left(cell):
    cell.open()
    keyboard = cell.page.keyboard
    cell.editor.fill("")
    cell.editor.focus()
    keyboard.type("for n in range(2):")
    keyboard.press("Enter")
    keyboard.type("print(n)")
    assert cell.editor.input_value() == "for n in range(2):\n    print(n)"
    keyboard.press("Shift+Tab")
    assert cell.editor.input_value() == "for n in range(2):\nprint(n)"
    keyboard.press("End")
    keyboard.press("Home")
    keyboard.press("Tab")
    assert cell.editor.input_value() == "for n in range(2):\n    print(n)"
    keyboard.press("Control+z")
    assert cell.editor.input_value() == "for n in range(2):\nprint(n)"
    keyboard.press("Escape")
    expect(cell.status).to_have_text("Tab now leaves the editor.")
    keyboard.press("Tab")
    expect(cell.button("Run")).to_be_focused()
    assert cell.block.locator(".cb-editor-lines > div").count() == 2


@OTHERS
def test_reset_brings_the_first_lines_and_can_be_undone(cell):
    first = cell.block.locator("pre").inner_text().strip("\n")
    cell.open()
    cell.editor.fill("mine = 1")
    cell.button("Reset").click()
    assert cell.editor.input_value() == first
    cell.button("Undo reset").click()
    assert cell.editor.input_value() == "mine = 1"
    cell.button("Reset").click()
    cell.editor.press("Control+z")
    assert cell.editor.input_value() == "mine = 1"


@OTHERS
def test_cell_works_where_nothing_may_be_kept_and_says_so(browser, server):
    with opened(browser, server, Way(FIRST, storage=False)) as (page, seen):
        cell = Cell(page, seen)
        cell.open()
        expect(cell.block).to_contain_text("keeps nothing for this page")
        cell.run("print(6 * 7)")
        expect(cell.output).to_contain_text("42")
        assert seen.complaints == []


@OTHERS
def test_two_tabs_work_side_by_side(cell):
    cell.open()
    other = cell.page.context.new_page()
    other.goto(cell.page.url)
    second = Cell(other, cell.seen)
    second.open()
    second.run("print('second')")
    cell.run("print('first')")
    expect(second.output).to_contain_text("second")
    expect(cell.output).to_contain_text("first")


@OTHERS
def test_cell_works_below_a_folder_of_the_server(browser, site):
    with (
        served(site.parent) as address,
        opened(browser, f"{address}{site.name}/", Way(FIRST)) as (page, seen),
    ):
        Cell(page, seen).open()
        assert seen.complaints == []
        assert seen.elsewhere() == []


@OTHERS
def test_lost_connection_is_told_and_can_be_tried_again(cell):
    cell.page.context.route("**/pandas-*.whl", lambda route: route.abort())
    cell.block.get_by_role("button", name="Try it: run Python here").click()
    cell.ends("Python ended.", START)
    expect(cell.output).to_contain_text("could not be loaded")
    cell.page.context.unroute("**/pandas-*.whl")
    cell.button("Run").click()
    cell.ends("Done.", START)
    # Pyodide complains of the file that did not come.
    assert "error: Failed to fetch" in cell.seen.complaints
    cell.seen.complaints.clear()


def test_from_the_disk_a_sentence_tells_what_is_needed(browser, site):
    with opened(browser, f"{site.as_uri()}/", Way(FIRST, by="file")) as (page, seen):
        block = page.locator(".cb-try")
        expect(block).to_contain_text("the book must come from a server")
        expect(block.locator("pre")).to_be_visible()
        expect(block.get_by_role("button", name=re.compile("Python"))).to_have_count(0)
        assert seen.complaints == []


@OTHERS
def test_paper_has_the_lines_as_the_reader_left_them(cell):
    cell.open()
    cell.run("print('on paper')")
    lay_out_for_paper(cell.page)
    expect(cell.block.locator(".highlight pre")).to_have_text("print('on paper')")
    expect(cell.editor).to_be_hidden()
    expect(cell.output).to_be_visible()
