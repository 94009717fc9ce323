"""Lists inside a cell: ``;``-separated, no spaces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def split(cell: str) -> list[str]:
    """Split a list cell into its members; an empty cell is an empty list."""
    return [member.strip() for member in cell.split(";") if member.strip()]


def join(members: Iterable[str], renamed: Mapping[str, str] | None = None) -> str:
    """Write a list cell, each member once, in the order first met.

    >>> join(["b", "a", "b"], {"a": "c"})
    'b;c'
    """
    renamed = renamed or {}
    return ";".join(dict.fromkeys(renamed.get(member, member) for member in members))
