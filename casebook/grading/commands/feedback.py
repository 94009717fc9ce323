"""Write a page for each student, and zips that an LMS hands out."""

from __future__ import annotations

import argparse
import re
import zipfile
from pathlib import Path

from casebook.grading import feedback, gradebook, intake
from casebook.grading.course import Course
from casebook.grading.outline import outline
from casebook.grading.sheets import Sheet

HELP = "write a page for each student: diagnoses, comments and rubrics"
# The first folder that fits: those inside it are the student's to name.
_MOODLE = re.compile(r"(?:.*?/)??([^/]+_\d+_assignsubmission_file_?)(?:/.*)?")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("course", type=Path)
    parser.add_argument(
        "--unfinished", action="store_true", help="also where answers in words are not all marked"
    )


def run(chosen: argparse.Namespace) -> int:
    """Write the pages; return the exit code."""
    course = Course(chosen.course)
    sheets = gradebook.sheets(course)
    if not sheets:
        raise intake.Refused(f"{course.folder} holds no marked submissions: mark some first.")
    ready = [sheet for sheet in sheets if sheet.complete or chosen.unfinished]
    changed = 0
    for sheet in ready:
        notebook = course.repaired(sheet.student, sheet.part)
        page = feedback.page(sheet, notebook, outline(sheet.part))
        changed += course.keep_feedback(sheet.student, sheet.part, page)
    for part in sorted({sheet.part for sheet in ready}):
        print(_zipped(course, part, [sheet for sheet in ready if sheet.part == part]))
    print(f"{len(ready)} pages in {course.folder / 'feedback'}, {changed} of them new or changed.")
    waiting = len(sheets) - len(ready)
    if waiting:
        print(f"{waiting} wait for marks of answers in words: see review, or --unfinished.")
    return 0


def _zipped(course: Course, part: str, sheets: list[Sheet]) -> str:
    """Pack the pages of a part: for Moodle under the names that it knows, else one a student."""
    archive = course.folder / "feedback" / f"{part}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for sheet in sheets:
            came_as = _MOODLE.fullmatch(course.about(sheet.student, part).get("from", ""))
            folder = came_as[1] if came_as else sheet.student
            entry = zipfile.ZipInfo(f"{folder}/feedback-{part}.html")
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, course.feedback(sheet.student, part).read_bytes())
    return f"To hand out: {archive}"
