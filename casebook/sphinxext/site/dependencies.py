"""What each page depends on, so that nothing stale is ever shown and nothing else is read again.

A page depends on its text (which Sphinx looks after), on the tables and map layers that were read
for it, on the code of the package that its cells, roles and directives run, and on what else these
say they use (`uses`). The state of each of these is kept with the page; a page is read again when
one of them is in another state, whatever the dates of files say.

Tables are recorded as they are read, in Sphinx's process and in the page's kernel
(`casebook.tables.READS_VARIABLE`), and `module.yml` must list exactly these.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from casebook import explorers, module_map, prose, tables
from casebook.authoring import objectives
from casebook.sphinxext.site import edition
from casebook.sphinxext.site.base import uses
from casebook.sphinxext.site.code import Code, Import, read

log = logging.getLogger(__name__)

Use = tuple[str, str]
"""A kind of thing, and which one."""

_CELL = re.compile(r"^(`{3,})\{code-cell\}[^\n]*\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_NO_PYTHON = re.compile(r"^(?:---\n(?s:.*?)^---$|:[\w-]+:.*$|\s*[%!].*$)", re.MULTILINE)


class State:
    """The state of things that pages depend on, as a text that changes when they do.

    Each method that `of` may call is a kind; what does not exist has an empty state.
    """

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.root = Path(app.srcdir)
        self.python = Code(self.root)
        self._known: dict[Use, str] = {}

    def of(self, use: Use) -> str:
        """Return the state of something, looked up once a build."""
        if use not in self._known:
            kind, name = use
            self._known[use] = getattr(self, kind)(name)
        return self._known[use]

    def file(self, name: str) -> str:
        """Return the state of a file of the checkout."""
        path = self.root / name
        return _hash(path.read_bytes()) if path.is_file() else ""

    def extension(self, name: str) -> str:
        """Return the state of this extension."""
        here = Path(__file__).parents[1]
        files = [file for file in sorted(here.rglob("*")) if file.suffix in {".py", ".html"}]
        return _hash(*(part for file in files for part in (str(file).encode(), file.read_bytes())))

    def code(self, name: str) -> str:
        """Return the state of what a module, or ``module:name``, rests on in the package."""
        module, _, member = name.partition(":")
        modules = sorted(self.python.rests_on(Import(module, member)))
        # The extension's own code counts for every page.
        return " ".join(
            f"{one}={self.of(('module', one))[:12]}"
            for one in modules
            if not one.startswith("casebook.sphinxext")
        )

    def module(self, name: str) -> str:
        """Return the state of one module, without what it imports."""
        file = self.python.file(name)
        return _hash(file.read_bytes()) if file else ""

    def table(self, name: str) -> str:
        """Return the state of a table or map layer, with what the data package says of it."""
        described = self.description(name)
        if not described:
            return ""
        content = tables.folder() / json.loads(described)["path"]
        return _hash(described.encode(), content.read_bytes())

    def description(self, name: str) -> str:
        """Return what the data package says of a table, without what its content settles."""
        if name not in _all_tables():
            return ""
        told = tables.resource(name)
        return json.dumps({k: v for k, v in told.items() if k not in {"hash", "bytes"}})

    def names(self, name: str) -> str:
        """Return which tables and map layers there are."""
        return " ".join(_all_tables())

    def map(self, name: str) -> str:
        """Return the state of `module.yml`."""
        return self.file("module.yml")

    def page(self, name: str) -> str:
        """Return what `module.yml` says of a page."""
        return repr(self._map.page(name))

    def home(self, name: str) -> str:
        """Return where the book lives."""
        return f"{self._map.site_url} {self._map.repository_url}"

    def claim(self, name: str) -> str:
        """Return on which page a claim is judged."""
        page = self._map.page_of_claim(name)
        return page.path if page else ""

    def objective(self, name: str) -> str:
        """Return on which page an objective is taught."""
        page = self._map.page_of_objective(name)
        return page.path if page else ""

    def asked(self, name: str) -> str:
        """Return what a chapter asks for in its quizzes, and whether it tells its objectives."""
        file = self.root / f"{name}.md"
        if not file.is_file():
            return ""
        source = file.read_text(encoding="utf-8")
        told = objectives.tells(source)
        return _hash(repr((told, list(objectives.questions(name, source)))).encode())

    def address(self, name: str) -> str:
        """Return whether the book has a page."""
        return str(name in self.app.env.found_docs)

    def explorer(self, name: str) -> str:
        """Return what an explorer is called."""
        return explorers.TITLES.get(name, "")

    @property
    def _map(self) -> module_map.ModuleMap:
        return module_map.current(self.root)


def _hash(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _all_tables() -> list[str]:
    return [*tables.names(), *tables.geometry_names()]


def code_of_cells(source: str, notebook: bool) -> Iterator[str]:
    """Yield the Python of each code cell of a page.

    Parameters
    ----------
    source : str
        The text of the page.
    notebook : bool
        Whether it is an ``.ipynb``, and not MyST Markdown.
    """
    if notebook:
        cells = json.loads(source)["cells"]
        found = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    else:
        found = [match[2] for match in _CELL.finditer(source)]
    for lines in found:
        yield _NO_PYTHON.sub("", lines)


# --- As a page is read --------------------------------------------------------------------------


def _begin(app: Sphinx, docname: str, source: list[str]) -> None:
    """Note what the cells of a page import, and begin to record what is read for it."""
    uses(app.env, "extension")
    uses(app.env, "page", docname)
    notebook = app.env.doc2path(docname).endswith(".ipynb")
    for lines in code_of_cells(source[0], notebook):
        try:
            found = read(lines).imports
        except SyntaxError:
            continue  # the cell fails when it runs, and says where
        for one in found:
            uses(app.env, "code", f"{one.module}:{one.name}" if one.name else one.module)
    reads = _reads(app)
    reads.write_text("", encoding="utf-8")
    os.environ[tables.READS_VARIABLE] = str(reads)


def _end(app: Sphinx, doctree: nodes.document) -> None:
    """Keep with the page what it depends on, and compare its tables with `module.yml`."""
    env = app.env
    os.environ.pop(tables.READS_VARIABLE, None)
    reads = _reads(app)
    for line in set(reads.read_text(encoding="utf-8").splitlines()):
        kind, _, name = line.partition(" ")
        uses(env, kind, name)
    reads.unlink()
    used = sorted(env.temp_data["casebook_uses"])
    _by_page(env)[env.docname] = {use: _state(app).of(use) for use in used}
    page = module_map.current(Path(app.srcdir)).page(env.docname)
    if page is None or edition.for_instructors(app):  # notes for instructors may read more
        return
    if message := difference(page, [name for kind, name in used if kind == "table"]):
        log.warning(message, location=env.docname)


def difference(page: module_map.Page, read: list[str]) -> str:
    """Say what `module.yml` must list for a page that reads other tables than it lists; else "".

    >>> difference(module_map.Page("start/a", "A", "start", tables=("actors",)), ["control"])
    'module.yml must give start/a `tables: [control]`: it reads control and does not read actors.'
    """
    listed = tables.names() if page.tables == (module_map.ALL,) else page.tables
    more, fewer = sorted(set(read) - set(listed)), sorted(set(listed) - set(read))
    if not more and not fewer:
        return ""
    right = [table for table in listed if table in read] + more
    said = [f"reads {prose.listing(more)}"] if more else []
    said += [f"does not read {prose.listing(fewer)}"] if fewer else []
    return (
        f"module.yml must give {page.path} `tables: [{', '.join(right)}]`: it {' and '.join(said)}."
    )


def _reads(app: Sphinx) -> Path:
    return Path(app.doctreedir) / f"reads-{os.getpid()}"


# --- From build to build ------------------------------------------------------------------------


def _by_page(env: BuildEnvironment) -> dict[str, dict[Use, str]]:
    """Return what each page uses and in which state; it lives as long as Sphinx's own memory."""
    pages: dict[str, dict[Use, str]] = vars(env).setdefault("casebook_uses", {})
    return pages


def _prepare(app: Sphinx) -> None:
    vars(app)["casebook_state"] = State(app)


def _state(app: Sphinx) -> State:
    """Return the state of all things as this build found them."""
    state: State = vars(app)["casebook_state"]
    return state


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages that depend on something which is in another state now."""
    state = _state(app)
    return [
        page
        for page, used in _by_page(env).items()
        if any(state.of(use) != then for use, then in used.items())
    ]


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _by_page(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    read = {page: used for page, used in _by_page(other).items() if page in docnames}
    _by_page(env).update(read)


def setup(app: Sphinx) -> None:
    """Record what pages use as they are read, and have them read again when it changes."""
    app.connect("builder-inited", _prepare)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _forget)
    # After what is appended to the text, and after what is added to the tree.
    app.connect("source-read", _begin, priority=900)
    app.connect("doctree-read", _end, priority=900)
    app.connect("env-merge-info", _merge)
