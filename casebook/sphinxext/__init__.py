"""The Sphinx extension of the book.

`values`
    Roles for numbers and dates that come from the tables.
`claims`
    The role for a claim of the statement, and the evidence check.
`claims_table`
    All claims as one table that can be filtered.
`positions_table`
    The matrix of positions, which a reader can change.
`scorecard`
    The record behind the verdicts on the statement's advice.
`chronology`
    All events by date, each with a place that can be linked to.
`who_is_who`
    All actors, and which pages name them.
`addresses`
    Where events and actors have their place.
`filters`
    The controls above a table that can be filtered.
`search`
    Events and actors in the book's search; accents do not matter.
`citations`
    Author and year in round brackets.
`teaching`
    Objectives at the head of a page, and self-check quizzes.
`walk`
    The chapters in order, each with its question and its verdicts.
`plans`
    Tables of the guide for instructors.
`module_map_table`
    Every page with its time, question and objectives.
`objectives_table`
    What asks for each objective.
`syllabus_table`
    Courses through the book, and a calendar of each.
`exercises`
    Heads of the notebooks' pages, links to them from the chapters.
`edition`
    Whether the book is the public one, or the instructors' edition with all solutions.
`solutions`
    Solutions and rubrics below the tasks, in the instructors' edition.
`teaching_notes`
    Notes at the end of chapters, in the instructors' edition.
`written_tasks`
    All tasks that a person marks; their rubrics in the instructors' edition.
`live`
    Whether the book comes with Python in the browser.
`tryit`
    Lines of Python that a reader changes and runs in the page.
`reference`
    Pages generated from the data package.
`figures`
    What the blocks of `casebook.show` need from the site: scripts, CSV files, links.
`elements`
    HTML elements in a page's tree.
`dependencies`
    Which files a page depends on, so that nothing stale is ever shown.
`theme`
    A light, quiet and accessible theme.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from casebook import __version__
from casebook.sphinxext import (
    chronology,
    citations,
    claims,
    claims_table,
    dependencies,
    edition,
    elements,
    exercises,
    figures,
    live,
    module_map_table,
    objectives_table,
    plans,
    positions_table,
    reference,
    scorecard,
    search,
    solutions,
    syllabus_table,
    teaching,
    teaching_notes,
    theme,
    tryit,
    values,
    walk,
    who_is_who,
    written_tasks,
)


def setup(app: Sphinx) -> dict[str, object]:
    """Register every part with Sphinx."""
    for part in (
        edition,
        live,
        values,
        elements,
        citations,
        search,
        claims,
        claims_table,
        positions_table,
        scorecard,
        chronology,
        who_is_who,
        teaching,
        walk,
        plans,
        module_map_table,
        objectives_table,
        syllabus_table,
        exercises,
        solutions,
        teaching_notes,
        written_tasks,
        tryit,
        reference,
        figures,
        dependencies,
        theme,
    ):
        part.setup(app)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
