"""Command line of the maintainers' tools: ``python -m casebook.authoring --help``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from casebook import tables
from casebook.authoring.checking import check_data


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m casebook.authoring",
        description="Maintain the data package and the exercises.",
    )
    parser.add_argument(
        "--data", type=Path, default=tables.folder(), metavar="DIR", help="data folder"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check-data", help="validate; refresh row order and hashes")
    check.add_argument("--check-only", action="store_true", help="change nothing (for CI)")
    release = commands.add_parser("release", help="seal keys and write notebooks from the masters")
    release.add_argument("--only", nargs="+", default=[], metavar="PART", help="only these parts")
    page = commands.add_parser("new-page", help="begin a page: its text, figures, test, entries")
    page.add_argument("place", metavar="PART/SLUG", help="such as origins/land-and-water")
    page.add_argument("--title", required=True, help="heading of the page")
    page.add_argument("--claim", action="append", default=[], metavar="C010", help="it judges")
    commands.add_parser(
        "objectives", help="which page teaches an objective, which task asks for it"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if all is well."""
    asked = _parser().parse_args(arguments)
    if asked.command == "check-data":
        return 1 if check_data(asked.data, check_only=asked.check_only) else 0
    if asked.command == "release":
        return _release(asked.only)
    if asked.command == "new-page":
        return _new_page(asked)
    return _objectives()


def _release(only: list[str]) -> int:
    from casebook.authoring.exercises.master import MasterError
    from casebook.authoring.exercises.writing import release_all

    root = Path(__file__).parents[2]
    try:
        changed = release_all(root, only)
    except MasterError as problem:
        print(problem, file=sys.stderr)
        return 2
    for path in changed:
        print(f"{path.relative_to(root)}: written")
    print("Keys and notebooks are those of the masters.")
    return 0


def _new_page(asked: argparse.Namespace) -> int:
    from casebook.authoring import new_page

    root = Path(__file__).parents[2]
    try:
        files = new_page.begin(root, asked.place, asked.title, asked.claim)
    except new_page.NewPageError as problem:
        print(problem, file=sys.stderr)
        return 2
    for file in files:
        print(f"{file.relative_to(root)}: written")
    print("Now replace what begins with WRITE; CONTRIBUTING.md (Add a page) says what else.")
    return 0


def _objectives() -> int:
    from casebook.authoring.objectives import report, traced

    rows, missing = traced(Path(__file__).parents[2])
    print(report(rows, missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
