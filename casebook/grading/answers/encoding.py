"""Answers as plain JSON, on their way out of the sandbox.

`leave` works inside, beside the student's code, and may be lied to: all it can do is to answer for
the student. It is imported there alone: this module needs nothing else of grading.

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


class _TooLarge(Exception):  # noqa: N818
    """An answer of more values than any task asks for."""


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
        if not isinstance(value, (pd.Series, pd.Index)):
            return {"is": "values", **self._column(value, depth)}
        found = {"name": self.encode(value.name, depth + 1), **self._column(value, depth)}
        if isinstance(value, pd.Series):
            return {"is": "series", "index": self._pandas(value.index, depth), **found}
        return {"is": "index", **found}

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
