"""Every figure: a picture at once, a live plot soon, and controls that anyone can use."""

from __future__ import annotations

from pathlib import Path

import pytest

from .operate import BY_KEYBOARD, BY_MOUSE, Operated, operate
from .site import FIGURE_PAGES, FIGURES
from .visit import Way, go_live, opened, prepare
from .ways import COMPLETE, SAMPLE, STATIC, WITHOUT_SCRIPTS, in_release, ways, with_figures

LIVE = with_figures(COMPLETE)
# Daily on the sample, whose figures have every kind of control; all before a release.
PAGES_OF_FIGURES = [in_release(page, page in SAMPLE) for page in FIGURE_PAGES]
PAGE_NAMES = [Path(page).stem for page in FIGURE_PAGES]
figure_pages = pytest.mark.parametrize("name", PAGES_OF_FIGURES, ids=PAGE_NAMES)
every_figure = pytest.mark.parametrize(
    "operated",
    [in_release(figure, figure[0] in SAMPLE) for figure in FIGURES],
    ids=[figure for _, figure in FIGURES],
    indirect=True,
)


@pytest.fixture(scope="module")
def operated(request, browser, server):
    """A figure made live, ready to be operated; every test leaves it as it was."""
    name, figure = request.param
    with opened(browser, server, Way(name)) as (page, seen):
        prepare(page)
        found = page.locator(f"#{figure}")
        found.evaluate("figure => figure.scrollIntoView({ behavior: 'instant' })")
        yield Operated(page, found)
        assert seen.complaints == []


def test_sample_has_every_kind_of_control(site):
    pages = (site / page for page in FIGURE_PAGES if page in SAMPLE)
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    kinds = ("<select", 'type="radio"', 'type="range"')
    assert [kind for kind in kinds if kind not in text] == []


@ways(*with_figures(WITHOUT_SCRIPTS), *STATIC)
def test_picture_is_there_before_any_script(seen):
    assert [f.name for f in seen.figures if f.live] == []
    # One of the two, for wide pages or for phones.
    assert {f.name: f.twins for f in seen.figures if len(f.twins) != 1 or f.twins[0] < 20} == {}


@figure_pages
def test_figure_is_complete_without_scripts(browser, server, name):
    with opened(browser, server, Way(name, scripts=False)) as (page, _):
        for figure in page.locator(".cb-figure").all():
            for part in ("title", "subtitle", "caption", "source"):
                assert figure.locator(f".cb-{part}").inner_text().strip()
                assert figure.locator(f".cb-{part}").is_visible()
            for control in figure.locator(".cb-controls").all():
                assert not control.is_visible()
            figure.locator("details.cb-data summary").click()
            assert figure.locator(".cb-summary").is_visible()
            assert figure.locator("details.cb-data tbody tr").first.is_visible()


@ways(*LIVE)
def test_live_plot_draws_marks_in_place_of_the_picture(seen):
    assert [f.name for f in seen.figures if not f.live or not f.marks] == []


@ways(*LIVE)
def test_nothing_moves_when_a_figure_goes_live(seen):
    moved = {f.name: (f.height_before, f.height) for f in seen.figures}
    assert {n: (old, new) for n, (old, new) in moved.items() if abs(new - old) > 3} == {}
    assert seen.shifted < 0.02


@ways(*STATIC)
def test_picture_stays_where_plotly_does_not_arrive(seen):
    assert [f.name for f in seen.figures if f.live or not f.twins] == []
    assert [said for said in seen.complaints if said.startswith("exception")] == []


@figure_pages
def test_controls_go_where_plotly_does_not_arrive(browser, server, name):
    with opened(browser, server, Way(name, live=False)) as (page, _):
        for figure in page.locator(".cb-figure:has(.cb-controls)").all():
            figure.scroll_into_view_if_needed()
            figure.locator(".cb-controls").wait_for(state="hidden", timeout=3_000)


@ways(*LIVE, *STATIC)
def test_labels_stand_out_from_what_is_behind_them(seen):
    assert {f.name: f.faint for f in seen.figures if f.faint} == {}


@ways(*LIVE, *STATIC)
def test_labels_stay_inside_the_picture(seen):
    assert {f.name: f.clipped for f in seen.figures if f.clipped} == {}


@ways(*LIVE, *STATIC)
def test_labels_do_not_lie_on_each_other(seen):
    assert {f.name: f.colliding for f in seen.figures if f.colliding} == {}


@every_figure
def test_controls_answer_the_mouse(operated):
    declared = operated.figure.evaluate(
        "figure => JSON.parse(figure.querySelector('.cb-json').textContent).controls.length"
    )
    assert operate(operated, BY_MOUSE) == declared


@every_figure
def test_controls_answer_the_keyboard(operated):
    operate(operated, BY_KEYBOARD)


@every_figure
def test_focus_is_seen_on_every_control(operated):
    unseen = operated.figure.evaluate(
        """figure => Array.from(figure.querySelectorAll(".cb-controls :is(input, select, button)"))
            .filter(control => {
                control.focus();
                const drawn = control.type === "radio" ? control.nextElementSibling : control;
                return getComputedStyle(drawn).outlineStyle === "none" || control.tabIndex < 0;
            })
            .map(control => control.outerHTML)"""
    )
    assert unseen == []


@every_figure
def test_what_is_shown_is_announced(operated):
    for readout in operated.figure.locator(".cb-readout").all():
        assert readout.get_attribute("aria-live") == "polite"
        assert operated.readout().strip()


@pytest.fixture(scope="module")
def live_page(request, browser, server):
    """A page with all its figures live."""
    with opened(browser, server, Way(request.param)) as (page, _):
        prepare(page)
        go_live(page)
        yield page


live_pages = pytest.mark.parametrize("live_page", PAGES_OF_FIGURES, ids=PAGE_NAMES, indirect=True)


@live_pages
def test_live_plots_follow_the_colour_switch(live_page):
    figures = live_page.locator(".cb-figure").all()
    before = [figure.evaluate("figure => probes.drawing(figure)") for figure in figures]
    while live_page.locator("html").get_attribute("data-theme") != "dark":
        live_page.locator(".theme-switch-button:visible").first.click()
    for figure, light in zip(figures, before, strict=True):
        live_page.wait_for_function(
            "([figure, light]) => probes.drawing(figure) !== light",
            arg=[figure.element_handle(), light],
        )
        assert figure.evaluate("figure => probes.faintInPicture(figure)") == []


@live_pages
def test_live_plots_follow_the_window(live_page):
    live_page.set_viewport_size({"width": 390, "height": 844})
    live_page.wait_for_function(
        """() => Array.from(document.querySelectorAll(".cb-plot")).every(plot => {
            const drawn = plot.querySelector(".main-svg").getBoundingClientRect();
            return drawn.width === plot.clientWidth;
        })"""
    )
    assert live_page.evaluate("document.documentElement.scrollWidth") <= 390
