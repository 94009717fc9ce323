"""What a learner answered, brought to a normal form that can be compared.

Numbers may be of Python, numpy or pandas; dates may be text, dates or Timestamps; tables may have
their rows and columns in any order. What cannot be read raises `NotReadable` with a sentence that
says what to do.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from casebook.checks import values
from casebook.checks.shapes import Item, List, Number, Record, Shape, Table, Truth, described
from casebook.checks.values import NotReadable

MOST_ROWS = 5000
CLOSE = 1e-6
"""How near to the middle between two roundings a key's value is filed under both."""


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
        if isinstance(items[j], Number) and _half(value, items[j])
    ]
    written = {}
    for signs in itertools.product((-1, 1), repeat=min(len(halves), 4)):
        moved = [list(row) for row in rows]
        for (i, j), sign in zip(halves, signs, strict=False):
            moved[i][j] += sign * 2 * CLOSE
        written[_written(moved, expected, offsets)] = None
    return list(written)


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
    if isinstance(expected, Table):
        return _table(answer, expected)
    if isinstance(expected, Record):
        return [_record(answer, expected)]
    if isinstance(expected, List):
        return [[value] for value in _list(answer, expected)]
    return [[values.value(answer, expected)]]


# --- Containers ---------------------------------------------------------------------------------


def _list(answer: Any, expected: List) -> list[Any]:
    import pandas as pd

    if isinstance(answer, pd.DataFrame):
        if len(answer.columns) == 1:
            raise NotReadable(
                "This is a table with one column. Take the column out of it, for example with "
                f"table[{answer.columns[0]!r}]."
            )
        raise _expected(expected, "a table")
    if isinstance(answer, Mapping):
        raise _expected(expected, "a dictionary")
    if isinstance(answer, str) or not isinstance(answer, Iterable):
        if isinstance(answer, str) and "," in answer:
            raise NotReadable(
                'This is one text with commas. A list looks like ["first", "second"]: brackets '
                "outside, quotation marks around each word."
            )
        answer = [answer]
    given = _few(answer)
    if not isinstance(expected.item, Truth) and all(values.is_truth(value) for value in given):
        raise NotReadable(
            "These are True and False, one for each row: a condition. Put it between brackets to "
            "choose rows, as in table[condition], and take one column of what is left."
        )
    found = [values.value(value, expected.item) for value in given]
    # Without an order, naming something twice is naming it.
    return found if expected.ordered else sorted(set(found), key=lambda v: json.dumps(v))


def _record(answer: Any, expected: Record) -> list[Any]:
    import pandas as pd

    names = [name for name, _ in expected.fields]
    if isinstance(answer, pd.DataFrame):
        if len(answer) != 1:
            raise _expected(expected, f"a table of {len(answer)} rows")
        answer = answer.iloc[0]
    if isinstance(answer, pd.Series):
        answer = answer.to_dict() if not _counting(answer.index) else answer.tolist()
    if isinstance(answer, Mapping):
        found = _by_name(answer, names)
    elif isinstance(answer, (str, set, frozenset)) or not isinstance(answer, Iterable):
        raise _expected(expected, values.kind_of(answer))
    else:
        found = dict(enumerate(_few(answer)))
        if len(found) != len(names):
            raise NotReadable(f"Expected {described(expected)}. You gave {len(found)}.")
        found = dict(zip(names, found.values(), strict=True))
    return [values.value(found[name], item, what=name) for name, item in expected.fields]


def _table(answer: Any, expected: Table) -> list[list[Any]]:
    import pandas as pd

    names = [name for name, _ in expected.columns]
    if isinstance(answer, pd.Series):
        answer = _frame_of(answer, names)
    elif isinstance(answer, Mapping):
        answer = _frame_of_mapping(answer, names)
    elif not isinstance(answer, pd.DataFrame):
        rows = list(_few(answer)) if _is_rows(answer) else None
        if not rows:
            raise _expected(expected, values.kind_of(answer))
        if any(len(row) != len(names) for row in rows if not isinstance(row, Mapping)):
            raise NotReadable(f"Each row needs {len(names)} values: {', '.join(names)}.")
        answer = pd.DataFrame(rows, columns=None if isinstance(rows[0], Mapping) else names)
    named = [name for name in answer.index.names if name is not None]
    if named:
        kept = [name for name in named if name not in answer.columns]
        answer = answer.reset_index(level=kept) if kept else answer
    else:
        answer = _with_nameless_index(answer, names)
    if isinstance(answer.columns, pd.MultiIndex):
        raise NotReadable(
            "The columns of this table have two levels, as after agg([...]). Choose one function, "
            "or name the results: agg(days=('days', 'sum'))."
        )
    if len(answer) > MOST_ROWS:
        raise NotReadable(f"This table has {len(answer):,} rows; it was not summarised yet.")
    if answer.empty:
        raise NotReadable("This table has no rows. Look again at the condition that chose them.")
    found = {column: answer[column].tolist() for column in answer.columns}
    columns = _by_name(found, names, "the column")
    rows = [
        [
            values.value(columns[name][i], item, what=f"column {name}, row {i + 1}")
            for name, item in expected.columns
        ]
        for i in range(len(answer))
    ]
    return rows


def _with_nameless_index(frame: Any, names: list[str]) -> Any:
    """Take words that stand as row names without a title for the one column that is missing."""
    have = {values.plain(column) for column in frame.columns}
    missing = [name for name in names if values.plain(name) not in have]
    in_words = len(frame) and all(isinstance(label, str) for label in frame.index)
    if len(missing) != 1 or frame.index.nlevels > 1 or not in_words:
        return frame
    return frame.rename_axis(missing[0]).reset_index()


def _is_rows(answer: Any) -> bool:
    return isinstance(answer, (list, tuple)) and all(
        isinstance(row, (Mapping, list, tuple)) for row in answer
    )


def _frame_of(series: Any, names: list[str]) -> Any:
    """Take a Series for a table of two columns: its index and its values."""
    if len(names) != series.index.nlevels + 1 or _row_by_row(series):
        raise NotReadable(
            f"This is one column. Expected a table with the columns {', '.join(names)}: count or "
            "group first, or choose all of them with double brackets, table[[...]]."
        )
    levels = list(series.index.names)
    known = {values.plain(name) for name in names}
    fitting = [level for level in levels if level is not None and values.plain(level) in known]
    if len(fitting) < len(levels):
        levels = names[:-1]
        series = series.set_axis(series.index.set_names(levels))
    rest = [name for name in names if values.plain(name) not in map(values.plain, levels)]
    return series.rename(rest[0] if len(rest) == 1 else names[-1]).reset_index()


def _row_by_row(series: Any) -> bool:
    """Whether a Series is a column as it stands in a table, its index only the rows' numbers."""
    index = series.index
    return index.nlevels == 1 and index.name is None and index.dtype.kind in "iu"


def _frame_of_mapping(answer: Mapping, names: list[str]) -> Any:
    import pandas as pd

    listed = [isinstance(v, (list, tuple)) or hasattr(v, "tolist") for v in answer.values()]
    if all(listed) and not all(getattr(v, "ndim", 1) == 0 for v in answer.values()):
        if len({len(v) for v in answer.values()}) > 1:
            raise NotReadable("The columns of this table are not equally long.")
        return pd.DataFrame({key: list(column) for key, column in answer.items()})
    return _frame_of(pd.Series(dict(answer)), names)


def _by_name(found: Mapping, names: list[str], noun: str = "the name") -> dict[str, Any]:
    known = {values.plain(name): content for name, content in found.items()}
    missing = [name for name in names if values.plain(name) not in known]
    wanted = {values.plain(name) for name in names}
    others = [name for name in found if values.plain(name) not in wanted]
    if missing:
        other = f" If {others[0]} is meant, give it that name." if len(others) == 1 else ""
        raise NotReadable(
            f"Expected {noun}{_plural(names)} {', '.join(names)}. Yours: "
            f"{', '.join(map(str, found)) or 'none'}. Missing: {', '.join(missing)}."
            f"{other if len(missing) == 1 else ''}"
        )
    return {name: known[values.plain(name)] for name in names}


def _plural(names: list[str]) -> str:
    return "" if len(names) == 1 else "s"


def _counting(index: Any) -> bool:
    return list(index) == list(range(len(index)))


def _few(answer: Iterable) -> list[Any]:
    found = list(itertools.islice(iter(answer), MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise NotReadable(f"These are more than {MOST_ROWS:,} values; choose first.")
    if not found:
        raise NotReadable("This is empty. Look again at the condition that chose its contents.")
    return found


def _expected(expected: Shape, found: str) -> NotReadable:
    return NotReadable(f"Expected {described(expected)}. You gave {found}.")


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
    return repr(str(value)[:40])


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
    if not given or max(map(abs, given)) > 1:
        return [rows]
    scaled = [
        [v * 100 if j in percent and v is not None else v for j, v in enumerate(row)]
        for row in rows
    ]
    return [scaled, rows]


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
    # Half away from zero, with room for what binary fractions lose.
    scale = 10**item.decimals
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9), value) / scale + 0.0


def _half(value: Any, item: Number) -> bool:
    if value is None or item.tolerance:
        return False
    scaled = abs(value) * 10**item.decimals
    return abs(scaled - math.floor(scaled) - 0.5) < CLOSE * 10**item.decimals
