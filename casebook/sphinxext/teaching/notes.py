"""Notes for whoever teaches a chapter, at its end, in the instructors' edition only.

They stand in `instructor/notes/<slug>.md` and are read as if they were the last part of the
chapter: its roles for numbers, dates and citations work in them.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from casebook.sphinxext.site import edition
from casebook.sphinxext.site.base import uses

FOLDER = Path("instructor/notes")


def file_of(root: Path, docname: str) -> Path:
    """Return where the notes on a page are, if it has any."""
    return root / FOLDER / f"{docname.split('/')[-1]}.md"


def _append(app: Sphinx, docname: str, source: list[str]) -> None:
    if not edition.for_instructors(app) or not docname.startswith("chapters/"):
        return
    notes = file_of(Path(app.srcdir), docname)
    uses(app.env, "file", notes.relative_to(app.srcdir).as_posix())
    if notes.is_file():
        source[0] = f"{source[0].rstrip()}\n\n{notes.read_text(encoding='utf-8')}"


def setup(app: Sphinx) -> None:
    """Read a chapter with its notes."""
    app.connect("source-read", _append)
