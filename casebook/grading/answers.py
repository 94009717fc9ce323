"""Answers as plain JSON: out of the sandbox, and back into values outside.

`leave` works inside, beside the student's code, and may be lied to: all it can do is to answer for
the student. `decoded` works outside and takes whatever it is given: it makes values of known kinds
from whitelisted names, and refuses everything else with `NotDecoded`.

Plain values are themselves in JSON; all others are an object with their kind under ``is``. Of what
no task asks for, such as a figure or a class of one's own, only the name of its kind leaves.
"""

from __future__ import annotations

import base64
import datetime
import decimal
import fractions
import json
import math
import re
from collections.abc import Collection, Iterator, KeysView, Mapping, Set
from typing import Any

MOST_BYTES = 1_000_000
"""The largest answer that leaves, as JSON."""
MOST_VALUES = 60_000
MOST_LENGTH = 5_001
"""The longest container: one more than `casebook.checks` compares, so that it says so itself."""
MOST_TEXT = 2_000
DEEPEST = 8
UNDEFINED = '{"is":"undefined"}'
UNANSWERED = (UNDEFINED, '{"is":"ellipsis"}', "null")
"""What leaves where nothing was answered."""


class NotDecoded(ValueError):  # noqa: N818  (what it says, not what went wrong)
    """Something that the encoder never writes."""


class _TooLarge(Exception):  # noqa: N818
    """An answer of more values than any task asks for."""


# --- Inside the sandbox -------------------------------------------------------------------------


def leave(name: str) -> str:
    """Return the value of a name of the notebook, ready to leave: JSON in base64.

    Base64, because what a kernel hands out passes through Python's ``repr``.
    """
    from IPython import get_ipython

    names = get_ipython().user_ns
    text = encoded(names[name]) if name in names else UNDEFINED
    return base64.b64encode(text.encode()).decode()


def encoded(value: Any) -> str:
    """Return a value as JSON. Whatever the value is or does, this returns."""
    try:
        text = _dumped(_Encoder().encode(value))
        if len(text) <= MOST_BYTES:
            return text
        raise _TooLarge
    except _TooLarge:
        return _dumped({"is": "large", "kind": _kind(value)})
    # A value may be anything, also an object that breaks or ends Python when it is read.
    except (Exception, SystemExit, GeneratorExit):
        return _dumped({"is": "other", "kind": _kind(value)})


def _dumped(plain: Any) -> str:
    return json.dumps(plain, allow_nan=False, separators=(",", ":"))


def _kind(value: Any) -> str:
    return str(type(value).__name__)[:40]


class _Encoder:
    """Encodes one answer, counting its values."""

    def __init__(self) -> None:
        self.count = 0

    def encode(self, value: Any, depth: int = 0) -> Any:
        """Return a value as JSON allows it."""
        import numpy as np
        import pandas as pd

        self.count += 1
        if self.count > MOST_VALUES or depth > DEEPEST:
            raise _TooLarge
        if value is None or value is True or value is False:
            return value
        if value is Ellipsis:
            return {"is": "ellipsis"}
        if value is pd.NaT:
            return {"is": "NaT"}
        if value is pd.NA:
            return {"is": "NA"}
        if isinstance(value, (np.generic, np.ndarray)):
            return self._numpy(value, depth)
        if isinstance(value, (pd.DataFrame, pd.Series, pd.Index, pd.api.extensions.ExtensionArray)):
            return self._pandas(value, depth)
        simple = _simple(value)
        return self._container(value, depth) if simple is None else simple

    def _several(self, values: Any, depth: int) -> list[Any]:
        if len(values) > MOST_LENGTH:
            raise _TooLarge
        return [self.encode(value, depth + 1) for value in values]

    def _container(self, value: Any, depth: int) -> Any:
        if isinstance(value, Mapping):
            pairs = [part for pair in list(value.items())[: MOST_LENGTH + 1] for part in pair]
            keys, contents = pairs[::2], pairs[1::2]
            return {
                "is": "dict",
                "keys": self._several(keys, depth),
                "v": self._several(contents, depth),
            }
        if isinstance(value, Iterator):
            return {"is": "iterator", "kind": _kind(value)}
        if isinstance(value, (Set, KeysView)):
            return {"is": "set", "v": self._several(list(value), depth)}
        if isinstance(value, tuple):
            return {"is": "tuple", "v": self._several(value, depth)}
        if isinstance(value, Collection) and not isinstance(value, (bytes, bytearray)):
            if len(value) > MOST_LENGTH:
                raise _TooLarge
            return {"is": "list", "v": self._several(list(value), depth)}
        if callable(value) and not isinstance(value, type):
            return {"is": "function", "name": str(getattr(value, "__name__", "it"))[:40]}
        return {"is": "other", "kind": _kind(value)}

    def _numpy(self, value: Any, depth: int) -> dict[str, Any]:
        import numpy as np

        dtype = value.dtype
        if value.size > MOST_LENGTH:
            raise _TooLarge
        flat = value.reshape(-1)
        if dtype.kind in "mM":
            flat, name = flat.astype("int64"), dtype.str[1:]
        else:
            name = "str" if dtype.kind in "UT" else str(dtype)
        values = self._several(flat.tolist(), depth)
        if not isinstance(value, np.ndarray):
            return {"is": "np", "dtype": name, "v": values[0]}
        return {"is": "array", "dtype": name, "shape": list(value.shape), "v": values}

    def _pandas(self, value: Any, depth: int) -> dict[str, Any]:
        import pandas as pd

        if isinstance(value, pd.DataFrame):
            if len(value) > MOST_LENGTH or len(value.columns) > MOST_LENGTH:
                raise _TooLarge
            return {
                "is": "frame",
                "columns": self._pandas(value.columns, depth),
                "index": self._pandas(value.index, depth),
                "v": [
                    self._column(value.iloc[:, at], depth + 1) for at in range(len(value.columns))
                ],
            }
        if isinstance(value, pd.MultiIndex):
            levels = [
                self._column(value.get_level_values(at), depth + 1) for at in range(value.nlevels)
            ]
            return {"is": "levels", "names": self._several(list(value.names), depth), "v": levels}
        kind = "series" if isinstance(value, pd.Series) else "index"
        if not isinstance(value, (pd.Series, pd.Index)):
            return {"is": "values", **self._column(value, depth)}
        found = {"is": kind, "name": self.encode(value.name, depth + 1)}
        if kind == "series":
            found["index"] = self._pandas(value.index, depth)
        return found | self._column(value, depth)

    def _column(self, column: Any, depth: int) -> dict[str, Any]:
        if len(column) > MOST_LENGTH:
            raise _TooLarge
        return {"dtype": str(column.dtype)[:60], "v": self._several(list(column), depth)}


def _simple(value: Any) -> Any:
    """Return a single value of Python or pandas as JSON allows it, or None."""
    import pandas as pd

    if isinstance(value, str):
        return str.__str__(value)[:MOST_TEXT]
    if isinstance(value, int):
        # Longer numbers than this are too large for every comparison, however long they are.
        return int(value) if value.bit_length() < 1100 else 10**400
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"is": "float", "v": float.__repr__(value)}
    if isinstance(value, pd.Period):
        return {"is": "period", "v": int(value.ordinal), "freq": value.freqstr}
    if isinstance(value, pd.Timestamp):
        return {"is": "timestamp", "v": value.isoformat()}
    if isinstance(value, pd.Timedelta):
        return {"is": "span", "v": int(value.as_unit("ns").value)}
    if isinstance(value, datetime.datetime):
        return {"is": "datetime", "v": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"is": "date", "v": value.isoformat()}
    if isinstance(value, datetime.timedelta):
        return {"is": "timedelta", "v": [value.days, value.seconds, value.microseconds]}
    if isinstance(value, decimal.Decimal):
        return {"is": "decimal", "v": str(value)[:100]}
    if isinstance(value, fractions.Fraction):
        return {"is": "fraction", "v": [value.numerator, value.denominator]}
    return None


# --- Outside ------------------------------------------------------------------------------------

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


def _matching(pattern: re.Pattern, text: Any) -> str:
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
    return pd.Series(values).astype(dtype) if values else pd.Series(values, dtype=dtype)


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


_DECODERS = {
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
