"""The tables from the Uppsala Conflict Data Program."""

from __future__ import annotations

from casebook.authoring.csvfile import Row
from casebook.authoring.importing.recipe import Recipe

_KINDS = {"1": "state_based", "2": "non_state", "3": "one_sided"}
_RENAMED = {
    "where_coordinates": "where_name",
    "region_iso": "region_id",
    "deaths_a": "deaths_side_a",
    "deaths_b": "deaths_side_b",
    "best": "deaths_best",
    "low": "deaths_low",
    "high": "deaths_high",
}
# The grid cell repeats the coordinates, the region's name its id; the version is in the descriptor.
_DROPPED = ("priogrid_gid", "region_2012", "version", "type_of_violence")


def conflict_events(recipe: Recipe) -> list[Row]:
    """One row an event with deaths in Mali."""
    rows = []
    for row in recipe.extracts.rows("conflict/ucdp_ged_events_mali.csv"):
        event = {_RENAMED.get(c, c): value for c, value in row.items() if c not in _DROPPED}
        event["violence_type"] = _KINDS[row["type_of_violence"]]
        for flag in ("spans_months", "active_year"):
            event[flag] = event[flag].lower()
        rows.append(event)
    return rows


def conflict_deaths_yearly(recipe: Recipe) -> list[Row]:
    """One row a country and year."""
    return [
        {("country" if c == "country_ucdp" else c): value for c, value in row.items()}
        for row in recipe.extracts.rows("conflict/ucdp_country_year_deaths.csv")
    ]
