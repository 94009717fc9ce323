"""Notebooks without tasks: a text notebook becomes the notebook that learners open, as it is."""

from __future__ import annotations

from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""What every notebook for learners says of itself."""


def files(root: Path) -> list[Path]:
    """List the text notebooks without tasks of a checkout."""
    return sorted((root / "instructor" / "notebooks").glob("*.md"))


def released(file: Path) -> NotebookNode:
    """Return the notebook of a text notebook: no outputs, and the same ids at every release."""
    read = jupytext.reads(file.read_text(encoding="utf-8"), fmt="md:myst")
    cells = []
    for number, cell in enumerate(read.cells):
        source = cell.source.strip()
        if cell.cell_type == "code":
            cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": ["on-paper"]}))
        else:
            cells.append(nbformat.v4.new_markdown_cell(source))
        cells[-1]["id"] = f"{file.stem}-{number}"
    notebook: NotebookNode = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
    nbformat.validate(notebook)
    return notebook


def made_from(file: Path, root: Path) -> dict[Path, str]:
    """Return the notebook that a text notebook gives, with its content."""
    return {root / "exercises" / f"{file.stem}.ipynb": nbformat.writes(released(file)) + "\n"}
