"""Collect and mark submissions: ``python -m casebook.grading --help``."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from pathlib import Path

from casebook.checks.keys import parts
from casebook.grading import intake, sandbox
from casebook.grading.course import Course
from casebook.grading.marking import Marking

ROOT = Path(__file__).resolve().parents[2]


def collect(course: Course, sources: list[Path]) -> int:
    """Take in what was handed in; say one line a file."""
    lines: list[intake.Line] = []
    for source in sources:
        found, others = intake.sorted_out(source, parts())
        lines += [*(course.take(submission) for submission in found), *others]
    lines.sort(key=lambda line: line.path)
    course.log(lines)
    for line in lines:
        print(line)
    counts = Counter(line.became for line in lines)
    print(f"\n{len(lines)} files: " + ", ".join(f"{n} {became}" for became, n in counts.items()))
    return 0


def mark(course: Course, *, again: bool, trust: str, workers: int) -> int:
    """Mark what was collected; say one line a submission."""
    if not (ROOT / "instructor" / "masters").is_dir():
        raise intake.Refused("Marking needs the masters: run it from a complete checkout.")
    if not trust:
        sandbox.require()
    submissions = [s for s in course.submissions() if not trust or s[0] == trust]
    if not submissions:
        whose = f" of {trust}" if trust else ""
        raise intake.Refused(f"{course.folder} holds no submissions{whose}: collect some first.")
    marking = Marking(course, ROOT, sandbox.Limits(), trust=bool(trust), again=again)
    missing = 0
    for number, outcome in enumerate(marking.all(submissions, workers), 1):
        missing += outcome.marked is None
        print(f"[{number}/{len(submissions)}] {outcome}", flush=True)
    for line in course.write_tables():
        print(line)
    print(f"\nMarks are in {course.folder / 'marks.csv'}, task by task in tasks.csv.")
    return 1 if missing else 0


def ready() -> int:
    """Say whether submissions can be marked on this machine."""
    reason = sandbox.refusal()
    print(reason or "Ready: .venv/bin/python -m casebook.grading --help says how to go on.")
    return 2 if reason else 0


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m casebook.grading", description="Collect and mark submissions."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    collecting = commands.add_parser("collect", help="take in a download or a folder")
    collecting.add_argument("course", type=Path, help="folder of the course; made if missing")
    collecting.add_argument(
        "sources", type=Path, nargs="+", help="zips of Moodle, Canvas or Blackboard, or folders"
    )
    marking = commands.add_parser("mark", help="mark what was collected")
    marking.add_argument("course", type=Path)
    marking.add_argument("--again", action="store_true", help="also what is marked already")
    marking.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    marking.add_argument(
        "--trust", default="", metavar="STUDENT", help="mark this one alone, without a sandbox"
    )
    commands.add_parser("ready", help="say whether submissions can be marked on this machine")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "ready":
            return ready()
        course = Course(chosen.course)
        if chosen.command == "collect":
            return collect(course, chosen.sources)
        workers = max(1, chosen.workers)
        return mark(course, again=chosen.again, trust=chosen.trust, workers=workers)
    except (intake.Refused, sandbox.NoSandbox) as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. What is marked is kept; run this again for the rest.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
