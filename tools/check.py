"""Check everything: style, then the book, then the tests (`make test`).

python tools/check.py              what every change is checked with, under ten minutes
python tools/check.py --release    the slow checks before a release
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from book import build, environment
from console import ROOT, MakeError, one_sentence, say
from system import browser_for_tests


def step(title: str, command: list[str], env: dict[str, str]) -> bool:
    """Run one check with its output on the terminal, and tell whether it passed."""
    say(f"\n{title} ...")
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode == 0


def tests(pytest: list[str], env: dict[str, str]) -> bool:
    """Run the tests in a browser, which mostly wait, beside all others, which mostly compute."""
    others = sorted(
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").iterdir()
        if path.is_dir() and path.name not in {"browser", "__pycache__"}
    )
    with tempfile.TemporaryFile() as printed:
        beside = subprocess.Popen(
            [*pytest, "-p", "no:cacheprovider", *others],
            cwd=ROOT,
            env=env,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        try:
            passed = step("Tests in a browser (pytest)", [*pytest, "tests/browser"], env)
            code = beside.wait()
        finally:
            beside.kill()
        say("\nAll other tests (pytest) ...")
        printed.seek(0)
        sys.stdout.buffer.write(printed.read())
        sys.stdout.flush()
    return passed and code == 0


def main(release: bool) -> None:
    """Run all checks, even after one has failed, and end with what failed."""
    os.environ["CASEBOOK_BROWSER"] = str(browser_for_tests(release))
    env = environment()
    python = sys.executable
    failed = []
    if not step("Style (ruff)", [python, "-m", "ruff", "check", "."], env):
        failed.append("style: python -m ruff check . --fix mends most of it")
    if not step("Format (ruff)", [python, "-m", "ruff", "format", "--check", "."], env):
        failed.append("format: python -m ruff format . mends it")
    linter = [
        python,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-cache",
    ]
    if not step("Imports (import-linter)", linter, env):
        failed.append("imports: see above, and the layers in pyproject.toml")
    if not step("Types (mypy)", [python, "-m", "mypy"], env):
        failed.append("types: see above")
    say("")
    build()
    marked = "release" if release else "not release"
    if not tests([python, "-m", "pytest", "-q", "-m", marked], env):
        failed.append("tests: see above")
    if failed:
        raise MakeError("Not all is well: " + "; ".join(failed) + ".")


if __name__ == "__main__":
    with one_sentence():
        main(release="--release" in sys.argv[1:])
