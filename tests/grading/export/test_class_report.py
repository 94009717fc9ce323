"""The report of a class: what it counts, and that nothing of a student runs or is shown in it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from casebook.grading.export import class_report
from casebook.grading.people.roster import Person

from ..graded_class import DUE, SECRET, TOLD, graded

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>"


def made(*all_graded, **more) -> class_report.Report:
    return class_report.made("warm-up", "Warm-up", all_graded, **more)


def a_class(n: int) -> list:
    """Return a class in which who knows q2 knows q1, but for a few."""
    return [
        graded(f"s{i:03}", 2 * (i % 2), 2 * (i % 2 if i % 5 else 1), None if i % 7 else 4)
        for i in range(n)
    ]


class Page(HTMLParser):
    """The tags and texts of a page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags, self.attributes, self.texts = [], [], []
        self.style = False
        self.feed(content.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.style = tag == "style"

    def handle_data(self, data):
        if not self.style:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def test_difficulty_is_of_who_is_marked_and_blanks_and_waiting_are_counted():
    first, second, third = made(
        graded("a", 2, 2, 4), graded("b", 2, 0, None), graded("c", 0, 0, 1)
    ).tasks
    assert (first.full, first.marked, first.blank, first.waiting) == (2, 3, 0, 0)
    assert (second.full, second.blank) == (1, 2)
    assert (third.full, third.marked, third.waiting, third.mean) == (1, 2, 1, 0.625)


def test_only_finished_students_have_points():
    found = made(graded("a", 2, 2, 4), graded("b", 2, 0, None), graded("c", 0, 0, 1))
    assert (found.complete, found.out_of, found.median) == ((1, 8), 8, 4.5)


def test_commonest_mistakes_come_first_with_what_was_told():
    [mistake] = made(graded("a", 0, 2, 4), graded("b", 0, 2, 4), graded("c", 2, 2, 4)).mistakes
    assert (mistake.task, mistake.name, mistake.text, mistake.count) == (
        "q1",
        "only_starts",
        TOLD,
        2,
    )


def test_few_students_get_counts_and_no_shares():
    few, many = (Page(class_report.page(made(*a_class(n)))).text for n in (9, 10))
    assert "%" not in few
    assert "9 students: read counts, not shares" in few
    assert "(50%)" in many
    assert "read counts" not in many


def test_correlation_needs_many_students_and_differences():
    assert not made(*a_class(29)).fits
    first, second, third = made(*a_class(40)).tasks
    assert first.fits == pytest.approx(second.fits)
    assert 0.6 < first.fits < 0.9
    assert third.fits is None
    assert "Goes with the rest" not in Page(class_report.page(made(*a_class(29)))).text
    assert not made(*[graded(f"s{n}", 2, 2, 4) for n in range(40)]).fits


def test_who_is_missing_late_unmarked_or_unknown():
    late = {"handed_in": DUE + datetime.timedelta(hours=25, seconds=1), "due": DUE}
    found = made(
        graded("a", 2, 2, 4, **late),
        graded("b", 2, 2, 4, notes=("restored q1-answer",)),
        expected=[Person("a", "A"), Person("d", "D")],
        missing=[Person("d", "D")],
        unmarked=["E"],
        strangers=["B"],
    )
    text = Page(class_report.page(found)).text
    assert "A 1 day 1 hour" in text
    assert "B restored q1-answer" in text
    assert "Missing (1) D" in text
    assert "not marked yet (1) E" in text
    assert "Not on the roster (1) B" in text
    assert "3 handed in of 2" not in text
    assert "Unknown: no table" in Page(class_report.page(made(graded("a", 2, 2, 4)))).text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 minute"),
        (3600, "1 hour"),
        (3661, "1 hour 2 minutes"),
        (86400, "1 day"),
        (200_000, "2 days 7 hours"),
    ],
)
def test_lateness_in_words(seconds, words):
    assert class_report.lateness(datetime.timedelta(seconds=seconds)) == words


def test_nothing_hostile_is_markup_and_nothing_is_fetched():
    bad = graded("a", 0, 2, None, name=EVIL, notes=(EVIL + "\x1b[31m\u202e",))
    grades = tuple(replace(g, title=EVIL, mistake=EVIL) for g in bad.grades)
    found = made(
        replace(bad, grades=(replace(grades[0], text=EVIL), *grades[1:])),
        missing=[Person("x", EVIL)],
        expected=[Person("x", EVIL)],
        unmarked=[EVIL],
        strangers=[EVIL],
    )
    content = class_report.page(found)
    page = Page(content)
    assert not {"script", "img", "link", "a", "iframe", "form"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
    assert not {"src", "href"} & {name for name, _ in page.attributes}
    assert page.text.count("<script>") == 12
    assert b"\x1b" not in content
    assert "\u202e" not in content.decode()


def test_policy_allows_the_style_of_the_page_and_no_other():
    text = class_report.page(made(graded("a", 2, 2, 4))).decode()
    css = text.split("<style>")[1].split("</style>")[0]
    allowed = class_report.style_hash(css)
    assert f"default-src 'none'; style-src '{allowed}'; base-uri 'none'; form-action 'none'" in text
    assert "'unsafe" not in text


def test_no_answer_of_a_student_is_in_page_or_table():
    found = made(*a_class(12), graded("z", 1, 1, 4))
    assert any(SECRET in grade.text for s in a_class(12) for grade in s.grades)
    assert SECRET not in class_report.page(found).decode()
    assert SECRET not in str(class_report.rows(found))


def test_same_class_gives_the_same_bytes_in_any_order():
    all_graded = a_class(35)
    assert class_report.page(made(*all_graded)) == class_report.page(made(*reversed(all_graded)))
    assert class_report.rows(made(*all_graded)) == class_report.rows(made(*reversed(all_graded)))


def test_part_that_is_not_marked_has_a_report():
    text = Page(class_report.page(made(unmarked=["A"], expected=[Person("a", "A")]))).text
    assert "1 handed in of 1 on the roster" in text or "handed in of 1 on the roster 1" in text
    assert "How hard" not in text
