"""Find the machine's Chromium or Chrome, for static twins of figures and for browser tests.

Nothing is downloaded: whoever wants another browser names it in ``CASEBOOK_BROWSER``.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

LAUNCH_ARGUMENTS = ("--no-sandbox",)
"""For a headless start: the sandbox needs rights that containers and root do not have, and only
pages of this book are opened."""

VARIABLES = ("CASEBOOK_BROWSER", "BROWSER_PATH", "CHROME")
COMMANDS = ("chromium", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPLICATIONS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
)
PLAYWRIGHT_FILES = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium_headless_shell-*/chrome-*/headless_shell",
    "chromium_headless_shell-*/chrome-*/chrome-headless-shell",
)


def find_browser() -> Path | None:
    """Return the browser to use, or None where there is none.

    Looked at in turn: the variables ``CASEBOOK_BROWSER``, ``BROWSER_PATH`` and ``CHROME``, the
    commands ``chromium`` and ``google-chrome``, the applications of macOS, and the browsers that
    Playwright has downloaded, newest first.

    Raises
    ------
    FileNotFoundError
        If ``CASEBOOK_BROWSER`` names a file that cannot be run.
    """
    named = os.environ.get("CASEBOOK_BROWSER")
    if named and not _runs(Path(named)):
        raise FileNotFoundError(f"CASEBOOK_BROWSER={named} is not a program; correct or unset it.")
    return next((path for path in _candidates() if _runs(path)), None)


def _runs(path: Path) -> bool:
    """Tell whether a path is a program."""
    return path.is_file() and os.access(path, os.X_OK)


def _candidates() -> Iterator[Path]:
    """Yield where a browser may be, best first."""
    for variable in VARIABLES:
        if os.environ.get(variable):
            yield Path(os.environ[variable])
    for command in COMMANDS:
        found = shutil.which(command)
        # A snap's browser sees no temporary or hidden folder, so it cannot be driven.
        if found and not found.startswith("/snap/"):
            yield Path(found)
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield from (folder / application for application in MAC_APPLICATIONS)
    for pattern in PLAYWRIGHT_FILES:
        yield from sorted(_playwright_folder().glob(pattern), key=_revision, reverse=True)


def _revision(path: Path) -> int:
    """Return the revision in a downloaded browser's path (``chromium-1190/...``)."""
    for part in path.parts:
        name, _, number = part.rpartition("-")
        if name.startswith("chromium") and number.isdigit():
            return int(number)
    return 0


def _playwright_folder() -> Path:
    """Return the folder in which Playwright keeps its browsers."""
    if os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        return Path(os.environ["PLAYWRIGHT_BROWSERS_PATH"])
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ms-playwright"
    return Path.home() / ".cache" / "ms-playwright"
