"""The tables ``places`` and ``regions`` and the four map layers."""

from __future__ import annotations

from typing import Any

from casebook.authoring.csvfile import Row
from casebook.authoring.importing.recipe import Recipe

# Where the English usage differs from the French name, or the extract adds a word.
_ENGLISH_NAMES = {"ML-4": "Ségou", "ML-6": "Timbuktu", "ML-BKO": "Bamako"}

# layer: (file of the extract, properties worth carrying)
LAYERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "region_boundaries": (
        "geography/mali_adm1_2012_light.geojson",
        ("name", "area_km2", "label_lon", "label_lat"),
    ),
    "country_boundaries": (
        "geography/countries_west_north_africa_light.geojson",
        ("name", "label_lon", "label_lat"),
    ),
    "rivers": ("geography/rivers_west_africa.geojson", ("name", "main")),
    "mali_outline": ("geography/mali_adm0.geojson", ("name", "area_km2")),
}


def region_ids(recipe: Recipe) -> dict[str, str]:
    """Region name as the geography extract writes it -> region_id."""
    return {r["name"]: r["region_id"] for r in recipe.extracts.rows("geography/regions_2012.csv")}


def places(recipe: Recipe) -> list[Row]:
    """One row a place."""
    region = region_ids(recipe)
    return [
        {
            "place_id": row["place_id"],
            "name": row["name"],
            "alternative_names": row["alternative_names"],
            "country_iso3": row["country_iso3"],
            "category": row["category"],
            "region_id": region[row["region_2012"]] if row["region_2012"] else "",
            "cercle": row["cercle_2012"],
            "latitude": row["lat"],
            "longitude": row["lon"],
            "population_2009_provisional": row["population_2009"],
            "geonames_id": row["geonames_id"],
            "wikidata_id": row["wikidata_id"],
            "coordinate_source": row["coordinate_source"],
            "coordinate_status": row["coord_status"],
            "note": row["note"],
        }
        for row in recipe.extracts.rows("geography/places.csv")
    ]


def regions(recipe: Recipe) -> list[Row]:
    """One row a region of 2012: census from the governance extract, capitals from geography."""
    seats = {r["region_id"]: r for r in recipe.extracts.rows("geography/regions_2012.csv")}
    rows = []
    for row in recipe.extracts.rows("governance/regions.csv"):
        region_id = row["iso_3166_2"]
        rows.append(
            {
                "region_id": region_id,
                "name": _ENGLISH_NAMES.get(region_id, row["region"]),
                "name_fr": row["region"],
                "zone": row["zone"],
                "capital": _ENGLISH_NAMES.get(region_id, seats[region_id]["capital"]),
                "area_km2": row["area_km2"],
                "population_1998": row["population_1998_census"],
                "population_2009_provisional": row["population_2009_census_provisional"],
                "population_2009": row["population_2009_census_final"],
                "density_2009": row["density_2009_per_km2"],
                "share_population_2009": row["share_population_2009_pct"],
                "share_area": row["share_area_pct"],
                "growth_1998_2009": row["growth_1998_2009_pct_per_year"],
                "source_ids": recipe.sources("governance", row["source_id"]),
            }
        )
    return rows


def layer(recipe: Recipe, name: str) -> dict[str, Any]:
    """One map layer: geometry as drawn in the extract, only the properties we use."""
    path, kept = LAYERS[name]
    original = recipe.extracts.json(path)
    regions_named = {"ML-4": "Ségou", "ML-BKO": "Bamako"} if name == "region_boundaries" else {}
    features = []
    for feature in original["features"]:
        properties = {key: feature["properties"][key] for key in kept}
        properties["name"] = regions_named.get(feature["id"], properties["name"])
        features.append(
            {
                "type": "Feature",
                "id": feature["id"],
                "properties": properties,
                "geometry": feature["geometry"],
            }
        )
    return {
        "type": "FeatureCollection",
        "name": name,
        "metadata": original["metadata"],
        "features": features,
    }
