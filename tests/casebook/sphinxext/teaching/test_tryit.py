"""The directive ``try``: what it writes with and without Python in the browser, and refuses."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

from casebook import tryit

ROOT = Path(__file__).parents[4]
PARTS = ("site.elements", "site.live", "teaching.tryit")
EXTENSIONS = ["myst_parser", *(f"casebook.sphinxext.{part}" for part in PARTS)]
PLAIN = "```{try} Count the rows\nfrom casebook import load\n\nlen(load('control'))\n```"
PLOT = "```{try} Draw\nimport plotly.express as px\n\npx.bar(x=['<'], y=[1])\n```"
CELLS = [
    (path, title, code)
    for path in sorted((ROOT / "chapters").rglob("*.md"))
    for title, code in re.findall(
        r"^```\{try\} ([^\n]+)\n(.*?)^```$",
        path.read_text(encoding="utf-8"),
        re.DOTALL | re.MULTILINE,
    )
]


def supply(folder: Path) -> None:
    """Write the sizes of a supply in which every file has one of its own."""
    core = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
    size = {"pandas.whl": 1_000, "num_py.whl": 10_000, "casebook.whl": 100_000}
    size |= {"plotly.whl": 1_000_000, "other.whl": 10_000_000}
    needs = {
        "pandas": ["pandas.whl", "num_py.whl"],
        "num-py": ["num_py.whl"],
        "casebook": ["casebook.whl", "pandas.whl", "num_py.whl"],
        "plotly": ["plotly.whl"],
        "other": ["other.whl"],
    }
    known = {
        "core": dict.fromkeys(core, 1_000_000),
        "packages": {name: {file: size[file] for file in files} for name, files in needs.items()},
    }
    (folder / "_build" / "lite").mkdir(parents=True)
    (folder / "_build" / "lite" / "sizes.json").write_text(json.dumps(known), encoding="utf-8")


def build(folder: Path, pages: dict[str, str], *, live: bool = True) -> tuple[Path, str]:
    (folder / "conf.py").write_text(
        f"extensions = {EXTENSIONS}\nhtml_theme = 'basic'\ncasebook_live = {live}\n"
        "exclude_patterns = ['_build']\n",
        encoding="utf-8",
    )
    if live:
        supply(folder)
    listed = "\n".join(["```{toctree}", *pages, "```"])
    for name, text in ({"index": listed} | pages).items():
        file = folder / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# A page\n\n{text}\n", encoding="utf-8")
    said = io.StringIO()
    app = SphinxTestApp("html", srcdir=folder, warning=said)
    try:
        app.build()
    finally:
        app.cleanup()
    return folder / "_build" / "html", re.sub(r"\x1b\[[\d;]*m", "", said.getvalue())


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> Path:
    pages = {"part/plain": PLAIN, "plot": PLOT, "none": "Nothing here."}
    html, said = build(tmp_path_factory.mktemp("good"), pages)
    assert said == ""
    return html


def page(html: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((html / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def test_lines_stand_in_the_page_with_a_button_that_tells_the_size(good):
    block = page(good, "part/plain").find(class_="cb-try")
    assert block.find("pre").get_text() == "from casebook import load\n\nlen(load('control'))\n"
    # Four files of the core, pandas, what it needs, and casebook.
    words = "Try it: run Python here (about 4 MB once)"
    assert block.find("button").get_text() == words
    assert block["data-bytes"] == str(4_000_000 + 1_000 + 10_000 + 100_000)
    assert block["data-packages"] == "pandas casebook"
    assert block["data-python"] == "../lite/static/pyodide/"
    assert block["aria-labelledby"] == block.find(class_="cb-try-title")["id"]


def test_packages_that_the_lines_import_are_counted(good):
    block = page(good, "plot").find(class_="cb-try")
    assert block["data-packages"] == "pandas casebook plotly"
    assert block["data-bytes"] == str(4_000_000 + 1_000 + 10_000 + 100_000 + 1_000_000)
    assert block["data-python"] == "lite/static/pyodide/"


def test_scripts_come_only_to_pages_with_a_cell(good):
    def scripts(name: str) -> list[str]:
        asked = [s.get("src", "") for s in page(good, name).find_all("script")]
        return [s.split("/")[-1].split("?")[0] for s in asked if "figure" in s or "tryit" in s]

    assert scripts("plot") == ["figure-style.js", "figures.js", "tryit.js"]
    assert scripts("none") == []
    assert page(good, "none").find("link", href=re.compile("tryit")) is None
    assert page(good, "plot").find("link", href=re.compile("tryit")) is not None


def test_book_without_python_has_the_lines_and_a_sentence(tmp_path):
    html, said = build(tmp_path, {"plain": PLAIN}, live=False)
    assert said == ""
    block = page(html, "plain").find(class_="cb-try")
    assert "len(load('control'))" in block.find("pre").get_text()
    assert "without Python in the page" in block.get_text()
    assert block.find("button") is None
    assert page(html, "plain").find("script", src=re.compile("tryit")) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("```{try} Broken\nlen(\n```", "Python cannot read line 1"),
        ('```{try} Nowhere\ncheck("warm-up.q99", 1)\n```', "warm-up.q99"),
        ('```{try} Nowhere\nhint("nothing.q1")\n```', "nothing"),
    ],
)
def test_lines_that_cannot_work_stop_the_build(tmp_path, text, reason):
    _, said = build(tmp_path, {"bad": text})
    assert reason in said


def test_every_flagship_part_has_a_cell_in_its_chapters():
    assert {path.parent.name for path, _, _ in CELLS} == {
        *("start", "origins", "intervention", "governance", "recommendations")
    }


@pytest.mark.parametrize("code", [code for *_, code in CELLS], ids=[t for _, t, _ in CELLS])
def test_cells_are_short_run_as_they_stand_and_give_no_answer_away(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # where checks note what was tried
    lines = [line for line in code.splitlines() if line.strip()]
    assert 3 <= len([line for line in lines if not line.startswith("#")]) <= 8
    assert max(map(len, lines)) <= 72
    sent: list[dict] = []
    tryit.run(code, lambda piece: sent.append(json.loads(piece)))
    assert sent
    assert [piece for piece in sent if piece["kind"] == "error"] == []
    assert "cb-card-right" not in json.dumps(sent)
