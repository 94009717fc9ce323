"""The tables on soldiers: forces in Mali, the Malian army, the Security Council's texts."""

from __future__ import annotations

from casebook.authoring.csvfile import Row
from casebook.authoring.importing.recipe import Recipe

# Force as the extracts write it -> actor; those being trained are Malian soldiers.
_ACTORS = {
    "Serval": "serval",
    "AFISMA": "afisma",
    "FATIM": "tcd_army",
    "MINUSMA": "minusma",
    "EUTM": "eutm",
    "EUTM trainees": "mli_army",
}
_PRECISIONS = {"not stated": "not_stated"}


def forces(recipe: Recipe) -> list[Row]:
    """One row a reported strength up to the start of 2014; numbered as the extract has them."""
    return _strengths(recipe, "chronology/forces.csv", "F")


def forces_after_2013(recipe: Recipe) -> list[Row]:
    """One row a reported strength of later years."""
    return _strengths(recipe, "chronology/forces_after_2013.csv", "L")


def _strengths(recipe: Recipe, path: str, letter: str) -> list[Row]:
    carried = ("date", "date_precision", "personnel_min", "personnel_max", "measure")
    return [
        {
            "figure_id": f"{letter}{number:03d}",
            "force": row["force"],
            "actor_id": _ACTORS.get(row["force"], ""),
            "contributor_iso3": row["contributor_iso3"],
            **{column: row[column] for column in carried},
            "note": recipe.spell(row["note"]),
            "source_ids": recipe.sources("chronology", row["source_ids"]),
        }
        for number, row in enumerate(recipe.extracts.rows(path), start=1)
    ]


def army_and_external_support(recipe: Recipe) -> list[Row]:
    """One row a figure on the Malian army or on what others gave it."""
    rows = recipe.extracts.rows("chronology/army_and_external_support.csv")
    return [
        {
            "figure_id": f"M{number:03d}",
            "indicator": row["indicator"],
            "date": row["date"],
            "date_precision": _PRECISIONS.get(row["date_precision"], row["date_precision"]),
            "value": row["value"],
            "unit": row["unit"],
            "qualifier": row["qualifier"],
            "country_iso3": row["iso3"],
            "note": recipe.spell(row["note"]),
            "source_ids": recipe.sources("chronology", row["source_ids"]),
        }
        for number, row in enumerate(rows, start=1)
    ]


def un_resolutions(recipe: Recipe) -> list[Row]:
    """One row a text of the Security Council, with its event where the chronology has one."""
    rows = recipe.extracts.rows("chronology/un_resolutions.csv")
    events = recipe.decided("resolutions", (row["document"] for row in rows))
    return [
        {
            **{column: row[column] for column in ("document", "date", "type", "subject", "vote")},
            "key_provisions": row["key_provisions"],
            "event_id": events[row["document"]]["event_id"],
            "source_ids": recipe.sources("chronology", row["source_ids"]),
        }
        for row in rows
    ]
