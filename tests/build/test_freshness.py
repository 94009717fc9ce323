"""Nothing stale is ever shown: an edited table, module or page reaches the built book.

A copy of the checkout is built, edited and built again, with the copy's own package and tables.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHAPTER = "chapters/origins/collapse-2012"
Build = Callable[[], set[str]]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, as it is in the working tree."""
    target = tmp_path_factory.mktemp("copy")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    (target / "node_modules").symlink_to(ROOT / "node_modules")
    if (ROOT / "_build/twins").exists():
        shutil.copytree(ROOT / "_build/twins", target / "_build/twins")
    return target


@pytest.fixture(scope="module")
def build(copy: Path) -> Build:
    """Build the copy; returns the pages that were executed."""

    def run() -> set[str]:
        start = "from jupyter_book.cli.main import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", start, "build", str(copy), "-W", "-n", "--keep-going"],
            cwd=copy,
            env=os.environ | {"PYTHONPATH": str(copy), "JUPYTER_PREFER_ENV_PATH": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, said[-3000:]
        return set(re.findall(rf"{re.escape(str(copy))}/(\S+)\.md: Executed notebook", said))

    return run


def edit(file: Path, old: str, new: str) -> None:
    source = file.read_text(encoding="utf-8")
    assert old in source, f"{file.name} no longer holds {old!r}"
    file.write_text(source.replace(old, new, 1), encoding="utf-8")


def shown(copy: Path, page: str = CHAPTER) -> str:
    html = (copy / f"_build/html/{page}.html").read_text(encoding="utf-8")
    return html.replace("\u00a0", " ").replace("&#160;", " ")


@pytest.mark.release  # five builds of the whole book
def test_edits_reach_the_book_and_nothing_else_runs(copy: Path, build: Build) -> None:
    assert build() >= {"index", CHAPTER}, "the first build runs every page with code"
    assert "27 June 2012" in shown(copy)
    assert build() == set(), "a build without changes runs nothing"

    # A table: MUJAO takes Gao three days later, and figure, prose and readouts follow.
    gao = "gao,2012-03-31,2012-06-27,mnla"
    edit(copy / "data/control.csv", gao, gao.replace("06-27", "06-30"))
    edit(copy / "data/control.csv", "gao,2012-06-27,", "gao,2012-06-30,")
    assert CHAPTER in build()
    assert "On 30 June 2012" in re.sub(r"<[^>]+>", "", shown(copy))

    # A module: the words of an exhibit.
    edit(copy / "casebook/exhibits/collapse_2012.py", "Read along a row", "Go along a row")
    assert CHAPTER in build()
    assert "Go along a row" in shown(copy)

    # A page: it runs alone.
    page = copy / f"{CHAPTER}.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nA line at the end.\n", encoding="utf-8")
    assert build() == {CHAPTER}
    assert "A line at the end." in shown(copy)
