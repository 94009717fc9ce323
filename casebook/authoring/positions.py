"""What import and check both know about positions: the unknown, and the two periods."""

from __future__ import annotations

UNKNOWN = "unknown"

# The day of the Ouagadougou agreement. A partial date sorts before its days, which is right for
# the only one in question: "2013-06" is a speech of early June.
_AGREEMENT = "2013-06-18"


def period_of(date: str) -> str:
    """Say on which side of the Ouagadougou agreement a documented position lies.

    >>> period_of("2013-06"), period_of("2013-06-18"), period_of("")
    ('before_agreement', 'from_agreement', '')
    """
    if not date:
        return ""
    return "from_agreement" if date >= _AGREEMENT else "before_agreement"
