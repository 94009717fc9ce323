"""Nothing that only instructors may read is in anything that others get."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest

from casebook.sphinxext.site import edition

from .leaks import SAID_IN_A_CHAPTER, Telltales, words

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
EDITION = ROOT / "_build" / "instructor" / "_build" / "html"
KINDS = {
    "solution",
    "other right way",
    "code of a mistake",
    "what it shows",
    "last hint",
    "diagnosis",
    "model answer",
    "rubric",
    "graded example",
    "teacher's note",
    "teaching notes",
}
SECRET = (
    "Somebody else could apply the rule to every row without asking back; "
    "it says what happens to a period with one borrowed end."
)
"""The first criterion of origins.q5."""


@pytest.fixture(scope="module")
def telltales() -> Telltales:
    return Telltales(ROOT)


def test_there_is_something_to_look_for_of_every_kind(telltales):
    assert set(telltales.kinds) == KINDS
    assert min(telltales.kinds.values()) > 50
    assert sum(telltales.kinds.values()) > 2500


def test_public_site_tells_nothing(telltales):
    """The site is also the offline copy; JupyterLite in it brings notebooks and the package."""
    assert telltales.told_in(SITE) == {}
    assert list(SITE.glob("lite/static/pyodide/casebook-*.whl"))
    assert list(SITE.glob("lite/files/origins.ipynb"))


@pytest.mark.parametrize("folder", ["exercises", "casebook", "chapters", "data", "lite", "assets"])
def test_what_is_handed_out_tells_nothing(telltales, folder):
    assert telltales.told_in(ROOT / folder) == {}


def test_public_pages_carry_no_banner_of_the_other_edition():
    pages = [page for page in SITE.rglob("*.html") if "lite" not in page.relative_to(SITE).parts]
    assert pages
    assert not [page for page in pages if edition.BANNER in page.read_text(encoding="utf-8")]


def zipped(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deep/in/it.txt", data)
    return made.getvalue()


PLANTS = {
    "plain": SECRET.encode(),
    "broken into lines": SECRET.replace(" ", "\n  ").encode(),
    "markup": f"<p>{SECRET.replace('every', '<em>every</em>')}</p>".encode(),
    "marked up letter by letter": "".join(f"<i>{c}</i>" for c in SECRET).encode(),
    "escaped": html.escape(f"'{SECRET}'").encode(),
    "notebook": json.dumps({"cells": [{"source": ["a\n", f"{SECRET}\n"]}]}).encode(),
    "json in json": json.dumps(json.dumps({"said": f"\n{SECRET}\t"})).encode(),
    "address": f"data:text/plain,{quote(SECRET)}".encode(),
    "base64": b"<img src='data:;base64," + base64.b64encode(SECRET.encode()) + b"'>",
    "zip": zipped(SECRET.encode()),
    "zip in a zip": zipped(zipped(SECRET.encode())),
    "zip in base64": b'{"file": "' + base64.b64encode(zipped(SECRET.encode())) + b'"}',
    "gzip": gzip.compress(SECRET.encode()),
    "among bytes": b"\x00\xff\xfe" * 9 + SECRET.encode() + b"\x80\x00",
}


@pytest.mark.parametrize("way", PLANTS)
def test_planted_secret_is_found(telltales, way):
    assert {where for _, where in telltales.told_by(PLANTS[way])} == {"origins.q5, rubric"}


def test_planted_file_is_found_and_named(telltales, tmp_path):
    shutil.copytree(SITE / "chapters" / "start", tmp_path / "site" / "start")
    (tmp_path / "site" / "start" / "more.js").write_text(f"var text = '{SECRET}';", "utf-8")
    assert list(telltales.told_in(tmp_path / "site")) == ["start/more.js"]


@pytest.mark.parametrize("sentence", SAID_IN_A_CHAPTER)
def test_exception_is_still_said_in_a_chapter(sentence):
    texts = (file.read_text(encoding="utf-8") for file in (ROOT / "chapters").rglob("*.md"))
    assert any(" ".join(words(sentence)) in " ".join(words(text)) for text in texts)


# --- Slow: the wheel as it is published, and the edition that holds everything -------------------


@pytest.mark.release
def test_wheel_tells_nothing(telltales, tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*command, "-w", tmp_path, ROOT], check=True)
    (wheel,) = tmp_path.glob("casebook-*.whl")
    assert telltales.told_by(wheel.read_bytes()) == set()


@pytest.mark.release
def test_instructors_edition_tells_everything_and_says_that_it_is_not_for_publication(telltales):
    """So the search above would see all of it, if it were in the public site."""
    command = [sys.executable, "tools/book.py", "--instructor"]
    subprocess.run(command, cwd=ROOT, check=True)
    told = {known for found in telltales.told_in(EDITION).values() for known in found}
    for kind in KINDS - {"code of a mistake"}:
        found = len([where for _, where in told if where.endswith(f", {kind}")])
        assert found >= 0.97 * telltales.kinds[kind], kind
    for page in EDITION.rglob("*.html"):
        if "lite" not in page.relative_to(EDITION).parts and "_static" not in page.parts:
            assert edition.BANNER in page.read_text(encoding="utf-8")
