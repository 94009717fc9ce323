"""Mark what was collected; say one line a submission."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from casebook.grading.course.folder import Course
from casebook.grading.course.outline import ROOT
from casebook.grading.errors import Refused
from casebook.grading.execution import cluster, machine
from casebook.grading.execution.progress import Progress
from casebook.grading.marks import gradebook
from casebook.grading.marks.marking_run import MarkingRun
from casebook.grading.sandbox import bubblewrap

HELP = "mark what was collected"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("course", type=Path)
    parser.add_argument("--again", action="store_true", help="also what is marked already")
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--workers",
        type=int,
        default=machine.processors(),
        metavar="N",
        help="how many at a time on this machine; %(default)s unless said otherwise",
    )
    where.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="execute them on the cluster of this dask scheduler, such as tcp://10.0.0.1:8786",
    )
    parser.add_argument(
        "--trust", default="", metavar="STUDENT", help="mark this one alone, without a sandbox"
    )


def run(chosen: argparse.Namespace) -> int:
    """Mark; return the exit code."""
    course, trust = Course(chosen.course), chosen.trust
    if not (ROOT / "instructor" / "masters").is_dir():
        raise Refused("Marking needs the masters: run it from a complete checkout.")
    if trust and chosen.scheduler:
        raise Refused("--trust is for this machine alone: leave out --scheduler.")
    if not trust and not chosen.scheduler:
        bubblewrap.require()
    submissions = [s for s in course.submissions() if not trust or s[0] == trust]
    if not submissions:
        whose = f" of {trust}" if trust else ""
        raise Refused(f"{course.folder} holds no submissions{whose}: collect some first.")
    missing, total = 0, len(submissions)
    how = {"trust": bool(trust), "again": chosen.again}
    with executing(chosen) as (pool, at_a_time), gradebook.opened(course) as book:
        marking = MarkingRun(course, book, ROOT, bubblewrap.Limits(), **how)
        print(f"Marking {total} submissions, {at_a_time} at a time.", flush=True)
        progress = Progress(total)
        for outcome in marking.all(submissions, pool, at_a_time):
            progress.count(executed=outcome.executed)
            missing += outcome.marked is None
            print(f"[{progress.done}/{total}] {outcome}", flush=True)
            said = progress.now_and_then()
            if said:
                print(f"    {said}", flush=True)
    print(f"\n{progress.at_the_end()}.")
    for line in course.write_tables():
        print(line)
    if missing:
        print(f"{missing} not marked: see the lines above.")
    print(f"Marks are in {course.folder / 'marks.csv'}, task by task in tasks.csv.")
    return 1 if missing else 0


@contextmanager
def executing(chosen: argparse.Namespace) -> Iterator[tuple[Executor, int]]:
    """Give out what executes submissions, and how many at a time."""
    if chosen.scheduler:
        with cluster.opened(chosen.scheduler) as found:
            yield found, found.at_a_time
    else:
        at_a_time = max(1, chosen.workers)
        # Threads are enough: the work is done by the Pythons in the sandboxes.
        with ThreadPoolExecutor(at_a_time) as pool:
            yield pool, at_a_time
