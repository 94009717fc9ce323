"""Numbers and dates as text, in the one form the book uses for each."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

Number = float | Decimal
"""Any real number; a whole one is a float to a type checker."""

UNKNOWN = "unknown"

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def is_missing(value: Any) -> bool:
    """Tell whether a single value is absent (None, NaN, NaT, NA or an empty string)."""
    return (isinstance(value, str) and not value) or bool(pd.isna(value))


def number(value: Number | None, digits: int = 0) -> str:
    """Write a number with thousands separators, rounded half away from zero.

    Parameters
    ----------
    value : number or None
        Any real number; missing values become "unknown".
    digits : int
        Decimal places.

    Returns
    -------
    str
        For example ``108,953`` or ``65.6``.
    """
    if is_missing(value):
        return UNKNOWN
    # In decimals, as a reader rounds: 1.005 as a binary float is a little less than it says.
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{'−' if rounded < 0 else ''}{abs(rounded):,f}"


def words(value: int | None) -> str:
    """Write a whole number up to ten as a word ("no" for zero), larger ones in digits."""
    if value is None or is_missing(value):
        return UNKNOWN
    return _WORDS[value] if 0 <= value <= 10 else number(value)


def signed(value: int | None) -> str:
    """Write a step of a scale: ``+2``, ``0``, ``−1``; ``?`` where it is unknown."""
    if value is None or is_missing(value):
        return "?"
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(int(value))}"


def counted(value: int, what: str) -> str:
    """Write a number with its noun, in the plural unless it is one: ``1 event``, ``12 deaths``."""
    return f"{number(value)} {what}{'' if value == 1 else 's'}"


def amount(value: Number | None, unit: str, digits: int = 0) -> str:
    """Write a number with its unit, on one line: ``918 million dollars``."""
    return f"{number(value, digits)}\u00a0{unit}"


def ordinal(value: int | None) -> str:
    """Write a place in an order: ``1st``, ``11th``, ``22nd``."""
    if value is None or is_missing(value):
        return UNKNOWN
    last = int(value) % 10 if int(value) // 10 % 10 != 1 else 0
    return number(value) + {1: "st", 2: "nd", 3: "rd"}.get(last, "th")


def ordinal_range(first: int, last: int) -> str:
    """Write a span of places: ``2nd to 11th``; one place if both are the same."""
    return ordinal(first) if first == last else f"{ordinal(first)} to {ordinal(last)}"


def about(value: Number | None, significant: int = 3) -> str:
    """Write an estimate as ``about 108,000``: cut to significant figures.

    Cut, not rounded, so that the text never claims more people than the table.
    """
    if value is None or is_missing(value):
        return UNKNOWN
    whole = abs(int(value))
    step = 10 ** max(len(str(whole)) - significant, 0)
    return f"about {number(whole // step * step * (-1 if value < 0 else 1))}"


def percent(share: Number | None, digits: int = 0) -> str:
    """Write a share between 0 and 1 as ``66 %`` (with a space that does not break)."""
    return UNKNOWN if is_missing(share) else f"{number(Decimal(str(share)) * 100, digits)}\u00a0%"


def number_range(low: Number | None, high: Number | None) -> str:
    """Write an interval as ``359 to 512``; a single number if both ends agree."""
    if is_missing(low) or is_missing(high):
        return UNKNOWN
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def day(value: Any) -> str:
    """Write a date as ``22 March 2012``; missing values become "unknown"."""
    if is_missing(value):
        return UNKNOWN
    stamp = pd.Timestamp(value)
    return f"{stamp.day}\u00a0{stamp:%B} {stamp.year}"


def day_of(value: Any, precision: str = "day") -> str:
    """Write a date as exactly as it is known.

    Parameters
    ----------
    value : date-like
        First day of the month or year where only that is known.
    precision : {"day", "month", "year"}
        What the source gives.
    """
    if is_missing(value):
        return UNKNOWN
    stamp = pd.Timestamp(value)
    return {"day": day(stamp), "month": f"{stamp:%B} {stamp.year}", "year": str(stamp.year)}[
        precision
    ]


def day_range(start: Any, end: Any) -> str:
    """Write a span of days, without repeating month or year: ``30 March to 1 April 2012``."""
    if is_missing(end) or pd.Timestamp(start) == pd.Timestamp(end):
        return day(start)
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    if first.year != last.year:
        return f"{day(first)} to {day(last)}"
    if first.month != last.month:
        return f"{first.day}\u00a0{first:%B} to {day(last)}"
    return f"{first.day} to {day(last)}"


def partial_day(value: str) -> str:
    """Write an ISO date of which perhaps only year or month are given: ``2012-01``."""
    precision = {4: "year", 7: "month"}.get(len(value), "day")
    return day_of(value or None, precision)


def partial_range(start: str, end: str) -> str:
    """Write a span between two such dates: ``January 2012 to 1 June 2012``; one if both agree."""
    if len(start) == len(end) == len("2012-01-01"):
        return day_range(start, end)
    return " to ".join(dict.fromkeys([partial_day(start), partial_day(end)]))


def month(value: date | pd.Timestamp | str | None) -> str:
    """Write a month as ``January 2013``; missing values become "unknown"."""
    return UNKNOWN if value is None or is_missing(value) else f"{pd.Timestamp(value):%B %Y}"


def listing(items: list[str]) -> str:
    """Join names as in a sentence: ``Gao, Kidal and Timbuktu``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def capitalised(text: str) -> str:
    """Write text as at the start of a sentence, names in it as they are."""
    return text[:1].upper() + text[1:]
