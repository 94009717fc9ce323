"""Answers that break, that are huge, or that try to write into the card."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pandas as pd
import pytest

from casebook.checks import check, hint, progress
from casebook.checks.asking import compare
from casebook.checks.keys import task

# A number, several values, lists and tables of known and of any names, a table with days.
SHAPES = [
    "warm-up.q7", "warm-up.q4", "governance.q5", "governance.q1", "origins.q3", "warm-up.q8",
    "origins.q7",
]  # fmt: skip
every_shape = pytest.mark.parametrize("task_id", SHAPES)


def broken(method: str, error: type[BaseException]):
    def fail(*_args, **_kwargs):
        raise error("<b>broken</b>")

    return type("<script>", (), {method: fail})()


class Endless:
    def __iter__(self):
        return itertools.count()


class Dict(dict):
    def items(self):
        raise ValueError

    values = keys = __iter__ = items


class Text(str):
    __eq__ = __hash__ = __len__ = None


def nested() -> list:
    inner: list = []
    inner.append(inner)
    return inner


METHODS = [
    *("__eq__", "__repr__", "__str__", "__iter__", "__len__", "__float__", "__getattr__"),
    *("__getattribute__", "__array__", "__call__", "__bool__", "__hash__", "__class__"),
    "__getitem__",
]
BREAKING = [
    *(broken(method, error) for method in METHODS for error in (ValueError, SystemExit)),
    Endless(),
    Dict(a=1),
    Text("Gao"),
    nested(),
    {"days": nested()},
    [broken("__float__", KeyError)],
]


@every_shape
@pytest.mark.parametrize("answer", range(len(BREAKING)))
def test_answer_that_breaks_gets_a_card(task_id, answer):
    for given in (BREAKING[answer], [BREAKING[answer]] * 2, {"events": BREAKING[answer]}):
        card = compare(task(task_id), given)
        assert card.kind in ("unreadable", "wrong")
        assert "<script>" not in card._repr_html_()


ROWS = 10_000_000
HUGE = {
    "table": lambda: pd.DataFrame({"controller": np.zeros(ROWS), "days": np.zeros(ROWS)}),
    "named index": lambda: pd.DataFrame(
        {"days": np.zeros(ROWS)}, index=pd.RangeIndex(ROWS, name="controller")
    ),
    "column": lambda: pd.Series(np.zeros(ROWS)),
    "array": lambda: np.zeros(ROWS),
    "square": lambda: np.zeros((ROWS // 2, 2)),
    "columns": lambda: {"controller": np.zeros(ROWS), "days": np.zeros(ROWS)},
    "wide": lambda: pd.DataFrame(np.zeros((2, 100_000))),
    "list": lambda: [0] * ROWS,
    "rows": lambda: [(0, 0)] * ROWS,
    "text": lambda: "a" * ROWS,
    "range": lambda: range(10**12),
    "keys": lambda: dict.fromkeys(range(1_000_000), 0),
    "number": lambda: 10**5000,
}


@pytest.mark.parametrize("kind", HUGE)
def test_huge_answer_is_refused_at_once(kind):
    answer = HUGE[kind]()
    for task_id in SHAPES:
        begin = time.perf_counter()
        card = compare(task(task_id), answer)
        assert time.perf_counter() - begin < 1
        assert card.kind in ("unreadable", "wrong")
        assert "could not be read" not in card.text
        assert len(card.text) < 900


@every_shape
@pytest.mark.parametrize(
    "written",
    [
        "<img src=x onerror=alert(1)>",
        "[here](javascript:alert(1))",
        "[here](https://example.org)",
        "a\n\n    b\x1b[31m",
    ],
)
def test_what_a_learner_wrote_stays_text(task_id, written):
    frame = pd.DataFrame({written: [1], "other": [written]})
    answers = [written, [written], (written, written), {written: written}, frame, {"days": frame}]
    answers += [{"events": written, "deaths": written}, [(written, 3)], frame.set_index(written)]
    answers += [{written: 1}, {"region_id": [written], "deaths_best": [2]}]
    for answer in answers:
        html = compare(task(task_id), answer)._repr_html_()
        assert not any(mark in html for mark in ("<img", "<a ", "<pre", "\x1b"))
    assert "<img" not in check(written, 1)._repr_html_() + hint(written)._repr_html_()


def test_answer_is_left_as_it_was():
    frame = pd.DataFrame({"controller": ["mnla", "mujao"], "days": [1, 2]}).set_index("controller")
    before = frame.copy(deep=True)
    compare(task("origins.q3"), frame)
    pd.testing.assert_frame_equal(frame, before)
    listed = [["MNLA", 1], ["MUJAO", 2]]
    compare(task("origins.q3"), listed)
    assert listed == [["MNLA", 1], ["MUJAO", 2]]
    once = iter(["BEN"])
    assert "list(...)" in compare(task("governance.q5"), once).text
    assert list(once) == ["BEN"]


@pytest.mark.parametrize("call", [check, hint, progress])
@pytest.mark.parametrize(
    "argument", [3, 3.5, ["origins"], {}, pd.DataFrame({"a": [1]}), len, b"a", "", " ", "a" * 10**6]
)
def test_argument_of_another_kind_gets_a_card(folder, call, argument):
    card = call(argument)
    assert card.kind in ("unreadable", "progress")
    assert len(repr(card)) < 500


def test_call_that_is_nearly_right_is_told_how(folder):
    assert 'check("warm-up.q1", your_answer)' in check().text
    assert 'check("warm-up.q1", your_answer)' in check(359, "warm-up.q4").text
    assert "(..., ...)" in check("warm-up.q4", 43, 359).text
    assert 'hint("warm-up.q1")' in hint().text
    for step in (2.0, "2", True, None, pd.Series([1]), -1):
        assert hint("warm-up.q4", step).kind in ("hint", "unreadable")
