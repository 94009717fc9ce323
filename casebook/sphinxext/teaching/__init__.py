"""What helps to learn and to teach: heads, quizzes, exercises, and the guide's tables."""

from __future__ import annotations

from importlib import import_module

from sphinx.application import Sphinx

PARTS = (
    "page_head",
    "quiz",
    "walk",
    "plans",
    "module_map",
    "objectives",
    "syllabi",
    "calendar",
    "exercises",
    "solutions",
    "notes",
    "written_tasks",
    "tryit",
)


def setup(app: Sphinx) -> None:
    """Register every part with Sphinx."""
    for part in PARTS:
        import_module(f"{__name__}.{part}").setup(app)
