"""How a question to the tables fails: loudly, and naming what was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from casebook.tables import resource


class UnknownFact(ValueError):  # noqa: N818  (the message is for authors, so is the name)
    """The tables do not answer the question as it was put."""


def known(value: str, among: Iterable[str], what: str) -> str:
    """Return a value that the tables know; a misspelt one must not count as zero."""
    names = list(among)
    if value not in names:
        near = difflib.get_close_matches(value, names, n=3, cutoff=0.4)
        hint = f"; near: {', '.join(near)}" if near else ""
        raise UnknownFact(f"{what} is called {value!r}{hint}")
    return value


def allowed(table: str, column: str) -> list[str]:
    """Return the values that the schema allows in a column."""
    fields = resource(table)["schema"]["fields"]
    return next(f["constraints"]["enum"] for f in fields if f["name"] == column)
