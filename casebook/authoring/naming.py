"""One name a thing: what sources write in several ways, our own words write in one.

A variant is what `spellings.csv` beside this module lists, what the tables `places` and `actors`
call an alternative name, or an acronym written as French newspapers write it ("Mujao").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from casebook import tables
from casebook.authoring.csvfile import read_rows

SPELLINGS = Path(__file__).with_name("spellings.csv")

ENGLISH_WORDS = {"Dire": "also an English word, so it tells nothing about the town of Diré"}


@lru_cache(maxsize=1)
def variants() -> dict[str, str]:
    """Return every variant of a name, and the name that stands for it."""
    found = {row["written"]: row["spelled"] for row in read_rows(SPELLINGS)}
    for table, name in (("places", "name"), ("actors", "short_name")):
        for row in tables.load(table).to_dict("records"):
            for other in filter(None, row["alternative_names"].split(";")):
                found.setdefault(other, row[name])
    acronyms = {name: name for name in tables.load("actors")["acronym"]} | found
    for acronym, name in acronyms.items():
        if re.fullmatch(r"[A-Z]{4,}", acronym):
            found.setdefault(acronym.capitalize(), name)
    return {
        written: spelled
        for written, spelled in found.items()
        if written not in ENGLISH_WORDS and written not in names()
    }


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """Return the names that the tables `places` and `actors` give."""
    return frozenset({*tables.load("places")["name"], *tables.load("actors")["short_name"]})


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds a variant, and what finds names that hold one (Nioro du Sahel)."""
    variant = _any_of(variants())
    return variant, _any_of(name for name in names() if variant.search(name))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")


def misspelt(text: str) -> Iterator[tuple[str, str]]:
    """Find variants in a text of ours.

    Parameters
    ----------
    text : str
        Prose, or a cell of a table that we write.

    Yields
    ------
    tuple of str
        The variant, and how the book writes it.
    """
    variant, holding = _patterns()
    for found in variant.finditer(holding.sub(" ", text)):
        yield found[0], variants()[found[0]]
