"""Bringing freshly made tables into ``data/`` without overwriting anyone's correction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from casebook.authoring import csvfile, descriptor, reconciliation
from casebook.authoring.csvfile import Row
from casebook.authoring.extracts import Extracts
from casebook.authoring.importing import build_layers, build_tables
from casebook.authoring.importing.recipe import Recipe
from casebook.authoring.ordering import in_order

# Written by hand in data/ and in no extract: an import carries the columns over and leaves the
# tables alone.
OWN_COLUMNS = {"claims": ("verdict", "verdict_reason")}
OWN_TABLES = ("town_entries",)


def import_data(
    source: Path,
    data: Path,
    *,
    accept: bool = False,
    only: Iterable[str] = (),
    decided_in: Path = reconciliation.FOLDER,
    say: Callable[[str], None] = print,
) -> bool:
    """Make all tables and map layers from the extracts in ``source``.

    Parameters
    ----------
    source
        Folder of extracts.
    data
        Data folder; its ``datapackage.json`` must be there.
    accept
        Overwrite tables that would change.
    only
        Names of tables to import; all if empty.
    decided_in
        Folder of the decisions made by hand.
    say
        Where the report goes, one line at a time.

    Returns
    -------
    bool
        Whether ``data`` now equals the extracts.
    """
    package = descriptor.Package.read(data)
    recipe = Recipe(Extracts(source), decided_in)
    fresh = {**_table_texts(package, recipe), **_layer_texts(recipe)}
    settled = True
    for resource in package.resources:
        name = resource["name"]
        if name in OWN_TABLES or (only and name not in only):
            continue
        path = package.path(resource)
        old = path.read_text(encoding="utf-8") if path.is_file() else None
        if old == fresh[name]:
            continue
        if old is not None:
            for line in _differences(resource, path, fresh[name]):
                say(line)
            if not accept:
                say(f"{resource['path']}: not overwritten. Run again with --accept to take this.")
                settled = False
                continue
        path.write_text(fresh[name], encoding="utf-8", newline="\n")
        say(f"{resource['path']}: written")
    return settled


def _table_texts(package: descriptor.Package, recipe: Recipe) -> dict[str, str]:
    texts = {}
    for name, rows in build_tables(recipe).items():
        table = package.table(name)
        rows = _with_own_columns(package, table, rows)
        rows = in_order(rows, descriptor.order_of(table))
        texts[name] = csvfile.as_text(rows, descriptor.columns(table))
    return texts


def _with_own_columns(package: descriptor.Package, table: dict, rows: list[Row]) -> list[Row]:
    own = OWN_COLUMNS.get(table["name"], ())
    path = package.path(table)
    if not own or not path.is_file():
        return rows
    written = {_key(table, row): row for row in csvfile.read_rows(path)}
    return [
        {**row, **{c: written[_key(table, row)][c] for c in own if _key(table, row) in written}}
        for row in rows
    ]


def _layer_texts(recipe: Recipe) -> dict[str, str]:
    return {
        name: json.dumps(layer, ensure_ascii=False, separators=(",", ":")) + "\n"
        for name, layer in build_layers(recipe).items()
    }


def _key(table: dict, row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in table["schema"]["primaryKey"])


def _differences(resource: dict, path: Path, fresh: str) -> list[str]:
    """Say what would change, a line a fact: row key, column, old -> new."""
    if "schema" not in resource:
        return [f"{resource['path']}: the map layer differs from the extracts"]
    old = {_key(resource, row): row for row in csvfile.read_rows(path)}
    new = {_key(resource, row): row for row in csvfile.parse(fresh)}
    lines = []
    for key in old.keys() | new.keys():
        label = f"{resource['path']} [{', '.join(key)}]"
        if key not in new:
            lines.append(f"{label}: row in data/ that the extracts lack")
        elif key not in old:
            lines.append(f"{label}: new row")
        else:
            lines += [
                f"{label} {column}: {old[key].get(column, '')!r} -> {value!r}"
                for column, value in new[key].items()
                if old[key].get(column, "") != value
            ]
    return sorted(lines) or [f"{resource['path']}: same facts in another order or another form"]
