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

from casebook import prose
from casebook.analysis.positions import SCALE, PositionMatrix, in_sentence

PAIR_RULES = {0: "the same position", 1: "positions at most one step apart"}


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


def by_issue(shown: pd.DataFrame, actors: Sequence[str], near: int = 0) -> dict[str, Agreement]:
    """Measure the agreement of some actors on every issue of a view."""
    issues = shown.index.get_level_values("issue").unique()
    value = shown["value"]
    return {issue: agreement([value[actor, issue] for actor in actors], near) for issue in issues}


def unknown_as_zero(shown: pd.DataFrame) -> pd.DataFrame:
    """Return a view in which unknown positions are taken for 0."""
    return shown.assign(value=shown["value"].fillna(0))


# --- In words ---


def surest_and_widest(found: dict[str, Agreement], order: PositionMatrix) -> str:
    """Name the issue whose score depends least on the unknown, and the one where it does most."""
    issues = sorted(order.issues, key=lambda issue: found[issue].high - found[issue].low)
    surest, widest = issues[0], issues[-1]
    return (
        f"{order.titles[surest]}: {pairs_between(found[surest])} of {found[surest].pairs} pairs "
        f"agree; {in_sentence(order.titles[widest])}: anything from {pairs_between(found[widest])}"
    )


def pairs_between(one: Agreement) -> str:
    """Write the fewest and the most agreeing pairs."""
    return prose.number_range(one.low, one.high)


def pairs_in_words(one: Agreement) -> str:
    """Say the score of one issue in counts of pairs, as `assets/positions.js` does."""
    if one.known == one.actors:
        return f"{one.agreeing} of {one.pairs} pairs agree, nothing unknown"
    known = (
        f"{one.agreeing} of {one.known_pairs} known pairs agree"
        if one.known_pairs
        else "no pair with both positions known"
    )
    return f"{known}; with the unknown from {one.low} to {one.high} of {one.pairs}"


def bounds_in_words(
    found: dict[str, Agreement], order: PositionMatrix, view: str, group: str, near: int
) -> str:
    """Say the bounds of every issue in one sentence or two."""
    shares = []
    for issue in order.issues:
        low, high = (prose.percent(bound) for bound in found[issue].bounds)
        shares.append(
            f"{in_sentence(order.titles[issue])} {low if low == high else f'{low} to {high}'}"
        )
    return (
        f"{prose.capitalised(group)}, positions {view}; a pair agrees if it holds "
        f"{PAIR_RULES[near]}. Agreeing pairs, whatever the unknown are: {'; '.join(shares)}."
    )
