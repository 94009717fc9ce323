"""Every task: the right answer in unusual forms passes, and near misses of any form do not."""

from __future__ import annotations

import datetime
import itertools
from collections import namedtuple
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from casebook.checks import reading
from casebook.checks.shapes import Day, List, Name, Number, Record, Table, Truth

from .conftest import TASKS
from .test_catalogue import rebuilt

every_task = pytest.mark.parametrize("task_id", TASKS)
FRENCH = [
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
]


def right(case, answer) -> bool:
    """Whether an answer opens the right entry; the slow hash adds nothing to that."""
    expected, offsets = case.key.shape, case.key.offsets
    filed = reading.key_forms(case.answers.right, expected, offsets)
    return bool(set(reading.forms(answer, expected, offsets)) & set(filed))


@every_task
def test_right_answer_passes_in_every_container(case):
    expected = case.key.shape
    answer = rebuilt(reading.read(case.answers.right, expected), expected)
    for name, other in CONTAINERS[type(expected)](answer):
        assert right(case, other), name


@every_task
def test_right_answer_passes_in_every_type_of_value(case):
    expected = case.key.shape
    rows = reading.read(case.answers.right, expected)
    for j, item in enumerate(reading._items(expected)):
        for name, turned in _types(item):
            other = [[turned(v) if k == j and v is not None else v for k, v in enumerate(row)]
                     for row in rows]  # fmt: skip
            if isinstance(expected, Table):
                names = [name for name, _ in expected.columns]
                answer = pd.DataFrame(
                    {n: pd.Series([row[k] for row in other], dtype=object)
                     for k, n in enumerate(names)}
                )  # fmt: skip
            else:
                answer = rebuilt(other, expected)
            assert right(case, answer), name


@every_task
def test_near_miss_does_not_pass(case):
    expected = case.key.shape
    rows = reading.read(case.answers.right, expected)
    for name, other in _misses(rows, expected):
        try:
            passed = right(case, rebuilt(other, expected))
        except (reading.values.NotReadable, reading.values.NotAnswered):
            continue
        assert not passed, name


def _of_table(frame: pd.DataFrame):
    first, *others = frame.columns
    pairs = frame.convert_dtypes()
    yield "shuffled", frame.sample(frac=1, random_state=1)
    yield "columns turned round", frame[frame.columns[::-1]]
    yield "one column more", frame.assign(more=1)
    yield "index", frame.set_index(first)
    yield "two levels of index", frame.set_index([first, *others[:-1]])
    yield "column with an index", frame.set_index([first, *others[:-1]])[others[-1]]
    yield "same number for all rows", frame.set_axis([7] * len(frame))
    yield "dtypes of pandas", pairs
    yield "objects", frame.astype(object)
    yield "categories", frame.assign(**{first: frame[first].astype("category")}).set_index(first)
    yield "capitals", frame.rename(columns=str.upper)
    yield "dictionaries", frame.to_dict("records")
    yield "dictionary of lists", frame.to_dict("list")
    yield "dictionary of columns", {name: frame[name] for name in frame}
    yield "dictionary of dictionaries", frame.to_dict()
    yield "tuples", list(frame.itertuples(index=False, name=None))
    yield "named tuples", list(frame.itertuples(index=False))
    yield "lists", frame.to_numpy(dtype=object).tolist()
    yield "set", set(frame.itertuples(index=False, name=None))
    yield "array", frame.to_numpy(dtype=object)
    yield "array of records", frame.to_records(index=False)
    if frame[first].is_unique:
        keyed = dict(zip(frame[first], frame[others].itertuples(index=False, name=None),
                         strict=True))  # fmt: skip
        yield "tuples by key", keyed
        yield (
            "dictionaries by key",
            {k: dict(zip(others, v, strict=True)) for k, v in keyed.items()},
        )
        if len(others) == 1:
            yield "values by key", {k: v[0] for k, v in keyed.items()}
    if not pd.api.types.is_numeric_dtype(frame[first]):
        yield "index without a name", frame.set_index(first).rename_axis(None)


def _of_record(answer: dict):
    given = list(answer.values())
    yield "turned round", dict(reversed(answer.items()))
    yield "list", given
    yield "tuple", tuple(given)
    yield "named tuple", namedtuple("Answer", answer)(*given)
    yield "values", answer.values()
    yield "column with names", pd.Series(answer)
    yield "column", pd.Series(given, dtype=object)
    yield "array", np.array(given, dtype=object)
    yield "row of an array", np.array([given], dtype=object)
    yield "table of one row", pd.DataFrame([answer], index=["all"])
    yield "table of one column", pd.DataFrame([answer]).T
    yield "list of one", [answer]
    yield "capitals", {name.upper(): value for name, value in answer.items()}


def _of_list(answer: list):
    for kind in (tuple, set, frozenset, pd.Series, pd.Index, np.array, pd.Categorical):
        yield kind.__name__, kind(answer)
    yield "turned round", answer[::-1]
    yield "keys", dict.fromkeys(answer).keys()
    yield "text of pandas", pd.Series(answer, dtype="string")


CONTAINERS = {
    Table: _of_table,
    Record: _of_record,
    List: _of_list,
    Number: lambda answer: [("0-d", np.array(answer)), ("number", answer)],
}


def _types(item):
    """Ways to write a value, with their names."""
    if isinstance(item, Number):
        kinds = [np.float64, np.float32, np.array, Fraction, lambda v: Decimal(repr(float(v)))]
        kinds.append(lambda v: np.int64(v) if v == int(v) else v)
        kinds.append(lambda v: round(v, item.decimals))
    elif isinstance(item, Day):
        stamp = pd.Timestamp
        first = "" if item.month else "%d "
        kinds = [
            stamp,
            lambda v: stamp(v).date(),
            lambda v: stamp(v).to_pydatetime().replace(tzinfo=datetime.UTC),
            lambda v: stamp(v).tz_localize("Africa/Bamako"),
            lambda v: np.datetime64(v, "ns"),
            lambda v: np.array(np.datetime64(v, "s")),
            lambda v: pd.Period(v, "M" if item.month else "D"),
            lambda v: f"{stamp(v):{first}%B %Y}",
            lambda v: f"{stamp(v):{first}%b %Y}",
            lambda v: f"{stamp(v).day if first else ''} {FRENCH[stamp(v).month - 1]} {v[:4]}",
            lambda v: stamp(v).tz_localize("UTC").isoformat(),
            lambda v: v.replace("-", "/"),
        ]
    elif isinstance(item, Truth):
        kinds = [lambda v: v == "true", lambda v: np.bool_(v == "true"), str.title]
    else:
        assert isinstance(item, Name)
        kinds = [np.str_, str.upper, "  {} ".format]
    return enumerate(kinds)


def _misses(rows: list[list], expected):
    """Wrong answers that look like the right one."""
    items = reading._items(expected)
    if isinstance(expected, Table):
        yield "a row twice", [*rows, rows[0]]
    if len(rows) > 1:
        yield "first row missing", rows[1:]
        yield "last row missing", rows[:-1]
    for j, k in itertools.combinations(range(len(items)), 2):
        swapped = [[row[{j: k, k: j}.get(i, i)] for i in range(len(row))] for row in rows]
        if swapped != rows:
            yield f"values {j} and {k} swapped", swapped
    for j, item in enumerate(items):
        column = [row[j] for row in rows]
        for name, moved in _moved(column, item):
            other = [[*row[:j], value, *row[j + 1 :]]
                     for row, value in zip(rows, moved, strict=True)]  # fmt: skip
            if sorted(map(str, other)) != sorted(map(str, rows)):
                yield f"value {j}: {name}", other


def _moved(column: list, item):
    if len(column) > 1 and not isinstance(item, Truth):
        yield "one row further", column[1:] + column[:1]
    yield "first missing", [0.0 if column[0] is None else None, *column[1:]]
    if not isinstance(item, Number):
        return
    step = 1.01 * 10.0**-item.decimals
    turns = [
        ("sign turned", lambda v: 0.0 - v),
        ("thousands", lambda v: v / 1000),
        ("hundredfold", lambda v: v * 100),
        ("one step up", lambda v: v + step),
        ("one step down", lambda v: v - step),
    ]
    if not item.percent:
        turns.append(("share", lambda v: v / 100))
    if item.whole:
        turns += [("a little more", lambda v: v + 0.3), ("a little less", lambda v: v - 0.3)]
    for name, turn in turns:
        yield name, [None if v is None else turn(v) for v in column]
