"""The shapes that every map is drawn on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casebook.tables import geometry

SHAPES_SOURCE = (
    "Shapes: Who's On First (CC0), Natural Earth (public domain). Borders do not imply endorsement."
)


@dataclass(frozen=True)
class Ground:
    """The shapes a map is drawn on (GeoJSON feature collections)."""

    regions: dict[str, Any]
    countries: dict[str, Any]
    rivers: dict[str, Any]


def ground() -> Ground:
    """Load the shapes of every map."""
    return Ground(geometry("region_boundaries"), geometry("country_boundaries"), geometry("rivers"))
