"""The table ``control``."""

from __future__ import annotations

from casebook.authoring.csvfile import Row
from casebook.authoring.importing.events import place_ids
from casebook.authoring.importing.recipe import Recipe


def control(recipe: Recipe) -> list[Row]:
    """One row a spell of control of one place."""
    place = place_ids(recipe)
    carried = ("start_date", "end_date", "controller", "certainty", "start_basis", "end_basis")
    return [
        {
            "place_id": place[recipe.spell(row["place_name"])],
            **{column: row[column] for column in carried},
            "note": recipe.spell(row["note"]),
            "source_ids": recipe.sources("chronology", row["source_ids"]),
        }
        for row in recipe.extracts.rows("chronology/control.csv")
    ]
