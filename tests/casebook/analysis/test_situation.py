"""The situation on a day: its words must read well for a month, a week and a single day."""

import re

import pandas as pd
import pytest

from casebook import tables
from casebook.analysis.control import named_spells
from casebook.analysis.situation import WINDOW_DAYS, situations


@pytest.fixture(scope="module")
def spells():
    return named_spells(*(tables.load(name) for name in ("control", "places", "actors")))


def readouts(spells, dates: pd.DatetimeIndex, **how) -> dict[str, str]:
    days = situations(spells, tables.load("conflict_events"), dates, **how)
    return {key: each.in_words() for key, each in days.items()}


DAYS = pd.date_range("2013-01-25", "2013-01-28")


def test_single_day_is_not_called_one_days(spells):
    said = readouts(spells, DAYS)
    assert "Changed on this day: Gao to Government of Mali, " in said["2013-01-26"]
    assert not re.search(r"last 1 days|\b1 days\b", " ".join(said.values()))


def test_day_without_a_change_tells_of_none(spells):
    assert "Changed" not in readouts(spells, DAYS)["2013-01-27"]


def test_week_is_still_told_in_days(spells):
    weeks = pd.date_range("2013-01-21", "2013-02-04", freq="7D")
    assert "Changed in the last 7 days" in readouts(spells, weeks)["2013-01-28"]


def test_shorter_window_shows_fewer_events(spells):
    long, short = readouts(spells, DAYS), readouts(spells, DAYS, window=7)
    for key in long:
        days = [int(re.search(r"In (\d+) days", said[key])[1]) for said in (long, short)]
        events = [int(re.search(r"(\d+) deadly event", said[key])[1]) for said in (long, short)]
        assert days == [WINDOW_DAYS, 7]
        assert events[0] > events[1]
