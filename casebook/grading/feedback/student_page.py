"""What a student gets back: one page that opens offline, with diagnoses, comments and rubrics.

Nothing hidden is in it: no solution, no model answer, no note for teachers, nobody else's work.
A right answer is told what it shows, a known mistake which one it probably was: what the notebook's
own check says, too. All that comes from people is text on the page, never markup.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import jinja2

from casebook.grading.course.outline import Outline
from casebook.grading.marks.comparison import NOT_REACHED
from casebook.grading.marks.grades import GradedSubmission
from casebook.grading.notebooks import structure
from casebook.grading.notebooks.structure import task_of

WORDS = {
    "right": "Right.",
    "diagnosed": "Not right.",
    "wrong": "Not right.",
    "open": "No answer.",
    "unreadable": "",
}
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


def page(graded: GradedSubmission, notebook: dict[str, Any], about: Outline) -> str:
    """Return the page of a submission.

    Parameters
    ----------
    graded : GradedSubmission
    notebook : dict
        The repaired notebook: the answers in code are read out of it.
    about : Outline
        Of the part.
    """
    stubs = {structure.grade_id(cell): cell["source"] for cell in about.released["cells"]}
    answers = {
        task_of(structure.grade_id(cell)): structure.text_of(cell)
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        and structure.grade_id(cell).endswith("-answer")
        and structure.text_of(cell).strip() != stubs[structure.grade_id(cell)].strip()
    }
    rubrics = {task.name: task.criteria for task in about.tasks}
    template = _environment.get_template("feedback.html.j2")
    more = {"words": WORDS, "not_reached": NOT_REACHED}
    return template.render(graded=graded, answers=answers, rubrics=rubrics, **more)


def _number(value: float) -> str:
    return f"{round(value, 2):g}"


def _span(late: datetime.timedelta) -> str:
    hours = -(-late // datetime.timedelta(hours=1))
    days, hours = divmod(hours, 24)
    said = [(days, "day"), (hours, "hour")]
    return " and ".join(f"{n} {unit}{'s' if n > 1 else ''}" for n, unit in said if n)


def _plain(text: str) -> str:
    """Return what a check says without the marks of Markdown."""
    return _LINK.sub(r"\1", text).replace("`", "").replace("*", "")


_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters |= {"number": _number, "span": _span, "plain": _plain}
