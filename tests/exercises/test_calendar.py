"""A syllabus becomes a calendar that other programs read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from casebook.authoring import __main__, calendar, syllabi

from .conftest import ROOT

TERM = syllabi.current(ROOT)["term"]
START = date(2027, 1, 11)


def events(content: bytes) -> list:
    return Calendar.from_ical(content).walk("VEVENT")


def test_sessions_stand_at_their_hour_and_deadlines_on_their_day():
    made = events(calendar.written(TERM, START, time(14), ZoneInfo("Africa/Bamako")))
    assert len(made) == len(TERM.entries)
    for event, entry in zip(made, TERM.entries, strict=True):
        day = START + timedelta(days=entry.day)
        if entry.in_class:
            assert event.start == datetime.combine(day, time(14), UTC)
            assert event.end - event.start == timedelta(minutes=entry.in_class)
        else:
            assert event["DTSTART"].dt == day
            assert event["TRANSP"] == "TRANSPARENT"


def test_hour_stays_the_same_when_the_clocks_change():
    paris = ZoneInfo("Europe/Paris")
    made = events(calendar.written(TERM, date(2027, 3, 1), time(14), paris))
    starts = [event["DTSTART"].dt for event in made if isinstance(event["DTSTART"].dt, datetime)]
    assert {start.astimezone(paris).hour for start in starts} == {14}
    assert {start.hour for start in starts} == {12, 13}


def test_without_a_time_sessions_take_the_day():
    assert {type(event["DTSTART"].dt) for event in events(calendar.written(TERM, START))} == {date}


def test_file_keeps_to_the_rules_of_its_format():
    content = calendar.written(TERM, START, time(14), UTC)
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    for event in events(content):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)


def test_events_keep_their_ids_and_each_has_its_own():
    first, again = (
        [event["UID"] for event in events(calendar.written(TERM, START, at))]
        for at in (None, time(9))
    )
    assert first == again
    assert len(set(first)) == len(first)
    other = events(calendar.written(TERM, date(2028, 1, 10)))
    assert not {event["UID"] for event in other} & set(first)


def test_what_students_must_do_is_told():
    third = next(row for row in calendar.rows(TERM) if row.name == "term-3")
    assert "Work: Warm-up: reading data, tasks 6 to 9." in third.description
    due = next(row for row in calendar.rows(TERM) if row.name == "term-3-due")
    assert due.summary == "Hand in: Warm-up: reading data, tasks 10 and 11"


def test_command_writes_the_file(tmp_path, capsys):
    out = tmp_path / "term.ics"
    asked = "calendar --syllabus term --start 2027-01-11 --time 14:00 --zone Africa/Bamako --out"
    assert __main__.main([*asked.split(), str(out)]) == 0
    assert events(out.read_bytes())[0].start == datetime(2027, 1, 11, 14, tzinfo=UTC)
    assert str(out) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("--syllabus trem --start 2027-01-11", "No syllabus 'trem'; there are seminar, two-weeks"),
        ("--syllabus term --start 2027-13-11", "Not a day"),
        ("--syllabus term --start 2027-01-11 --time 25:00", "Not a day"),
        ("--syllabus term --start 2027-01-11 --zone Mali/Bamako", "Not a day"),
    ],
)
def test_command_refuses_what_it_cannot_read(asked, said, capsys):
    assert __main__.main(["calendar", *asked.split()]) == 2
    assert said in capsys.readouterr().err
