"""Whether the book comes with Python in the browser, and where that lies.

`tools/book.py` builds JupyterLite beside the book and says so in the environment; where it could
not be had, pages must not lead to it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx

from casebook.sphinxext.site.base import uses

FOLDER = "lite"
"""The folder of JupyterLite in the built book."""
SIZES = Path("_build/lite/sizes.json")
"""What `tools/lite.py` gathered before the pages are built: bytes by package and file."""


def has_python(app: Sphinx) -> bool:
    """Tell whether this book is built with Python in the browser."""
    return bool(app.config.casebook_live)


def size(app: Sphinx, packages: Iterable[str] | None = None) -> int:
    """Return how many bytes a page fetches to run Python.

    Parameters
    ----------
    app : Sphinx
        The application, whose book is built with Python in the browser.
    packages : iterable of str, optional
        Which ones, with all they need; every package there is if not given.
    """
    uses(app.env, "file", str(SIZES))
    known = json.loads((Path(app.srcdir) / SIZES).read_text(encoding="utf-8"))
    files = dict(known["core"])
    for name in known["packages"] if packages is None else packages:
        files |= known["packages"][name]
    return sum(files.values())


def setup(app: Sphinx) -> None:
    """Read pages again when Python in the browser comes or goes."""
    app.add_config_value("casebook_live", os.environ.get("CASEBOOK_LITE") == "1", "env", [bool])
