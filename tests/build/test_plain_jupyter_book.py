"""`pip install -r requirements.txt && jupyter-book build .` makes the book, without make."""

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement

from casebook.sphinxext.site import figures

ROOT = Path(__file__).parents[2]


def pins() -> dict[str, str]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return dict(
        line.split(";")[0].strip().split("==") for line in lines if line and line[0] not in "#-"
    )


def test_requirements_hold_all_that_their_packages_need():
    pinned = {re.sub("[-_.]+", "-", name).lower() for name in pins()}
    assert {"jupyter-book", "ipywidgets", "plotly", "pandas"} <= pinned
    wanting = {
        f"{name} needs {needed.name}"
        for name in pinned - {"appnope"}  # for macOS only
        for needed in map(Requirement, requires(name) or [])
        if (needed.marker is None or needed.marker.evaluate({"extra": ""}))
        and re.sub("[-_.]+", "-", needed.name).lower() not in pinned
    }
    assert wanting == set()


@pytest.fixture
def app(tmp_path, monkeypatch) -> SimpleNamespace:
    """As much of Sphinx as the figures ask, in a checkout without node_modules."""
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv(figures.BOOK_VARIABLE, "")
    (tmp_path / "assets").symlink_to(ROOT / "assets")
    html = SimpleNamespace(format="html")
    return SimpleNamespace(srcdir=tmp_path, outdir=tmp_path / "html", builder=html)


def test_without_node_modules_figures_are_drawn_by_the_bundle_of_the_python_package(app):
    figures._prepare(app)
    assert (app.outdir / "_static/plotly-basic.min.js").stat().st_size > 4_000_000


def test_with_node_modules_the_smaller_bundle_is_used(app):
    (app.srcdir / "node_modules").symlink_to(ROOT / "node_modules")
    figures._prepare(app)
    assert (app.outdir / "_static/plotly-basic.min.js").stat().st_size < 2_000_000


def test_kernels_find_the_package_where_the_build_found_it(app):
    figures._prepare(app)
    assert os.environ["PYTHONPATH"].split(os.pathsep) == [str(ROOT), "elsewhere"]


@pytest.mark.release  # an environment of its own, and a build of the whole book
def test_two_commands_of_pip_and_jupyter_book_make_the_book(tmp_path):
    clone, venv = tmp_path / "clone", tmp_path / "venv"
    keep = "JUPYTER_PREFER_ENV_PATH", "PYTHONPATH"
    env = {name: value for name, value in os.environ.items() if name not in keep}
    subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
    if (ROOT / "_build/twins").exists():
        shutil.copytree(ROOT / "_build/twins", clone / "_build/twins")
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    pip = [venv / "bin/pip", "install", "-q", "--no-compile", "-r", "requirements.txt"]
    subprocess.run(pip, cwd=clone, env=env, check=True)
    done = subprocess.run(
        [venv / "bin/jupyter-book", "build", ".", "-W", "-n", "--keep-going"],
        cwd=clone,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    assert "Without node_modules the figures are drawn by the whole of plotly" in done.stdout
    built = clone / "_build/html"
    assert 'class="cb-figure"' in (built / "index.html").read_text(encoding="utf-8")
    assert (built / "_static/plotly-basic.min.js").exists()
