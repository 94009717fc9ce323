"""Quizzes: worked by keyboard, heard with their question, and whole on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from .site import SITE
from .visit import Way, lay_out_for_paper, opened, prepare

QUIZ_PAGES = sorted(
    str(file.relative_to(SITE))
    for file in (SITE / "chapters").rglob("*.html")
    if 'class="cb-quiz' in file.read_text(encoding="utf-8")
)


@pytest.fixture
def page(browser, server, name, theme):
    with opened(browser, server, Way(name, theme=theme)) as (page, seen):
        prepare(page)
        yield page
        assert seen.complaints == []


@pytest.fixture
def quiz(page) -> Locator:
    return page.locator(".cb-quiz")


def unfolded(quiz: Locator) -> int:
    return quiz.locator("details[open]").count()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", QUIZ_PAGES[:1])
def test_options_are_unfolded_by_keyboard_one_by_one(page, quiz):
    options = quiz.locator(".cb-option")
    options.first.locator("summary").focus()
    for number, key in enumerate(["Enter", "Space", "Enter"]):
        option = options.nth(number)
        expect(option.locator("summary")).to_be_focused()
        ring = "e => getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth"
        assert option.locator("summary").evaluate(ring) == "solid2px"
        expect(option.locator(".cb-explanation")).to_be_hidden()
        page.keyboard.press(key)
        expect(option.locator(".cb-explanation")).to_be_visible()
        assert unfolded(quiz) == number + 1
        page.keyboard.press("Tab")


@pytest.mark.parametrize("theme", ["light"])
@pytest.mark.parametrize("name", QUIZ_PAGES)
def test_each_question_names_its_options_and_has_one_right_one(quiz):
    questions = quiz.locator(".cb-questions > li")
    for question in questions.all():
        words = question.locator("p").first.inner_text()
        group = question.get_by_role("group", name=words, exact=True)
        said = group.locator(".cb-explanation strong").all_text_contents()
        assert len(said) == group.locator("summary").count() >= 2
        assert sorted(said, reverse=True) == ["Yes. ", *["No. "] * (len(said) - 1)]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", QUIZ_PAGES[:1])
def test_every_explanation_is_on_paper(page, quiz):
    assert unfolded(quiz) == 0
    lay_out_for_paper(page)
    for explanation in quiz.locator(".cb-explanation").all():
        expect(explanation).to_be_visible()
        assert explanation.evaluate("e => probes.isSeen(e)")
