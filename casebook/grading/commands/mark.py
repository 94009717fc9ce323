"""Mark what was collected; say one line a submission."""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from casebook.grading import intake, sandbox
from casebook.grading.commands import ROOT
from casebook.grading.course import Course
from casebook.grading.marking import Marking

HELP = "mark what was collected"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("course", type=Path)
    parser.add_argument("--again", action="store_true", help="also what is marked already")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument(
        "--trust", default="", metavar="STUDENT", help="mark this one alone, without a sandbox"
    )


def run(chosen: argparse.Namespace) -> int:
    """Mark; return the exit code."""
    course, trust = Course(chosen.course), chosen.trust
    if not (ROOT / "instructor" / "masters").is_dir():
        raise intake.Refused("Marking needs the masters: run it from a complete checkout.")
    if not trust:
        sandbox.require()
    submissions = [s for s in course.submissions() if not trust or s[0] == trust]
    if not submissions:
        whose = f" of {trust}" if trust else ""
        raise intake.Refused(f"{course.folder} holds no submissions{whose}: collect some first.")
    marking = Marking(course, ROOT, sandbox.Limits(), trust=bool(trust), again=chosen.again)
    missing, at_a_time = 0, max(1, chosen.workers)
    # Threads are enough: the work is done by the Pythons in the sandboxes.
    with ThreadPoolExecutor(at_a_time) as pool:
        for number, outcome in enumerate(marking.all(submissions, pool, at_a_time), 1):
            missing += outcome.marked is None
            print(f"[{number}/{len(submissions)}] {outcome}", flush=True)
    for line in course.write_tables():
        print(line)
    print(f"\nMarks are in {course.folder / 'marks.csv'}, task by task in tasks.csv.")
    return 1 if missing else 0
