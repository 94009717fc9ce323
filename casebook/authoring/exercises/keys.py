"""Seal what the cells of a master give."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from casebook.authoring.exercises.master import PAGE_LINK, Master, MasterError
from casebook.authoring.exercises.running import Answers
from casebook.checks import reading, sealing
from casebook.checks.shapes import Number, Record, Shape
from casebook.checks.values import NotReadable
from casebook.module_map import ModuleMap

ENTRIES = 24
"""Sealed entries of a task, decoys included."""


def sealed(master: Master, answers: list[Answers], pages: ModuleMap) -> dict[str, Any]:
    """Return the key file of a master.

    Raises
    ------
    MasterError
        If a wrong answer cannot be read, or be told from the right one or from another wrong one,
        or if an other way does not give the right answer.
    """
    entries_of = [opened(found, pages) for found in answers]
    length = max(len(sealing.packed(e)) for entries in entries_of for e in entries.values())
    length = -(-length // 64) * 64
    tasks = {}
    for found, entries in zip(answers, entries_of, strict=True):
        task, key = found.task, found.task.its_key
        salt = _salt(task.id, entries)
        tasks[task.name] = {
            "title": task.title,
            "variable": key.variable,
            "shape": key.written_shape,
            "offsets": offsets(found.right, key.shape),
            "salt": salt,
            "hints": list(key.hints[:2]),
            "veiled": sealing.veil(key.hints[2], salt),
            "entries": _entries(entries, salt, length),
        }
    return {"part": master.part, "title": master.title, "tasks": tasks}


def _salt(task_id: str, entries: dict[str, dict[str, str]]) -> str:
    """Return a salt that changes with every word of a task's entries.

    Else two editions would show which entries are decoys, and their difference the difference of
    two texts. The slow hash keeps the salt from giving a quick test of a guess.
    """
    slow = sealing.digest(next(iter(entries)), task_id)
    content = json.dumps(entries).encode()
    return hashlib.blake2b(content, key=slow, digest_size=16, person=b"salt").hexdigest()


def _entries(entries: dict[str, dict[str, str]], salt: str, length: int) -> dict[str, str]:
    if len(entries) > ENTRIES:
        raise MasterError(f"{len(entries)} entries, more than {ENTRIES}: raise ENTRIES")
    filed, secret = {}, b""
    for form, entry in entries.items():
        opened = sealing.digest(form, salt)
        secret = secret or opened
        filed[sealing.token(opened)] = sealing.seal(entry, opened, length)
    for number in range(ENTRIES - len(filed)):
        name, text = sealing.decoy(secret, number, length)
        filed[name] = text
    return dict(sorted(filed.items()))


def opened(found: Answers, pages: ModuleMap) -> dict[str, dict[str, str]]:
    """Return what each normal form opens, the right one first."""
    task, expected = found.task, found.task.its_key.shape
    starts = offsets(found.right, expected)
    part = reading.no_count(reading.read(found.right, expected), expected)
    if part is not None:
        raise MasterError(f"{task.id}: {part} is no whole number: give its shape decimals")
    right = {"kind": "right", "text": linked(task.its_key.shows, pages)}
    entries: dict[str, dict[str, str]] = dict.fromkeys(
        reading.key_forms(found.right, expected, starts), right
    )
    for number, other in enumerate(found.alternatives, 1):
        if not set(reading.forms(other, expected, starts)) & set(entries):
            raise MasterError(f"{task.id}, alternative {number} gives another answer")
    for name, message, wrong in found.wrongs:
        entry = {"kind": "diagnosed", "text": linked(message, pages), "name": name}
        try:
            forms = reading.key_forms(wrong, expected, starts)
        except NotReadable as error:
            raise MasterError(f"{task.id}: {name} cannot be read: {error}") from error
        for form in forms:
            if entries.get(form, entry) != entry:
                other = entries[form].get("name", "the right answer")
                raise MasterError(f"{task.id}: {name} gives the same as {other}")
            entries[form] = entry
    for name, message, wrong in found.wrongs:
        entry = {"kind": "diagnosed", "text": linked(message, pages), "name": name}
        for form in reading.counted_forms(wrong, expected, starts):
            entries.setdefault(form, entry)
    return entries


def offsets(right: Any, expected: Shape) -> dict[str, float]:
    """Return where the grid of each number with a tolerance stands.

    A tolerance of 0.5 around 12.3 is a cell from 11.8 to 12.8. What is published is 12.3 modulo
    the width of the cell: where cells begin, not which one is right.
    """
    row = reading.read(right, expected)[0]
    named = expected.fields if isinstance(expected, Record) else (("", expected),)
    if not isinstance(expected, (Number, Record)):
        return {}
    return {
        name: reading.offset(value, item)
        for value, (name, item) in zip(row, named, strict=True)
        if isinstance(item, Number) and item.tolerance
    }


def linked(text: str, pages: ModuleMap) -> str:
    """Turn ``[words](page:chapters/origins/collapse-2012)`` into an address, or into words."""

    def write(match: re.Match[str]) -> str:
        words, path, anchor = str(match[1]), match[2], match[3] or ""
        if pages.page(path) is None:
            raise MasterError(f"module.yml has no page {path}")
        if not pages.site_url:
            return words
        return f"[{words}]({pages.site_url.rstrip('/')}/{path}.html{anchor})"

    return PAGE_LINK.sub(write, text)
