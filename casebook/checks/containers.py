"""Lists, records and tables of an answer, read into rows of plain values.

What is read is never changed: whatever needs another form is copied. Sizes are looked at before
contents, so that the largest table is refused as quickly as the smallest.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from typing import Any

from casebook.checks import values
from casebook.checks.shapes import List, Record, Shape, Table, Truth, described
from casebook.checks.values import NotReadable

MOST_ROWS = 5000


def refuse_used_up(answer: Any) -> None:
    """Raise `NotReadable` for what can be read once only, and would be empty at the next check."""
    if isinstance(answer, Iterator):
        raise NotReadable(
            f"This is {values.kind_of(answer)}: it hands out its values once and is empty "
            "afterwards. Put list(...) around it."
        )


def several(answer: Any, expected: List) -> list[Any]:
    """Return the values of a list."""
    import pandas as pd

    if isinstance(answer, pd.DataFrame):
        if len(answer.columns) == 1:
            raise NotReadable(
                "This is a table with one column. Take the column out of it, for example with "
                f"table['{values.shown(answer.columns[0])}']."
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
    if expected.ordered and isinstance(answer, Set):
        raise NotReadable("A set has no order, and here the order counts. Write a list: [...].")
    given = _few(answer)
    if not isinstance(expected.item, Truth) and all(values.is_truth(value) for value in given):
        raise NotReadable(
            "These are True and False, one for each row: a condition. Put it between brackets to "
            "choose rows, as in table[condition], and take one column of what is left."
        )
    found = [values.value(value, expected.item) for value in given]
    # Without an order, naming something twice is naming it.
    return found if expected.ordered else sorted(set(found), key=lambda v: json.dumps(v))


def record(answer: Any, expected: Record) -> list[Any]:
    """Return the values of a record in its order."""
    import pandas as pd

    names = [name for name, _ in expected.fields]
    answer = _only_row(answer, names)
    if isinstance(answer, pd.DataFrame):
        raise _expected(expected, f"a table of {len(answer):,} rows")
    if isinstance(answer, pd.Series):
        if len(answer) > MOST_ROWS:
            raise _expected(expected, f"a column of {len(answer):,} values")
        found = (
            None if _counting(answer.index) else _by_name(list(answer.index), list(answer), names)
        )
    elif isinstance(answer, Mapping):
        found = _by_name(_few(answer), list(answer.values()), names)
    elif isinstance(answer, (str, Set)) or not isinstance(answer, Iterable):
        raise _expected(expected, values.kind_of(answer))
    else:
        found = None
    if found is None:
        given = _few(answer)
        if len(given) != len(names):
            raise NotReadable(f"Expected {described(expected)}. You gave {len(given):,}.")
        found = dict(zip(names, given, strict=True))
    return [values.value(found[name], item, what=name) for name, item in expected.fields]


def _only_row(answer: Any, names: list[str]) -> Any:
    """Take the one row out of a table, or out of a list, that holds a record."""
    import pandas as pd

    if isinstance(answer, pd.DataFrame):
        upright = len(answer.columns) == 1 and 1 < len(answer) <= MOST_ROWS
        if upright and {*map(values.plain, names)} <= {*map(values.plain, answer.index)}:
            return answer.iloc[:, 0]
        return answer.iloc[0] if len(answer) == 1 else answer
    if (
        _is_row(answer)
        and len(answer) == 1
        and (isinstance(answer[0], Mapping) or _is_row(answer[0]))
    ):
        return answer[0]
    return answer


def table(answer: Any, expected: Table) -> list[list[Any]]:
    """Return the rows of a table, its columns in their order."""
    import pandas as pd

    names = [name for name, _ in expected.columns]
    _refuse_long(answer)
    if isinstance(answer, pd.Series):
        answer = _frame_of(answer, names)
    elif isinstance(answer, Mapping):
        answer = _frame_of_mapping(answer, names)
    elif not isinstance(answer, pd.DataFrame):
        answer = _frame_of_rows(answer, expected)
    if isinstance(answer.columns, pd.MultiIndex):
        raise NotReadable(
            "The columns of this table have two levels, as after agg([...]). Choose one function, "
            "or name the results: agg(days=('days', 'sum'))."
        )
    if len(answer.columns) > MOST_ROWS:
        raise NotReadable(f"This table has {len(answer.columns):,} columns; choose first.")
    if not len(answer):
        raise NotReadable("This table has no rows. Look again at the condition that chose them.")
    answer = _index_as_columns(answer, names)
    where = _by_name(list(answer.columns), range(len(answer.columns)), names, "the column")
    columns = [answer.iloc[:, where[name]].tolist() for name in names]
    return [
        [
            values.value(value, item, what=f"column {name}, row {number}")
            for value, (name, item) in zip(row, expected.columns, strict=True)
        ]
        for number, row in enumerate(zip(*columns, strict=True), 1)
    ]


def _refuse_long(answer: Any) -> None:
    if not isinstance(answer, Collection) or isinstance(answer, (str, bytes)):
        return
    contents = answer.values() if isinstance(answer, Mapping) and len(answer) < 100 else ()
    longest = max(
        [len(answer), *(len(v) for v in contents if isinstance(v, Collection) or _is_row(v))]
    )
    if longest > MOST_ROWS:
        raise NotReadable(f"This table has {longest:,} rows; it was not summarised yet.")


def _index_as_columns(frame: Any, names: list[str]) -> Any:
    """Make columns of an index with names, or of words that stand for the one missing column."""
    kept = [name for name in frame.index.names if name is not None and name not in frame.columns]
    if kept:
        return frame.reset_index(level=kept)
    have = {values.plain(column) for column in frame.columns}
    missing = [name for name in names if values.plain(name) not in have]
    if len(missing) != 1 or frame.index.nlevels > 1:
        return frame
    labels = [label for label in frame.index if not values.is_missing(label)]
    in_words = labels and all(isinstance(label, str) for label in labels)
    return frame.rename_axis(missing[0]).reset_index() if in_words else frame


def _frame_of_rows(answer: Any, expected: Table) -> Any:
    import pandas as pd

    names = [name for name, _ in expected.columns]
    unordered = isinstance(answer, Set) and not expected.ordered
    rows = _few(answer) if _is_row(answer) or unordered else []
    if not rows or not all(isinstance(row, Mapping) or _is_row(row) for row in rows):
        raise _expected(expected, values.kind_of(answer))
    if any(len(row) != len(names) for row in rows if not isinstance(row, Mapping)):
        raise NotReadable(f"Each row needs {len(names)} values: {', '.join(names)}.")
    if isinstance(rows[0], Mapping):
        return pd.DataFrame(rows)
    # In columns of objects: numpy would turn numbers beside words into words.
    return pd.DataFrame({name: pd.Series([row[i] for row in rows], dtype=object)
                         for i, name in enumerate(names)})  # fmt: skip


def _is_row(row: Any) -> bool:
    """Whether something is a row, or rows, without names: of Python, numpy or `to_records()`."""
    arrays = ("ndarray", "recarray", "record", "void")
    return isinstance(row, (list, tuple)) or type(row).__name__ in arrays


def _frame_of(series: Any, names: list[str]) -> Any:
    """Take a Series for a table of two columns: its index and its values."""
    if len(names) != series.index.nlevels + 1 or _row_by_row(series.index):
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


def _row_by_row(index: Any) -> bool:
    """Whether an index holds only the rows' numbers, as in a table that was read."""
    return index.nlevels == 1 and index.name is None and index.dtype.kind in "iu"


def _frame_of_mapping(answer: Mapping[Any, Any], names: list[str]) -> Any:
    """Take a dictionary for a table: of columns, or with a key for each row."""
    import pandas as pd

    contents = list(answer.values())
    by_column = {*map(values.plain, names)} <= {*map(values.plain, answer)}
    if not by_column and contents and all(isinstance(v, Mapping) for v in contents):
        return pd.DataFrame([{names[0]: key, **row} for key, row in answer.items()])
    listed = all(_is_listed(content) for content in contents)
    if listed and not by_column and all(len(v) == len(names) - 1 for v in contents):
        rows = [(key, *row) for key, row in answer.items()]
        return pd.DataFrame(rows, columns=names, dtype=object)
    if listed:
        if len({len(v) for v in contents}) > 1:
            raise NotReadable("The columns of this table are not equally long.")
        return pd.DataFrame({key: list(column) for key, column in answer.items()})
    if by_column and all(isinstance(v, Mapping) for v in contents):
        return pd.DataFrame(dict(answer))
    if len(names) != 2:
        raise NotReadable(
            f"This dictionary gives one value for each key. Expected a table with the columns "
            f"{', '.join(names)}."
        )
    return pd.DataFrame(list(answer.items()), columns=names, dtype=object)


def _is_listed(content: Any) -> bool:
    return isinstance(content, (list, tuple)) or (
        hasattr(content, "tolist") and getattr(content, "ndim", 1) == 1
    )


def _by_name(
    given: list[Any], contents: Iterable[Any], names: list[str], noun: str = "the name"
) -> dict[str, Any]:
    """Return contents by the names that are asked, however those were written."""
    wanted = {values.plain(name): name for name in names}
    found: dict[str, Any] = {}
    for name, content in zip(given, contents, strict=True):
        asked = wanted.get(values.plain(name))
        if asked in found:
            raise NotReadable(f"The name {asked} stands here twice. Keep the one that is meant.")
        if asked is not None:
            found[asked] = content
    missing = [name for name in names if name not in found]
    if missing:
        others = [values.shown(name) for name in given if values.plain(name) not in wanted]
        other = f" If {others[0]} is meant, give it that name." if len(others) == 1 else ""
        yours = [values.shown(name) for name in given[:12]]
        more = f" and {len(given) - 12:,} more" if len(given) > 12 else ""
        raise NotReadable(
            f"Expected {noun}{'s' * (len(names) > 1)} {', '.join(names)}. "
            f"Yours: {', '.join(yours) or 'none'}{more}. Missing: {', '.join(missing)}."
            f"{other if len(missing) == 1 else ''}"
        )
    return found


def _counting(index: Any) -> bool:
    return list(index) == list(range(len(index)))


def _few(answer: Iterable[Any]) -> list[Any]:
    found = list(itertools.islice(iter(answer), MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise NotReadable(f"These are more than {MOST_ROWS:,} values; choose first.")
    if not found:
        raise NotReadable("This is empty. Look again at the condition that chose its contents.")
    return found


def _expected(expected: Shape, found: str) -> NotReadable:
    return NotReadable(f"Expected {described(expected)}. You gave {found}.")
