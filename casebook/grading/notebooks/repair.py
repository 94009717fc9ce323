"""Put a submission into the frame of the released notebook.

A notebook that comes back may have lost cells, have them twice or in another order, with changed
questions, checks and metadata. Each of its cells is matched with the released cell it was made
from; the repaired notebook has the released cells in their order, locked ones as released, with
the student's text in the cells that are the student's, and with added cells where they stood.
Nothing is run here, and outputs are left behind.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casebook.grading.notebooks import structure


@dataclass(frozen=True)
class Repaired:
    """A repaired notebook.

    Attributes
    ----------
    notebook : dict
        In nbformat 4, with the metadata of the release.
    notes : list of str
        What was done, in sentences without a full stop.
    """

    notebook: dict[str, Any]
    notes: list[str]


@dataclass(frozen=True)
class _Given:
    """A cell of a submission: its kind and text, and the released cell it was made from."""

    kind: str
    source: str
    released: int | None
    skipped: bool


def repair(submitted: Mapping[str, Any], released: Mapping[str, Any]) -> Repaired:
    """Return a submission in the frame of its release.

    Parameters
    ----------
    submitted : mapping
        A notebook as `casebook.grading.notebooks.reading` returns it.
    released : mapping
        The notebook that learners were given.
    """
    frame = released["cells"]
    given = list(_matched(submitted["cells"], frame))
    notes = _Notes(frame)
    placed: dict[int, list[dict[str, Any]]] = {at: [] for at in range(-1, len(frame))}
    mine: dict[int, list[_Given]] = {}
    last, in_order = -1, True
    for found in given:
        if found.skipped:
            notes.add("removed a tag that would have skipped", found.released)
        if found.released is None:
            placed[last].append(_added(found))
            continue
        mine.setdefault(found.released, []).append(found)
        in_order = in_order and found.released >= last
        last = found.released
    cells = list(placed[-1])
    for at, original in enumerate(frame):
        cells += _restored(at, original, mine.get(at, []), notes)
        cells += placed[at]
    for number, cell in enumerate(cells):
        cell.setdefault("id", f"added-{number}")
    said = notes.said()
    if not in_order:
        said.append("put the cells back into their order")
    language = _language(submitted)
    if language not in ("", "python"):
        said.append("set the language back to Python")
    notebook = {
        **copy.deepcopy({k: v for k, v in released.items() if k != "cells"}),
        "cells": cells,
    }
    return Repaired(notebook, said)


class _Notes:
    """What was done, gathered by deed so that a report stays short."""

    def __init__(self, frame: list[dict[str, Any]]) -> None:
        self.frame = frame
        self.deeds: dict[str, list[str]] = {}

    def add(self, deed: str, at: int | None) -> None:
        name = (
            "an added cell"
            if at is None
            else structure.grade_id(self.frame[at]) or self.frame[at]["id"]
        )
        self.deeds.setdefault(deed, []).append(name)

    def said(self) -> list[str]:
        lines = []
        for deed, names in self.deeds.items():
            more = f" and {len(names) - 4} more" if len(names) > 4 else ""
            lines.append(f"{deed} {', '.join(names[:4])}{more}")
        return lines


def _restored(
    at: int, original: dict[str, Any], mine: list[_Given], notes: _Notes
) -> list[dict[str, Any]]:
    """Return a released cell as it should be, and what a student made of copies of it."""
    cell = copy.deepcopy(original)
    kind, stub, about = cell["cell_type"], structure.text_of(original), structure.graded(original)
    if not mine:
        notes.add("restored", at)
        return [cell]
    if len(mine) > 1:
        notes.add("found twice", at)
    if about.get("locked"):
        if any(_plain(found.source) != _plain(stub) for found in mine):
            notes.add("restored the text of", at)
        return [cell]
    if any(found.kind != kind for found in mine):
        notes.add("restored the kind of", at)
    # A copy that was left as it came would undo the answer in the other.
    own = [found.source for found in mine if _plain(found.source) != _plain(stub)]
    own = list(dict.fromkeys(own)) or [stub]
    if kind != "code":
        cell["source"] = "\n\n".join(own)
        return [cell]
    cell["source"] = own[0]
    copies = [_added(_Given("code", source, at, skipped=False)) for source in own[1:]]
    return [cell, *copies]


def _added(cell: _Given) -> dict[str, Any]:
    made: dict[str, Any] = {"cell_type": cell.kind, "metadata": {}, "source": cell.source}
    if cell.kind == "code":
        made |= {"execution_count": None, "outputs": []}
    return made


def _plain(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def _language(notebook: Mapping[str, Any]) -> str:
    metadata = notebook.get("metadata")
    about = metadata.get("kernelspec") if isinstance(metadata, Mapping) else None
    language = about.get("language") if isinstance(about, Mapping) else ""
    return language.casefold() if isinstance(language, str) else "unknown"


def _matched(cells: list[Any], frame: list[dict[str, Any]]) -> Iterator[_Given]:
    """Find the released cell of each submitted one, by the surest sign that is left."""
    by_grade = {
        structure.grade_id(cell): at for at, cell in enumerate(frame) if structure.grade_id(cell)
    }
    by_id = {cell["id"]: at for at, cell in enumerate(frame)}
    by_text = {_plain(structure.text_of(cell)): at for at, cell in enumerate(frame)}
    by_task = {
        structure.checked_task(structure.text_of(cell)): at
        for at, cell in enumerate(frame)
        if structure.is_check(cell)
    }
    variables = list(_variables(frame))
    raw = [cell for cell in cells if isinstance(cell, Mapping)]
    taken = {
        by_grade[structure.grade_id(cell)]
        for cell in raw
        if _hashable(structure.grade_id(cell)) in by_grade
    }
    for cell in raw:
        kind, source = cell.get("cell_type"), structure.text_of(cell)
        kind = kind if kind in ("code", "markdown") else "raw"
        at = by_grade.get(_hashable(structure.grade_id(cell)))
        if at is None:
            at = by_id.get(_hashable(cell.get("id")))
        if at is None:
            at = by_text.get(_plain(source))
        if at is None and kind == "code":
            at = (
                by_task.get(structure.checked_task(source))
                if structure.checked_task(source)
                else None
            )
        if at is None and kind == "code":
            at = next((w for w, sets in variables if w not in taken and sets.search(source)), None)
        yield _Given(kind, source, at, _skips(cell))


def _hashable(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _variables(frame: list[dict[str, Any]]) -> Iterator[tuple[int, re.Pattern[str]]]:
    """Return each answer cell with what a cell looks like that sets its answer."""
    for at, cell in enumerate(frame):
        if structure.is_check(cell) and at and structure.graded(frame[at - 1]).get("solution"):
            name = structure.checked_variable(structure.text_of(cell))
            yield at - 1, re.compile(rf"^{re.escape(name)}[ \t]*=[^=]", re.MULTILINE)


def _skips(cell: Mapping[str, Any]) -> bool:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, Mapping) else None
    return isinstance(tags, list) and "skip-execution" in tags
