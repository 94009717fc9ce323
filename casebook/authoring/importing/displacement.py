"""The tables on people who fled: dated figures and yearly statistics."""

from __future__ import annotations

from casebook.authoring.csvfile import Row
from casebook.authoring.importing.recipe import Recipe

_DATED = "displacement/displacement_dated_2012_2016.csv"
_ADDED = "displacement/refugees_by_country_added_dates.csv"

# The two extracts name the same indicators differently; one short name each.
_INDICATORS = {
    "refugees_from_mali_in_asylum_country": "refugees",
    "idps_in_mali": "idps",
    "displaced_total_refugees_plus_idps": "displaced_total",
    "new_refugee_arrivals_in_period": "new_refugees",
    "new_idps_in_period": "new_idps",
    "movements_counted_both_directions": "movements_both_directions",
    "movements_counted_north_to_south": "movements_north_to_south",
    "movements_counted_south_to_north": "movements_south_to_north",
    "refugee_returns_to_north_in_period": "refugee_returns_to_north",
    "returnees_identified_in_mali_cumulative": "returnees_identified",
    "refugee_returnees_cumulative": "refugee_returnees",
    "idp_returnees_cumulative": "idp_returnees",
}
_SAME_FACT = ("as_of_date", "indicator", "area", "region", "persons", "source_id")


def with_ids(recipe: Recipe) -> list[Row]:
    """All dated figures of both extracts, duplicates included, in our columns."""
    figures = []
    for row in recipe.extracts.rows(_DATED):
        figures.append(_figure(recipe, f"D{int(row['obs_id']):03d}", row))
    for number, row in enumerate(recipe.extracts.rows(_ADDED), start=1):
        figures.append(_figure(recipe, f"A{number:03d}", row))
    return figures


def duplicates(figures: list[Row]) -> dict[str, str]:
    """``figure_id -> figure_id`` of figures that repeat an earlier one from the same source."""
    seen: dict[tuple[str, ...], str] = {}
    repeated = {}
    for figure in figures:
        fact = tuple(figure[column] for column in _SAME_FACT)
        first = seen.setdefault(fact, figure["figure_id"])
        if first != figure["figure_id"]:
            repeated[figure["figure_id"]] = first
    return repeated


def displacement_figures(recipe: Recipe) -> list[Row]:
    """One row a figure with its date; figures that disagree both stay."""
    figures = with_ids(recipe)
    repeated = duplicates(figures)
    how = recipe.decided("registration", (figure["figure_id"] for figure in figures))
    return [
        {**figure, "registration": how[figure["figure_id"]]["registration"]}
        for figure in figures
        if figure["figure_id"] not in repeated
    ]


def _figure(recipe: Recipe, figure_id: str, row: Row) -> Row:
    return {
        "figure_id": figure_id,
        "as_of_date": row["as_of_date"],
        "date_precision": row["date_precision"],
        "period_start": row.get("period_start", ""),
        "indicator": _INDICATORS.get(row["indicator"], row["indicator"]),
        "area": row["geography_iso3"],
        "region": recipe.spell(row.get("admin1_mli", "")),
        "persons": row["value_persons"],
        "qualifier": row["value_qualifier"],
        "registration": "",
        "producer": row.get("data_producer", ""),
        "source_id": recipe.source("displacement", row["source_id"]),
        "note": recipe.spell(row["note"]),
    }


def refugees_yearly(recipe: Recipe) -> list[Row]:
    """One row a year and country of asylum."""
    return [
        {
            "year": row["year"],
            "asylum_iso3": row["coa_iso3"],
            "asylum_country": row["coa_name"],
            "refugees": row["refugees_persons"],
            "asylum_seekers": row["asylum_seekers_persons"],
            "other_in_need": row["other_people_in_need_of_protection_persons"],
            "others_of_concern": row["others_of_concern_persons"],
        }
        for row in recipe.extracts.rows("displacement/unhcr_malian_refugees_by_asylum_country.csv")
    ]


def idps_and_returns_yearly(recipe: Recipe) -> list[Row]:
    """One row a year."""
    return [
        {
            "year": row["year"],
            "idps_unhcr": row["idps_end_year_unhcr_persons"],
            "idps_idmc": row["idps_end_year_idmc_persons"],
            "returned_idps": row["returned_idps_during_year_persons"],
            "returned_refugees": row["returned_refugees_during_year_persons"],
            "resettlement_arrivals": row["resettlement_arrivals_during_year_persons"],
            "naturalisations": row["naturalisations_during_year_persons"],
        }
        for row in recipe.extracts.rows("displacement/unhcr_idmc_idps_and_returns_mli.csv")
    ]


def extract_of(figure_id: str) -> str:
    """Name the file a figure comes from; figures of the added file are numbered rows."""
    return (_ADDED if figure_id.startswith("A") else _DATED).removesuffix(".csv")
