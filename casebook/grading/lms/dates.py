"""Moments as an LMS writes them: ``Monday, 5 October 2026, 11:58 PM``, ``lundi 5 octobre 2026``.

Moodle writes them in the language of whoever downloads, and its format differs from language to
language (``strftimedaydatetime`` in its language packs). Names of months come from Unicode's
tables, as in Moodle; what is written with figures alone, as spreadsheets do when they save a file
again, is not guessed at: 05/10 is a day in May or in October.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import cache

from babel import Locale

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt")
# Ours, zips', and what Blackboard writes into the names of files.
_FIGURES = re.compile(r"(\d{4})-(\d\d)-(\d\d)[t -](\d\d)[:-](\d\d)(?:[:-](\d\d))?")
_TIME = re.compile(
    r"(?P<hour>\d{1,2}) ?(?:[:.]|h) ?(?P<minute>\d\d)(?::(?P<second>\d\d))?(?: ?(?P<half>[ap])m\b)?"
)


def moment(text: str) -> datetime.datetime | None:
    """Return a moment, in the LMS's own time without a zone, or None if it cannot be read."""
    plain = _plain(text)
    figures = _FIGURES.fullmatch(plain)
    if figures:
        year, month, day, hour, minute, second = (int(n or 0) for n in figures.groups())
        return _moment(year, month, day, (hour, minute, second))
    time = _TIME.search(plain)
    if time is None:
        return None
    date = plain[: time.start()] + " " + plain[time.end() :]
    numbers = re.findall(r"\d+", date)
    months = {m for word in re.findall(r"[^\W\d_]+", date) if (m := _months().get(word))}
    years = [int(n) for n in numbers if len(n) == 4]
    days = [int(n) for n in numbers if len(n) < 3]
    if not len(months) == len(years) == len(days) == 1 or len(numbers) != 2:
        return None
    hour = int(time["hour"])
    if time["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if time["half"] == "p" else 0)
    clock = hour, int(time["minute"]), int(time["second"] or 0)
    return _moment(years[0], months.pop(), days[0], clock)


def _moment(
    year: int, month: int, day: int, clock: tuple[int, int, int]
) -> datetime.datetime | None:
    try:
        return datetime.datetime.combine(datetime.date(year, month, day), datetime.time(*clock))
    except ValueError:
        return None


def _plain(text: str) -> str:
    """Return a text in small letters, without accents, odd spaces and the points of ``p. m.``."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r"\b([ap])\. ?m\.?", r"\1m", " ".join(letters.split()))


@cache
def _months() -> dict[str, int]:
    """Return the names of months, whole and short, in all languages that are read."""
    names: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for forms in Locale(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in forms[width].items():
                    names.setdefault(_plain(name).rstrip("."), set()).add(number)
    # A name that means two months in two languages means none.
    return {name: min(numbers) for name, numbers in names.items() if len(numbers) == 1}
