"""Names of actors."""

from __future__ import annotations

from casebook.facts.asking import known
from casebook.tables import load

__all__ = [
    "actor",
    "actors_listed",
    "relations_listed",
]


def actor(actor_id: str) -> str:
    """Short name of an actor."""
    actors = load("actors").set_index("actor_id")
    known(actor_id, actors.index, "No actor")
    return str(actors.loc[actor_id, "short_name"])


def actors_listed() -> int:
    """Count the rows of the actor table."""
    return len(load("actors"))


def relations_listed() -> int:
    """Count the rows of the table of relations."""
    return len(load("relations"))
