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

FOLDER = "lite"
"""The folder of JupyterLite in the built book."""
SUPPLY = Path("_build/lite/site/static/pyodide")
"""Where `tools/lite.py` gathers Python before the pages are built."""
CORE = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
"""Python itself."""


def has_python(app: Sphinx) -> bool:
    """Tell whether this book is built with Python in the browser."""
    return app.config.casebook_live


def size(app: Sphinx, packages: Iterable[str]) -> int:
    """Return how many bytes a page fetches to run Python with some packages.

    Parameters
    ----------
    app : Sphinx
        The application, whose book is built with Python in the browser.
    packages : iterable of str
        Their names; what they depend on is counted too.
    """
    supply = Path(app.srcdir) / SUPPLY
    known = json.loads((supply / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    wanted: set[str] = set()
    waiting = list(packages)
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += [depends.lower().replace("_", "-") for depends in known[name]["depends"]]
    files = [*CORE, *(known[name]["file_name"] for name in wanted)]
    return sum((supply / file).stat().st_size for file in files)


def setup(app: Sphinx) -> None:
    """Read pages again when Python in the browser comes or goes."""
    app.add_config_value("casebook_live", os.environ.get("CASEBOOK_LITE") == "1", "env", [bool])
