"""A syllabus as an iCalendar file (``python -m casebook.authoring calendar``).

`rows` says what stands in it, with days counted from the first session. The guide's page carries
the same rows, and `assets/calendar.js` makes the same file of them in a reader's browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from icalendar import Calendar, Event

from casebook.authoring.syllabi import HandIn, Session, Syllabus, Work, about, duration
from casebook.prose import listing

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


def rows(syllabus: Syllabus) -> list[Row]:
    """Return the sessions and deadlines of a syllabus, by day."""
    return [
        _deadline(syllabus, entry) if isinstance(entry, HandIn) else _session(syllabus, entry)
        for entry in syllabus.entries
    ]


def written(
    syllabus: Syllabus,
    start: date,
    at: time | None = None,
    zone: tzinfo | None = None,
    now: datetime | None = None,
) -> bytes:
    """Write the file.

    Parameters
    ----------
    syllabus : Syllabus
    start : datetime.date
        Day of the first session.
    at : datetime.time, optional
        When sessions begin; without it they take the whole day.
    zone : datetime.tzinfo, optional
        Where that time is meant; by default, that of the machine.
    now : datetime.datetime, optional
        When the file is made.
    """
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    for row in rows(syllabus):
        day = start + timedelta(days=row.day)
        event = Event()
        event.add("uid", f"{row.name}-{start:%Y%m%d}@mali-casebook")
        event.add("dtstamp", now or datetime.now(UTC))
        event.add("summary", row.summary)
        event.add("description", row.description)
        if row.minutes and at:
            begins = datetime.combine(day, at)
            # In UTC, every calendar shows the same moment without knowing the zone's rules.
            begins = (begins.replace(tzinfo=zone) if zone else begins).astimezone(UTC)
            event.add("dtstart", begins)
            event.add("dtend", begins + timedelta(minutes=row.minutes))
        else:
            event.add("dtstart", day)
            # Nobody is busy all day with it.
            event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()


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
