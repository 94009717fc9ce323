"""Look at submissions in the browser, mark written answers, comment: nbgrader's formgrader."""

from __future__ import annotations

import argparse
from pathlib import Path

from casebook.grading.course.folder import Course
from casebook.grading.errors import Refused
from casebook.grading.marks import gradebook
from casebook.grading.review import layout

HELP = "mark written answers in the browser, the rubric beside them"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("course", type=Path)
    parser.add_argument("--port", type=int, default=8890, metavar="N")
    parser.add_argument(
        "--no-browser", action="store_true", help="only print the address, open no browser"
    )


def run(chosen: argparse.Namespace) -> int:
    """Serve until stopped; return the exit code."""
    # Only here: what serves takes a second to import, and the other commands do not need it.
    from casebook.grading.review import formgrader

    course = Course(chosen.course)
    made = layout.prepare(course)
    gradebook.bring_up_to_date(course)
    all_graded = gradebook.graded(course)
    if not all_graded:
        raise Refused(f"{course.folder} holds no marked submissions: mark some first.")
    waiting = sum(
        grade.points is None or grade.look_again for graded in all_graded for grade in graded.grades
    )
    print(
        f"{len(all_graded)} submissions, {made} laid out anew; "
        f"{waiting} written answers to be marked."
    )
    found = {graded.part for graded in all_graded}
    start = found.pop() if len(found) == 1 else ""
    formgrader.serve(course, chosen.port, start, browser=not chosen.no_browser)
    return 0
