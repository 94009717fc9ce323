"""The table ``claims``."""

from __future__ import annotations

from casebook.authoring.csvfile import Row
from casebook.authoring.importing.actors import ids_of_names
from casebook.authoring.importing.recipe import Recipe


def claims(recipe: Recipe) -> list[Row]:
    """One row a claim of the statement, in our own words; verdicts are written later, by hand."""
    carried = ("claim_id", "paragraph", "sentence", "kind")
    return [
        {
            **{column: row[column] for column in carried},
            "claim": recipe.spell(row["claim"]),
            "actors": recipe.spell(row["actors"]),
            "actor_ids": ids_of_names(recipe, recipe.spell(row["actors"])),
            "evidence_to_test": recipe.spell(row["evidence_to_test"]),
            "checkable": row["checkable"],
            "verdict": "",
            "verdict_reason": "",
            "source_ids": recipe.sources("recommendations", row["source_ids"]),
        }
        for row in recipe.extracts.rows("recommendations/claims.csv")
    ]
