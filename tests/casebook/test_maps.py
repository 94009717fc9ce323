"""Maps: polygons and points, and nothing where nothing is known."""

import json

import pandas as pd
import pytest

from casebook import style
from casebook.figures import maps

SQUARE = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
HOLE = [[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 1.0]]
FAR = [[50.0, 50.0], [51.0, 50.0], [51.0, 51.0], [50.0, 50.0]]


def feature(kind: str, coordinates, ident: str = "x") -> dict:
    return {"type": "Feature", "id": ident, "geometry": {"type": kind, "coordinates": coordinates}}


def collection(*features: dict) -> dict:
    return {"type": "FeatureCollection", "features": list(features)}


# --- Outlines -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "coordinates", "parts"),
    [
        ("Polygon", [SQUARE], 1),
        ("MultiPolygon", [[SQUARE], [FAR]], 2),
        ("LineString", SQUARE, 1),
        ("MultiLineString", [SQUARE, FAR], 2),
    ],
)
def test_pen_is_lifted_after_every_part(kind, coordinates, parts):
    x, y = maps.path([feature(kind, coordinates)])
    assert len(x) == len(y)
    assert [value is None for value in x] == [value is None for value in y]
    assert x.count(None) == parts
    assert x[-1] is None
    assert x[:5] == [0.0, 4.0, 4.0, 0.0, 0.0]


def test_hole_of_a_polygon_is_not_drawn():
    assert maps.path([feature("Polygon", [SQUARE, HOLE])]) == maps.path(
        [feature("Polygon", [SQUARE])]
    )


def test_parts_of_two_features_are_never_joined():
    x, _ = maps.path([feature("Polygon", [SQUARE]), feature("Polygon", [FAR])])
    assert x[5] is None
    assert x[6] == 50.0


def test_points_are_no_outline():
    with pytest.raises(KeyError):
        maps.path([feature("Point", [1.0, 1.0])])


def ground(**changed):
    layers = {
        "regions": collection(feature("Polygon", [SQUARE], "ML-1")),
        "countries": collection(feature("Polygon", [SQUARE], "BFA"), feature("Polygon", [FAR])),
        "rivers": collection(
            feature("LineString", [[1.0, 1.0], [3.0, 3.0]], "niger"),
            feature("LineString", [[0.5, 0.5], [0.6, 0.6]], "bani"),
        ),
    }
    return maps.base(**(layers | changed), box=(-1, -1, 6, 5))


def test_only_land_near_the_map_is_drawn():
    neighbours = ground().data[0]
    assert 50.0 not in neighbours.x


def test_only_the_niger_is_drawn():
    river = ground().data[2]
    assert list(river.x) == [1.0, 3.0, None]
    assert river.line.color == style.colour("water")


def test_map_needs_nobody_elses_server():
    figure = ground()
    assert {trace.type for trace in figure.data} == {"scatter"}  # no geo, no tiles, no token
    assert "http" not in figure.to_json()


def test_degrees_of_longitude_are_shortened_with_latitude():
    equator = maps.base(collection(), collection(), collection(), (-1, -1, 1, 1))
    sahel = maps.base(collection(), collection(), collection(), (-1, 59, 1, 61))
    assert equator.layout.yaxis.scaleratio == pytest.approx(1)
    assert sahel.layout.yaxis.scaleratio == pytest.approx(2)


# --- Events -------------------------------------------------------------------------------------


def events(**columns) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    return pd.DataFrame(
        {
            "id": range(count),
            "date_start": pd.Timestamp("2012-01-24"),
            "where_prec": 1,
            "where_name": "Aguelhok village",
            "longitude": 0.5,
            "latitude": 19.25,
            "violence_type": "state_based",
            "dyad_name": "Government of Mali - CMA",
            "deaths_best": 4,
            "deaths_low": 3,
            "deaths_high": 9,
        }
        | columns
    )


def test_event_placed_no_better_than_its_region_is_never_drawn():
    marks = maps.event_marks(events(where_prec=[1, 2, 3, 4, 5, 6], longitude=[1, 2, 3, 4, 5, 6.0]))
    assert sorted(marks["x"]) == [1, 2, 3]


def test_every_list_of_a_map_has_one_entry_an_event():
    marks = maps.event_marks(events(where_prec=[1, 2, 5, 3]))
    assert {len(values) for values in marks.values()} == {3}


def test_less_exactly_placed_event_is_fainter():
    marks = maps.event_marks(events(where_prec=[1, 2, 3]))
    assert marks["marker.opacity"] == sorted(marks["marker.opacity"], reverse=True)
    assert len(set(marks["marker.opacity"])) == 3


def test_area_of_a_mark_grows_with_deaths_and_a_zero_is_still_seen():
    sizes = maps.event_marks(events(deaths_best=[100, 25, 0]))["marker.size"]
    assert sizes[0] > sizes[1] > sizes[2] > 0
    # Diameter grows with the square root: four times the deaths, twice the diameter beyond zero's.
    assert (sizes[0] - sizes[2]) == pytest.approx(2 * (sizes[1] - sizes[2]), abs=0.1)


def test_small_events_are_drawn_upon_large_ones():
    marks = maps.event_marks(events(deaths_best=[1, 40, 7]))
    assert marks["marker.size"] == sorted(marks["marker.size"], reverse=True)


def test_event_has_the_colour_of_its_kind_and_says_its_interval():
    marks = maps.event_marks(events(violence_type=["one_sided"]))
    assert marks["marker.color"] == [style.colour("deaths-one_sided")]
    assert "deaths: 4 (low 3, high 9)" in marks["hovertext"][0]
    assert "24 January 2012" in marks["hovertext"][0]


def test_no_event_is_an_empty_map():
    marks = maps.event_marks(events(where_prec=[6]))
    assert all(values == [] for values in marks.values())
    assert not maps.add_events(ground(), marks).data[-1].x


# --- Towns --------------------------------------------------------------------------------------

HOLDERS = pd.DataFrame(
    {
        "place_id": ["gao", "bourem", "aguelhok"],
        "place": ["Gao", "Bourem", "Aguelhok"],
        "longitude": [-0.04, -0.35, 0.86],
        "latitude": [16.27, 16.95, 19.46],
        "actor_id": ["mnla", "mujao", ""],
        "actor": ["MNLA", "MUJAO", ""],
        "certainty": ["medium", "low", ""],
        "start_basis": ["dated_event", "regional_proxy", ""],
    }
)


def test_day_known_only_roughly_is_told_to_who_points_at_the_town():
    rough = HOLDERS.assign(start_basis=["approximate_day", "dated_event", ""])
    said = maps.town_marks(rough)["hovertext"]
    assert "first day known only roughly" in said[0]
    assert "roughly" not in said[1] + said[2]


def test_town_with_a_borrowed_date_is_hollow():
    symbols = maps.town_marks(HOLDERS)["marker.symbol"]
    assert symbols[:2] == ["square", "square-open"]


def test_town_whose_holder_is_not_known_keeps_its_place_as_a_cross():
    marks = maps.town_marks(HOLDERS)
    assert {len(values) for values in marks.values()} == {3}
    assert marks["marker.symbol"][2] == "x-thin-open"
    assert marks["marker.color"][2] == style.colour("muted")
    assert "holder not known" in marks["hovertext"][2]


def test_town_has_the_colour_of_its_holder():
    colours = maps.town_marks(HOLDERS)["marker.color"]
    assert colours[:2] == [style.actor_colour("mnla"), style.actor_colour("mujao")]


def test_towns_are_named_where_there_is_room():
    figure = maps.add_towns(ground(), HOLDERS, maps.town_marks(HOLDERS), {"gao": "bottom left"})
    towns = figure.data[-1]
    assert list(towns.text) == ["Gao", "Bourem", "Aguelhok"]
    assert list(towns.textposition) == ["bottom left", "top right", "top right"]


def test_area_names_are_capitals():
    names = maps.add_area_names(ground(), {"Niger": (3.5, 14.3)}).data[-1]
    assert (list(names.text), list(names.x), list(names.y)) == (["NIGER"], [3.5], [14.3])


def test_map_is_plain_json():
    figure = maps.add_towns(ground(), HOLDERS, maps.town_marks(HOLDERS), {})
    maps.add_events(figure, maps.event_marks(events(where_prec=[1, 2])))
    json.loads(figure.to_json())
    assert "bdata" not in figure.to_json()
