"""Masters and notebooks run, whatever Python and pandas a learner has (see `test_versions`)."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient

from casebook.authoring.exercises import running

from .conftest import MASTERS, ROOT

every_part = pytest.mark.parametrize("part", MASTERS)


@every_part
def test_untouched_notebook_runs_without_an_error(part, folder):
    read = nbformat.read(ROOT / "exercises" / f"{part}.ipynb", as_version=4)
    NotebookClient(read, timeout=120, kernel_name="python3").execute(cwd=str(folder))
    shown = [
        output["data"]["text/plain"]
        for cell in read.cells
        if cell.cell_type == "code" and cell.source.startswith("check(")
        for output in cell.outputs
    ]
    assert len(shown) == len(MASTERS[part].checked)
    assert all(text.startswith("… Not answered yet") for text in shown)


@every_part
def test_master_runs_the_same_twice(part):
    first, second = (running.run(MASTERS[part]) for _ in range(2))
    assert [str(a.right) for a in first] == [str(b.right) for b in second]
