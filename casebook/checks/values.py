"""Single values of an answer: a number, a day, a name, yes or no."""

from __future__ import annotations

import datetime
import difflib
import math
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

from casebook.checks.shapes import Day, Item, Name, Number, Truth
from casebook.tables import geometry, load

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
    "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
    "oct": 10, "nov": 11, "dec": 12,
    "janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7,
    "aout": 8, "septembre": 9, "octobre": 10, "novembre": 11, "decembre": 12,
}  # fmt: skip
"""Months by their English and French names, as `plain` writes them."""

OTHER_COUNTRY_NAMES = {
    "algerie": "DZA", "guinee": "GIN", "ivory coast": "CIV", "libye": "LBY", "mauritanie": "MRT",
    "tchad": "TCD",
}  # fmt: skip
"""What no table holds: French names that differ by more than accents, and one English one."""

MISSING_IN_WORDS = ("", "none", "nan", "na", "n/a", "missing", "unknown", "not known")
"""What beginners write in quotation marks for a missing value."""


class NotAnswered(Exception):  # noqa: N818  (what it says, not what went wrong)
    """Nothing was answered yet, or not all of it: then the message names what is left open."""


class NotReadable(Exception):  # noqa: N818  (what it says, not what went wrong)
    """The answer is of another kind than expected; the message is for the learner."""


def refuse_nothing(answer: Any) -> None:
    """Raise `NotAnswered` for the three dots, None and empty text."""
    if answer is None or answer is Ellipsis or (isinstance(answer, str) and not answer.strip()):
        raise NotAnswered


def refuse_function(answer: Any) -> None:
    """Raise `NotReadable` for a function that was named and not called."""
    if callable(answer) and not isinstance(answer, type):
        name = shown(getattr(answer, "__name__", "it"))
        raise NotReadable(
            f"This is a function, not what it returns. Call it with brackets: {name}(...)."
        )


def shown(text: Any) -> str:
    """Return what a learner wrote, fit for a card: short, on one line, and never a link."""
    line = " ".join(str(text)[:200].split())
    line = "".join(letter for letter in line if letter.isprintable()).replace("](", "] (")
    return line if len(line) <= 40 else f"{line[:39]}…"


def plain(text: Any) -> str:
    """Return a name without case, accents, underscores and spare spaces."""
    letters = unicodedata.normalize("NFD", str(text)[:300])
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\s_–-]+", " ", kept.replace("’", "'")).strip(" .'\"").casefold()


def value(answer: Any, item: Item, what: str = "") -> Any:
    """Return a single value in its normal form.

    Parameters
    ----------
    answer
        What stands in the place of the value.
    item : Item
        What it should be.
    what : str
        Where it stands, for the message.

    Raises
    ------
    NotAnswered
        If it is the three dots.
    NotReadable
        If it is something else than expected.
    """
    where = f" ({what})" if what else ""
    answer = _unwrapped(answer, where)
    if answer is Ellipsis:
        raise NotAnswered(what)
    refuse_function(answer)
    if item.missing and _is_missing_in_words(answer) and not _is_blank(answer, item):
        raise NotReadable(
            f"If it is not known{where}, write None: a word of Python, without quotation marks."
        )
    if is_missing(answer) or _is_blank(answer, item):
        if item.missing:
            return None
        if answer is None and not what:
            raise NotAnswered
        raise NotReadable(
            f"Here stands no value{where}: print(...) shows one and hands none on."
            if answer is None
            else f"Here stands no value{where}. In pandas NaN means missing: look at the rows "
            "that went into it. Perhaps none fitted the condition."
        )
    readers: dict[type, Callable[[Any, Any, str], Any]] = {
        Number: _number,
        Day: _day,
        Name: _name,
        Truth: _truth,
    }
    return readers[type(item)](answer, item, where)


def is_truth(answer: Any) -> bool:
    """Return whether a value is True or False, of Python or of numpy."""
    return isinstance(answer, bool) or type(answer).__name__ in ("bool_", "bool")


def kind_of(answer: Any) -> str:
    """Return in words what somebody gave."""
    names = {
        "bool": "True or False",
        "generator": "a generator",
        "int": "a number",
        "float": "a number",
        "list": "a list",
        "dict": "a dictionary",
        "tuple": "several values",
        "set": "a set",
        "Series": "one column",
        "DataFrame": "a table",
        "ndarray": "an array",
        "Timestamp": "a date",
        "date": "a date",
        "datetime": "a date",
        "datetime64": "a date",
        "Timedelta": "a span of time",
        "timedelta": "a span of time",
        "timedelta64": "a span of time",
    }
    if isinstance(answer, str):
        return f"the text '{shown(answer)}'"
    name = type(answer).__name__
    if name == "ellipsis":
        return "three dots"
    if name.endswith("GroupBy"):
        return "groups of rows; say what to do with each, for example .sum() or .size()"
    if hasattr(answer, "dtype") and getattr(answer, "ndim", 1) == 0:
        return "a number"
    if name.endswith("Array"):
        return "an array"
    return names.get(name, f"something of the kind {shown(name)}")


def _unwrapped(answer: Any, where: str) -> Any:
    shape = getattr(answer, "shape", None)
    if shape == ():
        if type(answer).__name__ == "ndarray":
            answer = answer[()]
        # Of nanoseconds numpy's own item() makes a bare number.
        is_time = type(answer).__name__ in ("datetime64", "timedelta64")
        return answer if is_time or not hasattr(answer, "item") else answer.item()
    kind = type(answer).__name__
    if kind == "DataFrame":
        columns = answer.shape[1]
        size = "with one column" if columns == 1 else f"of {columns} columns"
        raise NotReadable(
            f"Expected a single value{where}, and this is a table {size}. Take one value out of "
            "it, for example with .iloc[0, 0] or by summing a column."
        )
    if kind in ("Series", "ndarray") or kind.endswith(("Index", "Array")):
        count = len(answer)
        advice = (
            "Take it out with .item()."
            if count == 1
            else "Sum it, count it, or choose one of them."
        )
        noun = "one value" if count == 1 else f"{count:,} values"
        raise NotReadable(
            f"Expected a single value{where}, and this is a column with {noun}. {advice}"
        )
    if isinstance(answer, tuple):
        raise NotReadable(
            f"Expected a single value{where}, and these are {len(answer)}: a comma stands between "
            "two values. Decimals are written with a point, 3.5, and thousands with nothing, 1500."
        )
    if isinstance(answer, (list, set, frozenset, dict)):
        raise NotReadable(
            f"Expected a single value{where}, and this is {kind_of(answer)} of {len(answer)}."
        )
    return answer


def is_missing(answer: Any) -> bool:
    """Return whether a value stands for a gap: None, or what pandas and numpy write for one."""
    if answer is None:
        return True
    if type(answer).__name__ in ("NAType", "NaTType"):
        return True
    if type(answer).__name__ in ("datetime64", "timedelta64"):
        return str(answer) == "NaT"
    if type(answer).__name__ == "Decimal":
        return bool(answer.is_nan())
    return isinstance(answer, float) and math.isnan(answer)


def _is_missing_in_words(answer: Any) -> bool:
    return isinstance(answer, str) and plain(answer) in MISSING_IN_WORDS


def _is_blank(answer: Any, item: Item) -> bool:
    """Whether a name is left blank where it may be missing: tables of the book write gaps so."""
    blank = isinstance(item, Name) and isinstance(answer, str) and not plain(answer)
    return blank and item.missing


def _number(answer: Any, item: Number, where: str) -> float:
    if isinstance(answer, str):
        digits = re.sub(r"[,\s\u00a0%]", "", answer[:40])
        try:
            float(digits)
        except ValueError:
            only = " Write the number alone, without words and quotation marks."
            raise NotReadable(
                f"Expected a number{where}, and this is the text '{shown(answer)}'."
                f"{only if re.search(r'[0-9]', answer[:40]) else ''}"
            ) from None
        raise NotReadable(
            f"Expected a number{where}, and '{shown(answer)}' stands in quotation marks: for "
            f"Python it is a text. Write {digits}, or turn it into a number with float(...)."
        )
    if is_truth(answer):
        raise NotReadable(
            f"Expected a number{where}, and this is {bool(answer)}. A comparison such as a == b "
            "gives True or False."
        )
    if hasattr(answer, "total_seconds") or type(answer).__name__ == "timedelta64":
        raise NotReadable(
            f"Expected a number{where}, and this is a span of time. Its number of days is .days."
        )
    try:
        number = float(answer)
    except OverflowError:
        raise NotReadable(f"This number is too large{where}.") from None
    except (TypeError, ValueError):
        raise NotReadable(f"Expected a number{where}. You gave {kind_of(answer)}.") from None
    if math.isnan(number) or math.isinf(number):
        raise NotReadable(f"This number is not finite{where}: something was divided by zero.")
    return number


def _day(answer: Any, item: Day, where: str) -> str:
    example = "2012-03" if item.month else "2012-03-22"
    if type(answer).__name__ == "Period":
        _refuse_coarse(answer.freqstr[0], item, where)
        answer = answer.start_time
    if type(answer).__name__ == "datetime64":
        _refuse_coarse(str(answer.dtype)[len("datetime64[") : -1], item, where)
        answer = answer.astype("datetime64[D]").item()
    if isinstance(answer, (datetime.date, datetime.datetime)):
        return f"{answer:%Y-%m}" if item.month else f"{answer:%Y-%m-%d}"
    if isinstance(answer, str):
        found = _written_day(answer, item)
        if found:
            return found
        raise NotReadable(
            f"'{shown(answer)}' cannot be read as a date without doubt{where}. Write year, month "
            f'and day like this: "{example}".'
        )
    raise NotReadable(f'Expected a date such as "{example}"{where}. You gave {kind_of(answer)}.')


def _refuse_coarse(unit: str, item: Day, where: str) -> None:
    """Refuse a period that is longer than what is asked and leaves open what is meant."""
    coarse = {"Y": "year", "A": "year", "Q": "quarter", "W": "week", "M": "month"}
    if unit in coarse and not (unit == "M" and item.month):
        asked = "month" if item.month else "day"
        raise NotReadable(f"Expected a {asked}{where}, and this is a whole {coarse[unit]}.")


_ISO = re.compile(
    r"\s*(\d{4})(?P<mark>[-/])(\d{1,2})(?:(?P=mark)(\d{1,2}))?"
    r"(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?\s*"
)


def _written_day(text: str, item: Day) -> str:
    text = text[:60]
    words = plain(text).replace(",", " ").replace(".", " ").split()
    iso = _ISO.fullmatch(text)
    if iso:
        year, month, day = iso[1], iso[3], iso[4]
    else:
        named = [word for word in words if word in MONTHS]
        numbers = [re.sub(r"(st|nd|rd|th|er)$", "", w) for w in words if w not in named]
        if len(named) != 1 or not all(n.isdigit() for n in numbers):
            return ""
        years = [n for n in numbers if len(n) == 4]
        days = [n for n in numbers if len(n) < 3]
        if len(years) != 1 or len(days) > 1 or len(numbers) != len(years) + len(days):
            return ""
        month = str(MONTHS[named[0]])
        year, day = years[0], days[0] if days else None
    if item.month:
        return f"{year}-{int(month):02d}" if 1 <= int(month) <= 12 else ""
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat() if day else ""
    except ValueError:
        return ""


def _name(answer: Any, item: Name, where: str) -> str:
    if not isinstance(answer, str):
        raise NotReadable(
            f'Expected a word in quotation marks{where}, such as "Gao". You gave {kind_of(answer)}.'
        )
    given = plain(answer)
    if item.options:
        known = {plain(option): plain(option) for option in item.options}
    elif item.among:
        known = _spellings(item.among)
    else:
        return given
    if given in known:
        return known[given]
    near = difflib.get_close_matches(given[:60], known, n=1, cutoff=0.7)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    choices = f" Possible: {', '.join(map(repr, item.options))}." if item.options else hint
    noun = f"none of the {item.among}" if item.among else "none of the possible words"
    raise NotReadable(f"'{shown(answer)}' is {noun} in the tables{where}.{choices}")


@cache
def _spellings(table: str) -> dict[str, str]:
    """Return every way to write a name of a table, with the id it stands for."""
    if table == "countries":
        codes = load("governance_indicators")["iso3"].unique()
        shapes = geometry("country_boundaries")["features"]
        names = {shape["id"]: shape["properties"]["name"] for shape in shapes}
        pairs = [(code, [code, names.get(code, "")]) for code in codes]
        pairs += [(code, [name]) for name, code in OTHER_COUNTRY_NAMES.items()]
    else:
        rows = load(table)
        ident = rows.columns[0]
        ways = [c for c in ("name", "short_name", "acronym", "name_fr") if c in rows.columns]
        others = "alternative_names" if "alternative_names" in rows.columns else None
        pairs = []
        for row in rows.to_dict("records"):
            more = str(row[others]).split(";") if others else []
            pairs.append((row[ident], [row[ident], *(row[way] for way in ways), *more]))
    known: dict[str, str] = {}
    for ident, written in pairs:
        for way in written:
            if str(way).strip():
                known.setdefault(plain(way), str(ident))
    return known


def _truth(answer: Any, item: Truth, where: str) -> str:
    if is_truth(answer):
        return "true" if answer else "false"
    if isinstance(answer, str) and plain(answer) in ("true", "yes", "false", "no"):
        return "true" if plain(answer) in ("true", "yes") else "false"
    raise NotReadable(f"Expected True or False{where}. You gave {kind_of(answer)}.")
