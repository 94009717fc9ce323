"""How far a run has come, how fast it goes, and how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable

SAID_EVERY = 10.0
"""Seconds."""


class Progress:
    """Counts submissions.

    Parameters
    ----------
    total : int
    clock : callable
        Returns seconds.
    """

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = total
        self.done = self.executed = 0
        self._clock = clock
        self._began = self._said = clock()

    def count(self, *, executed: bool) -> None:
        """Count a submission; those that were not executed took no time worth counting."""
        self.done += 1
        self.executed += executed

    def now_and_then(self) -> str:
        """Return rate and time left, or nothing if that was said a moment ago."""
        now = self._clock()
        left = self.total - self.done
        if now - self._said < SAID_EVERY or not self.executed or not left:
            return ""
        self._said = now
        seconds = left * (now - self._began) / self.executed
        return f"{self.done} of {self.total}, {self._rate(now)}, about {duration(seconds)} left"

    def at_the_end(self) -> str:
        """Return what was done in which time."""
        now = self._clock()
        said = f"{self.executed} of {self.total} executed in {duration(now - self._began)}"
        return f"{said}, {self._rate(now)}" if self.executed else f"0 of {self.total} executed"

    def _rate(self, now: float) -> str:
        return f"{60 * self.executed / max(now - self._began, 0.001):.0f} a minute"


def duration(seconds: float) -> str:
    """Return a time as one says it: ``45 s``, ``3 min``, ``2 h 5 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
