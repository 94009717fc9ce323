"""Whether the book comes with Python in the browser, and where that lies.

`tools/book.py` builds JupyterLite beside the book and says so in the environment; where it could
not be had, pages must not lead to it.
"""

from __future__ import annotations

import os

from sphinx.application import Sphinx

FOLDER = "lite"
"""The folder of JupyterLite in the built book."""


def has_python(app: Sphinx) -> bool:
    """Tell whether this book is built with Python in the browser."""
    return app.config.casebook_live


def setup(app: Sphinx) -> None:
    """Read pages again when Python in the browser comes or goes."""
    app.add_config_value("casebook_live", os.environ.get("CASEBOOK_LITE") == "1", "env", [bool])
