"""The table ``crosswalk``: which extract's id became which id of ours, and what disagreed."""

from __future__ import annotations

from casebook.authoring.csvfile import Row
from casebook.authoring.importing import displacement
from casebook.authoring.importing.recipe import Recipe


def crosswalk(recipe: Recipe) -> list[Row]:
    """One row an id of an extract that was renamed or merged."""
    rows = [
        _row("events", d["extract"], d["extract_id"], d["event_id"], d["decision"], d["conflict"])
        for d in recipe.decisions("events")
    ]
    rows += [
        _row("sources", d["extract"], d["extract_id"], d["source_id"], d["decision"], d["conflict"])
        for d in recipe.decisions("sources")
    ]
    figures = displacement.with_ids(recipe)
    repeated = displacement.duplicates(figures)
    rows += [
        _row(
            "displacement_figures",
            displacement.extract_of(figure["figure_id"]),
            figure["figure_id"][1:].lstrip("0"),
            repeated.get(figure["figure_id"], figure["figure_id"]),
            "merged" if figure["figure_id"] in repeated else "renamed",
            "",
        )
        for figure in figures
    ]
    return rows


def _row(table: str, extract: str, key: str, ours: str, decision: str, conflict: str) -> Row:
    return {
        "table": table,
        "extract": extract,
        "extract_id": key,
        "id": ours,
        "decision": decision,
        "conflict": conflict,
    }
