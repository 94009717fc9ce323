"""Land and people by region."""

from __future__ import annotations

from casebook.facts.asking import known
from casebook.tables import load


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
