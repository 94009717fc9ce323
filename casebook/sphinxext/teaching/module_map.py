"""The map of the module: every page with its time, question, objectives and exercises.

``{module-map}`` writes `module.yml` as a table, in the parts of the table of contents.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from docutils import nodes
from sphinx.application import Sphinx

from casebook import module_map, prose
from casebook.authoring import objectives
from casebook.authoring.objectives import Assessments
from casebook.authoring.syllabi import duration
from casebook.module_map import Page
from casebook.sphinxext.site.base import Directive, uses
from casebook.sphinxext.site.elements import line, separated
from casebook.sphinxext.teaching import plans
from casebook.sphinxext.teaching.objectives import uses_assessments

HEADS = ("Page", "Time", "Read first", "Exercises")


class ModuleMapTable(Directive):
    """A row a page, a group a part of the book."""

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the directive."""
        root = Path(self.env.srcdir)
        uses_assessments(self.env)
        uses(self.env, "file", "_toc.yml")
        self.pages = module_map.current(root)
        self.found = objectives.assessments(root)
        toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
        here = self.pages.page(self.env.docname)
        groups = []
        for part in toc["parts"]:
            pages = [self.pages.listed(entry["file"]) for entry in part["chapters"]]
            # The instructor's own pages are no part of the course.
            rows = [self._row(page) for page in pages if here is None or page.part != here.part]
            if rows:
                groups.append(([nodes.Text(part["caption"])], rows))
        return [plans.table("Pages of the module", HEADS, groups)]

    def _row(self, page: Page) -> list[plans.Cell]:
        first: list[nodes.Node] = [line(plans.page_link(self.env, page))]
        if page.question:
            first.append(line(page.question, classes=["cb-plan-aside"]))
        if page.objectives:
            count = prose.counted(len(page.objectives), "objective")
            first.append(plans.fold(count, [o.text for o in page.objectives]))
        if page.is_exercise:
            first.append(line(tasks(page, self.found), classes=["cb-plan-aside"]))
        before = [plans.page_link(self.env, self.pages.listed(path)) for path in page.prerequisites]
        notebooks = [self.pages.listed(f"exercises/{name}") for name in page.exercises]
        practised = [
            line(plans.page_link(self.env, one), f", {duration(one.minutes)}") for one in notebooks
        ]
        time = [nodes.Text(duration(page.minutes))] if page.minutes else []
        return [first, time, [line(*separated(before, "; "))] if before else [], practised]


def tasks(page: Page, found: Assessments) -> str:
    """Count the tasks of a notebook: ``10 checked tasks, 2 written``."""
    checked, written = (
        sum(one.where == page.path for one in kind) for kind in (found.checked, found.written)
    )
    return f"{prose.counted(checked, 'checked task')}, {written} written"


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("module-map", ModuleMapTable)
