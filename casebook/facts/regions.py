"""Land and people by region."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casebook.facts.asking import known
from casebook.tables import geometry, load

__all__ = [
    "north_edge",
    "northernmost_capital",
    "rank_of_region",
    "share_of_area",
    "share_of_people",
]


def share_of_area(zone: str) -> float:
    """Share of Mali's area that lies in a zone, such as ``north`` (0 to 1)."""
    return _share("area_km2", zone)


def share_of_people(zone: str) -> float:
    """Share of Mali's people who lived in a zone in 2009, by the final census (0 to 1)."""
    return _share("population_2009", zone)


def _share(column: str, zone: str) -> float:
    regions = load("regions")
    inside = regions["zone"].eq(known(zone, regions["zone"].unique(), "No zone"))
    return float(regions.loc[inside, column].sum() / regions[column].sum())


def rank_of_region(region_id: str, column: str) -> int:
    """Rank of a region by a column of the regions table; the largest has rank 1."""
    regions = load("regions").set_index("region_id")
    known(region_id, regions.index, "No region")
    known(column, regions.select_dtypes("number").columns, "No number of a region")
    return int((regions[column] > regions.at[region_id, column]).sum()) + 1


def north_edge(region_id: str) -> float:
    """Degrees north that a region of 2012 reaches, by the outlines of the maps."""
    outlines = {f["id"]: f["geometry"] for f in geometry("region_boundaries")["features"]}
    known(region_id, outlines, "No region")
    return max(_latitudes(outlines[region_id]["coordinates"]))


def _latitudes(coordinates: list[Any]) -> Iterator[float]:
    if isinstance(coordinates[0], list):
        for part in coordinates:
            yield from _latitudes(part)
    else:
        yield coordinates[1]


def northernmost_capital() -> str:
    """Name of the regional capital that lies furthest north."""
    places = load("places")
    capitals = places[places["name"].isin(load("regions")["capital"])]
    return str(capitals.sort_values("latitude")["name"].iloc[-1])
