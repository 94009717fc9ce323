"""The tables of the data package as typed pandas objects.

``data/datapackage.json`` says what each column is; this module only follows it:

===========  =====================================================================
schema type  in the DataFrame
===========  =====================================================================
string       text; a missing text is the empty string, never ``NaN``
integer      ``int64`` where the schema requires a value, else ``Int64`` with ``<NA>``
number       ``float64``; missing is ``NaN``
boolean      ``bool``
date         ``datetime64[ns]``; missing is ``NaT``
===========  =====================================================================

Partial dates (``2012-03``, ``1998``) are text, because a month is not a day.
"""

from __future__ import annotations

import difflib
import json
import os
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

READS_VARIABLE = "CASEBOOK_READS"
"""Names a file that gets a line for whatever is read here. Set while a page of the book is read, in
Sphinx's process and thereby in the page's kernel: the page depends on what it reads."""

_HERE = Path(__file__).resolve().parent


class TableNotFound(KeyError):  # noqa: N818  (the message is for learners, so is the name)
    """The data package has no table of that name."""

    def __init__(self, name: str, known: list[str]) -> None:
        self.name = name
        self.known = known
        super().__init__(name)

    def __str__(self) -> str:
        near = difflib.get_close_matches(self.name, self.known, n=1, cutoff=0.5)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        return f"There is no table '{self.name}'.{hint} There are: {', '.join(self.known)}."


def folder() -> Path:
    """Find the folder that holds the tables.

    In an installed wheel it lies inside the package; in a checkout, beside it.

    Raises
    ------
    FileNotFoundError
        If neither place has a ``datapackage.json``.
    """
    places = (_HERE / "data", _HERE.parent / "data")
    for place in places:
        if (place / "datapackage.json").is_file():
            return place
    raise FileNotFoundError(
        f"No datapackage.json in {places[0]} or {places[1]}. "
        "Reinstall casebook, or run it from a complete checkout."
    )


def names() -> list[str]:
    """List the names of all tables, in the order of the data package.

    >>> "control" in names()
    True
    """
    _note("names")
    return _names()


def geometry_names() -> list[str]:
    """List the names of all map layers.

    >>> "region_boundaries" in geometry_names()
    True
    """
    _note("names")
    return _geometry_names()


def resource(name: str) -> dict[str, Any]:
    """Look up what the data package says about a table or map layer.

    Parameters
    ----------
    name
        For example ``"control"`` or ``"region_boundaries"``.

    Returns
    -------
    dict
        A copy: title, description, schema, sources, licences, known gaps...
    """
    described = _described(name, list(_resources()))
    _note("description", name)
    return deepcopy(described)


def load(name: str) -> pd.DataFrame:
    """Load a table as a DataFrame, each column in the type its schema gives.

    Parameters
    ----------
    name
        For example ``"control"``; :func:`names` lists them all.

    Returns
    -------
    pandas.DataFrame
        A copy of your own: changing it changes nothing for anyone else.

    Raises
    ------
    TableNotFound
        If there is no such table; the message lists the right names.

    Examples
    --------
    >>> from casebook import load
    >>> control = load("control")
    >>> gao = control[control["place_id"] == "gao"]
    >>> gao["controller"].to_list()
    ['mli_gov', 'mnla', 'mujao', 'mli_gov']
    """
    _described(name, _names())
    _note("table", name)
    return _read_table(name).copy()


def geometry(name: str) -> dict[str, Any]:
    """Load a map layer as a GeoJSON FeatureCollection.

    Every feature has an ``id`` to join on: a ``region_id``, an ISO-3 code or a river's name.

    >>> len(geometry("region_boundaries")["features"])
    9
    """
    entry = _described(name, _geometry_names())
    _note("table", name)
    shapes: dict[str, Any] = json.loads((folder() / entry["path"]).read_text(encoding="utf-8"))
    return shapes


def _note(kind: str, name: str = "") -> None:
    if file := os.environ.get(READS_VARIABLE):
        with Path(file).open("a", encoding="utf-8") as reads:
            reads.write(f"{kind} {name}\n")


def _names() -> list[str]:
    return [r["name"] for r in _resources().values() if "schema" in r]


def _geometry_names() -> list[str]:
    return [r["name"] for r in _resources().values() if "schema" not in r]


@cache
def _resources() -> dict[str, dict[str, Any]]:
    package = json.loads((folder() / "datapackage.json").read_text(encoding="utf-8"))
    return {r["name"]: r for r in package["resources"]}


def _described(name: str, known: list[str]) -> dict[str, Any]:
    if name not in known:
        raise TableNotFound(name, known)
    return _resources()[name]


@cache
def _read_table(name: str) -> pd.DataFrame:
    import pandas as pd

    entry = _resources()[name]
    # All text first: pandas must not take an empty note, or the text NA, for NaN.
    frame = pd.read_csv(folder() / entry["path"], dtype=str, keep_default_na=False)
    for field in entry["schema"]["fields"]:
        frame[field["name"]] = _typed(frame[field["name"]], field)
    return frame


def _typed(column: pd.Series, field: dict[str, Any]) -> pd.Series:
    import pandas as pd

    kind = field["type"]
    if kind == "string":
        return column
    if kind == "boolean":
        return column == "true"
    missing = column.where(column != "", None)
    if kind == "date":
        return pd.to_datetime(missing, format="%Y-%m-%d").astype("datetime64[ns]")
    numbers = pd.to_numeric(missing)
    if kind == "number":
        return numbers.astype("float64")
    if kind == "integer":
        required = field.get("constraints", {}).get("required", False)
        return numbers.astype("int64" if required else "Int64")
    raise ValueError(f"datapackage.json gives column '{field['name']}' an unknown type '{kind}'.")
