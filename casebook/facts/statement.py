"""The claims into which the statement was split."""

from __future__ import annotations

import re

from casebook.facts.asking import UnknownFact, allowed, known
from casebook.tables import load

__all__ = [
    "claims",
    "claims_judged",
    "claims_naming",
    "paragraphs",
]


def claims(kind: str | None = None, paragraph: int | None = None) -> int:
    """Count the claims into which the statement was split, or those of a kind or paragraph."""
    rows = load("claims")
    if paragraph is not None:
        if paragraph not in set(rows["paragraph"]):
            raise UnknownFact(f"The statement has no paragraph {paragraph}")
        rows = rows[rows["paragraph"].eq(paragraph)]
    if kind is not None:
        rows = rows[rows["kind"].eq(known(kind, allowed("claims", "kind"), "No kind of claim"))]
    return len(rows)


def claims_judged() -> int:
    """Count the claims on which this edition gives a verdict."""
    return int(load("claims")["verdict"].ne("").sum())


def claims_naming(word: str) -> int:
    """Count the claims whose wording holds a word, in any case."""
    pattern = rf"\b{re.escape(word)}\b"
    return int(load("claims")["claim"].str.contains(pattern, case=False, regex=True).sum())


def paragraphs() -> int:
    """Count the paragraphs of the statement."""
    return load("claims")["paragraph"].nunique()
