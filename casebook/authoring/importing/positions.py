"""The tables ``positions`` and ``positions_scale``."""

from __future__ import annotations

import re

from casebook.authoring.csvfile import Row
from casebook.authoring.importing.lists import join, split
from casebook.authoring.importing.recipe import Recipe
from casebook.authoring.positions import UNKNOWN, period_of

_TITLES = {
    "talks_with_mnla": "Talks with the MNLA",
    "disarm_before_talks": "Disarmament before talks",
    "july_election": "Election in July 2013",
    "un_mission": "UN mission",
    "army_in_kidal": "Army in Kidal",
}
# A source the compilers read without finding a position stands in the text: "... (key)."
_READ_IN_VAIN = re.compile(r" \((\w+_\w+)\)(?=\.)")


def positions(recipe: Recipe) -> list[Row]:
    """One row an actor, issue and observation; no source read means no value."""
    rows = recipe.extracts.rows("recommendations/positions.csv")
    actors = recipe.decided("position_actors", (row["actor"] for row in rows))
    return [
        {
            "actor_id": actors[row["actor"]]["actor_id"],
            "issue": row["issue"],
            "observation": row["observation_no"],
            "period": period_of(row["date"]),
            "date": row["date"],
            "value": "" if row["value"] == UNKNOWN else row["value"],
            "value_label": row["value_label"],
            "evidence": recipe.spell(_READ_IN_VAIN.sub("", row["evidence"])),
            "confidence": row["confidence"],
            "source_ids": recipe.sources(
                "recommendations",
                join(split(row["source_ids"]) + _READ_IN_VAIN.findall(row["evidence"])),
            ),
        }
        for row in rows
    ]


def positions_scale(recipe: Recipe) -> list[Row]:
    """One row a value an issue can take."""
    return [
        {
            "issue": row["issue"],
            "value": row["value"],
            "issue_title": _TITLES.get(row["issue"], row["issue"]),
            "value_label": row["value_label"],
        }
        for row in recipe.extracts.rows("recommendations/positions_scale.csv")
    ]
