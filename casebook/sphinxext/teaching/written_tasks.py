"""``{written-tasks}``: all tasks of the exercises that a person marks.

The public book lists them; the instructors' edition adds rubric and graded examples of each.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from casebook import module_map, prose
from casebook.authoring.exercises import master
from casebook.authoring.exercises.master import Task
from casebook.sphinxext.site import edition
from casebook.sphinxext.site.base import Directive, uses
from casebook.sphinxext.site.elements import Details, Summary, element, line, link
from casebook.sphinxext.teaching import solutions

HEADS = ["Part", "Task", "Points", "Criteria", "Asks whether a learner can"]


class WrittenTasks(Directive):
    """A table of the tasks, in the order of the book; for instructors a fold for each."""

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the directive."""
        root, app = Path(self.env.srcdir), self.env.app
        uses(self.env, "map")
        pages = module_map.current(root)
        tasks: list[tuple[module_map.Page, Task]] = []
        for page in pages.pages:
            if page.is_exercise:
                file = solutions.master_of(root, page.path.split("/")[-1])
                uses(self.env, "file", file.relative_to(root).as_posix())
                tasks += [(page, task) for task in master.read(file).tasks if task.rubric]
        found: list[nodes.Node] = [
            solutions.table(
                "Written tasks", HEADS, [self._row(pages, page, task) for page, task in tasks]
            )
        ]
        if edition.for_instructors(app):
            found += [self._fold(page, task) for page, task in tasks]
        return found

    def _row(self, pages: module_map.ModuleMap, page: module_map.Page, task: Task) -> nodes.Node:
        taught = pages.page_of_objective(task.objective)
        if taught is None:
            raise self.error(f"{task.id}: no page teaches {task.objective}; see module.yml")
        objective = next(o for o in taught.objectives if o.id == task.objective)
        part = page.title.removeprefix("Exercises: ")
        asked = f"{self._address(taught)}#{objective.id.lower()}"
        return element(
            "tr",
            element("td", line(link(prose.capitalised(part), self._address(page)))),
            element("th", nodes.Text(task.title), scope="row"),
            element("td", nodes.Text(str(task.points))),
            element("td", nodes.Text(str(len(task.its_rubric["criteria"])))),
            element("td", line(link(objective.text, asked))),
        )

    def _fold(self, page: module_map.Page, task: Task) -> nodes.Node:
        folded = Details(classes=["cb-instructor"])
        head = Summary()
        head += nodes.strong("", task.title)
        head += nodes.Text(f", {page.title}: {solutions.counted(task)}")
        folded += head
        folded += list(solutions.assessment(self.env.app, task))
        return folded

    def _address(self, page: module_map.Page) -> str:
        return self.env.app.builder.get_relative_uri(self.env.docname, page.path)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("written-tasks", WrittenTasks)
