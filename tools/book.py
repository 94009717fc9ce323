"""Build the book into `_build/html`, warnings as errors, telling how far it is.

python tools/book.py          what changed since the last build
python tools/book.py --all    everything
LITE=0 python tools/book.py   without Python in the browser
"""

from __future__ import annotations

import os
import re
import shutil
import sys

from console import ROOT, MakeError, Progress, one_sentence, run, say
from environment import fingerprint, pins, says

import lite

BUILD = ROOT / "_build"
LOG = BUILD / "log" / "book.log"
MADE_WITH = BUILD / ".made-with"
STEP = re.compile(r"^(reading sources|writing output)\.\.\. \[ *(\d+)%\] *(\S*)")
TROUBLE = re.compile(r"(WARNING|ERROR|CRITICAL): |^(\S*Error: |Extension error)")
VERBS = {"reading sources": "reading", "writing output": "writing"}


def environment(live: bool = True) -> dict[str, str]:
    """Return an environment in which the machine's own settings change nothing in the book."""
    env = os.environ.copy()
    env["CASEBOOK_LITE"] = "1" if live else "0"
    env.pop("PYTHONPATH", None)
    # The page's kernel is this environment's, not one that the user once registered.
    env["JUPYTER_PREFER_ENV_PATH"] = "1"
    env["PYTHONUTF8"] = "1"
    env["PYTHONWARNINGS"] = "default"
    return env


def build(everything: bool = False) -> None:
    """Build the book, with Python in the browser unless LITE=0."""
    live = os.environ.get("LITE") != "0" and lite.gather()
    pages(everything, live)
    if live:
        lite.place()
    else:
        lite.remove()


def pages(everything: bool, live: bool) -> None:
    """Build the pages, or say which warnings stopped them.

    Parameters
    ----------
    everything : bool
        Forget the last build.
    live : bool
        Whether the book comes with Python in the browser, so that pages lead to it.
    """
    # Pages say how much Python in the browser weighs.
    tools = [*pins("requirements-build.txt"), *pins("requirements-browser.txt")]
    current = fingerprint(sys.version, *tools)
    if everything or not says(MADE_WITH, current):
        # Pages written by other versions of the tools are not taken over.
        for folder in ("html", ".doctrees", "jupyter_execute"):
            shutil.rmtree(BUILD / folder, ignore_errors=True)
    BUILD.mkdir(exist_ok=True)
    LOG.unlink(missing_ok=True)
    # Sphinx tells a page's warnings only when it reads the page: unless this build ends well,
    # the next one reads all pages again.
    MADE_WITH.unlink(missing_ok=True)
    progress = Progress("Building the book")
    troubles: list[str] = []

    def on_line(line: str) -> None:
        step = STEP.match(line)
        if step:
            progress.update(f"{VERBS[step[1]]} {step[3]} ({step[2]} %)")
        elif TROUBLE.search(line):
            troubles.append(line.replace(f"{ROOT}/", ""))

    # Not by its script, whose first line holds the path that the environment was made at.
    start = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", start, "build", str(ROOT)]
    code, printed = run(
        [*command, "--warningiserror", "--keep-going", "--nitpick"],
        LOG,
        env=environment(live),
        on_line=on_line,
    )
    if code:
        progress.close()
        if "No space left on device" in printed:
            raise MakeError("The disk is full: free about 1.5 GB and run this again.")
        troubles = list(dict.fromkeys(troubles))
        for line in troubles or printed.splitlines()[-12:]:
            say(line)
        count = len(troubles)
        raise MakeError(
            f"The book was not built: {count or 'no'} warning{'s' if count != 1 else ''} or errors "
            f"(above; all that was printed is in {LOG.relative_to(ROOT)})."
        )
    MADE_WITH.write_text(current, encoding="utf-8")
    progress.done()


if __name__ == "__main__":
    with one_sentence():
        build(everything="--all" in sys.argv[1:])
