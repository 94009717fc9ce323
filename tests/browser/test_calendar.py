"""The guide's form makes in the browser the calendar that Python writes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from casebook.authoring import calendar, syllabi

from .visit import Way, opened

PAGE = "chapters/teaching/guide.html"
SYLLABI = syllabi.current(Path(__file__).parents[2])
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
PARIS = "Europe/Paris"  # its clocks change within a term


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


def made(form, tmp_path, name: str, start: date, at: time | None) -> bytes:
    form.get_by_label("Syllabus").select_option(name)
    form.get_by_label("First session").fill(start.isoformat())
    form.get_by_label("Begins at").fill(at.isoformat("minutes") if at else "")
    with form.page.expect_download() as download:
        form.get_by_role("button", name="Make the calendar").click()
    assert download.value.suggested_filename == f"mali-casebook-{name}.ics"
    file = tmp_path / "made.ics"
    download.value.save_as(file)
    return file.read_bytes()


@pytest.mark.parametrize("at", [time(14, 5), time(0, 30), None], ids=["at 14:05", "at 0:30", "day"])
def test_browser_makes_the_file_that_python_writes(form, tmp_path, at):
    for name, syllabus in SYLLABI.items():
        start = date(2027, 3, 1)
        expected = calendar.written(syllabus, start, at, ZoneInfo(PARIS), NOW)
        assert made(form, tmp_path, name, start, at) == expected
    said = form.locator(".cb-readout").inner_text()
    assert (PARIS if at else "whole day") in said


def test_a_day_is_asked_for(form):
    form.get_by_role("button", name="Make the calendar").click()
    assert form.locator(".cb-readout").inner_text() == ""
    assert form.locator("[name=start]").evaluate("field => field.validity.valueMissing")


def test_without_scripts_the_command_is_what_there_is(browser, server):
    with opened(browser, server, Way(PAGE, scripts=False)) as (page, _):
        assert not page.locator(".cb-calendar form").is_visible()
        assert page.get_by_text("casebook.authoring calendar --syllabus term").is_visible()
