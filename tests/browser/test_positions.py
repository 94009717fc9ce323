"""The matrix of positions that a reader can change: scores, reset, sharing, hostile addresses."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from casebook.analysis.agreement import agreement, by_issue, pairs_in_words
from casebook.analysis.positions import SCALE, positions_in_view, voices
from casebook.prose import signed
from casebook.sphinxext.tables.positions import bounds_text
from casebook.tables import load

from .visit import Way, opened

PAGE = "chapters/recommendations/one-message.html"
POSITIONS = load("positions")
ASKED, OTHERS = voices(POSITIONS, load("claims"))
CODING = {
    key: None if step != step else int(step)
    for key, step in positions_in_view(POSITIONS, "before")["value"].astype("float").items()
}
ISSUES = sorted({issue for _, issue in CODING})

FOLLOW = """fragment => new Promise(done => {
    addEventListener("hashchange", () => setTimeout(done), { once: true });
    location.hash = fragment;
})"""
SHOWN = """() => {
    const tool = document.querySelector(".cb-positions");
    const texts = (name, part) => Object.fromEntries(
        Array.from(tool.querySelectorAll(`[data-${name}]`), element =>
            [element.dataset[name], element.querySelector(part)?.innerText ?? element.innerText]));
    return {
        tiles: texts("cell", ".cb-tile"),
        known: texts("known", "never"),
        bounds: texts("bounds", ".cb-bounds"),
        said: tool.querySelector(".cb-readout").innerText,
        fragment: location.hash,
        link: tool.querySelector("#positions-link").value,
        changed: tool.querySelectorAll(".cb-changed").length,
    };
}"""


@pytest.fixture
def tool(browser, server) -> Iterator[Page]:
    """The page, opened at the matrix; nothing may complain."""
    with opened(browser, server, Way(PAGE)) as (page, seen):
        page.locator("#change-positions").scroll_into_view_if_needed()
        yield page
        assert seen.complaints == []


def word(step: int | None) -> str:
    return "unknown" if step is None else str(step)


def fragment(state: dict[tuple[str, str], int | None], *settings: str) -> str:
    """Write a state as an address does."""
    changes = [f"{a}.{i}.{word(v)}" for (a, i), v in state.items() if v != CODING[a, i]]
    return "&".join(["positions=" + ",".join(changes), *settings])


def expected(state, group, near) -> dict[str, dict[str, str]]:
    """Return what Python measures, as the table below the matrix writes it."""
    found = {issue: agreement([state[a, issue] for a in group], near) for issue in ISSUES}
    return {
        "known": {
            issue: f"{one.agreeing} of {one.known_pairs}" if one.known_pairs else "–"
            for issue, one in found.items()
        },
        "bounds": {issue: bounds_text(one) for issue, one in found.items()},
        "tiles": {f"{a}.{i}": signed(v) for (a, i), v in state.items()},
    }


def agrees(shown: dict, state, group=ASKED, near: int = 0) -> None:
    wanted = expected(state, group, near)
    assert {part: shown[part] for part in wanted} == wanted


def test_first_sight_is_our_coding(tool):
    shown = tool.evaluate(SHOWN)
    agrees(shown, CODING)
    assert (shown["changed"], shown["fragment"]) == (0, "")


def test_page_and_package_measure_the_same(tool):
    chance = random.Random(55)
    for turn in range(40):
        unknown = chance.random()
        state = {key: None if chance.random() < unknown else chance.choice(SCALE) for key in CODING}
        group, near = chance.choice([ASKED, ASKED + OTHERS]), chance.choice([0, 1])
        settings = ["voices=all"] * (group is not ASKED) + ["near=1"] * near
        tool.evaluate(FOLLOW, fragment(state, *settings) + f"&near={near}" * (turn % 2))
        shown = tool.evaluate(SHOWN)
        agrees(shown, state, group, near)
        assert shown["changed"] == sum(state[key] != CODING[key] for key in CODING)


def test_measures_the_emptiest_and_the_fullest_matrix(tool):
    for step in (None, 0, 2):
        state = dict.fromkeys(CODING, step)
        tool.evaluate(FOLLOW, fragment(state, "voices=all"))
        agrees(tool.evaluate(SHOWN), state, ASKED + OTHERS)


def select(page: Page, actor: str, issue: str):
    return page.locator(f'[data-cell="{actor}.{issue}"] select')


def test_choice_changes_its_own_score_at_once(tool):
    state = CODING | {("fra_gov", "disarm_before_talks"): 2}
    select(tool, "fra_gov", "disarm_before_talks").select_option("2")
    shown = tool.evaluate(SHOWN)
    agrees(shown, state)
    score = agreement([state[actor, "disarm_before_talks"] for actor in ASKED])
    assert pairs_in_words(score) in shown["said"]
    assert shown["said"].endswith("1 position changed from our coding.")
    assert shown["fragment"] == "#positions=fra_gov.disarm_before_talks.2"
    assert shown["link"].endswith(f"{PAGE}{shown['fragment']}")


def test_settings_change_every_score(tool):
    tool.get_by_text("all 11 actors").last.click()
    agrees(tool.evaluate(SHOWN), CODING, ASKED + OTHERS)
    tool.locator("#change-positions").get_by_text("at most one step apart").click()
    shown = tool.evaluate(SHOWN)
    agrees(shown, CODING, ASKED + OTHERS, near=1)
    assert shown["fragment"] == "#positions=&voices=all&near=1"


def test_reset_brings_back_the_coding(tool):
    tool.evaluate(FOLLOW, "positions=au.un_mission.-2,mnla.un_mission.unknown&voices=all&near=1")
    assert tool.evaluate(SHOWN)["changed"] == 2
    tool.locator("#change-positions").get_by_role("button", name="Reset").click()
    tool.wait_for_timeout(50)
    shown = tool.evaluate(SHOWN)
    agrees(shown, CODING)
    assert (shown["changed"], shown["fragment"]) == (0, "")


@pytest.mark.parametrize("by", ["http", "file"])
def test_link_shows_the_same_to_somebody_else(browser, server, site, by):
    base = {"http": server, "file": f"{site.as_uri()}/"}[by]
    with opened(browser, base, Way(PAGE, by=by)) as (page, seen):
        select(page, "au", "disarm_before_talks").select_option("-1")
        select(page, "au", "july_election").select_option("0")
        mine = page.evaluate(SHOWN)
        page.reload()
        assert page.evaluate(SHOWN)["tiles"] == mine["tiles"]
        assert seen.complaints == []
    with opened(browser, base, Way(f"{PAGE}#{mine['link'].split('#')[1]}", by=by)) as (page, seen):
        theirs = page.evaluate(SHOWN)
        assert {**theirs, "said": ""} == {**mine, "said": ""}
        assert page.locator("#change-positions").evaluate(
            "tool => Math.abs(tool.getBoundingClientRect().top) < innerHeight"
        )
        assert seen.complaints == []


HOSTILE = [
    "positions=<script>planted()</script>",
    "positions=<img src=x onerror=planted()>",
    "positions=%3Cimg%20src=x%20onerror=planted()%3E.un_mission.2",
    'positions=au.un_mission.2"onfocus=planted()',
    "positions=__proto__.un_mission.2,constructor.un_mission.1,au.__proto__.1",
    "positions=__proto__.__proto__.2,toString.valueOf.2",
    "positions=au.un_mission.3",
    "positions=au.un_mission.-3,au.un_mission.-0,au.un_mission.+1,au.un_mission.1e0",
    "positions=au.un_mission.0x1,au.un_mission.,au.un_mission,au..1,..",
    "positions=nobody.un_mission.1,au.nothing.1,AU.UN_MISSION.1",
    "positions=au.un_mission.%",
    "positions=%E0%A4%A",
    "positions=" + "au.un_mission.-2," * 20_000,
    "positions=" + "x" * 5_000,
    "positions=&voices=planted()&near=9&constructor=1",
    "positions=javascript:planted()",
]


@pytest.mark.parametrize("address", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_address_changes_nothing(browser, server, address):
    with opened(browser, server, Way(f"{PAGE}#{address}")) as (page, seen):
        shown = page.evaluate(SHOWN)
        agrees(shown, CODING)
        assert shown["said"].endswith("Our coding, nothing changed.")
        assert "of the link could not be read" in shown["said"]
        assert shown["fragment"] == ""
        html = page.locator("#change-positions").evaluate("tool => tool.outerHTML")
        assert "planted" not in html
        assert page.evaluate("Object.prototype.un_mission") is None
        assert seen.complaints == []
        assert seen.elsewhere() == []


def test_what_can_be_read_of_a_link_is_kept(tool):
    tool.evaluate(FOLLOW, "positions=au.un_mission.-2,au.un_mission.2,<b>.x.1,mnla.un_mission.0")
    shown = tool.evaluate(SHOWN)
    agrees(shown, CODING | {("au", "un_mission"): -2, ("mnla", "un_mission"): 0})
    assert shown["said"].startswith("2 entries of the link could not be read and are left out.")
    assert shown["fragment"] == "#positions=au.un_mission.-2,mnla.un_mission.0"


@pytest.mark.parametrize(
    "address",
    [
        "positions=au.un_mission.1%2Cunsc.un_mission.unknown",
        "positions%3Dau.un_mission.1%2Cunsc.un_mission.unknown",
        "positions=au.un_mission.1,unsc.un_mission.unknown.",
        "positions=au.un_mission.1,unsc.un_mission.unknown%29,",
    ],
)
def test_link_that_a_mailer_has_changed_is_read(tool, address):
    tool.evaluate(FOLLOW, address)
    shown = tool.evaluate(SHOWN)
    agrees(shown, CODING | {("au", "un_mission"): 1, ("unsc", "un_mission"): None})
    assert shown["said"] == "2 positions changed from our coding."
    assert shown["fragment"] == "#positions=au.un_mission.1,unsc.un_mission.unknown"


def test_tiles_and_choices_agree_after_leaving_and_coming_back(tool, server):
    select(tool, "au", "un_mission").select_option("-2")
    tool.get_by_text("all 11 actors").last.click()
    tool.evaluate(FOLLOW, "argue-it")
    tool.goto(f"{server}chapters/recommendations/scorecard.html")
    tool.go_back()
    tool.locator('[data-cell="au.un_mission"] select').wait_for(state="attached")
    tool.wait_for_timeout(300)
    shown = tool.evaluate(SHOWN)
    step = select(tool, "au", "un_mission").evaluate("choice => choice.value")
    assert shown["tiles"]["au.un_mission"] == signed(int(step))
    group = tool.locator('.cb-positions input[name="voices"]:checked').get_attribute("value")
    state = CODING | {("au", "un_mission"): int(step)}
    agrees(shown, state, ASKED if group == "asked" else ASKED + OTHERS)


def test_other_anchors_leave_the_choices_alone(tool):
    select(tool, "au", "un_mission").select_option("0")
    tool.evaluate(FOLLOW, "argue-it")
    assert tool.evaluate(SHOWN)["tiles"]["au.un_mission"] == "0"


def test_positions_are_changed_by_keyboard(tool):
    keyboard = tool.keyboard
    tool.locator("#change-positions").get_by_role("button", name="Reset").focus()
    keyboard.press("Tab")
    first = tool.evaluate("document.activeElement.closest('[data-cell]').dataset.cell")
    assert first == f"{ASKED[0]}.talks_with_mnla"
    outline = "document.activeElement.previousElementSibling"
    assert tool.evaluate(f"getComputedStyle({outline}).outlineStyle") == "solid"
    before = tool.evaluate(SHOWN)
    keyboard.press("ArrowDown")
    after = tool.evaluate(SHOWN)
    assert after["tiles"][first] != before["tiles"][first]
    assert after["changed"] == 1
    keyboard.press("Tab")
    assert tool.evaluate("document.activeElement.closest('[data-cell]').dataset.cell") != first


def test_cell_tells_what_it_rests_on(tool):
    detail = tool.locator("#position-detail")
    select(tool, "bfa_gov", "disarm_before_talks").focus()
    for part in (
        "Burkina Faso, Disarmament before talks",
        "not shown here: 18\u00a0June 2013: −1",
        "medium",
        "Xinhua",
    ):
        assert part in detail.inner_text()
    tool.locator('[data-cell="dza_gov.un_mission"]').hover()
    assert "Algeria, UN mission. Unknown to us." in detail.inner_text()
    choice = select(tool, "au", "un_mission")
    assert choice.get_attribute("aria-label") == "African Union, UN mission"
    assert choice.get_attribute("aria-describedby") == "position-detail"


def test_every_choice_can_be_touched_on_a_phone(browser, server):
    with opened(browser, server, Way(PAGE, "dark", 390)) as (page, seen):
        small = page.evaluate(
            """() => Array.from(document.querySelectorAll("[data-cell] select"))
                .map(select => select.getBoundingClientRect())
                .filter(box => box.width < 40 || box.height < 30 || box.right > innerWidth)
                .length"""
        )
        assert small == 0
        assert page.locator(".cb-positions .cb-short").first.is_visible()
        assert seen.complaints == []


def test_matrix_and_scores_are_there_without_scripts(browser, server):
    with opened(browser, server, Way(PAGE, width=390, scripts=False)) as (page, _):
        tool = page.locator("#change-positions")
        wanted = expected(CODING, ASKED, 0)
        for name, part, texts in (
            ("cell", " .cb-tile", wanted["tiles"]),
            ("known", "", wanted["known"]),
            ("bounds", " .cb-bounds", wanted["bounds"]),
        ):
            for key, text in texts.items():
                element = tool.locator(f'[data-{name}="{key}"]{part}')
                assert element.is_visible()
                assert element.inner_text() == text
        assert tool.locator("select").count() == 0
        assert not tool.locator(".cb-controls").first.is_visible()


def test_ends_of_a_bar_are_written_when_it_opens(browser, server):
    # Before the agreement nothing is unknown on talks, so that one figure stands beside a point.
    with opened(browser, server, Way(PAGE)) as (page, seen):
        figure = page.locator(".cb-figure").nth(1)
        figure.scroll_into_view_if_needed()
        one = by_issue(positions_in_view(POSITIONS, "statement"), ASKED)["talks_with_mnla"]
        assert one.low < one.high
        figure.locator("select").first.select_option("statement")
        for bound in reversed(one.bounds):
            text = f"{round(100 * bound)}\u00a0%"
            figure.locator(".js-plotly-plot text", has_text=text).first.wait_for()
        assert seen.complaints == []
