"""Nothing stale is ever shown: an edited table, module or page reaches the built book.

A copy of the checkout is built, edited and built again, with the copy's own package and tables.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casebook import module_map
from casebook.sphinxext.site.code import Code, Import, read
from casebook.sphinxext.site.dependencies import code_of_cells

ROOT = Path(__file__).parents[2]
CHAPTER = "chapters/origins/collapse-2012"
Build = Callable[[], set[str]]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, as it is in the working tree."""
    target = tmp_path_factory.mktemp("copy")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    (target / "node_modules").symlink_to(ROOT / "node_modules")
    if (ROOT / "_build/twins").exists():
        shutil.copytree(ROOT / "_build/twins", target / "_build/twins")
    return target


@pytest.fixture(scope="module")
def build(copy: Path) -> Build:
    """Build the copy; returns the pages that were read, and among them those with code run."""

    def run() -> set[str]:
        start = "from jupyter_book.cli.main import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", start, "build", str(copy), "-W", "-n", "--keep-going"],
            cwd=copy,
            # The copy has no Python for the browser, whatever the book of this checkout has.
            env=os.environ
            | {"PYTHONPATH": str(copy), "JUPYTER_PREFER_ENV_PATH": "1", "CASEBOOK_LITE": "0"},
            capture_output=True,
            text=True,
            check=False,
        )
        said = re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr)
        assert done.returncode == 0, said[-3000:]
        read = set(re.findall(r"reading sources\.\.\. *\[ *\d+%\] *(\S+)", said))
        ran = re.findall(rf"{re.escape(str(copy))}/(\S+)\.\w+: Executed notebook", said)
        assert set(ran) == {page for page in read if list(cells(copy, page))}
        return read

    return run


# --- What pages rest on, told by their sources --------------------------------------------------


def sources(copy: Path) -> dict[str, Path]:
    """Return the file of each page."""
    pages = module_map.read(copy / "module.yml").pages
    return {page.path: copy / page.file for page in pages}


def cells(copy: Path, page: str) -> Iterator[str]:
    file = sources(copy)[page]
    return code_of_cells(file.read_text(encoding="utf-8"), file.suffix == ".ipynb")


def drawn_from(copy: Path, table: str) -> set[str]:
    """Return the pages whose table it is; that `module.yml` is right is held by the build."""
    pages = module_map.read(copy / "module.yml").pages
    return {page.path for page in pages if table in page.tables or "all" in page.tables}


def resting_on(copy: Path, module: str) -> set[str]:
    """Return the pages whose cells, or the facts in whose prose, rest on a module."""
    code, found = Code(copy), set()
    for page, file in sources(copy).items():
        imports = [one for lines in cells(copy, page) for one in read(lines).imports]
        for expression in re.findall(r"\{n\}`([^`]+)`", file.read_text(encoding="utf-8")):
            imports += [Import("casebook.facts", name) for name in re.findall(r"\w+", expression)]
        names = [one for one in imports if one.module != "casebook.facts" or fact(code, one.name)]
        if module in code.rests_on(*names):
            found.add(page)
    return found


def fact(code: Code, name: str) -> bool:
    return any(
        name in code.source(f"casebook.facts.{file.stem}").defines
        for file in (code.root / "casebook/facts").glob("[a-z]*.py")
    )


def edit(file: Path, old: str, new: str) -> None:
    source = file.read_text(encoding="utf-8")
    assert old in source, f"{file.name} no longer holds {old!r}"
    file.write_text(source.replace(old, new, 1), encoding="utf-8")


def add(file: Path, line: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")


def shown(copy: Path, page: str = CHAPTER) -> str:
    html = (copy / f"_build/html/{page}.html").read_text(encoding="utf-8")
    return html.replace("\u00a0", " ").replace("&#160;", " ")


@pytest.mark.release  # ten builds, the first of the whole book
def test_edits_reach_the_book_and_nothing_else_is_read(copy: Path, build: Build) -> None:
    every = set(sources(copy))
    assert build() == every
    assert "27 June 2012" in shown(copy)
    assert build() == set(), "a build without changes reads nothing"

    # A table: MUJAO takes Gao three days later, and figure, prose and readouts follow.
    gao = "gao,2012-03-31,2012-06-27,mnla"
    edit(copy / "data/control.csv", gao, gao.replace("06-27", "06-30"))
    edit(copy / "data/control.csv", "gao,2012-06-27,", "gao,2012-06-30,")
    pages = drawn_from(copy, "control")
    assert CHAPTER in pages < every
    assert build() == pages
    assert "On 30 June 2012" in re.sub(r"<[^>]+>", "", shown(copy))

    # Its description in the data package, which says nothing to the pages of other tables.
    edit(copy / "data/datapackage.json", '"title": "Who held which town"', '"title": "Who held"')
    assert build() == pages | {"chapters/about/about"}, "that page names the titles of all tables"
    assert "Who held" in shown(copy, "chapters/reference/data")

    # An exhibit: its words.
    exhibit = "casebook.exhibits.collapse_2012"
    edit(copy / f"{exhibit.replace('.', '/')}.py", "Read along a row", "Go along a row")
    assert build() == resting_on(copy, exhibit) == {CHAPTER}
    assert "Go along a row" in shown(copy)

    # A module of facts, one of questions that several rooms ask, and one that all figures use.
    for module in ("casebook.facts.deaths", "casebook.analysis.deaths", "casebook.figures.canvas"):
        pages = resting_on(copy, module)
        assert CHAPTER in pages < every
        add(copy / f"{module.replace('.', '/')}.py", "# A line at the end.")
        # The emblem, and what the page about the data says of maps, are drawn in Sphinx's process.
        assert build() - {"index", "chapters/reference/data"} == pages - {"index"}

    # A page: it is read alone.
    page = copy / f"{CHAPTER}.md"
    add(page, "A line at the end.")
    assert build() == {CHAPTER}
    assert "A line at the end." in shown(copy)

    # A style: no page is read, each asks for the new one.
    (style,) = re.findall(r"_static/(book\.css[^\"]*)", shown(copy))
    add(copy / "assets/book/figures.css", ".of-the-test { color: red; }")
    assert build() == set()
    assert style not in shown(copy)

    # The extension: every page.
    add(copy / "casebook/sphinxext/roles/values.py", "# A line at the end.")
    assert build() == every
