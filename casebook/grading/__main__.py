"""Assign, collect, mark and hand back: ``python -m casebook.grading --help``."""

from __future__ import annotations

import argparse
import sys

from casebook.grading.commands import assign, collect, export, feedback, mark, ready, review
from casebook.grading.errors import Refused
from casebook.grading.sandbox import bubblewrap

COMMANDS = {
    "assign": assign,
    "collect": collect,
    "mark": mark,
    "review": review,
    "feedback": feedback,
    "export": export,
    "ready": ready,
}


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m casebook.grading", description="Assign, collect, mark and hand back."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, command in COMMANDS.items():
        command.arguments(commands.add_parser(name, help=command.HELP))
    chosen = parser.parse_args(arguments)
    try:
        code: int = COMMANDS[chosen.command].run(chosen)
    except (Refused, bubblewrap.NoSandbox) as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. What is done is kept; run this again for the rest.", file=sys.stderr)
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
