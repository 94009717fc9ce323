"""The notebook that a person looks at: a submission with its diagnoses, and rubrics in place.

It is made from the repaired notebook. Beside each answer stand what the check says, and what the
cell had printed when it was handed in: text, pictures and plain tables; whatever else an output
may hold, scripts above all, is left out. What is made is laid where nbgrader's formgrader looks.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

import bleach
import nbformat

from casebook.grading.course.folder import Course
from casebook.grading.course.machine_marks import MachineMarks, TaskMark
from casebook.grading.course.outline import Outline, TaskOutline, outline
from casebook.grading.notebooks import reading, structure
from casebook.grading.notebooks.structure import task_of

VERSION = "2"
"""Changes with what is shown, so that notebooks made before are made again."""
LONGEST_TEXT = 4_000
LONGEST_CELL = 20_000
LONGEST_WHOLE = 400_000
LARGEST_PICTURE = 400_000
MOST_OUTPUTS = 6
_TABLE = ["table", "thead", "tbody", "tr", "th", "td", "div", "p"]
_STYLE = re.compile(r"<(style|script|template)\b.*?(</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_PNG = b"\x89PNG\r\n\x1a\n"
_SAID = {
    "right": "Right",
    "diagnosed": "Not right; the mistake is known",
    "wrong": "Not right",
    "open": "Open",
    "unreadable": "Not readable",
}


def prepare(course: Course, tell: Callable[[str], None] = print) -> int:
    """Lay out all marked submissions for the formgrader; return how many were made anew.

    Parameters
    ----------
    course : Course
    tell : callable
        Is told which submissions cannot be laid out; the others are.
    """
    made = 0
    for student, part in course.submissions():
        # Whatever one submission brings about, the others are laid out.
        try:
            made += _prepared(course, student, part)
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            tell(f"{student}/{part} cannot be shown, collect and mark it again ({why})")
    return made


def _prepared(course: Course, student: str, part: str) -> bool:
    """Lay out a submission; tell whether it was made anew."""
    marked = course.marked(student, part)
    if marked is None:
        return False
    # Marking again can change marks that are made from the same.
    marks = hashlib.sha256(json.dumps(asdict(marked)).encode()).hexdigest()
    stamp = f"{VERSION} {marks}"
    if course.reviewed(student, part) == stamp:
        return False
    about = outline(part)
    if not course.is_assigned(part):
        course.keep_released(part, about.released)
    submitted = reading.notebook(course.submitted(student, part))
    notebook = shown(course.repaired(student, part), submitted, marked, about)
    notebook["metadata"]["casebook"] = {"stamp": stamp}
    course.keep_reviewed(student, part, notebook)
    return True


def shown(
    repaired: Mapping[str, Any], submitted: Mapping[str, Any], marked: MachineMarks, about: Outline
) -> dict[str, Any]:
    """Return the notebook to look at.

    Parameters
    ----------
    repaired, submitted : mapping
        The notebook in the frame of the release, and as it was handed in.
    marked : MachineMarks
    about : Outline
        Of the part, with its rubrics.
    """
    # Each output is shown once, however many cells have the same text.
    printed: dict[str, list[list[Any]]] = {}
    for cell in submitted["cells"]:
        if cell.get("cell_type") == "code" and isinstance(cell.get("outputs"), list):
            printed.setdefault(structure.text_of(cell), []).append(cell["outputs"])
    left = LONGEST_WHOLE
    tasks = {task.task: task for task in marked.tasks}
    cells = [nbformat.v4.new_markdown_cell(_head(marked))]
    for cell in repaired["cells"]:
        source = structure.text_of(cell)
        new = nbformat.v4.new_code_cell if cell["cell_type"] == "code" else _words
        # A page of megabytes would keep the server busy for minutes; answers are few.
        answer = structure.grade_id(cell)
        shortened = _text(source, LONGEST_CELL if answer else max(1, min(left, LONGEST_CELL)))
        left -= 0 if answer else len(shortened)
        cells.append(new(shortened, metadata=cell["metadata"]))
        task = task_of(structure.grade_id(cell))
        if structure.is_check(cell):
            cells[-1].outputs = [nbformat.v4.new_output("stream", text=_said(tasks[task]))]
        elif cell["cell_type"] == "code":
            outputs = printed.get(source) or [[]]
            cells[-1].outputs = list(_harmless(outputs.pop(0)))
        elif structure.grade_id(cell).endswith("-answer"):
            cells.append(nbformat.v4.new_markdown_cell(rubric(about.task(task))))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    made: dict[str, Any] = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": _KERNEL})
    return made


_KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def rubric(task: TaskOutline) -> str:
    """Return the rubric of a written answer, with its examples, in Markdown."""
    lines = [f"**Rubric: {task.title}** ({task.points:g} points)", ""]
    lines += ["| criterion | points | all of them | some | none |", "|---|---|---|---|---|"]
    for one in task.criteria:
        row = (one.name, f"{one.points:g}", one.full, one.part, one.none)
        lines.append("| " + " | ".join(text.replace("|", "/") for text in row) + " |")
    lines += ["", task.teacher]
    for example in task.examples:
        lines += ["", f"*An answer of the level “{example.level}”:*", "", f"> {example.text}"]
    return "\n".join(lines)


def _words(source: str, metadata: Mapping[str, Any]) -> nbformat.NotebookNode:
    made: nbformat.NotebookNode = nbformat.v4.new_markdown_cell(source, metadata=metadata)
    return made


def _head(marked: MachineMarks) -> str:
    """Return what stands above a submission; the answers' places are nbgrader's."""
    written = [f"[{task.task}](#{task.task}-answer)" for task in marked.by_hand]
    said = [
        "A submission, put back into the frame of the released notebook. Outputs are those that "
        "came with it; the lines below a check are ours.",
        f"Answers in words: {', '.join(written)}." if written else "",
        "\n".join(f"- {note}" for note in marked.notes),
    ]
    return "\n\n".join(filter(None, said))


def _said(task: TaskMark) -> str:
    name = f" ({task.mistake})" if task.mistake else ""
    said = f"{_SAID[task.kind]}{name}: {task.points:g} of {task.out_of:g} points."
    return f"{said}\n{task.text}"


def _harmless(outputs: list[Any]) -> Iterator[nbformat.NotebookNode]:
    """Yield of a student's outputs what is text, a picture or a plain table."""
    for output in outputs[:MOST_OUTPUTS]:
        if not isinstance(output, Mapping):
            continue
        data = output.get("data")
        if output.get("output_type") == "stream":
            yield nbformat.v4.new_output("stream", text=_text(output.get("text")))
        elif output.get("output_type") == "error":
            told = f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}"
            yield nbformat.v4.new_output("stream", text=told)
        elif isinstance(data, Mapping):
            kept = _displayed(data)
            if kept:
                yield nbformat.v4.new_output("display_data", kept)


def _displayed(data: Mapping[str, Any]) -> dict[str, str]:
    picture = _picture(data.get("image/png"))
    if picture:
        return {"image/png": picture}
    table = _text(data.get("text/html"), 10 * LONGEST_TEXT)
    if "<table" in table and len(table) < 10 * LONGEST_TEXT:
        plain = _STYLE.sub("", table)
        return {"text/html": bleach.clean(plain, tags=_TABLE, attributes={}, strip=True)}
    text = _text(data.get("text/plain"))
    return {"text/plain": text} if text else {}


def _picture(given: Any) -> str:
    text = _text(given, LARGEST_PICTURE + 1)
    try:
        content = base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError):
        return ""
    if len(text) > LARGEST_PICTURE or not content.startswith(_PNG):
        return ""
    return base64.b64encode(content).decode()


def _text(given: Any, longest: int = LONGEST_TEXT) -> str:
    """Return a text of JSON, which may be a list of lines, cut where it gets too long."""
    lines = given if isinstance(given, list) else [given]
    text = "".join(line for line in lines if isinstance(line, str))
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
