"""Say whether submissions can be marked on this machine."""

from __future__ import annotations

import argparse

from casebook.grading.sandbox import bubblewrap

HELP = "say whether submissions can be marked on this machine"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(chosen: argparse.Namespace) -> int:
    """Look for the sandbox; return the exit code."""
    reason = bubblewrap.refusal()
    print(reason or "Ready: .venv/bin/python -m casebook.grading --help says how to go on.")
    return 2 if reason else 0
