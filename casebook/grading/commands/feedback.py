"""Write a page for each student, and zips that an LMS hands out."""

from __future__ import annotations

import argparse
import re
import zipfile
from pathlib import Path

from casebook.grading.course.folder import Course
from casebook.grading.course.outline import outline
from casebook.grading.errors import Refused
from casebook.grading.feedback import student_page
from casebook.grading.marks import gradebook
from casebook.grading.marks.grades import GradedSubmission

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
    gradebook.bring_up_to_date(course)
    all_graded = gradebook.graded(course)
    if not all_graded:
        raise Refused(f"{course.folder} holds no marked submissions: mark some first.")
    ready = [graded for graded in all_graded if graded.complete or chosen.unfinished]
    changed = 0
    for graded in ready:
        notebook = course.repaired(graded.student, graded.part)
        page = student_page.page(graded, notebook, outline(graded.part))
        changed += course.keep_feedback(graded.student, graded.part, page)
    for part in sorted({graded.part for graded in ready}):
        print(_zipped(course, part, [graded for graded in ready if graded.part == part]))
    print(f"{len(ready)} pages in {course.folder / 'feedback'}, {changed} of them new or changed.")
    waiting = len(all_graded) - len(ready)
    if waiting:
        print(f"{waiting} wait for marks of answers in words: see review, or --unfinished.")
    return 0


def _zipped(course: Course, part: str, all_graded: list[GradedSubmission]) -> str:
    """Pack the pages of a part: for Moodle under the names that it knows, else one a student."""
    archive = course.folder / "feedback" / f"{part}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for graded in all_graded:
            came_as = _MOODLE.fullmatch(course.about(graded.student, part).get("from", ""))
            folder = came_as[1] if came_as else graded.student
            entry = zipfile.ZipInfo(f"{folder}/feedback-{part}.html")
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, course.feedback(graded.student, part).read_bytes())
    return f"To hand out: {archive}"
