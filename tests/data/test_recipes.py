"""The recipes of CONTRIBUTING.md, followed to the letter on a copy: what they add stays green."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEFT_OUT = (".git", ".venv", "node_modules", "_build", "__pycache__", ".*_cache")


def commands(recipe: str) -> list[str]:
    """Return the shell blocks of a recipe, with the Python of this environment."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.split(f"## {recipe}\n")[1].split("\n## ")[0]
    blocks = re.findall(r"^```sh\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert blocks, f"the recipe {recipe!r} shows no command"
    check = ".venv/bin/python -m casebook.authoring check-data"
    return [
        block.replace("make data", check).replace(".venv/bin/python", sys.executable)
        for block in blocks
    ]


def run(copy: Path, *command: str) -> str:
    """Run a command in the copy; its output must be told if it fails."""
    done = subprocess.run(
        command,
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy), "LITE": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    return done.stdout


def daily(copy: Path, *tests: str) -> str:
    """Run daily tests of the copy, but for this one."""
    asked = ("-q", "-m", "not release", "-p", "no:cacheprovider")
    return run(copy, sys.executable, "-m", "pytest", *asked, *tests)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a copy of the checkout in which an event, an actor and a page were added."""
    copy = tmp_path_factory.mktemp("followed") / "casebook"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
    for block in (*commands("Add an event or a person"), *commands("Add a page")):
        run(copy, "bash", "-euc", block)
    judge(copy / "data" / "claims.csv", "C010")
    for file in (copy / "module.yml", copy / "chapters/origins/market-of-gao.md"):
        file.write_text(file.read_text("utf-8").replace("WRITE: ", ""), encoding="utf-8")
    said = run(copy, sys.executable, "-m", "casebook.authoring", "check-data")
    for parts in re.findall(r"casebook\.authoring release --only ([\w -]+)`", said):
        run(copy, sys.executable, "-m", "casebook.authoring", "release", "--only", *parts.split())
    return copy


def judge(claims: Path, claim: str) -> None:
    """Give a claim a verdict and a reason."""
    with claims.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["claim_id"] == claim:
            row |= {"verdict": "contested", "verdict_reason": "Two records differ on this."}
    with claims.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_added_event_actor_and_page_pass_the_checks_of_tables_and_pages(followed):
    tables = [f"tests/data/test_{name}.py" for name in ("facts", "codings", "package")]
    own = "tests/casebook/test_market_of_gao.py"
    said = daily(followed, "tests/pages", "tests/exercises/test_objectives.py", own, *tables)
    assert "passed" in said


def test_page_needs_no_more_files_than_its_recipe_names():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
    assert 0 < len(named) <= 8


@pytest.mark.release
def test_book_with_what_was_added_is_built_and_passes_the_daily_tests(followed):
    (followed / "node_modules").symlink_to(ROOT / "node_modules")
    run(followed, sys.executable, "tools/book.py")
    page = followed / "_build/html/chapters/origins/market-of-gao.html"
    assert page.read_text(encoding="utf-8").count('<figure class="cb-figure') == 2
    daily(
        followed,
        *("tests/casebook", "tests/data", "tests/pages", "tests/exercises"),
        "--ignore=tests/data/test_recipes.py",
        # These look at Python in the browser, without which the copy is built.
        "--ignore=tests/casebook/sphinxext/teaching/test_exercises.py",
        "--ignore=tests/exercises/test_in_pyodide.py",
    )
