"""Which files a page depends on.

Every page reads tables and runs code of the package, so each declares both, and `module.yml`, as
dependencies: an edited page runs alone, an edited table or module runs what depends on it, and a
build without changes runs nothing.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx


def shared_files(root: Path) -> list[Path]:
    """Return the files every page depends on, in a stable order."""
    grading = root / "casebook" / "grading"  # no page runs it
    package = [f for f in (root / "casebook").rglob("*.py") if not f.is_relative_to(grading)]
    data = [
        file for file in (root / "data").iterdir() if file.suffix in {".csv", ".geojson", ".json"}
    ]
    return sorted([*package, *data, root / "module.yml"])


def _declare(app: Sphinx, doctree: nodes.document) -> None:
    for file in shared_files(Path(app.srcdir)):
        app.env.note_dependency(str(file.relative_to(app.srcdir)))


def setup(app: Sphinx) -> None:
    """Declare dependencies whenever a page is read."""
    app.connect("doctree-read", _declare)
