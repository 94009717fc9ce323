"""Turn a master into the notebook that learners open, through nbgrader's own preprocessors."""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)
from traitlets.config import Config

from casebook.authoring.exercises.master import AUTHORS_ONLY, PICTURE, Master
from casebook.authoring.exercises.plain import METADATA

WRITE_HERE = "*Write your answer here: double-click this text, write, then press Shift and Enter.*"
_SETTINGS = Config()
_SETTINGS.ClearSolutions.code_stub = {"python": ""}
_SETTINGS.ClearSolutions.text_stub = WRITE_HERE


def source_notebook(master: Master) -> NotebookNode:
    """Return the notebook that nbgrader calls the source: solutions in, authors' cells out."""
    cells = []
    tasks = {task.name: task for task in master.tasks}
    # Nothing asks for it earlier: an answer stands after the head of its task.
    task = master.tasks[0]
    for cell in master.notebook.cells:
        tags = set(cell.metadata.get("tags", []))
        if "task" in cell.metadata:
            task = tasks[str(cell.metadata["task"])]
            cells.append(_locked(nbformat.v4.new_markdown_cell(cell.source), task.name))
        elif tags & AUTHORS_ONLY:
            continue
        elif "answer" in tags:
            answer = nbformat.v4.new_code_cell(cell.source)
            answer.metadata["tags"] = ["answer", "on-paper"]
            cells.append(_graded(answer, f"{task.name}-answer", solution=True))
            check = nbformat.v4.new_code_cell(f'check("{task.id}", {task.its_key.variable})')
            # On a page nobody can answer, so what the check says of that is left out.
            check.metadata["tags"] = ["check", "remove-output"]
            cells.append(_graded(check, f"{task.name}-check", points=task.points))
        elif "written" in tags:
            answer = nbformat.v4.new_markdown_cell(
                f"### BEGIN SOLUTION\n{cell.source}\n### END SOLUTION"
            )
            cells.append(_graded(answer, f"{task.name}-answer", solution=True, points=task.points))
        elif cell.cell_type == "code":
            # Plotly's own display would fetch a script from elsewhere.
            about = {"tags": ["on-paper", *(["remove-output"] if PICTURE in tags else [])]}
            cells.append(nbformat.v4.new_code_cell(cell.source, metadata=about))
        else:
            cells.append(nbformat.v4.new_markdown_cell(cell.source))
    for number, cell in enumerate(cells):
        # nbformat draws ids at random; these stay the same from release to release.
        grade = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell["id"] = grade or f"{master.part}-{number}"
    notebook: NotebookNode = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
    return notebook


def released(master: Master) -> NotebookNode:
    """Return the notebook without solutions, its cells locked and their checksums computed."""
    notebook = source_notebook(master)
    resources: dict[str, Any] = {}
    for step in (LockCells, ClearSolutions):
        notebook, resources = step(config=_SETTINGS).preprocess(notebook, resources)
    for cell in notebook.cells:
        cell.source = cell.source.strip()
    for step in (
        ClearOutput,
        CheckCellMetadata,
        ComputeChecksums,
        ClearHiddenTests,
        ClearMarkScheme,
        ComputeChecksums,
        CheckCellMetadata,
    ):
        notebook, resources = step(config=_SETTINGS).preprocess(notebook, resources)
    nbformat.validate(notebook)
    return notebook


def _graded(
    cell: NotebookNode, grade_id: str, *, solution: bool = False, points: int = 0
) -> NotebookNode:
    about = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": bool(points),
        "solution": solution,
        "locked": not solution,
        "task": False,
    }
    cell.metadata["nbgrader"] = about | ({"points": points} if points else {})
    return cell


def _locked(cell: NotebookNode, grade_id: str) -> NotebookNode:
    return _graded(cell, f"{grade_id}-question")
