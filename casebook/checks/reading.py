"""What a learner answered, brought to a normal form that can be compared.

Numbers may be of Python, numpy or pandas; dates may be text, dates or Timestamps; tables may have
their rows and columns in any order. What cannot be read raises `NotReadable` with a sentence that
says what to do.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Mapping
from typing import Any

from casebook.checks import containers, values
from casebook.checks.shapes import Item, List, Number, Record, Shape, Table

CLOSE = 1e-6
"""How near to the middle between two roundings a key's value is filed under both."""
MOST_SHARE = 30.0
"""The largest number that may be a share where a percentage is asked, as 1.01 for 101 %."""


def forms(answer: Any, expected: Shape, offsets: Mapping[str, float] | None = None) -> list[str]:
    """Return the normal forms of an answer, the likeliest first.

    There is more than one only where a percentage may be given as a share.

    Parameters
    ----------
    answer
        Anything.
    expected : Shape
        From `casebook.checks.shapes.shape`.
    offsets : mapping, optional
        For numbers with a tolerance: where the grid stands, by name of the value ("" for a lone
        number); see `offset`.

    Raises
    ------
    NotAnswered
        If nothing was answered yet.
    NotReadable
        If the answer is of another kind; the message is for the learner.
    """
    return forms_of(read(answer, expected), expected, offsets)


def forms_of(
    rows: list[list[Any]], expected: Shape, offsets: Mapping[str, float] | None = None
) -> list[str]:
    """Return the normal forms of an answer that was read; see `forms`."""
    return [_written(scaled, expected, offsets or {}) for scaled in _scales(rows, expected)]


def key_forms(answer: Any, expected: Shape, offsets: Mapping[str, float]) -> list[str]:
    """Return the forms under which a key files an answer: rounding may go either way at a half."""
    rows = read(answer, expected)
    items = _items(expected)
    halves = [
        (i, j)
        for i, row in enumerate(rows)
        for j, value in enumerate(row)
        if isinstance(item := items[j], Number) and _half(value, item)
    ]
    written: dict[str, None] = {}
    for signs in itertools.product((-1, 1), repeat=min(len(halves), 4)):
        moved = [list(row) for row in rows]
        for (i, j), sign in zip(halves, signs, strict=False):
            moved[i][j] += sign * 2 * CLOSE
        written[_written(moved, expected, offsets)] = None
    return list(written)


def counted_forms(answer: Any, expected: Shape, offsets: Mapping[str, float]) -> list[str]:
    """Return the forms of an answer whose averages or shares were rounded to whole numbers."""
    items = _items(expected)
    rows = [
        [
            round(value) if value is not None and getattr(item, "whole", False) else value
            for value, item in zip(row, items, strict=True)
        ]
        for row in read(answer, expected)
    ]
    return [_written(rows, expected, offsets)]


def offset(value: float, item: Number) -> float:
    """Return where the grid of a tolerance stands so that `value` is the middle of a cell."""
    return value % (2 * item.tolerance)


def read(answer: Any, expected: Shape) -> list[list[Any]]:
    """Return an answer as rows of plain values: one row of one value for a lone number.

    Raises
    ------
    NotAnswered, NotReadable
        As in `forms`.
    """
    values.refuse_nothing(answer)
    values.refuse_function(answer)
    containers.refuse_used_up(answer)
    if isinstance(expected, Table):
        return containers.table(answer, expected)
    if isinstance(expected, Record):
        return [containers.record(answer, expected)]
    if isinstance(expected, List):
        return [[value] for value in containers.several(answer, expected)]
    return [[values.value(answer, expected)]]


# --- Said back ----------------------------------------------------------------------------------


def said_back(rows: list[list[Any]], expected: Shape) -> str:
    """Return in words how an answer was read, such as ``events 43, deaths 359``.

    Nothing but the answer itself is said: a learner may see a slip of the keyboard, a table of
    one row or a zero, and learns nothing about the key.
    """
    items = _items(expected)
    if isinstance(expected, Table):
        first = _row_said(rows[0], items, _names(expected))
        return f"a table with {_counted(len(rows), 'row')}; the first is {first}"
    if isinstance(expected, Record):
        return _row_said(rows[0], items, _names(expected))
    shown = [_said(row[0], items[0]) for row in rows[:5]]
    return ", ".join(shown) + (f" and {len(rows) - 5} more" if len(rows) > 5 else "")


def no_count(rows: list[list[Any]], expected: Shape) -> float | None:
    """Return a number with decimals from a place where things are counted, if there is one."""
    counted = [j for j, item in enumerate(_items(expected)) if getattr(item, "whole", False)]
    given = (row[j] for row in rows for j in counted)
    return next((v for v in given if v is not None and not _is_whole(v)), None)


def all_zero(rows: list[list[Any]], expected: Shape) -> bool:
    """Whether an answer holds numbers and all of them are zero."""
    numbers = [j for j, item in enumerate(_items(expected)) if isinstance(item, Number)]
    return bool(numbers) and all(row[j] == 0 for row in rows for j in numbers)


def _row_said(row: list[Any], items: list[Item], names: list[str]) -> str:
    return ", ".join(
        f"{name} {_said(value, item)}" for name, value, item in zip(names, row, items, strict=True)
    )


def _said(value: Any, item: Item) -> str:
    if value is None:
        return "None"
    if isinstance(item, Number):
        return f"{round(value, item.decimals + 2) + 0.0:.15g}"
    return f"'{values.shown(value)}'"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"


# --- Normal form --------------------------------------------------------------------------------


def _items(expected: Shape) -> list[Item]:
    if isinstance(expected, Table):
        return [item for _, item in expected.columns]
    if isinstance(expected, Record):
        return [item for _, item in expected.fields]
    return [expected.item if isinstance(expected, List) else expected]


def _names(expected: Shape) -> list[str]:
    if isinstance(expected, Table):
        return [name for name, _ in expected.columns]
    return [name for name, _ in expected.fields] if isinstance(expected, Record) else [""]


def _scales(rows: list[list[Any]], expected: Shape) -> list[list[list[Any]]]:
    items = _items(expected)
    percent = [j for j, item in enumerate(items) if isinstance(item, Number) and item.percent]
    given = [row[j] for row in rows for j in percent if row[j] is not None]
    if not given or max(map(abs, given)) > MOST_SHARE:
        return [rows]
    scaled = [
        [v * 100 if j in percent and v is not None else v for j, v in enumerate(row)]
        for row in rows
    ]
    return [scaled, rows] if max(map(abs, given)) <= 1 else [rows, scaled]


def _written(rows: list[list[Any]], expected: Shape, offsets: Mapping[str, float]) -> str:
    items = _items(expected)
    starts = [offsets.get(name, 0.0) for name in _names(expected)]
    written = [list(map(_rounded, row, items, starts)) for row in rows]
    in_order = isinstance(expected, (List, Table)) and expected.ordered
    if not in_order:
        written.sort(key=json.dumps)
    return json.dumps(written, ensure_ascii=True, separators=(",", ":"))


def _rounded(value: Any, item: Item, start: float) -> Any:
    if not isinstance(item, Number) or value is None:
        return value
    if item.tolerance:
        width = 2 * item.tolerance * (1 + 1e-9)
        return math.floor((value - start) / width + 0.5)
    if item.whole and not _is_whole(value):
        # 142.3 days are not 142 days rounded but another way of counting.
        return f"above {math.floor(value)}"
    # Half away from zero, with room for what binary fractions lose.
    scale = 10**item.decimals
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9), value) / scale + 0.0


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < CLOSE


def _half(value: Any, item: Number) -> bool:
    if value is None or item.tolerance or item.whole:
        return False
    scaled = abs(value) * 10**item.decimals
    return bool(abs(scaled - math.floor(scaled) - 0.5) < CLOSE * 10**item.decimals)
