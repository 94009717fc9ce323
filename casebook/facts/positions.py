"""Who took which position when, how much is unknown, and how far actors agree."""

from __future__ import annotations

import pandas as pd

from casebook import prose
from casebook.analysis.agreement import Agreement, agreement, pairs_of
from casebook.analysis.positions import VIEWS, positions_in_view, voices
from casebook.facts.asking import UnknownFact, known
from casebook.tables import load

__all__ = [
    "position_cells",
    "position_date",
    "positions_known",
    "voices_agreeing",
    "voices_asked",
    "voices_at",
    "voices_bound",
    "voices_known",
    "voices_pairs",
]


def position_cells() -> int:
    """Count the cells of the matrix: every actor on every issue."""
    return len(positions_in_view(load("positions"), "last"))


def positions_known(view: str = "last") -> int:
    """Count the cells with a documented position (view: statement, before, from or last)."""
    known(view, VIEWS, "No view")
    return int(positions_in_view(load("positions"), view)["value"].notna().sum())


def position_date(actor_id: str, issue: str, observation: int = 1) -> str:
    """Return when a position is documented, as exactly as the table knows it."""
    date = _observation(actor_id, issue, observation)["date"]
    if not date:
        raise UnknownFact(f"No position of {actor_id!r} on {issue!r} is documented")
    return prose.partial_day(date)


def _observation(actor_id: str, issue: str, observation: int) -> pd.Series:
    positions = load("positions")
    known(actor_id, positions["actor_id"].unique(), "No actor with positions")
    known(issue, positions["issue"].unique(), "No issue")
    found = positions.query(
        "actor_id == @actor_id and issue == @issue and observation == @observation"
    )
    if found.empty:
        raise UnknownFact(f"{actor_id!r} has no observation {observation} on {issue!r}")
    return found.iloc[0]


def voices_asked() -> int:
    """Count those whom the statement asks to speak with one voice."""
    return len(voices(load("positions"), load("claims"))[0])


def voices_at(issue: str, value: int, view: str = "before") -> int:
    """Count those asked to speak with one voice who hold a position."""
    return sum(v == value for v in _voices(issue, view) if v is not None)


def voices_known(issue: str, view: str = "before") -> int:
    """Count those asked to speak with one voice whose position is documented."""
    return _agreement(issue, 0, view).known


def voices_pairs() -> int:
    """Count the pairs of those asked to speak with one voice."""
    return pairs_of(voices_asked())


def voices_agreeing(issue: str, part: str = "known", near: int = 0, view: str = "before") -> int:
    """Count agreeing pairs of those asked to speak with one voice.

    Parameters
    ----------
    issue : str
        As in the table `positions`.
    part : {"known", "pairs", "low", "high"}
        Agreeing pairs among the known; pairs among the known; fewest and most agreeing pairs
        whatever the unknown positions are.
    near : {0, 1}
        How many steps apart still agree.
    view : {"statement", "before", "from", "last"}
        As in `casebook.analysis.positions.positions_in_view`.
    """
    found = _agreement(issue, near, view)
    parts = {
        "known": found.agreeing,
        "pairs": found.known_pairs,
        "low": found.low,
        "high": found.high,
    }
    return parts[known(part, parts, "No part")]


def voices_bound(issue: str, which: str, near: int = 0, view: str = "before") -> float:
    """Return the lowest or highest ("low", "high") share of agreeing pairs, whatever is unknown."""
    known(which, ["low", "high"], "No bound")
    return voices_agreeing(issue, which, near, view) / voices_pairs()


def _voices(issue: str, view: str) -> list[int | None]:
    positions = load("positions")
    known(issue, positions["issue"].unique(), "No issue")
    known(view, VIEWS, "No view")
    value = positions_in_view(positions, view)["value"]
    asked, _ = voices(positions, load("claims"))
    return [None if pd.isna(value[a, issue]) else int(value[a, issue]) for a in asked]


def _agreement(issue: str, near: int, view: str) -> Agreement:
    return agreement(_voices(issue, view), near)
