"""Objectives with what asks for them: quizzes, checked tasks, written tasks.

``{objectives-table}`` writes what ``python -m casebook.authoring objectives`` tells, with links.
An objective that no page teaches or
nothing asks for stops the build.
Of a rubric it gives the number of criteria only: the criteria are for instructors, the page is
for everybody.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casebook import module_map, prose
from casebook.authoring import objectives
from casebook.authoring.exercises import master
from casebook.authoring.exercises.master import MasterError
from casebook.authoring.objectives import Assessment, Traced
from casebook.sphinxext.site.base import Directive, uses
from casebook.sphinxext.site.elements import line, separated
from casebook.sphinxext.teaching import plans
from casebook.sphinxext.teaching.quiz import place_of_question

HEADS = ("Objective", "Quiz", "Checked tasks", "Written tasks")


def uses_assessments(env: BuildEnvironment) -> None:
    """Note that the page which is being read depends on all that asks for an objective."""
    root = Path(env.srcdir)
    uses(env, "map")
    for page in module_map.current(root).pages:
        if not page.is_notebook:
            uses(env, "asked", page.path)
    for file in master.files(root):
        uses(env, "file", file.relative_to(root).as_posix())


class ObjectivesTable(Directive):
    """A row an objective, a group a page."""

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the directive."""
        root = Path(self.env.srcdir)
        uses_assessments(self.env)
        try:
            rows, missing = objectives.traced(root)
        except MasterError as problem:
            raise self.error(str(problem)) from problem
        if missing:
            raise self.error(objectives.advice(missing))
        self.pages = module_map.current(root)
        groups = [
            (
                [line(plans.page_link(self.env, self.pages.listed(path)))],
                [self._row(row) for row in own],
            )
            for path, own in objectives.by_page(rows)
        ]
        return [plans.table("Where each objective is taught and asked for", HEADS, groups)]

    def _row(self, row: Traced) -> list[plans.Cell]:
        return [
            [line(row.objective.text)],
            self._questions(row),
            self._checked(row),
            [line(*self._written(one)) for one in row.written],
        ]

    def _questions(self, row: Traced) -> plans.Cell:
        links = []
        for one in row.questions:
            page = self.pages.listed(one.where)
            name = one.name if page == row.page else f"{page.title}, {one.name}"
            links.append(plans.page_link(self.env, page, place_of_question(int(one.name)), name))
        return _listed(links)

    def _checked(self, row: Traced) -> plans.Cell:
        return _listed([self._task(one) for one in row.checked])

    def _written(self, one: Assessment) -> list[nodes.Node | str]:
        return [self._task(one), f", rubric of {prose.words(len(one.criteria))} criteria"]

    def _task(self, one: Assessment) -> nodes.Node:
        page = self.pages.listed(one.where)
        place = place_of_task(one)
        return plans.page_link(self.env, page, place, objectives.name(one), ["cb-plan-task"])


def _listed(links: list[nodes.Node]) -> plans.Cell:
    return [line(*separated(links))] if links else []


def place_of_task(task: Assessment) -> str:
    """Return the id of a task on its notebook's page: its heading."""
    return nodes.make_id(task.title)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("objectives-table", ObjectivesTable)
