"""Whether the book is being built, and where."""

from __future__ import annotations

import os
from pathlib import Path

BOOK_VARIABLE = "CASEBOOK_BOOK"
"""Set by the Sphinx extension to the folder of the book; kernels inherit it."""


def book_folder() -> Path | None:
    """Return the folder of the book while it is built, or None, as in a reader's notebook."""
    folder = os.environ.get(BOOK_VARIABLE)
    return Path(folder) if folder else None
