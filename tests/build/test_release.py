"""Slow checks before a release: a fresh clone with every Python here, and the wheel."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VERSIONS = ("3.11", "3.12", "3.13")

pytestmark = pytest.mark.release


def pythons() -> list[str]:
    """Return one Python of each supported version that this machine has."""
    folders = [*os.environ["PATH"].split(os.pathsep)]
    folders += [str(path) for path in Path.home().glob(".pyenv/versions/*/bin")]
    found = {}
    for version in VERSIONS:
        for folder in folders:
            program = shutil.which(f"python{version}", path=folder)
            # A shim of pyenv is there for versions that it will not run.
            probe = [program, "-c", "import ensurepip"]
            if program and subprocess.run(probe, capture_output=True, check=False).returncode == 0:
                found.setdefault(version, program)
    return list(found.values())


@pytest.fixture
def clone(tmp_path) -> Path:
    """What a newcomer gets: the committed files and nothing else."""
    folder = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", ROOT, folder], check=True)
    return folder


@pytest.mark.parametrize("python", pythons())
def test_a_fresh_clone_becomes_a_book(clone, python):
    env = os.environ | {"PYTHON": python}
    subprocess.run(["make", "book"], cwd=clone, env=env, check=True)
    assert (clone / "_build" / "html" / "index.html").is_file()
    listed = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert listed.stdout == "", "building leaves no file that git would see"


def test_the_wheel_brings_the_tables(clone, tmp_path):
    wheels = tmp_path / "wheels"
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*command, "-w", wheels, clone], check=True)
    names = zipfile.ZipFile(next(wheels.glob("casebook-*.whl"))).namelist()
    assert "casebook/tables.py" in names
    assert "casebook/data/datapackage.json" in names
    assert "casebook/data/control.csv" in names
    assert "casebook/sphinxext/site/templates/layout.html" in names


def test_the_pinned_packages_fit_together():
    subprocess.run([sys.executable, "-m", "pip", "check"], check=True)
