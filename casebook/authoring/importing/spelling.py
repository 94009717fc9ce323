"""One spelling a name, everywhere but in the titles of sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from casebook.authoring.csvfile import Row


def speller(spellings: Iterable[Row]) -> Callable[[str], str]:
    """Make a function that rewrites whole words of a text.

    >>> speller([{"written": "Lere", "spelled": "Léré"}])("Lere, not Lerere")
    'Léré, not Lerere'
    """
    spelled = {row["written"]: row["spelled"] for row in spellings}
    longest_first = sorted(spelled, key=len, reverse=True)
    words = re.compile(r"\b(" + "|".join(map(re.escape, longest_first)) + r")\b")
    return lambda text: words.sub(lambda match: spelled[match.group(1)], text)
