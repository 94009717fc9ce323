"""Measure how many notebooks a minute this machine marks (run by hand; no test runs it).

    .venv/bin/python tools/benchmark_marking.py
    .venv/bin/python tools/benchmark_marking.py --notebooks 20 --workers 2 4 8

Without options it marks 200 notebooks, first one at a time and then two.

The class is made from the masters' own solutions and known mistakes, always the same for a seed:
four in ten have all right, three in ten a part, two in ten mistakes, and one in ten breaks. An
endless loop is not among them: each would cost the limit of a cell, whatever the machine.
"""

from __future__ import annotations

import argparse
import copy
import json
import platform
import random
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
from console import ROOT, MakeError, one_sentence, say

from casebook.authoring.exercises import master as masters
from casebook.checks.keys import parts
from casebook.grading.course.folder import Course
from casebook.grading.course.outline import outline
from casebook.grading.execution import machine
from casebook.grading.intake import sorting
from casebook.grading.marks import gradebook
from casebook.grading.marks.marking_run import MarkingRun
from casebook.grading.notebooks import structure
from casebook.grading.sandbox import bubblewrap

KINDS = {"solved": 4, "partly": 3, "mistaken": 2, "broken": 1}
BREAKS = (
    "import os; os._exit(1)",
    "exit()",
    "this is not Python",
    "raise RuntimeError('broken')",
    "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
)
QUIET = 10.0
"""Percent of the processors' time that others may take while figures are still to be trusted."""


def notebook(part: str, kind: str, chance: random.Random) -> dict[str, Any]:
    """Return a notebook as a learner might hand it in."""
    master = masters.read(ROOT / "instructor" / "masters" / f"{part}.md")
    made = json.loads(json.dumps(outline(part, ROOT).released))
    answers = {structure.grade_id(cell): cell for cell in made["cells"]}
    for task in master.checked:
        if kind == "partly" and chance.random() < 0.5:
            continue
        cell = answers[f"{task.name}-answer"]
        mistaken = kind == "mistaken" and task.wrongs and chance.random() < 0.5
        cell["source"] = chance.choice(task.wrongs).source if mistaken else task.solution
    if kind == "broken":
        broken = copy.deepcopy(next(cell for cell in made["cells"] if cell["cell_type"] == "code"))
        broken |= {"id": "broken", "metadata": {}, "source": chance.choice(BREAKS)}
        made["cells"].insert(chance.randrange(2, len(made["cells"])), broken)
    return made


def hand_in(course: Course, count: int, seed: int) -> None:
    """Fill a course with notebooks of all parts."""
    chance = random.Random(seed)
    kinds = chance.choices(list(KINDS), weights=list(KINDS.values()), k=count)
    with tempfile.TemporaryDirectory() as folder:
        for number, kind in enumerate(kinds):
            part = parts()[number % len(parts())]
            file = Path(folder, f"student-{number:04}-{kind}", f"{part}.ipynb")
            file.parent.mkdir()
            file.write_text(json.dumps(notebook(part, kind, chance)), encoding="utf-8")
        found, _ = sorting.sorted_out(Path(folder), parts())
        for submission in found:
            course.take(submission)


def measure(course: Course, workers: int) -> tuple[float, float]:
    """Mark everything; return the seconds that took, and all points together."""
    began, points = time.monotonic(), 0.0
    with ThreadPoolExecutor(workers) as pool, gradebook.opened(course) as book:
        marking = MarkingRun(course, book, ROOT, bubblewrap.Limits(), again=True)
        for outcome in marking.all(course.submissions(), pool, workers):
            if outcome.marked is None:
                raise MakeError(f"A benchmark needs all marked: {outcome}")
            if (
                outcome.student.endswith("-solved")
                and outcome.marked.points < outcome.marked.out_of
            ):
                raise MakeError(f"A right notebook is not marked so: {outcome}")
            points += outcome.marked.points
    return time.monotonic() - began, points


def others() -> float:
    """Return the percentage of the processors' time that is taken while nothing of ours runs."""
    return psutil.cpu_percent(interval=3)


def this_machine() -> str:
    """Return what figures depend on, in a line."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    memory = psutil.virtual_memory().total / 2**30
    name = names[0] if names else platform.machine()
    return (
        f"{name}; {machine.processors()} processors to use, {memory:.0f} GiB; "
        f"Linux {platform.release()}, Python {platform.python_version()}"
    )


def main() -> None:
    """Make a class, mark it with each number of workers, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notebooks", type=int, default=200, metavar="N")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], metavar="N")
    parser.add_argument("--seed", type=int, default=2013)
    chosen = parser.parse_args()
    bubblewrap.require()
    rows, loud = [], False
    with tempfile.TemporaryDirectory() as folder:
        course = Course(Path(folder))
        hand_in(course, chosen.notebooks, chosen.seed)
        say(f"{chosen.notebooks} notebooks of {len(parts())} parts (seed {chosen.seed}).")
        say(this_machine())
        before = others()
        for workers in chosen.workers:
            seconds, points = measure(course, workers)
            after = others()
            rows.append((workers, seconds, 60 * chosen.notebooks / seconds, points, before, after))
            loud = loud or max(before, after) > QUIET
            before = after
            say(f"{workers} at a time: done")
    print(f"\n{'at a time':>9} {'seconds':>8} {'a minute':>9} {'ratio':>6}   others take")
    for workers, seconds, rate, _, before, after in rows:
        ratio = rate / rows[0][2]
        taken = f"{before:.0f} % before, {after:.0f} % after"
        print(f"{workers:>9} {seconds:>8.1f} {rate:>9.1f} {ratio:>6.2f}   {taken}")
    if loud:
        print(f"\nNot to be trusted: others take more than {QUIET:.0f} % of the processors' time.")
    if len({row[3] for row in rows}) > 1:
        raise MakeError(f"The points should not depend on it: {[row[3] for row in rows]}.")


if __name__ == "__main__":
    with one_sentence():
        main()
