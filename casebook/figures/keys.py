"""Entries of a legend: what a colour, a shape or a pattern of a figure means."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from casebook import style
from casebook.records import records


@dataclass(frozen=True)
class Key:
    """An entry of a legend.

    Attributes
    ----------
    label : str
        What it means.
    mark : str
        How it is drawn: "box", "line", "hollow", "hatch", "circle-open" and the like; the style
        sheet has a rule for each.
    token : str
        Its colour, a key of `casebook.style.TOKENS`.
    """

    label: str
    mark: str
    token: str = "muted"


def by_actor(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort rows by ``actor_id`` into the order in which every figure shows actors."""
    order = {actor: position for position, actor in enumerate(style.ACTORS)}
    return frame.sort_values("actor_id", key=lambda ids: ids.map(order), kind="stable")


def actor_keys(frame: pd.DataFrame) -> tuple[Key, ...]:
    """Return an entry for each ``actor_id``, labelled with its ``actor``, as they first appear."""
    actors = frame.drop_duplicates("actor_id")
    return tuple(Key(row.actor, "box", f"actor-{row.actor_id}") for row in records(actors))
