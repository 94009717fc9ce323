"""The zip that an instructor uploads: the notebook, the package, and how to begin.

The notebook is the released one with a cell on top that says what counts and by when. All tasks
stay in it, also where only some are assigned: later cells need earlier ones, and whoever works in
the online book hands in that very notebook.
"""

from __future__ import annotations

import copy
import datetime
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from casebook.grading.course.assignment import Assignment
from casebook.grading.course.outline import Outline
from casebook.grading.errors import Refused

ANNOUNCEMENT = "assignment"
"""Id of the cell on top."""


def announcement(assignment: Assignment, about: Outline) -> str:
    """Return in Markdown what counts, and by when."""
    tasks = [task for task in about.tasks if assignment.counts(task.name)]
    points = sum(task.points for task in tasks)
    numbers = {task.name: number for number, task in enumerate(about.tasks, 1)}
    named = ", ".join(str(numbers[task.name]) for task in tasks)
    what = f"Tasks {named}" if assignment.tasks else f"All {len(tasks)} tasks"
    lines = [f"**Assigned.** {what} of this notebook, {points:g} points."]
    if assignment.due:
        lines.append(f"Hand it in by {when(assignment.due)}.")
    if assignment.due and assignment.late_per_day:
        lines.append(f"Each day late costs {assignment.late_per_day:g} % of the points.")
    lines.append(
        "Save the notebook before you hand it in, and hand in the file itself, with the ending "
        ".ipynb. You can hand in again: the newest counts."
    )
    return " ".join(lines)


def when(due: datetime.datetime) -> str:
    """Return the due date in words."""
    return f"{due.day} {due:%B %Y, %H:%M}"


def notebook(assignment: Assignment, about: Outline) -> dict[str, Any]:
    """Return the notebook that learners are given."""
    made = copy.deepcopy(dict(about.released))
    top = {
        "cell_type": "markdown",
        "id": ANNOUNCEMENT,
        "metadata": {"deletable": False, "editable": False},
        "source": announcement(assignment, about),
    }
    made["cells"] = [top, *made["cells"]]
    return made


def pack(target: Path, assignment: Assignment, about: Outline, wheel: Path) -> None:
    """Write the zip; the same assignment gives the same bytes."""
    contents = {
        f"{about.part}.ipynb": json.dumps(
            notebook(assignment, about), ensure_ascii=False, indent=1
        ).encode(),
        "READ ME FIRST.txt": read_me(assignment, about, wheel.name).encode(),
        wheel.name: wheel.read_bytes(),
    }
    draft = target.with_name(f".{target.name}")
    with zipfile.ZipFile(draft, "w") as packed:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(f"{about.part}/{name}")
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
    draft.replace(target)


def read_me(assignment: Assignment, about: Outline, wheel: str) -> str:
    """Return how a learner begins and hands in."""
    return f"""{about.title}

{announcement(assignment, about).replace("**", "")}

How to begin, on your own machine (Python 3.11, 3.12 or 3.13):

1. Unpack this zip.
2. Open a terminal in the unpacked folder and type:

   python -m pip install {wheel} notebook
   python -m notebook {about.part}.ipynb

   (On some machines the first word is python3 or py.)

Or work in your course's online copy of the book: there the page of these exercises has a button
"Open in the browser". Download the notebook from there when you are done.

Nobody sees your work before you hand it in. Answers are checked as you work, as often as you like;
what counts for your mark is what stands in the notebook that you hand in.
"""


def built_wheel(root: Path, folder: Path) -> Path:
    """Build the package with its tables, and return its wheel.

    Raises
    ------
    Refused
        If it cannot be built.
    """
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        made = list(Path(place).glob("casebook-*.whl"))
        if done.returncode or len(made) != 1:
            last = (done.stderr.strip().splitlines() or ["no word from hatchling"])[-1]
            raise Refused(f"The package for learners could not be built: {last}")
        target = folder / made[0].name
        folder.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made[0].read_bytes())
        return target
