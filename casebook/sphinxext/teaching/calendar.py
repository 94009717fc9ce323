"""``{calendar}``: a form that makes a calendar of a course in the reader's browser.

It carries what the calendar says of all courses of `syllabi.yml`, with days counted from the first
session; `assets/calendar.js` makes the file. Without scripts the form is not shown.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from casebook.authoring.syllabi import HandIn, Session, Syllabus, Work, about, duration
from casebook.prose import listing
from casebook.sphinxext.site.base import Directive
from casebook.sphinxext.site.scripts import add_scripts
from casebook.sphinxext.teaching.syllabi import current

CLASS = "cb-calendar"
MAKER = "-//The Mali Casebook//EN"


@dataclass(frozen=True)
class Row:
    """What the calendar says of a session or a deadline.

    Attributes
    ----------
    name : str
        Such as ``term-3`` or ``term-3-due``; with the first day it makes the id of the event.
    day : int
        Days after the first session.
    minutes : int
        In class; none for a deadline, which takes its whole day.
    summary, description : str
    """

    name: str
    day: int
    minutes: int
    summary: str
    description: str


class CalendarForm(Directive):
    """``{calendar}``: choose a course, a day and a time; get a file."""

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the directive."""
        return [nodes.raw("", form(current(self)), format="html")]


def form(found: dict[str, Syllabus]) -> str:
    """Return the form with the rows of all syllabi."""
    told = {
        "maker": MAKER,
        "syllabi": {n: [asdict(row) for row in rows(one)] for n, one in found.items()},
    }
    options = "".join(
        f'<option value="{escape(name)}">{escape(one.title)}</option>'
        for name, one in found.items()
    )
    content = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
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
        f'<script type="application/json">{content}</script></div>'
    )


def rows(syllabus: Syllabus) -> list[Row]:
    """Return the sessions and deadlines of a syllabus, by day."""
    return [
        _deadline(syllabus, entry) if isinstance(entry, HandIn) else _session(syllabus, entry)
        for entry in syllabus.entries
    ]


def _session(syllabus: Syllabus, session: Session) -> Row:
    lines = []
    if session.read:
        lines.append(f"Read: {'; '.join(page.title for page in session.read)}.")
    if session.work:
        lines.append(f"Work: {_told(session.work)}.")
    if session.before:
        lines.append(f"Before class: {about(session.before)}.")
    lines += [f"{duration(minutes)}: {said}" for minutes, said in session.activities]
    return Row(
        f"{syllabus.name}-{session.number}",
        session.day,
        session.in_class,
        f"Mali Casebook {session.number}: {session.title}",
        "\n".join(lines),
    )


def _deadline(syllabus: Syllabus, due: HandIn) -> Row:
    return Row(
        f"{syllabus.name}-{due.session}-due",
        due.day,
        0,
        f"Hand in: {_told(due.work)}",
        f"Written answers set in session {due.session}, {about(due.minutes)}.",
    )


def _told(work: tuple[Work, ...]) -> str:
    return listing([f"{one.notebook.title}, {one.told}" for one in work])


def _on_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    if f'class="{CLASS}"' in context.get("body", ""):
        add_scripts(app, "calendar.js")


def setup(app: Sphinx) -> None:
    """Register the directive and its script."""
    app.add_directive("calendar", CalendarForm)
    app.connect("html-page-context", _on_page)
