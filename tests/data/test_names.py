"""A name is written in one way in every table and in what describes the tables."""

import pytest

from casebook import tables
from casebook.authoring.naming import ENGLISH_WORDS, misspelt, variants

# Columns that are not our words, each with the reason.
NOT_OURS = {
    ("actors", "alternative_names"): "lists the variants",
    ("places", "alternative_names"): "lists the variants",
    ("places", "cercle"): "the official French name",
    ("places", "coordinate_source"): "names the page that gives the point",
    ("regions", "name_fr"): "the official French name",
    ("sources", "author"): "as the author signs",
    ("sources", "title"): "as published",
    ("sources", "url"): "an address",
    ("conflict_events", "where_name"): "as UCDP writes it",
    ("conflict_events", "adm_1"): "as UCDP writes it",
    ("conflict_events", "adm_2"): "as UCDP writes it",
}
CODES = {"unit", "source_ids", "source_id"}


def ours(table: str) -> list[str]:
    """Return the columns of a table that hold our own words."""
    return [
        field["name"]
        for field in tables.resource(table)["schema"]["fields"]
        if field["type"] == "string"
        and field["name"] not in CODES
        and (table, field["name"]) not in NOT_OURS
    ]


@pytest.mark.parametrize("table", tables.names())
def test_table_writes_every_name_in_one_way(table):
    frame = tables.load(table)
    found = {
        (column, written, spelled)
        for column in ours(table)
        for cell in frame[column].dropna().unique()
        for written, spelled in misspelt(cell)
    }
    assert found == set()


@pytest.mark.parametrize("name", [*tables.names(), *tables.geometry_names()])
def test_description_of_a_table_writes_every_name_in_one_way(name):
    resource = tables.resource(name)
    fields = resource.get("schema", {}).get("fields", [])
    texts = [
        resource["title"],
        resource["description"],
        *resource.get("known_gaps", []),
        *(field["description"] for field in fields),
    ]
    assert [variant for text in texts for variant in misspelt(text)] == []


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Rebels took Tombouctou.", "Timbuktu"),
        ("Rebels took Menaka.", "Ménaka"),
        ("Ansar Eddine, as some write", "Ansar Dine"),
        ("AQMI and its allies", "AQIM"),
        ("The Mujao left Gao", "MUJAO"),
        ("the CEDEAO summit", "ECOWAS"),
        ("the Azaouad", "Azawad"),
        ("30 percent", "per cent"),
    ],
)
def test_variant_is_found_and_corrected(text, spelled):
    assert [right for _, right in misspelt(text)] == [spelled]


@pytest.mark.parametrize(
    "text",
    [
        "Ménaka, Timbuktu and Nioro du Sahel",
        "a dire shortage in Konna",
        "Dire straits",
        "MUJAO, AQIM, ECOWAS and AFISMA",
        "the column tombouctou_share",
    ],
)
def test_right_name_passes(text):
    assert list(misspelt(text)) == []


def test_no_variant_is_itself_a_name():
    right = set(variants().values())
    assert set(variants()) & right == set()
    assert all(reason for reason in ENGLISH_WORDS.values())


@pytest.mark.parametrize(("table", "column"), NOT_OURS)
def test_exception_is_needed(table, column):
    assert any(any(misspelt(cell)) for cell in tables.load(table)[column].dropna())
