"""A frame's rows, one after another, for code that is checked by types."""

from __future__ import annotations

from collections.abc import Iterator
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
