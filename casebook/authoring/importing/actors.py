"""The tables ``actors`` and ``relations``."""

from __future__ import annotations

from casebook.authoring.csvfile import Row
from casebook.authoring.importing.lists import join, split
from casebook.authoring.importing.recipe import Recipe


def actors(recipe: Recipe) -> list[Row]:
    """One row an actor; the short name for charts is our own, and so are a few added rows."""
    originals = recipe.extracts.rows("chronology/actors.csv")
    labels = recipe.decided("short_names", (row["actor_id"] for row in originals))
    others = {row["actor_id"]: row for row in recipe.decisions("alternative_names")}
    nothing = {"alternative_names": "", "source_ids": ""}
    return [
        {
            "actor_id": row["actor_id"],
            "name": recipe.spell(row["name"]),
            "short_name": labels[row["actor_id"]]["short_name"],
            "acronym": row["acronym"],
            "alternative_names": others.get(row["actor_id"], nothing)["alternative_names"],
            "type": row["type"],
            "founded": row["founded"],
            "ended": row["ended"],
            "leaders": recipe.spell(row["leaders"]),
            "stated_goal": recipe.spell(row["stated_goal"]),
            "source_ids": join(
                [
                    *split(recipe.sources("chronology", row["source_ids"])),
                    *split(others.get(row["actor_id"], nothing)["source_ids"]),
                ]
            ),
        }
        for row in originals
    ] + recipe.decisions("added_actors")


def relations(recipe: Recipe) -> list[Row]:
    """One row a relation between two actors."""
    return [
        {
            **{c: row[c] for c in ("actor_a", "actor_b", "relation", "start", "end")},
            "note": recipe.spell(row["note"]),
            "source_ids": recipe.sources("chronology", row["source_ids"]),
        }
        for row in recipe.extracts.rows("chronology/relations.csv")
    ]


def ids_of_names(recipe: Recipe, names: str) -> str:
    """Find the actor ids behind a list of names as a claim writes them."""
    known = {row["written"]: row["actor_id"] for row in recipe.decisions("actor_names")}
    return join(known[name] for name in split(names) if name in known)
