"""Who entered the towns that changed hands in early 2013."""

from __future__ import annotations

import pandas as pd

from casebook.facts.actors import actor
from casebook.facts.asking import UnknownFact, known
from casebook.tables import load

__all__ = [
    "towns_entered",
]


def towns_entered(actor_id: str | None = None, *, region: str | None = None) -> int:
    """Count the towns that somebody, or one force, is reported to have entered.

    Parameters
    ----------
    actor_id : str, optional
        The force; all of them unless told.
    region : str, optional
        Region id such as ``ML-8``; everywhere unless told.
    """
    return _entries(actor_id, region)["place_id"].nunique()


def _entries(actor_id: str | None, region: str | None = None) -> pd.DataFrame:
    entries, places = load("town_entries"), load("places").set_index("place_id")
    if region is not None:
        known(region, load("regions")["region_id"], "No region")
        entries = entries[entries["place_id"].map(places["region_id"]).eq(region)]
        if entries.empty:
            raise UnknownFact(f"The table town_entries follows no town in {region}")
    if actor_id is not None:
        actor(actor_id)
        entries = entries[entries["actor_id"].eq(actor_id)]
    return entries
