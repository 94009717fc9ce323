"""Ids inside cells, and those of the features of map layers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from casebook.authoring.checking.problem import SINGULAR, Problem
from casebook.authoring.checking.table import Table
from casebook.authoring.descriptor import FILE_NAME, Package


def list_problems(tables: Mapping[str, Table]) -> list[Problem]:
    """Every member of a list column is a row of the table it points to."""
    found = []
    for table in tables.values():
        for field in table.fields:
            if "listOf" not in field:
                continue
            target = field["listOf"]["resource"]
            known = _ids(tables[target], field["listOf"]["fields"])
            for number, row in table.numbered():
                cell = row[field["name"]]
                members = cell.split(";") if cell else []
                for member in members:
                    if member not in known:
                        found.append(
                            table.problem(
                                number,
                                field["name"],
                                f"unknown {SINGULAR.get(target, 'id')} '{member}'",
                                f"Correct the id or add the row to {target}.csv "
                                "(members are separated by ; without spaces)",
                            )
                        )
                if len(set(members)) < len(members):
                    found.append(
                        table.problem(
                            number, field["name"], "an id stands twice in the list", "Keep one"
                        )
                    )
    return found


def citation_problems(package: Package, sources: Table) -> list[Problem]:
    """Find citations of the descriptor that are no sources."""
    known = _ids(sources, "source_id")
    return [
        Problem(
            f"{FILE_NAME}, {resource['name']}",
            0,
            "",
            f"it cites the unknown source '{cited}'",
            "Correct the id or add the row to sources.csv",
        )
        for resource in package.resources
        for cited in resource["citation"]
        if cited not in known
    ]


def layer_problems(path: Path, tables: Mapping[str, Table]) -> list[Problem]:
    """Features have an id of their own; the regions' ids are those of the table regions."""
    layer = json.loads(path.read_text(encoding="utf-8"))
    ids = [feature.get("id") for feature in layer["features"]]
    found = []
    if None in ids or len(set(ids)) < len(ids):
        advice = "Give every feature an id of its own"
        found.append(Problem(path.name, 0, "id", "a feature's id is missing or doubled", advice))
    regions = _ids(tables["regions"], "region_id")
    if path.stem == "region_boundaries" and set(ids) != regions:
        odd = ", ".join(sorted(regions ^ set(ids)))
        advice = "The layer and regions.csv must hold the same regions"
        found.append(Problem(path.name, 0, "id", f"no match in regions.csv for {odd}", advice))
    return found


def _ids(table: Table, column: str) -> set[str]:
    return {row[column] for row in table.rows}
