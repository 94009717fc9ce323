"""The matrix that a reader can change, as it stands in the page before any script."""

import json
import re

import pytest

from casebook import prose, tables
from casebook.sphinxext.tables.positions import html

NAMES = ("positions", "positions_scale", "actors", "claims", "events", "sources")


@pytest.fixture(scope="module")
def block():
    return html(*(tables.load(name) for name in NAMES))


@pytest.fixture(scope="module")
def content(block):
    found = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', block, re.DOTALL)
    return json.loads(found[1])


def before(rows):
    """Return the last position of each cell before the agreement, as the script reads it."""
    cells = {f"{row['actor_id']}.{row['issue']}": "unknown" for row in rows("positions")}
    for row in sorted(rows("positions"), key=lambda row: row["observation"]):
        if row["period"] == "before_agreement":
            cells[f"{row['actor_id']}.{row['issue']}"] = row["value"]
    return cells


def test_script_is_given_the_coding(content, rows):
    assert content["coding"] == before(rows)
    claim = next(row for row in rows("claims") if row["claim_id"] == "C079")
    assert content["asked"] == claim["actor_ids"].split(";")
    for row in rows("positions_scale"):
        assert content["issues"][row["issue"]]["words"][row["value"]] == row["value_label"]


def test_every_cell_is_written_with_its_number(block, rows):
    written = dict(
        re.findall(
            r'data-cell="([^"]+)"><span class="cb-tile cb-tile-[\w-]+">([^<]+)</span>', block
        )
    )
    expected = {
        key: "?"
        if value == "unknown"
        else value.replace("-", "−")
        if int(value) <= 0
        else f"+{value}"
        for key, value in before(rows).items()
    }
    assert written == expected


def test_details_tell_all_that_is_documented(content, rows):
    for row in rows("positions"):
        detail = content["details"][f"{row['actor_id']}.{row['issue']}"]
        assert row["evidence"] in detail
        if row["value"]:
            assert f"{row['value_label']} (confidence {row['confidence']})" in detail
        late = row["date"] > ("2013-04-11" if len(row["date"]) == 10 else "2013-04")
        if late and row["period"] == "before_agreement":
            assert f"{prose.partial_day(row['date'])}, after the statement: " in detail
        elif row["value"]:
            assert f"{prose.partial_day(row['date'])}: " in detail
        assert ("From the agreement on, so not shown here" in detail) == any(
            other["period"] == "from_agreement"
            for other in rows("positions")
            if (other["actor_id"], other["issue"]) == (row["actor_id"], row["issue"])
        )


def test_no_cell_of_a_table_can_end_the_script(rows):
    given = {name: tables.load(name) for name in NAMES}
    given["positions"].loc[0, "evidence"] = "</script><b>loose</b>"
    given["actors"]["short_name"] = "<i>" + given["actors"]["short_name"]
    text = html(*given.values())
    assert text.count("</script>") == 1
    assert "<b>loose" not in text
    assert "<i>" not in text
