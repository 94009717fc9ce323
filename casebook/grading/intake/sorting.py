"""A download sorted: whose notebook each file is, of which part, and which is the newest.

What is accepted is written anew by the course, under a name made here. Each file gets one line in
the report.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from casebook.grading.course.submission import LEFT, REFUSED, Line, Submission
from casebook.grading.errors import Refused
from casebook.grading.intake import download
from casebook.grading.notebooks import reading, structure
from casebook.grading.people import identity
from casebook.grading.people.identity import shown


def part_of(cells: list[dict[str, Any]], file: str, parts: list[str]) -> tuple[str, str]:
    """Return the part that a notebook belongs to, and a remark where its name says another.

    Raises
    ------
    Refused
        If neither its cells nor its name tell.
    """
    signs = dict.fromkeys(parts, 0)
    for cell in cells:
        task = structure.checked_task(structure.text_of(cell)).split(".")[0]
        ident = str(cell.get("id", "")).rpartition("-")[0]
        for part in {task, ident} & set(parts):
            signs[part] += 1
    named = identity.part_named(file, parts)
    likeliest = max(parts, key=lambda part: (signs[part], part == named))
    if signs[likeliest]:
        other = named and named != likeliest
        return likeliest, f"named {named}, but its cells are of {likeliest}" if other else ""
    if not named:
        raise Refused(f"is an unknown notebook: neither its name nor a cell is of {_or(parts)}")
    return named, "only its name says which part it is"


def _or(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]


def sorted_out(source: Path, parts: list[str]) -> tuple[list[Submission], list[Line]]:
    """Return the newest notebook of each student and part, and a line for every other file."""
    newest: dict[tuple[str, str], Submission] = {}
    older: list[Submission] = []
    lines = []
    wanted = [path for path in download.paths(source) if download.unwanted(path) is None]
    lms, around = identity.origin(wanted), identity.common_folder(wanted)
    for found in download.files(source):
        try:
            submission = _read(found, parts, lms, around)
        except download.Ignored as reason:
            lines.append(Line(found.path, LEFT, said=str(reason)))
        except Refused as reason:
            lines.append(Line(found.path, REFUSED, said=str(reason)))
        else:
            other = newest.get(submission.key)
            if other is not None:
                older.append(min(submission, other, key=lambda one: one.age))
            if other is None or submission.age > other.age:
                newest[submission.key] = submission
    for old in older:
        said = f"{shown(newest[old.key].path)} of the same student is newer"
        lines.append(Line(old.path, LEFT, *old.key, said))
    return list(newest.values()), lines


def _read(found: download.Found, parts: list[str], lms: str, around: str) -> Submission:
    if isinstance(found.content, Refused):
        raise found.content
    cells = reading.notebook(found.content)["cells"]
    sender = identity.sender(found.path.removeprefix(around), parts, lms)
    part, remark = part_of(cells, sender.file, parts)
    return Submission(found.path, found.when, sender, part, found.content, remark)
