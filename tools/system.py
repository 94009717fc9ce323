"""What the machine itself must bring: a browser, and what the tests run in.

Root on Debian or Ubuntu gets it installed; anyone else is told in one sentence what to type.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from console import MakeError, run, say
from environment import LOG, install

from casebook.chrome import find_browser

PLAYWRIGHT = [sys.executable, "-m", "playwright"]
ANOTHER = "or name a browser with CASEBOOK_BROWSER=/path/to/it"


def browser_for_pictures() -> Path | None:
    """Return a browser that draws static pictures, or say that the book comes without them."""
    if find() is None and may_install():
        say("Installing Chromium, which draws pictures for print ...")
        install_packages(["chromium"])
    browser = find()
    if browser is None:
        how = "sudo apt-get install chromium" if apt_has_chromium() else "install Chrome"
        say(
            "The book is built without pictures for print and for readers without JavaScript, for "
            f"no Chromium or Chrome is here to draw them: {how}, {ANOTHER}, and run this again."
        )
    return browser


def browser_for_tests(release: bool) -> Path:
    """Return a browser for the tests on a machine that has all they need, or say what is missing.

    Parameters
    ----------
    release : bool
        Whether the tests before a release run too, of which some need a sandbox.
    """
    wanted = lacking(release)
    if wanted and may_install():
        say(f"Installing what the tests need: {', '.join(wanted)} ...")
        install_packages(wanted)
        wanted = lacking(release)
    browser = find()
    if wanted or browser is None:
        raise MakeError(f"The tests need {', '.join(wanted)}: {advice(wanted)}.")
    return browser


def find() -> Path | None:
    """Return a browser that starts, or None where there is none at all."""
    try:
        browser = find_browser()
    except FileNotFoundError as problem:
        raise MakeError(str(problem)) from None
    if browser:
        done = subprocess.run([browser, "--version"], capture_output=True, text=True, check=False)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
            raise MakeError(f"{browser} does not start ({said[0]}): mend it, {ANOTHER}.")
    return browser


def lacking(release: bool) -> list[str]:
    """Return what the tests need and this machine lacks, by the names of Debian's packages."""
    driver = subprocess.run([*PLAYWRIGHT, "--version"], capture_output=True, check=False)
    there = {"chromium": find() is not None, "libatomic1": driver.returncode == 0}
    if release:
        there["bubblewrap"] = shutil.which("bwrap") is not None
    return [package for package, found in there.items() if not found]


def advice(wanted: list[str]) -> str:
    """Say what a user types who may not install packages without being asked."""
    if apt_has_chromium():
        return f"sudo apt-get install {' '.join(wanted)}"
    steps = []
    if packages := [package for package in wanted if package != "chromium"]:
        apt = "sudo apt-get install" if shutil.which("apt-get") else "install"
        steps.append(f"{apt} {' '.join(packages)}")
    if "chromium" in wanted:
        steps.append(f".venv/bin/playwright install --with-deps chromium ({ANOTHER})")
    return ", then ".join(steps)


def may_install() -> bool:
    """Tell whether packages can be installed without asking anyone."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_has_chromium() -> bool:
    """Tell whether Chromium comes as a package; Ubuntu's is a snap, which cannot be driven."""
    if shutil.which("apt-get") is None:
        return False
    return platform.freedesktop_os_release().get("ID") != "ubuntu"


def install_packages(names: list[str]) -> None:
    """Install packages as root; where Chromium is none of them, have Playwright fetch it."""
    fetch = "chromium" in names and not apt_has_chromium()
    if fetch:
        names = [*(name for name in names if name not in ("chromium", "libatomic1")), "libatomic1"]
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *names]
    code, _ = run(command, LOG, env=env)
    if code:
        run(["apt-get", "update", "-q"], LOG, env=env)
        run(command, LOG, env=env)
    if fetch:
        install("requirements/playwright.txt", "that fetch Chromium")
        run([*PLAYWRIGHT, "install", "--with-deps", "chromium"], LOG, env=env)
