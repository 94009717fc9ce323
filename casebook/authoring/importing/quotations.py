"""The table ``quoted_figures``: single values whose publishers allow no more than quoting."""

from __future__ import annotations

from casebook.authoring.csvfile import Row
from casebook.authoring.importing.recipe import Recipe, UndecidedError

_FREEDOM_HOUSE = "governance/freedom_house_restricted.csv"
_RATINGS = {"fh_pr": "political_rights_1_7", "fh_cl": "civil_liberties_1_7"}
_STATUS = {"F": "Free", "PF": "Partly Free", "NF": "Not Free"}
_ERRORS = {"ti_cpi_0_100": "ti_cpi_se"}


def quoted_figures(recipe: Recipe) -> list[Row]:
    """One row a value, as published; which ones, quoted_figures.csv decides."""
    published = _published(recipe)
    described = {d["indicator_id"]: d for d in recipe.decisions("indicators")}
    rows = []
    for decision in recipe.decisions("quoted_figures"):
        indicator = decision["indicator"]
        for year in range(int(decision["from"]), int(decision["to"]) + 1):
            key = (indicator, decision["subject"], str(year))
            if key not in published:
                raise UndecidedError("quoted_figures", f"no extract has {', '.join(key)}")
            figure = published[key]
            rows.append(
                {
                    "figure_id": _figure_id(decision, year),
                    "publisher": decision["publisher"],
                    "indicator": indicator,
                    "subject": decision["subject"],
                    "period": str(year),
                    "value": figure["value"],
                    "standard_error": figure["standard_error"],
                    "unit": described[indicator]["unit"],
                    "note": figure["note"],
                    "source_ids": recipe.sources("governance", figure["source_id"]),
                }
            )
    return rows


def _figure_id(decision: Row, year: int) -> str:
    return f"{decision['slug']}-{decision['subject'].lower()}-{year}"


def _published(recipe: Recipe) -> dict[tuple[str, str, str], Row]:
    """All values that may be quoted, by indicator, country and year."""
    values = {
        (row["indicator_id"], row["iso3"], row["year"]): row
        for row in recipe.extracts.rows("governance/indicators.csv")
    }
    published = {
        key: {
            "value": row["value"],
            "standard_error": _error(values, key),
            "note": "",
            "source_id": row["source_id"],
        }
        for key, row in values.items()
    }
    for row in recipe.extracts.rows(_FREEDOM_HOUSE):
        for indicator, column in _RATINGS.items():
            published[indicator, row["iso3"], row["year"]] = {
                "value": row[column],
                "standard_error": "",
                "note": f"Status of the year: {_STATUS[row['status']]}",
                "source_id": row["source_id"],
            }
    return published


def _error(values: dict[tuple[str, str, str], Row], key: tuple[str, str, str]) -> str:
    indicator, *rest = key
    row = values.get((_ERRORS.get(indicator, ""), *rest))
    return row["value"] if row else ""
