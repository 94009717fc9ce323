"""The guide's form makes a calendar of a course in the reader's browser."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from casebook.authoring import syllabi
from casebook.sphinxext.teaching.calendar import rows

from .visit import Way, opened

PAGE = "chapters/teaching/guide.html"
SYLLABI = syllabi.current(Path(__file__).parents[2])
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
PARIS = "Europe/Paris"  # its clocks change within a term
START = date(2027, 3, 1)


@pytest.fixture(params=["http", "file"])
def form(request, browser, server, site):
    base = server if request.param == "http" else f"{site.as_uri()}/"
    with opened(browser, base, Way(PAGE, by=request.param, width=390)) as (page, seen):
        page.clock.set_fixed_time(NOW)
        page.context.new_cdp_session(page).send(
            "Emulation.setTimezoneOverride", {"timezoneId": PARIS}
        )
        yield page.locator(".cb-calendar")
        assert seen.complaints == []


def made(form, tmp_path, name: str, at: time | None, start: date = START) -> bytes:
    form.get_by_label("Syllabus").select_option(name)
    form.get_by_label("First session").fill(start.isoformat())
    form.get_by_label("Begins at").fill(at.isoformat("minutes") if at else "")
    with form.page.expect_download() as download:
        form.get_by_role("button", name="Make the calendar").click()
    assert download.value.suggested_filename == f"mali-casebook-{name}.ics"
    file = tmp_path / "made.ics"
    download.value.save_as(file)
    return file.read_bytes()


def events(content: bytes) -> list[dict[str, str]]:
    """Read a calendar as RFC 5545 says: lines of at most 75 octets, folded, texts escaped."""
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    text = content.replace(b"\r\n ", b"").decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    found = []
    for block in text.split("BEGIN:VEVENT\r\n")[1:]:
        event = dict(line.split(":", 1) for line in block.split("\r\nEND:VEVENT")[0].split("\r\n"))
        for name in ("SUMMARY", "DESCRIPTION"):
            value = event[name].replace("\\n", "\n")
            event[name] = value.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
        found.append(event)
    return found


def moment(written: str) -> datetime:
    return datetime.strptime(written, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


@pytest.mark.parametrize("at", [time(14, 5), time(0, 30), None], ids=["at 14:05", "at 0:30", "day"])
def test_calendar_holds_every_session_and_deadline(form, tmp_path, at):
    for name, syllabus in SYLLABI.items():
        found = events(made(form, tmp_path, name, at))
        for event, row in zip(found, rows(syllabus), strict=True):
            day = START + timedelta(days=row.day)
            assert event["SUMMARY"] == row.summary
            assert event["DESCRIPTION"] == row.description
            assert moment(event["DTSTAMP"]) == NOW
            if at and row.minutes:
                # The hour stays the same when the clocks change.
                assert moment(event["DTSTART"]) == datetime.combine(day, at, ZoneInfo(PARIS))
                length = moment(event["DTEND"]) - moment(event["DTSTART"])
                assert length == timedelta(minutes=row.minutes)
            else:
                assert event["DTSTART;VALUE=DATE"] == f"{day:%Y%m%d}"
                assert event["TRANSP"] == "TRANSPARENT", "nobody is busy all day with it"
    said = form.locator(".cb-readout").inner_text()
    assert (PARIS if at else "whole day") in said


def test_events_keep_their_ids_and_each_has_its_own(form, tmp_path):
    first, again, other = (
        [event["UID"] for event in events(made(form, tmp_path, "term", at, start))]
        for at, start in ((None, START), (time(9), START), (None, date(2028, 1, 10)))
    )
    assert first == again
    assert len(set(first)) == len(first)
    assert not set(other) & set(first)


def test_what_students_must_do_is_told():
    term = {row.name: row for row in rows(SYLLABI["term"])}
    assert "Work: Warm-up: reading data, tasks 6 to 9." in term["term-3"].description
    assert term["term-3-due"].summary == "Hand in: Warm-up: reading data, tasks 10 and 11"


def test_a_day_is_asked_for(form):
    form.get_by_role("button", name="Make the calendar").click()
    assert form.locator(".cb-readout").inner_text() == ""
    assert form.locator("[name=start]").evaluate("field => field.validity.valueMissing")


def test_without_scripts_the_form_is_not_shown(browser, server):
    with opened(browser, server, Way(PAGE, scripts=False)) as (page, _):
        assert not page.locator(".cb-calendar form").is_visible()
