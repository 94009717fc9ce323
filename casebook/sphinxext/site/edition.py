"""Which edition of the book this is: the public one, or the instructors' with all solutions.

`tools/book.py` says so in the environment and builds the instructors' edition into a folder apart.
Each page of it carries a banner, so that nobody publishes it by accident.
"""

from __future__ import annotations

import os
from typing import Any

from sphinx.application import Sphinx

VARIABLE = "CASEBOOK_EDITION"
PUBLIC, INSTRUCTOR = "public", "instructor"
BANNER = "Instructor edition: not for publication."


def for_instructors(app: Sphinx) -> bool:
    """Tell whether this book is built with solutions, rubrics and teaching notes."""
    return bool(app.config.casebook_edition == INSTRUCTOR)


def _put_up_the_banner(app: Sphinx, config: Any) -> None:
    if config.casebook_edition not in (PUBLIC, INSTRUCTOR):
        raise ValueError(f"{VARIABLE} is {config.casebook_edition!r}, which is no edition")
    if config.casebook_edition == INSTRUCTOR:
        config.html_theme_options["announcement"] = BANNER


def setup(app: Sphinx) -> None:
    """Read pages again when the edition changes."""
    app.add_config_value("casebook_edition", os.environ.get(VARIABLE, PUBLIC), "env", [str])
    app.connect("config-inited", _put_up_the_banner)
