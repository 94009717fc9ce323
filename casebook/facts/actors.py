"""Names of actors."""

from __future__ import annotations

from casebook.facts.asking import known
from casebook.tables import load


def actor(actor_id: str) -> str:
    """Short name of an actor."""
    actors = load("actors").set_index("actor_id")
    known(actor_id, actors.index, "No actor")
    return str(actors.loc[actor_id, "short_name"])
