"""The package as it is: valid, described, in order."""

import json
import re
from pathlib import Path

from frictionless import Package

from casebook import tables
from casebook.authoring.checking import check_data

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}


def test_frictionless_finds_the_package_valid():
    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.to_summary()


def test_data_are_in_order_and_hashes_fresh():
    said = []
    assert check_data(DATA, check_only=True, say=said.append) == [], said


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
