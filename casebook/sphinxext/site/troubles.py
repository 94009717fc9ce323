"""A page with a warning is read again until it has none.

Sphinx tells a warning when it reads or writes a page, and never again. So the pages that have some
are noted beside Sphinx's own memory, and read again by the next build; a build that was cut short,
or a warning that belongs to no page, has the next one read everything.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import NAMESPACE, get_node_location, is_suppressed_warning

EVERYTHING = "*"


class _Pages(logging.Handler):
    """Notes which pages the warnings of a build belong to."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self.app = app
        self.found: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Note a warning, if it is told."""
        kind, part = getattr(record, "type", ""), getattr(record, "subtype", "")
        if not is_suppressed_warning(kind, part, self.app.config.suppress_warnings):
            page = page_of(getattr(record, "location", None), self.app.env)
            self.found.add(page or EVERYTHING)


def page_of(location: Any, env: BuildEnvironment) -> str:
    """Return the page of a warning, empty if it belongs to none.

    Parameters
    ----------
    location : docutils.nodes.Node, tuple, str or None
        As Sphinx's loggers take it: a node, page and line, or a file with or without its line.
    env : sphinx.environment.BuildEnvironment
    """
    if isinstance(location, nodes.Node):
        location = get_node_location(location)
    if isinstance(location, tuple):
        location = location[0]
    location = str(location or "")
    for place in (location, env.path2doc(location.split(":")[0]) if location else None):
        if place in env.found_docs:
            return place
    return ""


def _file(app: Sphinx) -> Path:
    return Path(app.doctreedir) / "troubles.json"


def _troubles(app: Sphinx) -> _Pages:
    """Return what notes the warnings of this build."""
    noted: _Pages = vars(app)["casebook_troubles"]
    return noted


def _begin(app: Sphinx) -> None:
    file = _file(app)
    vars(app)["casebook_before"] = json.loads(file.read_text("utf-8")) if file.exists() else []
    # If this build does not come to its end, nobody knows what it would have told.
    file.write_text(json.dumps([EVERYTHING]), encoding="utf-8")
    vars(app)["casebook_troubles"] = _Pages(app)
    logging.getLogger(NAMESPACE).addHandler(_troubles(app))


def _outdated(app: Sphinx, env: BuildEnvironment, *changed: set[str]) -> list[str]:
    before: list[str] = vars(app)["casebook_before"]
    return list(env.found_docs if EVERYTHING in before else env.found_docs & set(before))


def _end(app: Sphinx, failed: Exception | None) -> None:
    logging.getLogger(NAMESPACE).removeHandler(_troubles(app))
    if not failed:
        found = sorted(_troubles(app).found)
        _file(app).write_text(json.dumps(found), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Note pages with warnings, and have them read again."""
    app.connect("builder-inited", _begin)
    app.connect("env-get-outdated", _outdated)
    app.connect("build-finished", _end)
