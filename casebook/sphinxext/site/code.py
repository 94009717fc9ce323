"""What code rests on: the modules of the package that some lines import, and so on from there.

Found in the text, without running anything. A name that a package only hands on is followed to the
module that defines it: ``from casebook import load`` rests on `casebook.tables`, not on all that
`casebook` hands on.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "casebook"


@dataclass(frozen=True)
class Import:
    """``from module import name as local``; without a name the whole module, ``*`` all of it."""

    module: str
    name: str = ""
    local: str = ""


@dataclass(frozen=True)
class Source:
    """What the text of a module imports from the package, and the names it defines itself."""

    imports: tuple[Import, ...]
    defines: frozenset[str]


class Code:
    """The package of a checkout, each module read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._sources: dict[str, Source] = {}

    def file(self, module: str) -> Path | None:
        """Return the file of a module, or None where there is none."""
        path = self.root.joinpath(*module.split("."))
        places = (path / "__init__.py", path.with_suffix(".py"))
        return next((place for place in places if place.is_file()), None)

    def rests_on(self, *imports: Import) -> set[str]:
        """Return the modules that must run, as they are written, for these to be what they are."""
        found: set[str] = set()
        open_ = list(imports)
        done: set[Import] = set()
        while open_:
            one = open_.pop()
            if one in done:
                continue
            done.add(one)
            if one.name and self.file(f"{one.module}.{one.name}"):
                one = Import(f"{one.module}.{one.name}")
            elif one.name and one.name != "*":
                handed_on = self._handed_on(one)
                if handed_on:
                    open_.extend(handed_on)
                    continue
            if one.module not in found and self.file(one.module):
                found.add(one.module)
                open_.extend(self.source(one.module).imports)
        return found

    def _handed_on(self, one: Import) -> list[Import]:
        """Return where a module has a name from, if it does not define it itself."""
        if not self.file(one.module):
            return []
        source = self.source(one.module)
        if one.name in source.defines:
            return []
        named = [Import(i.module, i.name) for i in source.imports if i.local == one.name]
        if named:
            return named
        # It is in one of those of which all is taken: which one defines it?
        stars = [i.module for i in source.imports if i.name == "*" and self.file(i.module)]
        return [Import(m, one.name) for m in stars if one.name in self.source(m).defines]

    def source(self, module: str) -> Source:
        """Return what stands in a module."""
        if module not in self._sources:
            file = self.file(module)
            if file is None:
                raise ModuleNotFoundError(f"The package has no module {module}")
            text = file.read_text(encoding="utf-8")
            package = module if file.name == "__init__.py" else module.rpartition(".")[0]
            self._sources[module] = read(text, package)
        return self._sources[module]


def read(text: str, package: str = "") -> Source:
    """Read what lines of Python import from the package, wherever in the lines, and define.

    What is imported for the type checker alone is left out.

    Parameters
    ----------
    text : str
    package : str
        Where relative imports start from.

    Raises
    ------
    SyntaxError
        If Python cannot read them.
    """
    tree = ast.parse(text)
    imports = tuple(one for node in _walk(tree) for one in _imports(node, package))
    defined = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            defined.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            defined |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return Source(imports, frozenset(defined))


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)):
            yield from _walk(child)


def _imports(node: ast.AST, package: str) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            if alias.name.split(".")[0] == PACKAGE:
                yield Import(alias.name)
    elif isinstance(node, ast.ImportFrom):
        module = node.module or ""
        if node.level:
            base = package.split(".")
            module = ".".join([*base[: len(base) - node.level + 1], *filter(None, [module])])
        if module.split(".")[0] == PACKAGE:
            for alias in node.names:
                yield Import(module, alias.name, alias.asname or alias.name)
