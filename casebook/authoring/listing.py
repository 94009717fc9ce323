"""The list of tables in ``data/README.md``, written from the descriptor and the rows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from casebook.authoring.descriptor import Package

BEGIN = "<!-- tables: written by make data -->"
END = "<!-- end of tables -->"


def listed(readme: str, package: Package, rows: Mapping[str, int]) -> str:
    """Write the list of tables between its two markers.

    Parameters
    ----------
    readme
        Text of the file, with the markers `BEGIN` and `END`.
    package
        Descriptor of the data.
    rows
        Number of rows of each table.
    """
    lines = ["| table | what it holds | rows | licence |", "|---|---|---:|---|"]
    for resource in package.resources:
        name = resource["name"]
        size = f"{rows[name]:,}" if name in rows else "map"
        licences = ", ".join(_short(licence["title"]) for licence in resource["licenses"])
        lines.append(f"| `{name}` | {resource['title']} | {size} | {licences} |")
    body = "\n".join([BEGIN, "", *lines, "", END])
    # A function, so that nothing in a title is read as a reference to a group.
    return re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: body, readme, flags=re.DOTALL)


def _short(title: str) -> str:
    """Write a licence as people call it, without its remarks: ``CC BY-SA 4.0``."""
    name = re.split(r"[,;(]", title)[0].strip()
    name = re.sub(r"^Creative Commons ", "CC ", name)
    return name.replace("Attribution-ShareAlike", "BY-SA").replace("Attribution", "BY")
