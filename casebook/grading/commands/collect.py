"""Take in what was handed in; say one line a file."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from casebook.checks.keys import parts
from casebook.grading import intake
from casebook.grading.course import Course

HELP = "take in a download or a folder"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("course", type=Path, help="folder of the course; made if missing")
    parser.add_argument(
        "sources", type=Path, nargs="+", help="zips of Moodle, Canvas or Blackboard, or folders"
    )


def run(chosen: argparse.Namespace) -> int:
    """Collect; return the exit code."""
    course = Course(chosen.course)
    lines: list[intake.Line] = []
    for source in chosen.sources:
        found, others = intake.sorted_out(source, parts())
        lines += [*(course.take(submission) for submission in found), *others]
    lines.sort(key=lambda line: line.path)
    course.log(lines)
    for line in lines:
        print(line)
    counts = Counter(line.became for line in lines)
    print(f"\n{len(lines)} files: " + ", ".join(f"{n} {became}" for became, n in counts.items()))
    return 0
