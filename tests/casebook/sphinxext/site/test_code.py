"""What code rests on is followed through the package, and no further than it must."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.sphinxext.site.code import Code, Import, read

HOUSE = {
    "__init__.py": "from casebook.tables import load\nfrom casebook.checks import check",
    "tables.py": "import json\n\ndef load(name): ...",
    "style.py": "INK = 'black'\nHELD, LOST = 'red', 'grey'",
    "checks/__init__.py": "from casebook.checks.asking import check",
    "checks/asking.py": "from casebook import tables",
    "figures/__init__.py": "",
    "figures/maps.py": "from casebook.style import INK",
    "figures/timeline.py": "from . import maps\nfrom ..style import HELD",
    "facts/__init__.py": "from casebook.facts.deaths import *\nfrom casebook.facts.towns import *",
    "facts/deaths.py": "from casebook.tables import load\n\ndef deaths(): ...",
    "facts/towns.py": "from casebook import style\n\ndef towns(): ...",
    "exhibits/money.py": (
        "from typing import TYPE_CHECKING\nfrom casebook.figures import timeline\n"
        "if TYPE_CHECKING:\n    from casebook.checks import check\n"
        "def drawn():\n    import casebook.facts.towns\n"
    ),
}


@pytest.fixture
def code(tmp_path: Path) -> Code:
    for name, text in HOUSE.items():
        file = tmp_path / "casebook" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Code(tmp_path)


@pytest.mark.parametrize(
    ("imported", "modules"),
    [
        # What a package hands on is followed to its module, and nothing else of the package.
        ("from casebook import load", "tables"),
        ("from casebook import check", "checks.asking tables"),
        ("from casebook.facts import deaths", "facts.deaths tables"),
        ("from casebook.facts import towns", "facts.towns style"),
        # All of a package, if the package itself is asked for.
        ("from casebook import facts", "facts facts.deaths facts.towns style tables"),
        ("import casebook.facts.towns", "facts.towns style"),
        ("from casebook.style import LOST", "style"),
        # Relative imports and those inside functions count, those for the type checker do not.
        (
            "from casebook.exhibits import money",
            "exhibits.money facts.towns figures.maps figures.timeline style",
        ),
        # Names and packages that are not there stop nothing.
        ("from casebook.nowhere import at_all\nimport pandas", ""),
    ],
)
def test_code_rests_on_modules(code, imported, modules):
    found = code.rests_on(*read(imported).imports)
    assert found == {f"casebook.{name}" for name in modules.split()}


def test_every_module_of_the_book_is_found():
    code = Code(Path(__file__).parents[4])
    assert {"casebook.tables", "casebook.style", "casebook.figures.timeline"} <= code.rests_on(
        Import("casebook.exhibits", "collapse_2012")
    )
