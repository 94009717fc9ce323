"""Command line of the maintainers' tools: ``python -m casebook.authoring --help``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from casebook import tables
from casebook.authoring.checking import check_data
from casebook.authoring.extracts import ExtractMissingError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m casebook.authoring", description="Maintain the data package."
    )
    parser.add_argument(
        "--data", type=Path, default=tables.folder(), metavar="DIR", help="data folder"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    bring = commands.add_parser("import-data", help="make the tables from the extracts")
    bring.add_argument("--from", dest="source", type=Path, required=True, metavar="DIR")
    bring.add_argument("--only", nargs="+", default=[], metavar="TABLE", help="only these tables")
    bring.add_argument("--accept", action="store_true", help="overwrite tables that would change")
    check = commands.add_parser("check-data", help="validate; refresh row order and hashes")
    check.add_argument("--check-only", action="store_true", help="change nothing (for CI)")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if all is well."""
    asked = _parser().parse_args(arguments)
    if asked.command == "check-data":
        return 1 if check_data(asked.data, check_only=asked.check_only) else 0
    # Only the import needs all its modules.
    from casebook.authoring.importing.recipe import UndecidedError
    from casebook.authoring.importing.writing import import_data

    try:
        settled = import_data(asked.source, asked.data, accept=asked.accept, only=asked.only)
    except (ExtractMissingError, UndecidedError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0 if settled else 1


if __name__ == "__main__":
    sys.exit(main())
