"""The import makes the same tables every time and never overwrites silently."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from casebook.authoring import __main__ as command_line
from casebook.authoring.importing.recipe import UndecidedError
from casebook.authoring.importing.writing import OWN_TABLES, import_data

ROOT = Path(__file__).parents[2]
MADE_UP = Path(__file__).parent / "made_up"


def run_import(data: Path, *, source: Path = MADE_UP / "extracts", **how) -> tuple[bool, list[str]]:
    said: list[str] = []
    settled = import_data(source, data, decided_in=MADE_UP / "decisions", say=said.append, **how)
    return settled, said


def rows(data: Path, table: str) -> list[dict[str, str]]:
    with (data / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture
def data(tmp_path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(ROOT / "data" / "datapackage.json", folder)
    return folder


@pytest.fixture
def imported(data) -> Path:
    settled, _ = run_import(data)
    assert settled
    return data


def test_same_extracts_give_the_same_bytes(imported, tmp_path):
    first = {path.name: path.read_bytes() for path in imported.iterdir()}
    for path in imported.iterdir():
        if path.name != "datapackage.json":
            path.unlink()
    run_import(imported)
    assert first == {path.name: path.read_bytes() for path in imported.iterdir()}


def test_second_import_has_nothing_to_say(imported):
    assert run_import(imported) == (True, [])


def test_every_resource_is_written_but_tables_made_by_hand(imported):
    package = json.loads((imported / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        by_hand = resource["name"] in OWN_TABLES
        assert (imported / resource["path"]).is_file() != by_hand, resource["name"]


def test_table_made_by_hand_is_left_alone(data):
    by_hand = data / f"{OWN_TABLES[0]}.csv"
    by_hand.write_text("mine\n", encoding="utf-8")
    settled, said = run_import(data, accept=True)
    assert settled
    assert by_hand.read_text(encoding="utf-8") == "mine\n"
    assert not any(by_hand.name in line for line in said)


def test_corrected_fact_is_shown_and_not_overwritten(imported):
    path = imported / "control.csv"
    corrected = path.read_text(encoding="utf-8").replace(
        "2012-03-01,2012-12-31", "2012-03-01,2012-12-30"
    )
    path.write_text(corrected, encoding="utf-8")

    settled, said = run_import(imported)

    assert not settled
    assert said == [
        "control.csv [lere, 2012-03-01] end_date: '2012-12-30' -> '2012-12-31'",
        "control.csv: not overwritten. Run again with --accept to take this.",
    ]
    assert path.read_text(encoding="utf-8") == corrected


def test_rows_added_and_dropped_are_shown(imported):
    path = imported / "actors.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], lines[1].replace("blues", "greens"), *lines[2:]]))
    _, said = run_import(imported)
    assert said[:2] == [
        "actors.csv [blues]: new row",
        "actors.csv [greens]: row in data/ that the extracts lack",
    ]


def test_accepted_import_overwrites(imported):
    path = imported / "actors.csv"
    fresh = path.read_bytes()
    path.write_bytes(fresh.replace(b"Blue walls", b"Green walls"))
    settled, said = run_import(imported, accept=True)
    assert settled
    assert said[-1] == "actors.csv: written"
    assert path.read_bytes() == fresh


def test_only_the_named_tables_are_imported(imported):
    (imported / "actors.csv").unlink()
    (imported / "places.csv").unlink()
    run_import(imported, only=["places"])
    assert (imported / "places.csv").is_file()
    assert not (imported / "actors.csv").exists()


def test_verdicts_written_by_hand_survive_an_import(imported):
    path = imported / "claims.csv"
    text = path.read_text(encoding="utf-8").replace("yes,,,", "yes,contested,Nobody asked him.,")
    path.write_text(text, encoding="utf-8")
    assert run_import(imported) == (True, [])
    assert rows(imported, "claims")[0]["verdict"] == "contested"


def test_overlapping_events_become_one_with_both_sets_of_sources(imported):
    events = {row["event_id"]: row for row in rows(imported, "events")}
    assert list(events) == ["blue-walls", "truce", "school-opens"]
    assert events["truce"]["title"] == "A truce"
    assert events["truce"]["source_ids"] == "paper2b;report"
    assert events["truce"]["disagreement"] == "30 April vs 1 May"


def test_crosswalk_keeps_every_original_id_and_conflict(imported):
    crosswalk = {
        (row["extract"], row["extract_id"]): row
        for row in rows(imported, "crosswalk")
        if row["table"] == "events"
    }
    assert (
        crosswalk["recommendations", "E1"]["id"] == crosswalk["chronology", "E2"]["id"] == "truce"
    )
    assert crosswalk["chronology", "E2"]["conflict"] == "one calls it a truce"
    assert crosswalk["chronology", "E1"]["decision"] == "renamed"


def test_phase_follows_the_date_and_month_stands_on_its_first_day(imported):
    events = {row["event_id"]: row for row in rows(imported, "events")}
    assert events["truce"]["phase"] == "intervention"
    assert events["school-opens"]["phase"] == "aftermath"
    assert events["school-opens"]["date"] == "2014-02-01"


def test_place_outside_the_gazetteer_keeps_its_name(imported):
    events = {row["event_id"]: row for row in rows(imported, "events")}
    assert (events["blue-walls"]["place_id"], events["blue-walls"]["place_name"]) == ("lere", "")
    assert (events["truce"]["place_id"], events["truce"]["place_name"]) == ("", "Elsewhere")


def test_names_have_one_spelling_but_titles_of_sources_stay(imported):
    actors = {row["actor_id"]: row for row in rows(imported, "actors")}
    assert actors["reds"]["name"] == "The Reds of Léré"
    assert actors["reds"]["leaders"] == "Ann Touré"
    assert rows(imported, "events")[0]["title"] == "Touré paints Léré"
    titles = {row["source_id"]: row["title"] for row in rows(imported, "sources")}
    assert titles["paper1"] == "Toure in Lere (2 March 2012)"


def test_source_under_two_keys_is_kept_once(imported):
    sources = {row["source_id"]: row for row in rows(imported, "sources")}
    assert "paper2" not in sources
    assert sources["paper2b"]["date"] == "2013-05-01"
    assert "oe_2013" in sources, "a data set stays although no row cites it"


def test_bibtex_fields_arrive_as_plain_text(imported):
    sources = {row["source_id"]: row for row in rows(imported, "sources")}
    assert sources["oe_2013"]["author"] == "Öe, Ann"
    assert sources["oe_2013"]["title"] == "Counting walls 1989-2012"
    assert sources["oe_2013"]["container"] == "Journal of Walls 1(2), 3-4"
    assert sources["paper1"]["url"] == "https://example.org/1%20a"
    assert sources["paper1"]["date"] == "2012-03-02"


def test_repeated_figure_is_dropped_and_a_differing_one_kept(imported):
    figures = {row["figure_id"]: row for row in rows(imported, "displacement_figures")}
    assert sorted(figures) == ["A002", "D001"]
    assert figures["D001"]["indicator"] == figures["A002"]["indicator"] == "refugees"
    assert figures["D001"]["registration"] == "government_count"


def test_claim_names_its_actors_and_has_no_chapter(imported):
    claim = rows(imported, "claims")[0]
    assert claim["actors"] == "The Blues party; painters"
    assert claim["actor_ids"] == "blues"
    assert claim["claim"] == "Touré wanted blue walls."
    assert "chapter" not in claim


def test_layer_carries_only_the_properties_we_use(imported):
    layer = json.loads((imported / "region_boundaries.geojson").read_text(encoding="utf-8"))
    assert layer["metadata"]["licence"] == "CC0"
    assert layer["features"][0]["id"] == "ML-6"
    assert set(layer["features"][0]["properties"]) == {"name", "area_km2", "label_lon", "label_lat"}


def test_forces_are_numbered_and_named_as_actors(imported):
    force = rows(imported, "forces")[0]
    assert (force["figure_id"], force["actor_id"]) == ("F001", "serval")
    assert (force["note"], force["source_ids"]) == ("Near Léré", "paper1;paper2b")
    assert rows(imported, "forces_after_2013")[0]["actor_id"] == "", "Barkhane is no actor here"
    assert rows(imported, "army_and_external_support")[0]["date_precision"] == "not_stated"
    assert rows(imported, "un_resolutions")[0]["event_id"] == "truce"


def test_source_of_an_added_table_is_found(imported):
    assert "later1" in {row["source_id"] for row in rows(imported, "sources")}


def test_interval_joins_its_estimate_and_early_years_stay_out(imported):
    values = {row["indicator_id"]: row for row in rows(imported, "vdem_indicators")}
    assert len(rows(imported, "vdem_indicators")) == 2
    assert (values["wall_index"]["low"], values["wall_index"]["high"]) == ("0.4", "0.6")
    assert (values["wall_bare"]["low"], values["wall_bare"]["high"]) == ("", "")


def test_tables_of_indicators_hold_only_what_was_decided(imported):
    assert [r["dimension"] for r in rows(imported, "governance_indicators")] == ["wgi_cc"]
    assert [r["indicator_id"] for r in rows(imported, "world_bank_indicators")] == ["paint_share"]
    licences = {r["indicator_id"]: r["licence"] for r in rows(imported, "indicators")}
    assert (licences["wall_index"], licences["wall_bare"]) == ("open", "CC0")


def test_quoted_figure_is_named_after_what_where_and_when(imported):
    figures = {row["figure_id"]: row for row in rows(imported, "quoted_figures")}
    assert figures["paint-mli-2012"]["unit"] == "francs"
    assert figures["rights-mli-2012"]["note"] == "Status of the year: Not Free"


def test_second_vintage_in_a_series_stops_the_import(data, tmp_path):
    decided = tmp_path / "decisions"
    shutil.copytree(MADE_UP / "decisions", decided)
    path = decided / "indicators.csv"
    text = path.read_text(encoding="utf-8").replace("wall_bare,CENSUS", "wall_bare,OTHER")
    path.write_text(text, encoding="utf-8")
    source = tmp_path / "extracts"
    shutil.copytree(MADE_UP / "extracts", source)
    with (source / "governance" / "sources.csv").open("a", encoding="utf-8") as register:
        register.write("OTHER,Office,Other,2012,second,open,,,copy\n")
    with pytest.raises(UndecidedError, match="wall_bare comes from CENSUS, not OTHER"):
        import_data(source, data, decided_in=decided, say=lambda _: None)


def test_figure_no_extract_holds_stops_the_import(data, tmp_path):
    decided = tmp_path / "decisions"
    shutil.copytree(MADE_UP / "decisions", decided)
    path = decided / "quoted_figures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2012,2012,paint", "2012,2013,paint"))
    with pytest.raises(UndecidedError, match="no extract has paint_price, MLI, 2013"):
        import_data(MADE_UP / "extracts", data, decided_in=decided, say=lambda _: None)


def test_unknown_position_is_empty_and_keeps_what_was_read_in_vain(imported):
    known, unknown = rows(imported, "positions")
    assert (known["actor_id"], known["value"], known["period"]) == (
        "blues_gov",
        "2",
        "before_agreement",
    )
    assert (unknown["value"], unknown["period"], unknown["value_label"]) == ("", "", "unknown")
    assert unknown["evidence"] == "Nothing read on red walls."
    assert unknown["source_ids"] == "paper2b_x"
    assert "blues_gov" in {row["actor_id"] for row in rows(imported, "actors")}


def test_outcome_points_to_our_event_and_verdict_lists_events(imported):
    assert rows(imported, "outcomes")[0]["event_id"] == "school-opens"
    assert rows(imported, "scorecard_verdicts")[0]["event_ids"] == "school-opens;truce"
    assert rows(imported, "recommendations")[0]["set"] == "S"


def test_reading_says_what_the_register_does_not(imported):
    reading = rows(imported, "readings")[0]
    assert (reading["relation"], reading["open_access"]) == ("same_author", "review_only")


def test_event_without_a_decision_stops_the_import(data, tmp_path):
    source = tmp_path / "extracts"
    shutil.copytree(MADE_UP / "extracts", source)
    path = source / "recommendations" / "events.csv"
    path.write_text(path.read_text(encoding="utf-8") + "E3,2014,year,New,New.,report\n")
    with pytest.raises(UndecidedError, match=r"events.csv: nothing about recommendations E3"):
        run_import(data, source=source)


def test_missing_extract_is_named(data, tmp_path, capsys):
    asked = ["--data", str(data), "import-data", "--from", str(tmp_path)]
    assert command_line.main(asked) == 2
    assert "chronology/actors.csv: not found" in capsys.readouterr().err
