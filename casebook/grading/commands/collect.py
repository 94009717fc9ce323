"""Take in what was handed in and who is in the course; say one line a file."""

from __future__ import annotations

import argparse
import zipfile
from collections import Counter
from pathlib import Path

from casebook.checks.keys import parts
from casebook.grading.course.folder import Course
from casebook.grading.course.submission import REFUSED, Line
from casebook.grading.intake import download, sorting
from casebook.grading.lms import class_list
from casebook.grading.lms.class_list import ClassList

HELP = "take in a download or a folder, and the LMS's table of the class"
ROSTER = "roster"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("course", type=Path, help="folder of the course; made if missing")
    parser.add_argument(
        "sources",
        type=Path,
        nargs="+",
        help="zips of Moodle, Canvas or Blackboard, or folders; also Moodle's grading worksheet, "
        "Canvas's or Blackboard's gradebook, or a CSV with a column student",
    )
    parser.add_argument(
        "--part", choices=parts(), default="", help="part that a grading worksheet belongs to"
    )


def run(chosen: argparse.Namespace) -> int:
    """Collect; return the exit code."""
    course = Course(chosen.course)
    # Tables first: one that cannot be read is found out before anything is taken in.
    tables = [class_list.read(source) for source in chosen.sources if _is_table(source)]
    lines: list[Line] = []
    for source in chosen.sources:
        if not _is_table(source):
            found, others = sorting.sorted_out(source, parts())
            lines += [*(course.take(submission) for submission in found), *others]
    lines.sort(key=lambda line: line.path)
    lines += [_people(course, found, chosen.part) for found in tables]
    course.log(lines)
    for line in lines:
        print(line)
    for remark in [remark for found in tables for remark in found.remarks]:
        print(f"{remark}.")
    counts = Counter(line.became for line in lines)
    print(f"\n{len(lines)} files: " + ", ".join(f"{n} {became}" for became, n in counts.items()))
    unplaced = [line for line in lines[-len(tables) :] if line.became == REFUSED]
    return 1 if tables and unplaced else 0


def _is_table(source: Path) -> bool:
    """Tell a table from submissions; by what is in it, for Blackboard calls text ``.xls``."""
    if source.suffix.casefold() in (".ipynb", ".zip") or not source.is_file():
        return False
    if zipfile.is_zipfile(source):
        names = set(download.paths(source))
        return bool(names & {"[Content_Types].xml", "mimetype"})
    return True


def _people(course: Course, found: ClassList, part: str) -> Line:
    """Keep the people of a table; return the line about it."""
    if found.of_one_part:
        part = part or course.part_of(found.everybody())
        if not part:
            why = "nobody in it has handed in anything that was collected: say --part"
            return Line(found.file, REFUSED, said=why)
    else:
        part = ""
    people = found.everybody(part)
    course.keep_people(people)
    of = f" of {part}" if part else ""
    times = sum(person.handed_in is not None for person in people)
    said = f"{len(people)} people{of} from {found.lms}"
    if found.of_one_part:
        said += f", {times} with the time of handing in"
    expected = [p for p in course.roster().people if p.part == part]
    if len(expected) > len(people):
        said += (
            f"; {len(expected) - len(people)} more stay from before: delete their lines in "
            "roster.csv if they have left"
        )
    return Line(found.file, ROSTER, said=said)
