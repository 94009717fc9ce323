"""Every task of every master: right ways pass, known mistakes are named, others never pass."""

from __future__ import annotations

import copy
import random

import numpy as np
import pandas as pd
import pytest

from casebook.checks import reading
from casebook.checks.asking import compare
from casebook.checks.shapes import Day, List, Name, Number, Record, Table, Truth

from .conftest import TASKS

every_task = pytest.mark.parametrize("task_id", TASKS)
PERTURBATIONS = 200


@every_task
def test_right_answer_passes_however_it_was_found(case):
    assert len(case.answers.alternatives) >= 2
    for answer in (case.answers.right, *case.answers.alternatives):
        card = compare(case.key, answer)
        assert card.kind == "right", card


@every_task
def test_known_mistakes_get_their_own_diagnosis(case):
    assert len(case.answers.wrongs) >= 3
    said = set()
    for name, _, answer in case.answers.wrongs:
        card = compare(case.key, answer)
        assert card.kind == "diagnosed", f"{name}: {card}"
        said.add(card.text)
    assert len(said) == len(case.answers.wrongs)


@every_task
def test_other_answers_never_pass(case):
    expected, offsets = case.key.shape, case.key.offsets
    rows = reading.read(case.answers.right, expected)
    right = set(reading.key_forms(case.answers.right, expected, offsets))
    chance = random.Random(case.key.id)
    tried = 0
    for _ in range(PERTURBATIONS):
        other = rebuilt(perturbed(rows, expected, chance), expected)
        if set(reading.forms(other, expected, offsets)) & right:
            continue  # inside the tolerance
        tried += 1
        # A key opens to its own form only: the slow hash need not be run for each.
        if tried % 8 == 1:
            assert compare(case.key, other).kind in ("wrong", "diagnosed")
    assert tried >= PERTURBATIONS // 2


@every_task
@pytest.mark.parametrize(
    "accident",
    [
        ...,
        None,
        "",
        "359",
        float("nan"),
        np.nan,
        pd.NA,
        pd.NaT,
        len,
        int,
        object(),
        [],
        {},
        pd.DataFrame({"a": [1]}),
        pd.DataFrame(),
        pd.Series([], dtype=float),
        pd.DataFrame({"a": [1, 2]}).groupby("a"),
        (n for n in range(3)),
        {"a": {"b": 1}},
        10**400,
        "😀" * 1000,
        complex(1, 1),
    ],
    ids=lambda value: f"{type(value).__name__} {str(value)[:12]!r}",
)
def test_accident_gets_a_kind_sentence(case, accident):
    card = compare(case.key, accident)
    assert card.kind in ("open", "unreadable", "wrong")
    for text in (repr(card), card._repr_html_()):
        assert "Traceback" not in text
        assert 20 < len(text) < 2500


def perturbed(rows: list[list], expected, chance: random.Random) -> list[list]:
    """Change one value of an answer, or leave a row out."""
    rows = copy.deepcopy(rows)
    if len(rows) > 2 and chance.random() < 0.2:
        rows.pop(chance.randrange(len(rows)))
        return rows
    items = reading._items(expected)
    i, j = chance.randrange(len(rows)), chance.randrange(len(items))
    rows[i][j] = _other(rows[i][j], items[j], chance)
    return rows


def _other(value, item, chance: random.Random):
    if isinstance(item, Number):
        value = value or 0.0
        step = item.tolerance or 10.0**-item.decimals
        return value + chance.choice((-1, 1)) * step * chance.choice((0.3, 1.01, 2, 7, 30, 365))
    if isinstance(item, Day):
        moved = pd.Timestamp(value or "2012-01-01") + pd.Timedelta(days=chance.randint(-400, 400))
        return f"{moved:%Y-%m}" if item.month else f"{moved:%Y-%m-%d}"
    if isinstance(item, Truth):
        return "false" if value == "true" else "true"
    assert isinstance(item, Name)
    if item.options:
        return chance.choice(item.options)
    if item.among:
        from casebook.checks.values import _spellings

        return chance.choice(list(_spellings(item.among)))
    return f"{value}{chance.choice('abcxyz')}"


def rebuilt(rows: list[list], expected):
    """Return rows as an answer of the shape."""
    if isinstance(expected, Table):
        return pd.DataFrame(rows, columns=[name for name, _ in expected.columns])
    if isinstance(expected, Record):
        return dict(zip((name for name, _ in expected.fields), rows[0], strict=True))
    return [row[0] for row in rows] if isinstance(expected, List) else rows[0][0]
