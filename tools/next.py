"""Build the book with plain Sphinx and the newest of its tools (`make next`), apart from the rest.

This is the way out of Jupyter Book 1 kept open: its wrapper only turns `_config.yml` into the
settings of Sphinx. Here they are written down once, as `_build/next/conf.py`, and sphinx-build
reads them, in an environment apart, with the newest Sphinx, MyST-NB and theme that pip finds.
Python in the browser is left out: it stands beside the pages and does not depend on Sphinx.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from book import TROUBLE, environment
from console import ROOT, MakeError, Progress, one_sentence, run, say
from environment import pins
from jupyter_book.config import get_final_config

FOLDER = ROOT / "_build" / "next"
PYTHON = FOLDER / ".venv" / "bin" / "python"
LOG = FOLDER / "log.txt"
WRAPPER = {
    "jupyter_book": "the wrapper itself",
    "sphinx_jupyterbook_latex": "books as LaTeX",
    "sphinx_multitoc_numbering": "numbers on chapters, which this book has not",
    "sphinx_thebe": "cells run on someone else's server",
    "sphinx_comments": "comments kept by someone else",
}
"""Extensions that Jupyter Book adds unasked, and what for. The book uses none of them."""


def settings() -> dict[str, Any]:
    """Return the settings of Sphinx that Jupyter Book makes of `_config.yml`."""
    chosen: dict[str, Any]
    chosen, _ = get_final_config(
        user_yaml=ROOT / "_config.yml",
        sourcedir=ROOT,
        cli_config={"external_toc_path": "_toc.yml", "latex_individualpages": False},
    )
    chosen["extensions"] = [name for name in chosen["extensions"] if name not in WRAPPER]
    for setting in ("use_jupyterbook_latex", "use_multitoc_numbering"):
        chosen.pop(setting, None)
    # These are looked for beside conf.py, which is not beside the pages.
    for setting in ("html_static_path", "bibtex_bibfiles"):
        chosen[setting] = [str(ROOT / name) for name in chosen[setting]]
    return chosen


def wanted(extensions: list[str]) -> list[str]:
    """Return what pip installs: our pins of what pages import, and the newest Sphinx around it."""
    asked = (ROOT / "requirements.txt").read_text(encoding="utf-8").split("# ---")[0]
    ours = [
        line
        for line in asked.splitlines()
        if line and not line.startswith(("#", "jupyter-book", "soupsieve"))
    ]
    theirs = [
        name.replace("_", "-").replace(".", "-")
        for name in extensions
        if not name.startswith(("sphinx.", "casebook."))
    ]
    return [*ours, "sphinx", *theirs]


def versions() -> dict[str, str]:
    """Return the version of every package in the environment apart."""
    done = subprocess.run(
        [str(PYTHON), "-m", "pip", "list", "--format", "freeze", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=True,
    )
    listed = dict(line.split("==") for line in done.stdout.splitlines())
    return {name.lower().replace("_", "-"): version for name, version in listed.items()}


def step(title: str, command: list[str], env: dict[str, str]) -> None:
    """Run a command, or stop with what it said last."""
    progress = Progress(title)
    code, printed = run(command, LOG, env=env)
    if code:
        progress.close()
        lines = printed.splitlines()
        say("\n".join([line for line in lines if TROUBLE.search(line)][:30] or lines[-12:]))
        raise MakeError(f"{title} failed; all that was printed is in {LOG.relative_to(ROOT)}.")
    progress.done()


def main() -> None:
    """Make the environment, write the settings, build, and say what differs."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    LOG.unlink(missing_ok=True)
    env = environment(live=False)
    chosen = settings()
    lines = [f"{name} = {value!r}" for name, value in sorted(chosen.items())]
    (FOLDER / "conf.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    step(
        "Making an environment apart",
        [sys.executable, "-m", "venv", "--clear", str(FOLDER / ".venv")],
        env,
    )
    install = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    step("Installing the newest tools", [*install, *wanted(chosen["extensions"])], env)
    site = next((FOLDER / ".venv" / "lib").glob("python3.*/site-packages"))
    (site / "casebook.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    step(
        "Building the book with them",
        [
            *(str(PYTHON), "-m", "sphinx", "--fresh-env", "--fail-on-warning", "--keep-going"),
            *("--nitpicky", "-b", "html", "-c", str(FOLDER), str(ROOT), str(FOLDER / "html")),
        ],
        env | {"PATH": f"{PYTHON.parent}{os.pathsep}{env['PATH']}"},
    )
    differ()


def differ() -> None:
    """Say which tools are newer than the pinned ones, what was left out, and how many pages."""
    pinned = dict(pin.split(";")[0].split("==") for pin in pins("requirements.txt"))
    found = versions()
    newer = [
        f"{name} {pinned[name]} -> {found[name]}"
        for name in sorted(pinned.keys() & found.keys())
        if found[name] != pinned[name]
    ]
    say("Other versions than pinned: " + ("; ".join(newer) or "none") + ".")
    say("Left out: " + "; ".join(f"{name} ({what})" for name, what in WRAPPER.items()) + ".")
    html = FOLDER / "html"
    pages = len(list(html.rglob("*.html")))
    say(f"Built without a warning: {pages} pages in {html.relative_to(ROOT)}.")


if __name__ == "__main__":
    with one_sentence():
        main()
