"""The exercises work with every Python and pandas that the module promises.

Each Python found on this machine gets throwaway environments, one with the pandas of
requirements.txt and one with the oldest supported. In them the tests run that need no more than a
learner has: masters, notebooks, and the catalogue of right and wrong answers.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from .conftest import ROOT

SUPPORTED = ("3.11", "3.12", "3.13")
# The numpy pinned in requirements.txt is newer than what the older pandas was built for.
PANDAS = {"3.1": ["pandas==3.1.*"], "2.2": ["pandas==2.2.*", "numpy<2.3"]}
# What the notebooks themselves import, and what reads masters, runs notebooks and runs the tests.
LEARNER = ("ipykernel", "ipywidgets", "nbformat", "plotly")
BESIDES = ("jupytext", "nbclient", "pytest", "pyyaml")
TESTS = [
    f"tests/exercises/test_{name}.py"
    for name in (
        "running",
        "catalogue",
        "ways",
        "hostile",
        "reading",
        "master",
        "progress",
        "explorers",
    )
]
WHICH = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"


def folders() -> list[Path]:
    """Folders that may hold a Python: of this one, of the PATH, and of tools that keep several."""
    home = Path.home()
    kept = [
        (Path(os.environ.get("PYENV_ROOT", home / ".pyenv")) / "versions", "*/bin"),
        (Path(os.environ.get("UV_PYTHON_INSTALL_DIR", home / ".local/share/uv/python")), "*/bin"),
    ]
    named = [Path(part) for part in os.environ.get("PATH", "").split(os.pathsep) if part]
    return [
        Path(sys.base_prefix) / "bin",
        *named,
        *(found for folder, pattern in kept for found in sorted(folder.glob(pattern))),
    ]


def pythons(among: Iterable[Path]) -> dict[str, Path]:
    """Return a Python of each supported version that starts and can make environments."""
    found: dict[str, Path] = {}
    for folder in among:
        for version in SUPPORTED:
            program = folder / f"python{version}"
            if version not in found and program.is_file() and says(program) == version:
                found[version] = program
    return dict(sorted(found.items()))


def says(program: Path) -> str:
    """Return the version that a program says, or nothing if it is a shim that leads nowhere."""
    try:
        done = subprocess.run(
            [program, "-I", "-c", WHICH], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def pins(name: str) -> dict[str, str]:
    """Return the pinned lines of a requirements file and of those it includes, by package."""
    file = ROOT / name
    found: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            found |= pins(str(file.parent / line[3:].strip()))
        elif line and not line.startswith("#"):
            found[line.split("==")[0]] = line
    return found


def requirements(pandas: str) -> tuple[list[str], list[str]]:
    """Return what to install with a pandas, and the versions to keep to."""
    free = {re.split(r"[=<]", wanted)[0] for wanted in PANDAS[pandas]}
    fixed = [line for name, line in pins("requirements/test.txt").items() if name not in free]
    return [*LEARNER, *BESIDES, *PANDAS[pandas]], fixed


def run(command: list[str | Path], **options) -> str:
    """Run a command and return what it prints; failing, fail the test with it."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


PYTHONS = pythons(folders())


def test_this_python_is_among_those_found():
    assert "{}.{}".format(*sys.version_info) in PYTHONS


def test_program_that_leads_nowhere_is_not_taken_for_a_python(tmp_path):
    made = {
        "python3.11": "echo 'pyenv: python3.11: command not found' >&2; exit 127",
        "python3.12": "echo 3.11",
        "python3.13": "echo 3.13",
    }
    for name, line in made.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    assert pythons([tmp_path / "none", tmp_path]) == {"3.13": tmp_path / "python3.13"}


def test_pinned_pandas_is_one_of_those_tried():
    pinned = pins("requirements.txt")["pandas"]
    assert any(pinned.startswith(f"pandas=={version}.") for version in PANDAS)


@pytest.mark.release
@pytest.mark.parametrize("pandas", PANDAS)
@pytest.mark.parametrize("version", PYTHONS)
def test_exercises_work_with(version, pandas):
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        python = folder / "env" / "bin" / "python"
        run([PYTHONS[version], "-m", "venv", folder / "env"])
        wanted, fixed = requirements(pandas)
        (folder / "fixed.txt").write_text("\n".join(fixed), encoding="utf-8")
        pip = [python, "-m", "pip", "--disable-pip-version-check"]
        run([*pip, "install", "-q", "--no-compile", "-c", folder / "fixed.txt", *wanted])
        run([*pip, "check"])
        # Nothing of the environment that these tests run in leaks into the other one.
        env = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "PYTEST", "JUPYTER", "VIRTUAL_ENV"))
        }
        env |= {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
        env |= {"JUPYTER_PREFER_ENV_PATH": "1"}
        told = "import pandas, sys; print(*sys.version_info[:2], pandas.__version__)"
        shown = run([python, "-c", told], env=env, cwd=ROOT).split()
        assert shown[:2] == version.split(".")
        assert shown[2].startswith(f"{pandas}.")
        pytest_in_it = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        last = run([*pytest_in_it, *TESTS], env=env, cwd=ROOT).splitlines()[-1]
        assert re.fullmatch(r"\d{4,} passed in .*", last), last
