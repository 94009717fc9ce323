"""Rate and time left are those of what was executed in this run."""

from __future__ import annotations

import pytest

from casebook.grading.execution.progress import Progress, duration


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_rate_and_time_left_are_said_now_and_then(clock):
    progress = Progress(200, clock)
    clock.now += 6
    progress.count(executed=True)
    assert progress.now_and_then() == ""
    for _ in range(19):
        progress.count(executed=True)
    clock.now += 6
    assert progress.now_and_then() == "20 of 200, 100 a minute, about 2 min left"
    progress.count(executed=True)
    assert progress.now_and_then() == ""


def test_what_was_marked_before_makes_no_rate(clock):
    progress = Progress(100, clock)
    for _ in range(90):
        progress.count(executed=False)
    clock.now += 30
    assert progress.now_and_then() == ""
    progress.count(executed=True)
    assert progress.now_and_then() == "91 of 100, 2 a minute, about 4 min left"
    assert progress.at_the_end() == "1 of 100 executed in 30 s, 2 a minute"


def test_when_nothing_is_left_nothing_is_estimated(clock):
    progress = Progress(1, clock)
    clock.now += 60
    progress.count(executed=True)
    assert progress.now_and_then() == ""
    assert progress.at_the_end() == "1 of 1 executed in 60 s, 1 a minute"


def test_a_run_with_nothing_to_do_has_no_rate(clock):
    progress = Progress(3, clock)
    for _ in range(3):
        progress.count(executed=False)
    assert progress.at_the_end() == "0 of 3 executed"


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (89, "89 s"), (91, "2 min"), (7500, "2 h 5 min")]
)
def test_times_are_said_as_one_says_them(seconds, said):
    assert duration(seconds) == said
