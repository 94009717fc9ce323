"""Syllabi as tables, and a form that makes a calendar of one in the reader's browser.

``{syllabus} term`` writes a course of `syllabi.yml`, a group of rows a week. ``{calendar}`` is the
form; it carries the rows of all courses, and without scripts it is not shown.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from casebook import prose
from casebook.authoring import calendar, objectives, syllabi
from casebook.authoring.syllabi import HandIn, Session, Syllabus, Week, Work, about, duration
from casebook.sphinxext.site.elements import line, separated
from casebook.sphinxext.site.figures import SCRIPTS_RUN
from casebook.sphinxext.teaching import plans
from casebook.sphinxext.teaching.objectives import place_of_task

CLASS = "cb-calendar"


class _OfSyllabi(SphinxDirective):
    """What both directives read."""

    def syllabi(self) -> dict[str, Syllabus]:
        root = Path(self.env.srcdir)
        for file in (root / syllabi.FILE, *objectives.files(root)):
            self.env.note_dependency(str(file.relative_to(root)))
        try:
            return syllabi.current(root)
        except syllabi.SyllabusError as problem:
            raise self.error(str(problem)) from problem


class SyllabusTable(_OfSyllabi):
    """``{syllabus} NAME``: what the course is, and a table of its weeks."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the directive."""
        found = self.syllabi()
        name = self.arguments[0]
        if name not in found:
            raise self.error(f"There is no syllabus {name!r}; there are {', '.join(found)}")
        one = found[name]
        groups = [([nodes.Text(_week(week))], map(self._row, week.entries)) for week in one.weeks]
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


class CalendarForm(_OfSyllabi):
    """``{calendar}``: choose a course, a day and a time; get a file."""

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the directive."""
        return [nodes.raw("", form(self.syllabi()), format="html")]


def form(found: dict[str, Syllabus]) -> str:
    """Return the form with the rows of all syllabi."""
    told = {
        "maker": calendar.MAKER,
        "syllabi": {n: [asdict(row) for row in calendar.rows(one)] for n, one in found.items()},
    }
    options = "".join(
        f'<option value="{escape(name)}">{escape(one.title)}</option>'
        for name, one in found.items()
    )
    rows = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<div class="{CLASS}"><form class="cb-controls">'
        '<p class="cb-select"><label for="calendar-syllabus">Syllabus</label>'
        f'<select id="calendar-syllabus" name="syllabus">{options}</select></p>'
        '<p class="cb-select"><label for="calendar-start">First session</label>'
        '<input type="date" id="calendar-start" name="start" required></p>'
        '<p class="cb-select"><label for="calendar-at">Begins at (may stay empty)</label>'
        '<input type="time" id="calendar-at" name="at"></p>'
        '<p><button type="submit" class="cb-button">Make the calendar</button></p></form>'
        '<p class="cb-readout" aria-live="polite"></p>'
        f'<script type="application/json">{rows}</script></div>'
    )


def _on_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    if f'class="{CLASS}"' in context.get("body", ""):
        app.add_js_file(None, body=SCRIPTS_RUN)
        app.add_js_file("calendar.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the directives and the script."""
    app.add_directive("syllabus", SyllabusTable)
    app.add_directive("calendar", CalendarForm)
    app.connect("html-page-context", _on_page)
