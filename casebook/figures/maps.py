"""Maps as polygons on plain axes: no tiles, no projection service, no request to anyone.

Plotly's own choropleths fetch a world file from a server even when given their own shapes, so
land, regions and rivers are drawn as ordinary filled lines. One degree of longitude is shortened
by the cosine of the middle latitude, which at this scale is as good as a projection.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casebook import style
from casebook.figures.canvas import empty
from casebook.records import records

# How exactly UCDP could place an event -> how solid its mark is. Events it could only put in a
# region, an area or the country (4-6) stand on a made-up point and are never drawn.
OPACITY_BY_PRECISION = {1: 0.85, 2: 0.6, 3: 0.35}

TOWNS, EVENTS = "towns", "events"
GROUND_TRACES = 3  # that `base` draws

DOUBTS = {
    "regional_proxy": "<br>date borrowed from another town",
    "approximate_day": "<br>first day known only roughly",
}


def _strokes(kind: str, coordinates: list[Any]) -> list[Any]:
    """Return the lines of points that a shape of GeoJSON is drawn with."""
    if kind == "MultiPolygon":
        return [polygon[0] for polygon in coordinates]
    return {
        "Polygon": coordinates[:1],
        "LineString": [coordinates],
        "MultiLineString": coordinates,
    }[kind]


Line = list[float | None]
"""Longitudes or latitudes; None where the pen is lifted."""


def path(features: Iterable[Mapping[str, Any]]) -> tuple[Line, Line]:
    """Return longitudes and latitudes of the outlines, with None where the pen is lifted.

    Parameters
    ----------
    features : iterable of GeoJSON features
        Polygons (outer rings only) and lines.

    Returns
    -------
    tuple of list
        Degrees east and degrees north.
    """
    x: Line = []
    y: Line = []
    for feature in features:
        shape = feature["geometry"]
        for part in _strokes(shape["type"], shape["coordinates"]):
            x += [round(point[0], 2) for point in part] + [None]
            y += [round(point[1], 2) for point in part] + [None]
    return x, y


def base(
    regions: Mapping[str, Any],
    countries: Mapping[str, Any],
    rivers: Mapping[str, Any],
    box: tuple[float, float, float, float],
    height: int = 500,
) -> go.Figure:
    """Draw land, the regions of 2012 and the Niger as a quiet ground.

    Parameters
    ----------
    regions, countries, rivers : GeoJSON feature collections
        Feature ids are region ids, ISO-3 codes and river names.
    box : tuple of float
        West, south, east, north in degrees.
    height : int
        Pixels.
    """
    west, south, east, north = box
    scale = 1 / math.cos(math.radians((south + north) / 2))
    hidden = {"visible": False, "constrain": "domain"}
    figure = empty(
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={**hidden, "range": [west, east]},
        yaxis={**hidden, "range": [south, north], "scaleanchor": "x", "scaleratio": scale},
    )
    for features, fill, border, width in (
        (_near(countries["features"], box), "neighbour", "border", 0.8),
        (regions["features"], "land", "border", 0.8),
    ):
        x, y = path(features)
        figure.add_scatter(
            x=x,
            y=y,
            mode="lines",
            fill="toself",
            fillcolor=style.colour(fill),
            line={"color": style.colour(border), "width": width},
            hoverinfo="skip",
            showlegend=False,
        )
    x, y = path(f for f in rivers["features"] if f["id"] == "niger")
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": style.colour("water"), "width": 1.6},
        hoverinfo="skip",
        showlegend=False,
    )
    return figure


def _near(
    features: Iterable[Mapping[str, Any]], box: tuple[float, float, float, float]
) -> list[Mapping[str, Any]]:
    west, south, east, north = box

    def touches(feature: Mapping[str, Any]) -> bool:
        x, y = ([at for at in line if at is not None] for line in path([feature]))
        return min(x) < east and max(x) > west and min(y) < north and max(y) > south

    return [feature for feature in features if touches(feature)]


def add_area_names(figure: go.Figure, spots: Mapping[str, tuple[float, float]]) -> go.Figure:
    """Write names of regions or countries in spaced capitals at (longitude, latitude)."""
    figure.add_scatter(
        x=[spot[0] for spot in spots.values()],
        y=[spot[1] for spot in spots.values()],
        text=[name.upper() for name in spots],
        mode="text",
        textfont={"size": 11, "color": style.colour("muted")},
        hoverinfo="skip",
        showlegend=False,
    )
    return figure


def event_marks(events: pd.DataFrame) -> dict[str, list[Any]]:
    """Return what a scatter trace needs to draw deadly events.

    Marks are rings, so that the town below stays visible. A ring grows with the root of the best
    estimate of deaths; its solidity falls with how inexactly UCDP could place the event.

    Parameters
    ----------
    events : pandas.DataFrame
        Rows of ``conflict_events``; those with ``where_prec`` above 3 are left out.

    Returns
    -------
    dict of list
        Keys are dotted trace attributes: ``x``, ``y``, ``marker.size`` (pixels), ...
    """
    drawn = events[events["where_prec"].isin(list(OPACITY_BY_PRECISION))]
    drawn = drawn.sort_values(["deaths_best", "id"], ascending=[False, True])
    return {
        "x": drawn["longitude"].round(3).tolist(),
        "y": drawn["latitude"].round(3).tolist(),
        "marker.size": [round(18 + 2.6 * math.sqrt(n), 1) for n in drawn["deaths_best"]],
        "marker.color": [style.colour(f"deaths-{kind}") for kind in drawn["violence_type"]],
        "marker.opacity": [OPACITY_BY_PRECISION[p] for p in drawn["where_prec"]],
        "hovertext": [
            f"<b>{row.where_name}</b><br>{row.date_start:%-d %B %Y}<br>{row.dyad_name}"
            f"<br>deaths: {row.deaths_best} (low {row.deaths_low}, high {row.deaths_high})"
            for row in records(drawn)
        ],
    }


def town_marks(holders: pd.DataFrame) -> dict[str, list[Any]]:
    """Return what a scatter trace needs to draw towns in their holder's colour.

    Parameters
    ----------
    holders : pandas.DataFrame
        A row a town, in a fixed order: ``place``, ``actor_id``, ``actor``, ``certainty``,
        ``start_basis``. A town whose date is borrowed from its region is drawn hollow, one
        without an actor as a cross.
    """
    rows = list(records(holders))
    return {
        "marker.color": [
            style.actor_colour(row.actor_id) if row.actor_id else style.colour("muted")
            for row in rows
        ],
        "marker.symbol": [_town_symbol(row) for row in rows],
        "hovertext": [_town_hover(row) for row in rows],
    }


def _town_symbol(row: Any) -> str:
    if not row.actor_id:
        return "x-thin-open"
    return "square-open" if row.start_basis == "regional_proxy" else "square"


def _town_hover(row: Any) -> str:
    if not row.actor_id:
        return f"<b>{row.place}</b><br>holder not known"
    doubt = DOUBTS.get(row.start_basis, "")
    return f"<b>{row.place}</b><br>{row.actor}<br>certainty: {row.certainty}{doubt}"


def add_events(figure: go.Figure, marks: Mapping[str, list[Any]]) -> go.Figure:
    """Add the trace of deadly events (`event_marks`) to a map."""
    figure.add_scatter(
        name=EVENTS,
        mode="markers",
        marker={"symbol": "circle-open", "line": {"width": 2.6}, "sizemode": "diameter"},
        hoverinfo="text",
        showlegend=False,
    )
    return _fill(figure, marks)


def add_towns(
    figure: go.Figure,
    towns: pd.DataFrame,
    marks: Mapping[str, list[Any]],
    positions: Mapping[str, str],
) -> go.Figure:
    """Add named towns to a map.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        The ground.
    towns : pandas.DataFrame
        ``place_id``, ``place``, ``longitude``, ``latitude``, in the order of `marks`.
    marks : mapping
        From `town_marks`.
    positions : mapping of str
        Place id to where its label stands ("top right" unless told).
    """
    figure.add_scatter(
        name=TOWNS,
        x=towns["longitude"].round(3).tolist(),
        y=towns["latitude"].round(3).tolist(),
        text=towns["place"].tolist(),
        mode="markers+text",
        textposition=[positions.get(place, "top right") for place in towns["place_id"]],
        textfont={"size": 12, "color": style.colour("ink")},
        marker={"size": 11, "line": {"width": 2.4, "color": style.colour("paper")}},
        hoverinfo="text",
        showlegend=False,
    )
    return _fill(figure, marks)


def _fill(figure: go.Figure, marks: Mapping[str, list[Any]]) -> go.Figure:
    figure.data[-1].update({key.replace(".", "_"): value for key, value in marks.items()})
    return figure
