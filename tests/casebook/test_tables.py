"""load() gives typed tables, and helps who mistypes a name."""

import doctest
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import casebook
from casebook import tables

ROOT = Path(__file__).parents[2]
KINDS = {"number": "float64", "boolean": "bool", "date": "datetime64[ns]"}


def test_package_lends_load():
    assert casebook.load is tables.load


@pytest.mark.parametrize("name", tables.names())
def test_columns_follow_the_schema(name):
    frame = tables.load(name)
    fields = tables.resource(name)["schema"]["fields"]
    assert list(frame.columns) == [field["name"] for field in fields]
    for field in fields:
        column = frame[field["name"]]
        if field["type"] == "string":
            assert pd.api.types.is_string_dtype(column)
            assert column.notna().all(), "a missing text is empty, never NaN"
        elif field["type"] == "integer":
            required = field.get("constraints", {}).get("required", False)
            assert column.dtype == ("int64" if required else "Int64")
        else:
            assert column.dtype == KINDS[field["type"]]


def test_dates_gaps_and_flags_are_real_values():
    places = tables.load("places").set_index("place_id")
    assert pd.isna(places.loc["ber", "latitude"])
    assert places.loc["kidal", "population_2009_provisional"] is pd.NA
    assert places.loc["kidal", "note"] == ""
    deaths = tables.load("conflict_events")
    assert deaths["spans_months"].sum() < len(deaths)
    assert deaths["date_start"].min() == pd.Timestamp("1990-06-28")
    assert tables.load("actors").set_index("actor_id").loc["aqim", "founded"] == "2007-01"


def test_frame_is_a_copy_of_your_own():
    mine = tables.load("regions")
    mine["population_2009"] = 0
    assert tables.load("regions")["population_2009"].sum() > 0


def test_descriptor_is_a_copy_of_your_own():
    tables.resource("regions")["title"] = "Mine"
    assert tables.resource("regions")["title"] != "Mine"


def test_mistyped_name_gets_the_nearest_and_the_whole_list():
    with pytest.raises(tables.TableNotFound) as caught:
        tables.load("contrl")
    message = str(caught.value)
    assert "Did you mean 'control'?" in message
    assert all(name in message for name in tables.names())
    assert isinstance(caught.value, KeyError)


def test_far_off_name_gets_no_guess():
    with pytest.raises(tables.TableNotFound, match=r"no table 'xyz'\. There are: actors"):
        tables.load("xyz")


def test_map_layer_is_no_table_and_the_other_way_round():
    with pytest.raises(tables.TableNotFound, match="There are: region_boundaries"):
        tables.geometry("regions")
    with pytest.raises(tables.TableNotFound):
        tables.load("rivers")


def test_regions_and_their_boundaries_join():
    features = tables.geometry("region_boundaries")["features"]
    regions = tables.load("regions").set_index("region_id")
    assert {feature["id"] for feature in features} == set(regions.index)
    for feature in features:
        assert feature["properties"]["name"] == regions.loc[feature["id"], "name"]


def test_geometry_is_a_copy_of_your_own():
    tables.geometry("mali_outline")["features"].clear()
    assert tables.geometry("mali_outline")["features"]


def test_installed_package_finds_its_own_tables(tmp_path, monkeypatch):
    inside = tmp_path / "casebook" / "data"
    inside.mkdir(parents=True)
    (inside / "datapackage.json").write_text("{}")
    monkeypatch.setattr(tables, "_HERE", tmp_path / "casebook")
    assert tables.folder() == inside


def test_missing_tables_say_where_they_were_sought(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "_HERE", tmp_path / "casebook")
    with pytest.raises(FileNotFoundError, match="Reinstall casebook"):
        tables.folder()


def test_import_brings_neither_pandas_nor_frictionless():
    code = "import sys, casebook.tables; print({'pandas', 'frictionless'} & set(sys.modules))"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "set()"


def test_examples_of_the_docstrings_hold():
    assert doctest.testmod(tables).failed == 0
