"""Rewrite the pins of everything that the packages asked for bring along (`make lock`).

Above the line of each requirements file stand the packages asked for, by hand; below it, what
comes with them, found by pip with the oldest Python supported. The files include one another, so
each lists only what the ones before it have not.
"""

from __future__ import annotations

import json
import subprocess
import sys

from console import ROOT, MakeError, one_sentence, say

FILES = [
    "requirements.txt",
    "requirements/lite.txt",
    "requirements/instructor.txt",
    "requirements/cluster.txt",
    "requirements/playwright.txt",
    "requirements/test.txt",
]
LINE = "# --- brought along; written by `make lock` ---"
# Needed on one system only, so pip does not report them elsewhere.
ELSEWHERE = {"requirements.txt": ['appnope==1.0.0; platform_system == "Darwin"']}


def asked(name: str) -> tuple[list[str], list[str]]:
    """Return the lines of a file above the line, and the pins among them."""
    lines = (ROOT / name).read_text(encoding="utf-8").split(LINE)[0].rstrip().splitlines()
    return lines, [line for line in lines if line and not line.startswith(("#", "-"))]


def resolve(requirements: list[str]) -> dict[str, str]:
    """Return name and version of everything that the requirements bring, with themselves."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "-q"]
    done = subprocess.run(
        [*command, "--report", "-", *requirements], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise MakeError(f"pip finds no set of versions that fit together:\n{done.stderr.strip()}")
    found = [item["metadata"] for item in json.loads(done.stdout)["install"]]
    return {item["name"].lower().replace("_", "-"): item["version"] for item in found}


def main() -> None:
    """Resolve the files in turn and write the part below the line."""
    if sys.version_info[:2] != (3, 11):
        raise MakeError("Lock with Python 3.11, the oldest one supported: make lock PYTHON=...")
    known: dict[str, str] = {}
    wanted: list[str] = []
    for name in FILES:
        lines, pins = asked(name)
        wanted += pins
        kept = [f"{package}=={version}" for package, version in known.items()]
        found = resolve([*wanted, *kept])
        direct = {pin.split("==")[0].lower() for pin in pins}
        fresh = sorted(set(found) - set(known) - direct)
        below = [f"{package}=={found[package]}" for package in fresh] + ELSEWHERE.get(name, [])
        text = "\n".join([*lines, LINE, *sorted(below)]) + "\n"
        (ROOT / name).write_text(text, encoding="utf-8")
        known.update(found)
        say(f"{name}: {len(pins)} asked for, {len(below)} brought along")


if __name__ == "__main__":
    with one_sentence():
        main()
