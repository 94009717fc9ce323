"""Build the book into `_build/html`, warnings as errors, telling how far it is.

python tools/book.py                what changed since the last build
python tools/book.py --all          everything
python tools/book.py --instructor   the instructors' edition, with solutions, into a folder apart
LITE=0 python tools/book.py         without Python in the browser
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from console import ROOT, MakeError, Progress, one_sentence, run, say
from environment import fingerprint, pins, says
from system import browser_for_pictures

import lite


@dataclass(frozen=True)
class Edition:
    """An edition of the book: its names, and the folder that its `_build` is in."""

    name: str
    title: str
    folder: Path

    @property
    def built(self) -> Path:
        """All that is built of it."""
        return self.folder / "_build"  # the name is Jupyter Book's

    @property
    def html(self) -> Path:
        """Where its pages are."""
        return self.built / "html"


PUBLIC = Edition("public", "the book", ROOT)
INSTRUCTOR = Edition("instructor", "the instructors' edition", ROOT / "_build" / "instructor")
"""With solutions, rubrics and teaching notes: apart, for it must not be published."""

STEP = re.compile(r"^(reading sources|writing output)\.\.\. \[ *(\d+)%\] *(\S*)")
TROUBLE = re.compile(r"(WARNING|ERROR|CRITICAL): |^(\S*Error: |Extension error)")
VERBS = {"reading sources": "reading", "writing output": "writing"}


def environment(live: bool = True, edition: Edition = PUBLIC) -> dict[str, str]:
    """Return an environment in which the machine's own settings change nothing in the book."""
    env = os.environ.copy()
    env["CASEBOOK_LITE"] = "1" if live else "0"
    env["CASEBOOK_EDITION"] = edition.name
    env.pop("PYTHONPATH", None)
    # The page's kernel is this environment's, not one that the user once registered.
    env["JUPYTER_PREFER_ENV_PATH"] = "1"
    env["PYTHONUTF8"] = "1"
    env["PYTHONWARNINGS"] = "default"
    return env


def build(everything: bool = False, edition: Edition = PUBLIC) -> None:
    """Build the book, with Python in the browser unless LITE=0."""
    pictures = browser_for_pictures() is not None
    live = os.environ.get("LITE") != "0" and lite.gather()
    pages(everything, live, pictures, edition)
    if live:
        lite.place(edition.html)
    else:
        lite.remove(edition.html)


def pages(everything: bool, live: bool, pictures: bool, edition: Edition) -> None:
    """Build the pages, or say which warnings stopped them.

    Parameters
    ----------
    everything : bool
        Forget the last build.
    live : bool
        Whether the book comes with Python in the browser, so that pages lead to it.
    pictures : bool
        Whether a browser can draw static pictures; when one arrives, all pages are built again.
    edition : Edition
        Which one, and where it goes.
    """
    log = edition.built / "log" / "book.log"
    made_with = edition.built / ".made-with"
    # Pages say how much Python in the browser weighs.
    tools = [*pins("requirements.txt"), *pins("requirements/browser.txt")]
    current = fingerprint(sys.version, *tools, f"pictures: {pictures}")
    if everything or not says(made_with, current):
        # Pages written by other versions of the tools are not taken over.
        for folder in ("html", ".doctrees", "jupyter_execute"):
            shutil.rmtree(edition.built / folder, ignore_errors=True)
    edition.built.mkdir(parents=True, exist_ok=True)
    log.unlink(missing_ok=True)
    made_with.write_text(current, encoding="utf-8")
    progress = Progress(f"Building {edition.title}")
    troubles: list[str] = []

    def on_line(line: str) -> None:
        step = STEP.match(line)
        if step:
            progress.update(f"{VERBS[step[1]]} {step[3]} ({step[2]} %)")
        elif TROUBLE.search(line):
            troubles.append(line.replace(f"{ROOT}/", ""))

    # Not by its script, whose first line holds the path that the environment was made at.
    start = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", start, "build", str(ROOT), "--path-output"]
    code, printed = run(
        [*command, str(edition.folder), "--warningiserror", "--keep-going", "--nitpick"],
        log,
        env=environment(live, edition),
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
        what = f"{edition.title[0].upper()}{edition.title[1:]} was not built"
        raise MakeError(
            f"{what}: {count or 'no'} warning{'s' if count != 1 else ''} or errors "
            f"(above; all that was printed is in {log.relative_to(ROOT)})."
        )
    progress.done()


if __name__ == "__main__":
    with one_sentence():
        chosen = INSTRUCTOR if "--instructor" in sys.argv[1:] else PUBLIC
        build("--all" in sys.argv[1:], chosen)
        if chosen is INSTRUCTOR:
            say(f"Open {chosen.html.relative_to(ROOT)}/index.html; it holds solutions.")
