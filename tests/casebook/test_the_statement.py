"""The statement as an object: its claims as tiles and as a table to filter."""

import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup

from casebook import tables
from casebook.analysis.claims import KINDS, NOT_TESTED
from casebook.sphinxext.tables.claims import html

TILES = "the_statement.claim_tiles"


@pytest.fixture
def tiles(exhibit_from):
    return exhibit_from(TILES)


def test_every_claim_is_one_tile_in_its_paragraph(tiles, rows):
    drawn = [
        (re.search(r"C\d{3}", text)[0], paragraph, trace.meta["kind"])
        for trace in tiles.figure.data
        for text, paragraph in zip(trace.hovertext, trace.y, strict=True)
    ]
    assert sorted(drawn) == sorted(
        (row["claim_id"], int(row["paragraph"]), row["kind"]) for row in rows("claims")
    )


def test_claims_stand_in_the_order_of_the_text(tiles):
    places = {
        (paragraph, position): re.search(r"C\d{3}", text)[0]
        for trace in tiles.figure.data
        for text, paragraph, position in zip(trace.hovertext, trace.y, trace.x, strict=True)
    }
    in_order = [places[place] for place in sorted(places)]
    assert in_order == sorted(in_order)


def test_title_and_readouts_count_the_kinds(tiles, rows):
    kinds = Counter(row["kind"] for row in rows("claims"))
    explained = kinds["fact"] + kinds["causal_claim"]
    assert tiles.title == (
        f"{explained} of the {kinds.total()} claims are facts or causal claims; "
        f"{kinds['recommendation']} are recommendations"
    )
    for kind, label in KINDS.items():
        readout = tiles.states[kind].readout
        assert readout.startswith(f"{label.capitalize()}: {kinds[kind]} of {kinds.total()} claims;")
        spread = [int(count) for count in re.findall(r"(\d+) in paragraph", readout)]
        assert sum(spread) == kinds[kind]


def test_choice_of_a_kind_fades_the_others(tiles):
    for kind in KINDS:
        for trace in tiles.states[kind].apply(tiles.figure).data:
            assert (trace.marker.opacity == 1) == (trace.meta["kind"] == kind)


def test_verdict_is_told_to_who_points_at_a_tile(tiles, rows):
    verdicts = {row["claim_id"]: row["verdict"] for row in rows("claims")}
    for trace in tiles.figure.data:
        for text in trace.hovertext:
            claim = re.search(r"C\d{3}", text)[0]
            assert text.endswith(f"<br>{verdicts[claim] or NOT_TESTED}")


def test_recoded_claim_changes_the_words(exhibit_from):
    claims = tables.load("claims")
    claims.loc[claims["kind"].eq("recommendation"), "kind"] = "forecast"
    claims.loc[claims["claim_id"].isin(["C012", "C068"]), "kind"] = "recommendation"
    changed = exhibit_from(TILES, claims=claims)
    assert changed.title.endswith("; 2 are recommendations")


# --- The table ----------------------------------------------------------------------------------


@pytest.fixture
def page() -> BeautifulSoup:
    claims = tables.load("claims")
    tested = {claim: f'<a href="x.html#{claim}">x</a>' for claim in claims["claim_id"]}
    return BeautifulSoup(html(claims, tested), "html.parser")


def test_table_holds_every_claim_with_its_verdict(page, rows):
    shown = {tr.th.get_text(): tr for tr in page.tbody.find_all("tr")}
    assert list(shown) == sorted(row["claim_id"] for row in rows("claims"))
    for row in rows("claims"):
        tr = shown[row["claim_id"]]
        assert tr["id"] == f"statement-{row['claim_id'].lower()}"
        assert tr["data-kind"] == row["kind"]
        assert tr["data-paragraph"] == row["paragraph"]
        cells = [td.get_text("|") for td in tr.find_all("td")]
        judged = "|".join(filter(None, (row["verdict"], row["verdict_reason"])))
        assert cells[2:4] == [row["claim"], judged or NOT_TESTED]


def test_every_filter_is_labelled_and_offers_what_there_is(page, rows):
    for control in page.form.find_all(["select", "input"]):
        assert page.find("label", attrs={"for": control["id"]}), control
    for name in ("paragraph", "kind", "verdict"):
        offered = {option["value"] for option in page.find("select", attrs={"name": name})} - {""}
        assert offered == {row[name] or NOT_TESTED for row in rows("claims")}


def test_table_names_its_columns_for_a_phone(page):
    headers = [th.get_text() for th in page.thead.find_all("th")]
    for tr in page.tbody.find_all("tr"):
        assert len(tr.find_all(["th", "td"])) == len(headers)
        assert all(td["data-label"] for td in tr.find_all("td"))
    assert f"{len(page.tbody.find_all('tr'))} claims" in page.find(class_="cb-readout").get_text()
