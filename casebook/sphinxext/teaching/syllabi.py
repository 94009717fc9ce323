"""Syllabi as tables: ``{syllabus} term`` writes a course of `syllabi.yml`, a group a week."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from casebook import prose
from casebook.authoring import syllabi
from casebook.authoring.syllabi import HandIn, Session, Syllabus, Week, Work, about, duration
from casebook.sphinxext.site.base import Directive, uses
from casebook.sphinxext.site.elements import line, separated
from casebook.sphinxext.teaching import plans
from casebook.sphinxext.teaching.objectives import place_of_task, uses_assessments


def current(directive: Directive) -> dict[str, Syllabus]:
    """Return all syllabi by name, for a directive of a page that thereby depends on them."""
    uses_assessments(directive.env)
    uses(directive.env, "file", syllabi.FILE)
    try:
        return syllabi.current(Path(directive.env.srcdir))
    except syllabi.SyllabusError as problem:
        raise directive.error(str(problem)) from problem


class SyllabusTable(Directive):
    """``{syllabus} NAME``: what the course is, and a table of its weeks."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the directive."""
        found = current(self)
        name = self.arguments[0]
        if name not in found:
            raise self.error(f"There is no syllabus {name!r}; there are {', '.join(found)}")
        one = found[name]
        groups = [
            ([nodes.Text(_week(week))], [self._row(entry) for entry in week.entries])
            for week in one.weeks
        ]
        table = plans.table(effort(one), ("Session", "At home", "In class"), groups, wide=2)
        return [line(one.about), table]

    def _row(self, entry: Session | HandIn) -> list[plans.Cell]:
        if isinstance(entry, HandIn):
            return self._deadline(entry)
        first: list[nodes.Node] = [line(f"{entry.number}. {entry.title}")]
        if entry.objectives:
            count = prose.counted(len(entry.objectives), "objective")
            first.append(plans.fold(count, [o.text for o in entry.objectives]))
        read = [
            line(plans.page_link(self.env, page), f", {duration(page.minutes)}")
            for page in entry.read
            if page.minutes
        ]
        aside = [plans.page_link(self.env, page) for page in entry.read if not page.minutes]
        before = [*read, *map(self._work, entry.work)]
        if aside:
            before.append(line("To look things up: ", *separated(aside)))
        activities = [f"{duration(minutes)}: {said}" for minutes, said in entry.activities]
        return [first, before, [plans.bullets(activities)]]

    def _deadline(self, due: HandIn) -> list[plans.Cell]:
        tasks = [task for work in due.work for task in work.tasks]
        points = prose.counted(sum(task.points for task in tasks), "point")
        criteria = sum(len(task.criteria) for task in tasks)
        about_it = f"set in session {due.session}; {points}, by a rubric of {criteria} criteria"
        first = [line("Hand in"), line(about_it, classes=["cb-plan-aside"])]
        return [first, list(map(self._work, due.work)), []]

    def _work(self, work: Work) -> nodes.Node:
        place = place_of_task(work.tasks[0])
        return line(
            plans.page_link(self.env, work.notebook, place), f", {work.told}, {about(work.minutes)}"
        )


def effort(one: Syllabus) -> str:
    """Tell what a course takes: ``12 sessions; about 33 h in all, 18 h of it in class``."""
    minutes = sum(week.minutes for week in one.weeks)
    in_class = sum(week.in_class for week in one.weeks)
    sessions = prose.counted(len(one.sessions), "session")
    return f"{sessions}: {about(minutes)} in all, {duration(in_class)} of it in class"


def _week(week: Week) -> str:
    if not week.in_class:
        return f"Week {week.number}: {about(week.minutes)}"
    return f"Week {week.number}: {about(week.minutes)}, {duration(week.in_class)} of it in class"


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("syllabus", SyllabusTable)
