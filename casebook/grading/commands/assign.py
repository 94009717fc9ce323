"""Assign a part or some of its tasks: a zip to upload, and a due date."""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from casebook.checks.keys import parts
from casebook.grading.course import handout
from casebook.grading.course.assignment import Assignment, chosen_tasks, due_date
from casebook.grading.course.folder import Course
from casebook.grading.course.outline import ROOT, outline
from casebook.grading.errors import Refused

HELP = "make the zip to upload for a part or some of its tasks, with a due date"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("course", type=Path, help="folder of the course; made if missing")
    parser.add_argument("part", choices=parts(), help="a part of the book that has exercises")
    parser.add_argument("--tasks", default="", metavar="q1-q4,q7", help="only these count")
    parser.add_argument(
        "--due", default="", metavar="2027-01-31T18:00", help="in the time that your LMS shows"
    )
    parser.add_argument(
        "--late-per-day",
        type=float,
        default=0,
        metavar="PERCENT",
        help="what each day begun after the due date costs",
    )
    parser.add_argument(
        "--for", dest="student", default="", metavar="STUDENT", help="extend --due for this one"
    )


def run(chosen: argparse.Namespace) -> int:
    """Assign; return the exit code."""
    course, about = Course(chosen.course), outline(chosen.part)
    due = due_date(chosen.due) if chosen.due else None
    before = course.assignment(chosen.part)
    if chosen.student:
        if due is None:
            raise Refused("--for needs --due, the date that this student has.")
        course.keep_assignment(before.extend(chosen.student, due))
        print(f"{chosen.student} has until {due:%Y-%m-%d %H:%M} for {chosen.part}.")
        return 0
    if not 0 <= chosen.late_per_day <= 100:
        raise Refused("--late-per-day is per cent of the points: from 0 to 100.")
    tasks = chosen_tasks(chosen.tasks, [task.name for task in about.tasks])
    assigned = replace(
        Assignment(chosen.part, tasks, due, chosen.late_per_day), extended=before.extended
    )
    course.keep_assignment(assigned)
    course.keep_released(chosen.part, handout.notebook(assigned, about))
    target = course.folder / "assigned" / f"{chosen.part}.zip"
    with tempfile.TemporaryDirectory() as place:
        handout.pack(target, assigned, about, handout.built_wheel(ROOT, Path(place)))
    print(handout.announcement(assigned, about).replace("**", ""))
    print(f"To upload: {target} ({target.stat().st_size / 1e6:.1f} MB)")
    return 0
