"""The package as it is: valid, described, in order."""

import json
import re
from pathlib import Path

import pytest
from frictionless import Package

from casebook import tables
from casebook.authoring.checking import check_data

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
FIELDS = [
    (name, field)
    for name, resource in RESOURCES.items()
    for field in resource.get("schema", {}).get("fields", [])
]


def test_frictionless_finds_the_package_valid():
    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.to_summary()


def test_data_are_in_order_and_hashes_fresh():
    said = []
    assert check_data(DATA, check_only=True, say=said.append) == [], said


def test_every_file_of_the_folder_is_described():
    files = {path.name for path in DATA.iterdir()} - {"datapackage.json", "README.md"}
    assert files == {resource["path"] for resource in RESOURCES.values()}


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=[f"{t}.{f['name']}" for t, f in FIELDS])
def test_every_field_has_a_description_and_a_unit(table, field):
    assert field["description"].endswith("."), "a sentence"
    assert "unit" in field, "a unit, or null for none"
    if field["type"] in ("string", "date", "boolean"):
        assert field["unit"] is None


@pytest.mark.parametrize("name", RESOURCES)
def test_every_resource_tells_source_licence_and_gaps(name):
    resource = RESOURCES[name]
    assert resource["title"]
    if "schema" in resource:
        assert resource["description"].startswith("One row is ")
    assert all(source["title"] for source in resource["sources"])
    assert all(licence["path"].startswith("https://") for licence in resource["licenses"])
    assert resource["known_gaps"]
    assert all(gap.endswith(".") for gap in resource["known_gaps"])


@pytest.mark.parametrize("name", RESOURCES)
def test_every_citation_is_a_source(name):
    known = set(tables.load("sources")["source_id"])
    assert set(RESOURCES[name]["citation"]) <= known


def test_package_names_nobody_who_did_not_ask_for_it():
    assert "contributors" not in PACKAGE
    assert PACKAGE["licenses"][0]["name"] == "CC-BY-4.0"


def test_version_is_that_of_the_code():
    import casebook

    assert PACKAGE["version"] == casebook.__version__


def test_readme_lists_every_table_with_its_rows_and_licence():
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \| (.+?) \| ([\d,]+|map) \| (.+?) \|$", readme, re.MULTILINE)
    assert [name for name, *_ in listed] == list(RESOURCES)
    for name, title, rows, licence in listed:
        assert title == RESOURCES[name]["title"]
        assert rows == (f"{len(tables.load(name)):,}" if name in tables.names() else "map")
        assert licence
