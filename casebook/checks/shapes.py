"""What an answer should look like: a number, a day, a name, a list, several values, a table.

Shapes are public: they tell a learner what kind of answer is expected, never which one. In a
master they are written short, such as ``number``, ``{number: {decimals: 1}}`` or
``{table: {controller: {name: actors}, days: number}}``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class ShapeError(ValueError):
    """A shape that an author wrote wrongly."""


@dataclass(frozen=True)
class Number:
    """A number, compared after rounding to `decimals`, or within `tolerance`.

    Attributes
    ----------
    decimals : int
        Places that count; an answer with more is rounded, except where none count (`whole`).
    tolerance : float
        Half the width of what is accepted, in the unit of the answer; 0 to compare by `decimals`.
    percent : bool
        Whether the answer is a percentage that may also be given as a share between 0 and 1.
    missing : bool
        Whether "not known" (None or NaN) is a possible answer.
    """

    decimals: int = 0
    tolerance: float = 0.0
    percent: bool = False
    missing: bool = False

    @property
    def whole(self) -> bool:
        """Whether something is counted, so that a number with decimals is never right."""
        return not (self.decimals or self.tolerance or self.percent)


@dataclass(frozen=True)
class Day:
    """A calendar day, or with `month` a calendar month."""

    month: bool = False
    missing: bool = False


@dataclass(frozen=True)
class Name:
    """A word or a name; case and accents do not matter.

    Attributes
    ----------
    among : str
        ``actors``, ``places``, ``regions`` or ``countries`` if any name, acronym or id of that
        table will do; empty for other words.
    options : tuple of str
        The words that may be answered, if they are few and public.
    """

    among: str = ""
    options: tuple[str, ...] = ()
    missing: bool = False


@dataclass(frozen=True)
class Truth:
    """Yes or no."""

    missing: bool = False


Item = Number | Day | Name | Truth


@dataclass(frozen=True)
class List:
    """Several values of a kind; their order counts only if `ordered`."""

    item: Item
    ordered: bool = False


@dataclass(frozen=True)
class Record:
    """Several named values, in the order in which they may also be given without names."""

    fields: tuple[tuple[str, Item], ...]


@dataclass(frozen=True)
class Table:
    """A table; the order of its columns never counts, that of its rows only if `ordered`."""

    columns: tuple[tuple[str, Item], ...]
    ordered: bool = False


Shape = Item | List | Record | Table

_ITEMS = {"number": Number, "day": Day, "name": Name, "truth": Truth}


def shape(written: Any) -> Shape:
    """Read a shape as it stands in a master or a key.

    Parameters
    ----------
    written : str or dict
        See the module's text.

    Raises
    ------
    ShapeError
        If it is no shape; the message says what was found.
    """
    kind, content = _split(written)
    if kind == "list":
        options = dict(content) if isinstance(content, dict) and "item" in content else None
        if options is None:
            return List(_item(content))
        return List(_item(options["item"]), bool(options.get("ordered", False)))
    if kind == "record":
        return Record(_fields(content))
    if kind == "table":
        if isinstance(content, dict) and "columns" in content:
            return Table(_fields(content["columns"]), bool(content.get("ordered", False)))
        return Table(_fields(content))
    return _item(written)


def _split(written: Any) -> tuple[str, Any]:
    if isinstance(written, str):
        return written, None
    if isinstance(written, dict) and len(written) == 1:
        return next(iter(written.items()))
    raise ShapeError(f"A shape is a word or one key with its details, not {written!r}")


def _item(written: Any) -> Item:
    kind, details = _split(written)
    if kind not in _ITEMS:
        raise ShapeError(f"{kind!r} is no kind of value; there are {', '.join(_ITEMS)}")
    if details is None:
        details = {}
    elif isinstance(details, str):
        details = {"among": details}
    elif isinstance(details, list):
        details = {"options": tuple(details)}
    elif "options" in details:
        details = details | {"options": tuple(details["options"])}
    try:
        item: Item = _ITEMS[kind](**details)
        return item
    except TypeError as error:
        raise ShapeError(f"{kind}: {error}") from error


def _fields(written: Any) -> tuple[tuple[str, Item], ...]:
    if not isinstance(written, dict) or not written:
        raise ShapeError(f"Expected names with their kinds, not {written!r}")
    return tuple((str(name), _item(item)) for name, item in written.items())


def described(expected: Shape) -> str:
    """Return in words what is expected, such as ``a table with the columns actor and days``."""
    if isinstance(expected, List):
        order = ", in order" if expected.ordered else ""
        return f"a list of {_plural(expected.item)}{order}"
    if isinstance(expected, Record):
        names = [f"{name} ({_one(item)})" for name, item in expected.fields]
        return f"{len(names)} values: {_joined(names)}"
    if isinstance(expected, Table):
        names = [f"{name} ({_plural(item)})" for name, item in expected.columns]
        return f"a table with {_columns(len(names))} {_joined(names)}"
    return _one(expected)


def _columns(count: int) -> str:
    return "the column" if count == 1 else "the columns"


def _one(item: Item) -> str:
    if isinstance(item, Number):
        places = f", to {item.decimals} decimal{'s' * (item.decimals > 1)}" if item.decimals else ""
        return ("a percentage" if item.percent else "a number") + places
    if isinstance(item, Day):
        return "a month, such as 2012-03" if item.month else "a date, such as 2012-03-22"
    if isinstance(item, Truth):
        return "True or False"
    if item.options:
        return f"one of {_joined([repr(o) for o in item.options], 'or')}"
    kinds = {
        "actors": "an actor", "places": "a place", "regions": "a region", "countries": "a country"
    }  # fmt: skip
    return kinds.get(item.among, "a word or a name")


def _plural(item: Item) -> str:
    if isinstance(item, Number):
        return "percentages" if item.percent else "numbers"
    if isinstance(item, Day):
        return "months" if item.month else "dates"
    if isinstance(item, Truth):
        return "True or False"
    if item.options:
        return f"words out of {_joined([repr(o) for o in item.options])}"
    return item.among or "words"


def _joined(parts: list[str], word: str = "and") -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"
