"""Single values of an answer: a number, a day, a name, yes or no."""

from __future__ import annotations

import datetime
import difflib
import math
import re
import unicodedata
from functools import cache
from typing import Any

from casebook.checks.shapes import Day, Item, Name, Number, Truth
from casebook.tables import geometry, load

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip

MISSING_IN_WORDS = ("", "none", "nan", "na", "n/a", "missing", "unknown", "not known")
"""What beginners write in quotation marks for a missing value."""


class NotAnswered(Exception):  # noqa: N818  (what it says, not what went wrong)
    """Nothing was answered yet, or not all of it: then the message names what is left open."""


NOT_KNOWN = ("none", "not known", "unknown", "nan", "n/a")
"""What learners write in quotation marks where None is meant."""


class NotReadable(Exception):  # noqa: N818  (what it says, not what went wrong)
    """The answer is of another kind than expected; the message is for the learner."""


def refuse_nothing(answer: Any) -> None:
    """Raise `NotAnswered` for the three dots, None and empty text."""
    if answer is None or answer is Ellipsis or (isinstance(answer, str) and not answer.strip()):
        raise NotAnswered


def refuse_function(answer: Any) -> None:
    """Raise `NotReadable` for a function that was named and not called."""
    if callable(answer) and not isinstance(answer, type):
        name = getattr(answer, "__name__", "it")
        raise NotReadable(
            f"This is a function, not what it returns. Call it with brackets: {name}(...)."
        )


def plain(text: Any) -> str:
    """Return a name without case, accents, underscores and spare spaces."""
    letters = unicodedata.normalize("NFD", str(text))
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
    if item.missing and isinstance(answer, str) and plain(answer) in NOT_KNOWN:
        raise NotReadable(
            f"If it is not known{where}, write None: a word of Python, without quotation marks."
        )
    if _is_missing(answer):
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
    readers = {Number: _number, Day: _day, Name: _name, Truth: _truth}
    return readers[type(item)](answer, item, where)


def is_truth(answer: Any) -> bool:
    """Return whether a value is True or False, of Python or of numpy."""
    return isinstance(answer, bool) or type(answer).__name__ in ("bool_", "bool")


def kind_of(answer: Any) -> str:
    """Return in words what somebody gave."""
    names = {
        "str": f"the text {str(answer)[:40]!r}",
        "bool": "True or False",
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
        "Timedelta": "a span of time",
        "timedelta": "a span of time",
    }
    name = type(answer).__name__
    if name == "ellipsis":
        return "three dots"
    if name.endswith("GroupBy"):
        return "groups of rows; say what to do with each, for example .sum() or .size()"
    if hasattr(answer, "dtype") and getattr(answer, "ndim", 1) == 0:
        return "a number"
    if name.endswith("Array"):
        return "an array"
    return names.get(name, f"something of the kind {name}")


def _unwrapped(answer: Any, where: str) -> Any:
    shape = getattr(answer, "shape", None)
    if shape == ():
        return answer.item() if not hasattr(answer, "year") and hasattr(answer, "item") else answer
    kind = type(answer).__name__
    if kind == "DataFrame":
        size = "with one column" if shape and shape[1] == 1 else f"of {shape[1]} columns"
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


def _is_missing(answer: Any) -> bool:
    if answer is None:
        return True
    if type(answer).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(answer, float) and math.isnan(answer)


def _number(answer: Any, item: Number, where: str) -> float:
    if isinstance(answer, str):
        if item.missing and plain(answer) in MISSING_IN_WORDS:
            raise NotReadable(
                f"Here stands the text {answer!r}{where}. Write None, without quotation marks, "
                "for a value that cannot be given."
            )
        digits = re.sub(r"[,\s\u00a0%]", "", answer)
        try:
            float(digits)
        except ValueError:
            only = " Write the number alone, without words and quotation marks."
            raise NotReadable(
                f"Expected a number{where}, and this is the text {answer[:40]!r}."
                f"{only if re.search(r'[0-9]', answer) else ''}"
            ) from None
        raise NotReadable(
            f"Expected a number{where}, and {answer!r} stands in quotation marks: for Python it "
            f"is a text. Write {digits}, or turn it into a number with float(...)."
        )
    if is_truth(answer):
        raise NotReadable(
            f"Expected a number{where}, and this is {bool(answer)}. A comparison such as a == b "
            "gives True or False."
        )
    if hasattr(answer, "total_seconds"):
        raise NotReadable(
            f"Expected a number{where}, and this is a span of time. Its number of days is .days."
        )
    try:
        number = float(answer)
    except (TypeError, ValueError):
        raise NotReadable(f"Expected a number{where}. You gave {kind_of(answer)}.") from None
    if math.isnan(number) or math.isinf(number):
        raise NotReadable(f"This number is not finite{where}: something was divided by zero.")
    return number


def _day(answer: Any, item: Day, where: str) -> str:
    example = "2012-03" if item.month else "2012-03-22"
    if type(answer).__name__ == "Period":
        if answer.freqstr[0] == "M" and not item.month:
            raise NotReadable(f"Expected a day{where}, and this is a whole month.")
        answer = answer.start_time
    if type(answer).__name__ == "datetime64":
        answer = answer.astype("datetime64[D]").item()
    if isinstance(answer, (datetime.date, datetime.datetime)):
        return f"{answer:%Y-%m}" if item.month else f"{answer:%Y-%m-%d}"
    if isinstance(answer, str):
        found = _written_day(answer, item)
        if found:
            return found
        raise NotReadable(
            f"{answer[:40]!r} cannot be read as a date without doubt{where}. Write year, month "
            f'and day like this: "{example}".'
        )
    raise NotReadable(f'Expected a date such as "{example}"{where}. You gave {kind_of(answer)}.')


def _written_day(text: str, item: Day) -> str:
    words = plain(text).replace(",", " ").split()
    iso = re.fullmatch(r"\s*(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ][\d:.]+)?\s*", text)
    if iso:
        year, month, day = iso[1], iso[2], iso[3]
    else:
        named = [word for word in words if word[:3] in {m[:3] for m in MONTHS} and word.isalpha()]
        numbers = [re.sub(r"(st|nd|rd|th)$", "", w) for w in words if w not in named]
        if len(named) != 1 or not all(n.isdigit() for n in numbers):
            return ""
        years = [n for n in numbers if len(n) == 4]
        days = [n for n in numbers if len(n) < 3]
        if len(years) != 1 or len(days) > 1 or len(numbers) != len(years) + len(days):
            return ""
        month = str(1 + [m[:3] for m in MONTHS].index(named[0][:3]))
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
    near = difflib.get_close_matches(given, known, n=1, cutoff=0.7)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    choices = f" Possible: {', '.join(map(repr, item.options))}." if item.options else hint
    noun = f"none of the {item.among}" if item.among else "none of the possible words"
    raise NotReadable(f"{answer[:40]!r} is {noun} in the tables{where}.{choices}")


@cache
def _spellings(table: str) -> dict[str, str]:
    """Return every way to write a name of a table, with the id it stands for."""
    if table == "countries":
        codes = load("governance_indicators")["iso3"].unique()
        shapes = geometry("country_boundaries")["features"]
        names = {shape["id"]: shape["properties"]["name"] for shape in shapes}
        pairs = [(code, [code, names.get(code, "")]) for code in codes]
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
