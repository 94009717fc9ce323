"""A frame's rows, all in turn or one by its key, for code that is checked by types."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import pandas as pd


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield a frame's rows as named tuples.

    What a column holds is said by its table's schema, which ``make data`` checks, and not by
    Python's types: to a type checker every cell could be anything that a frame may hold.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame; names of columns that are attributes of tuples cannot be read this way.

    Yields
    ------
    namedtuple
        ``Index`` and a field for each column.
    """
    yield from frame.itertuples()


def record(frame: pd.DataFrame, key: Hashable) -> pd.Series:
    """Return the row of a frame under a key of its index.

    Raises
    ------
    KeyError
        If there is none.
    ValueError
        If there is more than one.
    """
    found = frame.loc[[key]]
    if len(found) > 1:
        raise ValueError(f"{len(found)} rows stand under {key!r}, where one was expected")
    return found.iloc[0]
