"""A notebook out of the bytes that somebody handed in, or the sentence why it is none."""

from __future__ import annotations

import json
import re
from typing import Any

from casebook.grading.errors import Refused

MOST_CELLS = 2_000


def notebook(content: bytes) -> dict[str, Any]:
    """Return a notebook from its bytes.

    Raises
    ------
    Refused
        With the sentence that its author needs.
    """
    if not content.strip():
        raise Refused("is empty")
    if content[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff") or content[:2] in (
        b"\xff\xfe",
        b"\xfe\xff",
    ):
        raise Refused("is written in UTF-16 or UTF-32, and a notebook is UTF-8: save it in Jupyter")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            "is not written in UTF-8 (Latin-1 perhaps): some program has changed its encoding"
        ) from None
    if re.match(r"\s*<(!doctype|html|\?xml|head|body|!--)", text[:200], re.IGNORECASE):
        raise Refused("is a web page, such as a login page, saved under the name of a notebook")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("is not valid JSON: it was cut off or edited in a text editor") from None
    return _checked(found)


def _checked(found: Any) -> dict[str, Any]:
    if not isinstance(found, dict) or "nbformat" not in found:
        raise Refused("is JSON but not a notebook: it has no nbformat")
    version = found["nbformat"]
    if type(version) is not int:
        raise Refused("has an nbformat that is not a number")
    if version > 4:
        raise Refused(f"is in nbformat {version}, newer than 4: save it in JupyterLab 4")
    if version < 4:
        raise Refused(f"is in the old nbformat {version}: open it in Jupyter and save it again")
    cells = found.get("cells")
    if not isinstance(cells, list) or not all(map(_is_cell, cells)):
        raise Refused("is a notebook whose cells cannot be read")
    if len(cells) > MOST_CELLS:
        raise Refused(f"has {len(cells):,} cells, more than {MOST_CELLS:,}")
    return found


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        return False
    source = cell.get("source", "")
    lines = source if isinstance(source, list) else [source]
    return all(isinstance(line, str) for line in lines)
