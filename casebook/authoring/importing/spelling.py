"""One spelling a name, everywhere but in the titles of sources."""

from __future__ import annotations

import re
from collections.abc import Callable

from casebook.authoring.reconciliation import decisions


def speller() -> Callable[[str], str]:
    """A function that rewrites a text in the spellings of ``reconciliation/spellings.csv``.

    >>> speller()("Toure left Menaka")
    'Touré left Ménaka'
    """
    spelled = {row["written"]: row["spelled"] for row in decisions("spellings")}
    longest_first = sorted(spelled, key=len, reverse=True)
    words = re.compile(r"\b(" + "|".join(map(re.escape, longest_first)) + r")\b")
    return lambda text: words.sub(lambda match: spelled[match.group(1)], text)
