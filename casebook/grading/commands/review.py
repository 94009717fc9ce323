"""Look at submissions in the browser, mark written answers, comment: nbgrader's formgrader."""

from __future__ import annotations

import argparse
from pathlib import Path

from casebook.grading import gradebook, intake, reviewing
from casebook.grading.course import Course

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
    from casebook.grading import formgrader

    course = Course(chosen.course)
    made = reviewing.prepare(course)
    sheets = gradebook.sheets(course)
    if not sheets:
        raise intake.Refused(f"{course.folder} holds no marked submissions: mark some first.")
    waiting = sum(
        grade.points is None or grade.look_again for sheet in sheets for grade in sheet.grades
    )
    print(
        f"{len(sheets)} submissions, {made} laid out anew; {waiting} written answers to be marked."
    )
    found = {sheet.part for sheet in sheets}
    start = found.pop() if len(found) == 1 else ""
    formgrader.serve(course, chosen.port, start, browser=not chosen.no_browser)
    return 0
