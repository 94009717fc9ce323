"""Answers out of a sandbox, as values again.

`decoded` takes whatever it is given: it makes values of known kinds from whitelisted names, and
refuses everything else with `NotDecoded`.
"""

from __future__ import annotations

import datetime
import decimal
import fractions
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from casebook.grading.answers.encoding import MOST_BYTES


class NotDecoded(ValueError):  # noqa: N818  (what it says, not what went wrong)
    """Something that the encoder never writes."""


_DTYPE = re.compile(
    r"u?int(8|16|32|64)|float(16|32|64)|U?Int(8|16|32|64)|Float(32|64)|bool|boolean|object|str"
    r"|string|category|(datetime64|timedelta64)\[(s|ms|us|ns)\]|period\[[A-Z]{1,2}(-[A-Z]{3})?\]"
)
_TIME_DTYPE = re.compile(r"[mM]8(\[(Y|M|W|D|h|m|s|ms|us|ns)\])?")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?([+-]\d\d:\d\d(:\d\d)?)?)?")
_FREQ = re.compile(r"[A-Za-z]{1,2}(-[A-Z]{3})?")
_KIND = re.compile(r"\w{1,40}")


def decoded(text: str) -> Any:
    """Return the value that `encoded` wrote.

    Raises
    ------
    NotDecoded
        If the text is anything else.
    """
    if len(text) > MOST_BYTES:
        raise NotDecoded("larger than any answer")
    try:
        return _decode(json.loads(text, parse_constant=_no_constant))
    except NotDecoded:
        raise
    # Anything may stand here, and pandas and numpy fail in many ways.
    except (Exception, RecursionError) as error:
        raise NotDecoded(f"not what the encoder writes ({type(error).__name__})") from error


def _no_constant(name: str) -> Any:
    raise NotDecoded(f"{name} is no JSON")


def _decode(plain: Any) -> Any:
    if plain is None or isinstance(plain, (bool, int, float, str)):
        return plain
    if not isinstance(plain, dict) or plain.get("is") not in _DECODERS:
        raise NotDecoded("an unknown kind")
    return _DECODERS[plain["is"]](plain)


def _all(plain: Any) -> list[Any]:
    if not isinstance(plain, list):
        raise NotDecoded("no list")
    return [_decode(value) for value in plain]


def _matching(pattern: re.Pattern[str], text: Any) -> str:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise NotDecoded("an unknown name")
    return text


def _whole(plain: Any) -> int:
    if type(plain) is not int:
        raise NotDecoded("no whole number")
    return plain


def _column(plain: dict[str, Any]) -> Any:
    import pandas as pd

    values, dtype = _all(plain["v"]), plain.get("dtype")
    if not isinstance(dtype, str) or not _DTYPE.fullmatch(dtype):
        return pd.Series(values, dtype=None if values else object)
    if dtype == "object":
        return pd.Series(values, dtype=object)
    made = pd.api.types.pandas_dtype(dtype)
    return pd.Series(values).astype(made) if values else pd.Series(values, dtype=made)


def _index(plain: Any) -> Any:
    import pandas as pd

    if not isinstance(plain, dict) or plain.get("is") not in ("index", "levels"):
        raise NotDecoded("no index")
    if plain["is"] == "levels":
        columns = [_column(level) for level in plain["v"]]
        return pd.MultiIndex.from_arrays(columns, names=_all(plain["names"]))
    column = _column(plain)
    return pd.Index(column, dtype=column.dtype, name=_decode(plain["name"]))


def _series(plain: dict[str, Any]) -> Any:
    column = _column(plain)
    column.index = _index(plain["index"])
    column.name = _decode(plain["name"])
    return column


def _frame(plain: dict[str, Any]) -> Any:
    import pandas as pd

    index, columns = _index(plain["index"]), _index(plain["columns"])
    found = [_column(column) for column in plain["v"]]
    if len(found) != len(columns) or any(len(column) != len(index) for column in found):
        raise NotDecoded("a table with ragged columns")
    frame = pd.DataFrame(dict(enumerate(found)), index=range(len(index)))
    frame.index, frame.columns = index, columns
    return frame


def _numpy(plain: dict[str, Any]) -> Any:
    import numpy as np

    dtype = plain["dtype"]
    values = [plain["v"]] if plain["is"] == "np" else plain["v"]
    if isinstance(dtype, str) and _TIME_DTYPE.fullmatch(dtype):
        array = np.array([_whole(value) for value in values], dtype="int64").astype(dtype)
    elif dtype == "object":
        found = _all(values)
        array = np.empty(len(found), dtype=object)
        array[:] = found
    else:
        array = np.array(_all(values), dtype=_matching(_DTYPE, dtype))
    if plain["is"] == "np":
        return array[0]
    return array.reshape([_whole(size) for size in plain["shape"]])


def _stand_in(plain: dict[str, Any], *bases: type) -> Any:
    """Return an empty object with the name of a kind: messages name it."""
    return type(_matching(_KIND, plain["kind"]), bases, {"__next__": None})()


def _function(plain: dict[str, Any]) -> Any:
    def stand_in() -> None:
        """Stand for a function that was named and not called."""

    stand_in.__name__ = str(plain["name"])[:40]
    return stand_in


def _large(plain: dict[str, Any]) -> Any:
    raise NotDecoded("larger than any answer")


def _timestamp(plain: dict[str, Any]) -> Any:
    import pandas as pd

    return pd.Timestamp(_matching(_ISO, plain["v"]))


def _period(plain: dict[str, Any]) -> Any:
    import pandas as pd

    return pd.Period(ordinal=_whole(plain["v"]), freq=_matching(_FREQ, plain["freq"]))


def _of_pandas(name: str) -> Any:
    import pandas as pd

    return getattr(pd, name)


_DECODERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "undefined": lambda plain: None,
    "ellipsis": lambda plain: ...,
    "NaT": lambda plain: _of_pandas("NaT"),
    "NA": lambda plain: _of_pandas("NA"),
    "float": lambda plain: float(_matching(re.compile("nan|-?inf"), plain["v"])),
    "list": lambda plain: _all(plain["v"]),
    "tuple": lambda plain: tuple(_all(plain["v"])),
    "set": lambda plain: set(_all(plain["v"])),
    "dict": lambda plain: dict(zip(_all(plain["keys"]), _all(plain["v"]), strict=True)),
    "iterator": lambda plain: _stand_in(plain, Iterator),
    "other": lambda plain: _stand_in(plain),
    "function": _function,
    "large": _large,
    "np": _numpy,
    "array": _numpy,
    "values": lambda plain: _column(plain).array,
    "index": _index,
    "levels": _index,
    "series": _series,
    "frame": _frame,
    "timestamp": _timestamp,
    "period": _period,
    "span": lambda plain: _of_pandas("Timedelta")(_whole(plain["v"]), unit="ns"),
    "datetime": lambda plain: datetime.datetime.fromisoformat(_matching(_ISO, plain["v"])),
    "date": lambda plain: datetime.date.fromisoformat(_matching(_ISO, plain["v"])),
    "timedelta": lambda plain: datetime.timedelta(*map(_whole, plain["v"])),
    "decimal": lambda plain: decimal.Decimal(plain["v"]),
    "fraction": lambda plain: fractions.Fraction(*map(_whole, plain["v"])),
}
