"""A module with an objective that nobody teaches or asks for does not become a book."""

import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def book(monkeypatch):
    """What builds the book; its tools import one another by their bare names."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import book

    yield book
    for name in ("book", "lite", "pyodide", "environment", "console"):
        sys.modules.pop(name, None)


@pytest.fixture
def checkout(tmp_path) -> Path:
    """The map, the chapters and the masters of this book, to be changed."""
    shutil.copy(ROOT / "module.yml", tmp_path)
    shutil.copy(ROOT / "index.md", tmp_path)
    shutil.copytree(ROOT / "chapters", tmp_path / "chapters")
    shutil.copytree(ROOT / "instructor", tmp_path / "instructor")
    return tmp_path


def test_build_stops_at_an_objective_without_page_or_task(book, checkout):
    book.whole(checkout)
    map_file = checkout / "module.yml"
    added = (
        "      - {id: O-ORI-9, verb: Dream, text: Dream of a book without gaps.}\n    claims: [C013"
    )
    text = map_file.read_text(encoding="utf-8")
    map_file.write_text(text.replace("    claims: [C013", added), encoding="utf-8")
    with pytest.raises(book.MakeError, match="objective O-ORI-9 is taught but not assessed: let a"):
        book.whole(checkout)


def test_build_stops_before_anything_is_built(book, monkeypatch):
    gap = book.objectives.Gap("neither taught nor assessed", "O-ORI-9")
    monkeypatch.setattr(book.objectives, "traced", lambda root: ([], [gap]))
    monkeypatch.setattr(book.lite, "gather", lambda: pytest.fail("nothing is built"))
    with pytest.raises(book.MakeError, match="O-ORI-9"):
        book.build()
