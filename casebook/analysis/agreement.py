"""How far actors speak with one voice, and how much of the answer depends on the unknown.

On one issue the score is the share of pairs of actors whose positions are the same (the pairwise
observed agreement that Fleiss, 1971, starts from), or, for a milder reader, at most one step
apart. Positions are ordered steps of nobody knows what width, so nothing is added or averaged.

Where a position is unknown, nothing is assumed about it: the score runs from the lowest to the
highest value that any filling of the unknown cells can give (worst-case bounds, as in Manski,
2005). `assets/positions.js` computes the same in the page; a browser test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, pairwise

import pandas as pd

SCALE = (-2, -1, 0, 1, 2)
MESSAGE_CLAIM = "C079"  # names those who should speak with one voice
STATEMENT = "2013-04-11"  # its day, as in the table events
VIEWS = ("statement", "before", "from", "last")


@dataclass(frozen=True)
class Agreement:
    """Agreement on one issue.

    Attributes
    ----------
    actors, known : int
        How many actors are asked about, and how many of them have a known position.
    agreeing : int
        Agreeing pairs among the known.
    low, high : int
        Fewest and most agreeing pairs among all actors, over every filling of the unknown.
    """

    actors: int
    known: int
    agreeing: int
    low: int
    high: int

    @property
    def pairs(self) -> int:
        """Pairs of actors."""
        return pairs_of(self.actors)

    @property
    def known_pairs(self) -> int:
        """Pairs of actors whose positions are both known."""
        return pairs_of(self.known)

    @property
    def share(self) -> float | None:
        """Share of agreeing pairs among the known; None where there is no such pair."""
        return self.agreeing / self.known_pairs if self.known_pairs else None

    @property
    def bounds(self) -> tuple[float, float]:
        """Lowest and highest share among all actors, whatever the unknown are."""
        return self.low / self.pairs, self.high / self.pairs


def pairs_of(count: int) -> int:
    """Return how many pairs so many actors form."""
    return count * (count - 1) // 2


def agreement(values: Iterable[int | None], near: int = 0) -> Agreement:
    """Measure the agreement on one issue.

    Parameters
    ----------
    values : iterable of int or None
        One position an actor, from -2 to 2; None where it is unknown.
    near : {0, 1}
        How many steps apart two positions may lie and still agree.

    Returns
    -------
    Agreement
        Counts of pairs; bounds are exact, because only how often each value is filled in
        matters, and all such counts are tried.

    Raises
    ------
    ValueError
        If a value lies outside the scale, or fewer than two actors are given.
    """
    given = list(values)
    known = [int(value) for value in given if value is not None and not pd.isna(value)]
    if strange := sorted(set(known) - set(SCALE)):
        raise ValueError(f"Positions run from {SCALE[0]} to {SCALE[-1]}, not {strange}")
    if near not in (0, 1):
        raise ValueError(f"near is 0 (the same) or 1 (at most one step apart), not {near!r}")
    if len(given) < 2:
        raise ValueError("Agreement needs two actors or more")
    counts = _counted(known)
    scores = [
        _agreeing([a + b for a, b in zip(counts, filling, strict=True)], near)
        for filling in _fillings(len(given) - len(known))
    ]
    return Agreement(len(given), len(known), _agreeing(counts, near), min(scores), max(scores))


def _counted(values: Sequence[int]) -> list[int]:
    return [values.count(step) for step in SCALE]


def _fillings(unknown: int) -> Iterator[list[int]]:
    """Yield every way to fill so many cells, as counts of each value of the scale."""
    for filling in combinations_with_replacement(SCALE, unknown):
        yield _counted(filling)


def _agreeing(counts: Sequence[int], near: int) -> int:
    same = sum(pairs_of(count) for count in counts)
    next_to = sum(a * b for a, b in pairwise(counts))
    return same + next_to * near


# --- Positions as the table has them ------------------------------------------------------------


def voices(positions: pd.DataFrame, claims: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Return those who are asked to speak with one voice, and the other actors of the table."""
    named = claims.loc[claims["claim_id"].eq(MESSAGE_CLAIM), "actor_ids"].iloc[0].split(";")
    coded = list(positions["actor_id"].unique())
    return [a for a in named if a in coded], [a for a in coded if a not in named]


def cells(positions: pd.DataFrame, view: str) -> pd.DataFrame:
    """Return one row for each actor and issue: the position that a view shows.

    Parameters
    ----------
    positions : pandas.DataFrame
        The table of that name.
    view : {"statement", "before", "from", "last"}
        Documented by the day of the statement; documented before 18 June 2013; documented on that
        day or later, nothing carried over; or the last that is documented, whatever its date.

    Returns
    -------
    pandas.DataFrame
        The columns of the table, indexed by actor and issue; where the view has nothing, value is
        missing and the other columns are empty.
    """
    periods = {
        "statement": ["before_agreement"],
        "before": ["before_agreement"],
        "from": ["from_agreement"],
        "last": ["before_agreement", "from_agreement"],
    }
    if view not in periods:
        raise ValueError(f"view is one of {', '.join(VIEWS)}, not {view!r}")
    key = ["actor_id", "issue"]
    everyone = positions[key].drop_duplicates()
    shown = positions[positions["value"].notna() & positions["period"].isin(periods[view])]
    if view == "statement":
        shown = shown[shown["date"].map(by_statement)]
    latest = shown.sort_values("observation", kind="stable").groupby(key, as_index=False).tail(1)
    joined = everyone.merge(latest, on=key, how="left")
    words = ["period", "date", "value_label", "evidence", "confidence", "source_ids"]
    joined[words] = joined[words].fillna("")
    return joined.set_index(key)


def by_statement(date: str) -> bool:
    """Tell whether a date, perhaps a month only, is surely no later than the statement."""
    return date <= STATEMENT if len(date) == len(STATEMENT) else date < STATEMENT[: len(date)]


def after_statement(date: str) -> bool:
    """Tell whether a date, perhaps a month only, is surely later than the statement."""
    return date > STATEMENT[: len(date)]


def by_issue(shown: pd.DataFrame, actors: Sequence[str], near: int = 0) -> dict[str, Agreement]:
    """Measure the agreement of some actors on every issue of a view."""
    issues = shown.index.get_level_values("issue").unique()
    value = shown["value"]
    return {issue: agreement([value[actor, issue] for actor in actors], near) for issue in issues}
