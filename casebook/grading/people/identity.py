"""Who handed in what, read out of the names that an LMS gives to files.

The patterns are those of the downloads "all submissions":

- Moodle: ``Awa Keita_1234_assignsubmission_file_/origins.ipynb``
- Canvas: ``keitaawa_LATE_4321_98765_origins-1.ipynb``
- Blackboard: ``Part 1_akeita_attempt_2026-10-01-13-45-00_origins.ipynb``
- a plain folder: ``akeita/origins.ipynb``, ``akeita_origins.ipynb`` or ``akeita.ipynb``
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

# The first place that fits counts in each: what follows it is the student's to choose.
_PATTERNS = {
    "Moodle": re.compile(
        r"(?:.*?/)??(?P<name>[^/]+?)_(?P<id>\d+)_assignsubmission_file(?:_?/(?:.*/)?|_)"
        r"(?P<file>[^/]+)"
    ),
    "Blackboard": re.compile(
        r"(?:.*?/)??[^/]+?_(?P<id>[^/_]+)_attempt_(?P<when>\d{4}(?:-\d\d){5})_(?P<file>[^/]+)"
    ),
    "Canvas": re.compile(
        r"(?:.*?/)??(?P<name>[^/_]+)(?:_LATE)?_(?P<id>\d+)_(?P<order>\d+)_(?P<file>[^/]+)",
        re.IGNORECASE,
    ),
}
FOLDER = "a folder"
_AGAIN = re.compile(r"(?:-(?P<dash>\d{1,3})| ?\((?P<bracket>\d{1,3})\))$")
LONGEST = 60


@dataclass(frozen=True)
class Sender:
    """Who handed a file in, and under which name.

    Attributes
    ----------
    student : str
        Fit for the name of a folder, the same at each download.
    name : str
        As the LMS writes it.
    file : str
        Name of the file as the student gave it.
    order : tuple
        Among files of one student and part the largest is the newest, as far as names tell.
    """

    student: str
    name: str
    file: str
    order: tuple[str, int, int]


def origin(paths: Iterable[str]) -> str:
    """Return which LMS names files as most of a download are named, or `FOLDER`.

    It is asked of a download as a whole, so that no student can name a file as another LMS would
    name one of somebody else.
    """
    known = list(paths)
    fitting = {lms: sum(map(bool, map(p.fullmatch, known))) for lms, p in _PATTERNS.items()}
    likeliest = max(fitting, key=lambda lms: fitting[lms])
    return likeliest if 2 * fitting[likeliest] > len(known) else FOLDER


def common_folder(paths: Iterable[str]) -> str:
    """Return the folder around a class, such as ``class/`` where all is ``class/awa/...``."""
    split = [PurePosixPath(path).parts for path in paths]
    around = {names[0] for names in split}
    return f"{around.pop()}/" if len(around) == 1 and min(map(len, split)) > 2 else ""


def sender(path: str, parts: Iterable[str], lms: str) -> Sender:
    """Read a path inside a download.

    Parameters
    ----------
    path : str
        With ``/``, relative to the folder or zip.
    parts : iterable of str
        Names of the parts that have exercises.
    lms : str
        From `origin`.
    """
    found = _PATTERNS[lms].fullmatch(path) if lms != FOLDER else None
    if found:
        given = found.groupdict()
        order = (given.get("when") or "", int(given.get("order") or 0), _again(given["file"]))
        if "name" not in given:
            return Sender(student(given["id"]), clean(given["id"]), given["file"], order)
        who = student(given["name"], given["id"])
        return Sender(who, clean(given["name"]), given["file"], order)
    whole = PurePosixPath(path)
    name = whole.parts[0] if len(whole.parts) > 1 else _without_part(whole.stem, parts)
    return Sender(student(name), clean(name), whole.name, ("", 0, _again(whole.name)))


def student(name: str, number: str = "") -> str:
    """Return the name of a student's folder.

    Parameters
    ----------
    name : str
        As the LMS writes it in the names of files; where it gives no number, all there is.
    number : str
        That the LMS gives; two students may share a name, but not a number.
    """
    return f"{_slug(name)}-{number}" if number else _own_slug(name)


def part_named(file: str, parts: Iterable[str]) -> str:
    """Return the part whose name stands in the name of a file, or nothing."""
    plain = re.sub(r"[\W_]+", "-", file.casefold())
    return next((part for part in parts if part in plain), "")


def _without_part(stem: str, parts: Iterable[str]) -> str:
    stem = _AGAIN.sub("", stem)
    for part in parts:
        spelled = re.escape(part).replace(r"\-", r"[\W_]?")
        shorter = re.sub(rf"^{spelled}[\W_]+|[\W_]+{spelled}$", "", stem, flags=re.IGNORECASE)
        if shorter != stem:
            return shorter
    return stem


def _again(file: str) -> int:
    """Return the number that a browser or LMS appends to the second file of a name."""
    found = _AGAIN.search(PurePosixPath(file).stem)
    return int(found["dash"] or found["bracket"]) if found else 0


def clean(name: str) -> str:
    """Return a name as one line that can be shown."""
    shown = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", name))
    return " ".join(shown.split())[:LONGEST]


def shown(path: str) -> str:
    """Return a path fit for a line of a report."""
    plain = "".join(c if c.isprintable() else "?" for c in path[:200])
    return plain if len(plain) <= 120 else f"{plain[:60]}…{plain[-59:]}"


def _slug(name: str) -> str:
    """Return a name that is a folder's everywhere: no path, no hidden file, no option."""
    letters = re.sub(r"[^\w.]+", "-", unicodedata.normalize("NFC", name)).strip("-._")
    return letters[:LONGEST].rstrip("-._") or "student"


def _own_slug(name: str) -> str:
    """Return a folder's name for a student without an id: never the same for two names."""
    slug = _slug(name)
    if slug == name:
        return slug
    mark = hashlib.blake2b(name.encode(errors="replace"), digest_size=3).hexdigest()
    return f"{slug}-{mark}"
