"""`module.yml`, the single map of the module: its pages, objectives, claims and minutes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import yaml

ALL = "all"
"""Instead of a list of tables: every one of the data package."""
EXPLORERS = "exercises/explorers"
"""The notebook without tasks."""
OBJECTIVE = re.compile(r"\((O-[\w-]+)\)\s+")
"""How a question of a quiz names the objective it asks for."""


class ModuleMapError(ValueError):
    """`module.yml` does not say what it must, or says it twice."""


@dataclass(frozen=True)
class Objective:
    """What a reader can do after a page; `verb` is observable (identify, compare, judge...)."""

    id: str
    verb: str
    text: str


@dataclass(frozen=True)
class Page:
    """One page of the module.

    Attributes
    ----------
    path : str
        Path without suffix, such as ``chapters/origins/collapse-2012``.
    title : str
    part : str
    minutes : int
        Reading time.
    question : str
        The question the page answers; empty for reference pages.
    objectives : tuple of Objective
    claims : tuple of str
        Claim ids taught and judged on the page.
    tables : tuple of str
        Tables and map layers that are read for the page, no more and no fewer; or `ALL` alone.
    exercises : tuple of str
        Notebooks that practise what the page teaches, such as ``origins``.
    prerequisites : tuple of str
        Paths of pages that whoever comes here has read or worked.
    """

    path: str
    title: str
    part: str
    minutes: int = 0
    question: str = ""
    objectives: tuple[Objective, ...] = ()
    claims: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()

    @property
    def is_notebook(self) -> bool:
        """Whether the page is a notebook that learners open."""
        return self.path.startswith("exercises/")

    @property
    def is_exercise(self) -> bool:
        """Whether the page is a notebook with tasks."""
        return self.is_notebook and self.path != EXPLORERS

    @property
    def file(self) -> str:
        """Name of its source, such as ``chapters/origins/collapse-2012.md``."""
        return f"{self.path}{'.ipynb' if self.is_notebook else '.md'}"


@dataclass(frozen=True)
class ModuleMap:
    """The whole map."""

    title: str
    site_url: str
    repository_url: str
    pages: tuple[Page, ...] = field(default=())

    def page(self, path: str) -> Page | None:
        """Return the page at a path, or None."""
        return next((page for page in self.pages if page.path == path), None)

    def listed(self, path: str) -> Page:
        """Return the page at a path.

        Raises
        ------
        ModuleMapError
            If `module.yml` does not list it.
        """
        page = self.page(path)
        if page is None:
            raise ModuleMapError(
                f"module.yml has no page {path}: list it there, or correct the path"
            )
        return page

    def page_of_objective(self, objective_id: str) -> Page | None:
        """Return the page that teaches an objective, or None if no page does."""
        teaching = (page for page in self.pages if objective_id in {o.id for o in page.objectives})
        return next(teaching, None)

    def page_of_claim(self, claim_id: str) -> Page | None:
        """Return the page that teaches a claim, or None if this edition does not."""
        return next((page for page in self.pages if claim_id in page.claims), None)


def read(file: Path) -> ModuleMap:
    """Read and check `module.yml`.

    Raises
    ------
    ModuleMapError
        If a page lacks its path, title or part; if an objective lacks its id or verb or does not
        start with the verb; if an id is used twice, or a claim is taught on two pages; if a page
        comes before itself, or after one that is not listed.
    """
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    pages = tuple(_page(entry) for entry in content["pages"])
    _no_twice([o.id for page in pages for o in page.objectives], "objective", file)
    _no_twice([claim for page in pages for claim in page.claims], "claim", file)
    _no_twice([page.path for page in pages], "page", file)
    _one_after_the_other(pages, file)
    return ModuleMap(
        title=content["title"],
        site_url=content.get("site_url") or "",
        repository_url=content.get("repository_url") or "",
        pages=pages,
    )


@lru_cache(maxsize=1)
def _cached(file: Path, changed: float) -> ModuleMap:
    return read(file)


def current(root: Path) -> ModuleMap:
    """Return the map of the checkout at `root`, read again when the file has changed."""
    file = root / "module.yml"
    return _cached(file, file.stat().st_mtime)


def _page(entry: dict[str, Any]) -> Page:
    for part in ("path", "title", "part"):
        if not entry.get(part):
            raise ModuleMapError(f"A page has no {part}: {entry}")
    objectives = tuple(_objective(o, entry["path"]) for o in entry.get("objectives", ()))
    return Page(
        path=entry["path"],
        title=entry["title"],
        part=entry["part"],
        minutes=int(entry.get("minutes", 0)),
        question=entry.get("question", ""),
        objectives=objectives,
        claims=tuple(entry.get("claims", ())),
        tables=_tables(entry.get("tables", ())),
        exercises=tuple(entry.get("exercises", ())),
        prerequisites=tuple(entry.get("prerequisites", ())),
    )


def _tables(entry: str | list[str]) -> tuple[str, ...]:
    return (entry,) if entry == ALL else tuple(entry)


def _objective(entry: dict[str, Any], path: str) -> Objective:
    for part in ("id", "verb", "text"):
        if not entry.get(part):
            raise ModuleMapError(f"{path}: an objective has no {part}: {entry}")
    if not re.match(rf"{re.escape(entry['verb'])}\b", entry["text"], re.IGNORECASE):
        raise ModuleMapError(f"{path}: {entry['id']} must start with its verb {entry['verb']!r}")
    return Objective(entry["id"], entry["verb"], entry["text"])


def _no_twice(ids: list[str], what: str, file: Path) -> None:
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise ModuleMapError(f"{file.name}: {what} {', '.join(twice)} stands there twice")


def _one_after_the_other(pages: Sequence[Page], file: Path) -> None:
    """Refuse prerequisites that nobody can meet."""
    known = {page.path for page in pages}
    for page in pages:
        if unknown := sorted(set(page.prerequisites) - known):
            raise ModuleMapError(
                f"{file.name}: {page.path} comes after {', '.join(unknown)}, which is not listed"
            )
    try:
        TopologicalSorter({page.path: page.prerequisites for page in pages}).prepare()
    except CycleError as error:
        circle = ", ".join(reversed(error.args[1]))
        raise ModuleMapError(f"{file.name}: these come before one another: {circle}") from None
