"""Every kind of bad edit is refused in one line that says where and what to do."""

import json
import re

import pytest

# what is wrong: (table, row starts with, column, new value, what the message must say)
BAD_CELLS = {
    "word instead of a number": (
        "conflict_events", "12993,", "deaths_best", "many", "'many' is no integer",
    ),
    "month before day": ("control", "gao,", "start_date", "2012-13-01", "is no date"),
    "empty cell that needs a value": ("claims", "C001", "claim", "", "the cell is empty"),
    "word outside the list": ("control", "gao,", "certainty", "sure", "Use high, medium, low"),
    "unknown controller": ("control", "gao,", "controller", "nobody", "unknown actor 'nobody'"),
    "unknown actor in a list": (
        "events", "gao-falls", "actor_ids", "mnla;nobody", "unknown actor 'nobody'",
    ),
    "list with a space": ("events", "gao-falls", "actor_ids", "mnla; mujao", "unknown actor ' mu"),
    "id twice in a list": ("events", "gao-falls", "actor_ids", "mnla;mnla", "stands twice"),
    "unknown place": ("events", "gao-falls", "place_id", "goa", "unknown place 'goa'"),
    "unknown region": ("places", "gao,", "region_id", "ML-9", "unknown region 'ML-9'"),
    "unknown source in a list": (
        "control", "gao,", "source_ids", "hearsay", "unknown source 'hearsay'",
    ),
    "unknown source": (
        "displacement_figures", "D001", "source_id", "hearsay", "unknown source 'hearsay'",
    ),
    "unknown event": ("event_dates", "mutiny", "event_id", "mutiny", "unknown event 'mutiny'"),
    "doubled identifier": ("actors", "au,", "actor_id", "aqim", "stands in another row too"),
    "end before start": ("events", "serval-begins", "date_end", "2013-01-10", "is before the sta"),
    "partial end before start": ("actors", "mia,", "ended", "2012", "is before the start"),
    "gap between two spells": (
        "control", "gao,2012-03-31", "start_date", "2012-04-02", "ends on 2012-03-31",
    ),
    "sum that is none": ("conflict_events", "12993,", "deaths_best", "5", "is not the sum of"),
    "month known, day claimed": (
        "events", "mujao-appears", "date", "2011-12-07", "known to the month only",
    ),
    "place named twice": ("events", "gao-falls", "place_name", "Gao town", "and a place_name"),
    "verdict without a reason": ("claims", "C013", "verdict_reason", "", "go together"),
    "doubled space": ("claims", "C001", "claim", "Two  spaces.", "Leave single spaces only"),
    "too wide a label": (
        "actors", "mnla,", "short_name", "A" * 29, "breaks the rule: maxLength 28",
    ),
    "unknown indicator": (
        "vdem_indicators", "BEN,1990,v2exbribe", "indicator_id", "v2bribe", "unknown indicator",
    ),
    "estimate outside its interval": (
        "vdem_indicators", "MLI,2011,v2x_corr", "value", "0.1", "the values fall from left to",
    ),
    "half an interval": (
        "vdem_indicators", "MLI,2011,v2x_corr", "high", "", "an interval needs both its bounds",
    ),
    "second vintage in a series": (
        "vdem_indicators", "MLI,2011,v2x_corr", "vintage", "v12", "v2x_corr is of v13 in",
    ),
    "indicator in the table of another licence": (
        "world_bank_indicators", "MLI,2011,SP.POP", "indicator_id", "v2x_corr",
        "v2x_corr belongs in vdem_indicators.csv",
    ),
    "rank outside its bounds": (
        "governance_indicators", "MLI,2011,wgi_cc", "percentile_rank", "99.5", "fall from left",
    ),
    "fewest above most": ("forces", "F001", "personnel_min", "3301", "the values fall from"),
    "position without a value": (
        "positions", "au,talks_with_mnla", "value_label", "ambiguous",
        "is not what positions_scale.csv says of -1",
    ),
    "position without a date": (
        "positions", "au,talks_with_mnla", "date", "", "a position needs value, date, confidence",
    ),
    "position on the wrong side of the agreement": (
        "positions", "au,talks_with_mnla", "period", "from_agreement", "does not fit the date",
    ),
    "position beyond the scale": ("positions", "au,talks", "value", "3", "maximum 2"),
    "outcome of an unknown recommendation": (
        "outcomes", "O001", "rec_id", "S20", "unknown recommendation 'S20'",
    ),
    "outcome on another day than its event": (
        "outcomes", "O001", "date", "2013-04-26", "is not the date of resolution-2100",
    ),
    "recommendation in the wrong set": (
        "recommendations", "S01", "set", "R", "S01 is not of set R",
    ),
    "verdict from later events": (
        "scorecard_verdicts", "S01,2013", "event_ids", "accord-terminated", "came after 2013-12",
    ),
    "verdict without an event": (
        "scorecard_verdicts", "S01,2013", "event_ids", "", "rests on no event",
    ),
    "verdict on another set": (
        "scorecard_verdicts", "S01,2013", "rec_id", "S20", "is no recommendation of the stat",
    ),
    "reading that is no source": (
        "readings", "alert_2016", "source_id", "hearsay", "unknown source 'hearsay'",
    ),
}  # fmt: skip
# Where the message stands at another column than the one that was edited.
SAID_AT = {
    "gap between two spells": "start_date",
    "estimate outside its interval": "low",
    "rank outside its bounds": "percentile_rank_low",
    "position without a date": "value",
}


# Each case checks all tables: every third is enough for a day, all of them for a release.
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(wrong, marks=[pytest.mark.release] if number % 3 else [])
        for number, wrong in enumerate(BAD_CELLS)
    ],
)
def test_bad_cell_is_named_by_file_row_and_column(data_copy, wrong):
    table, key, column, value, message = BAD_CELLS[wrong]
    row = data_copy.set(table, key, column, value)

    said = data_copy.check()

    where = f"{table}.csv, row {row}, column {SAID_AT.get(wrong, column)}: "
    told = [line for line in said if line.startswith(where) and message in line]
    assert told, said
    assert re.search(r"\. [A-Z].*\.$", told[0]), "the line must say what to do"


def test_duplicate_key_is_named(data_copy):
    lines = data_copy.lines("control")
    index = next(i for i, line in enumerate(lines) if line[0] == "gao")
    data_copy.rewrite("control", [*lines[: index + 1], *lines[index:]])

    said = data_copy.check()

    expected = f"control.csv, row {index + 2}, column place_id, start_date: duplicate key 'gao, 201"
    assert any(line.startswith(expected) for line in said), said


def test_figure_beyond_what_may_be_quoted_is_named(data_copy):
    lines = data_copy.lines("quoted_figures")
    index = next(i for i, line in enumerate(lines) if line[0] == "cpi-mli-2020")
    more = ["cpi-mli-2021", *lines[index][1:4], "2021", "30", *lines[index][6:]]
    data_copy.rewrite("quoted_figures", [*lines, more])

    said = data_copy.check()

    expected = "more than 40 figures are quoted from Transparency International. Drop figures"
    assert any("column publisher" in line and expected in line for line in said), said


def test_missing_verdict_is_named(data_copy):
    lines = data_copy.lines("scorecard_verdicts")
    data_copy.rewrite(
        "scorecard_verdicts", [line for line in lines if line[:2] != ["S07", "2015-12-31"]]
    )
    assert any("S07 has no verdict for 2015-12-31" in line for line in data_copy.check())


def test_missing_column_is_named(data_copy):
    data_copy.rewrite("regions", [line[:-1] for line in data_copy.lines("regions")])
    assert data_copy.check()[0].startswith("regions.csv, row 1: column source_ids is missing.")


def test_row_of_the_wrong_length_is_named(data_copy):
    lines = data_copy.lines("regions")
    lines[3].append("one more")
    data_copy.rewrite("regions", lines)
    assert data_copy.check()[0].startswith("regions.csv, row 4: 15 cells instead of 14.")


def test_missing_file_is_named(data_copy):
    (data_copy.folder / "rivers.geojson").unlink()
    assert data_copy.check()[0].startswith("rivers.geojson: the file is missing.")


def test_wrong_data_are_left_untouched(data_copy):
    data_copy.set("control", "gao,", "controller", "nobody")
    before = {path: path.read_bytes() for path in data_copy.folder.iterdir()}
    data_copy.check()
    assert before == {path: path.read_bytes() for path in data_copy.folder.iterdir()}


def test_stale_hash_is_told_and_then_refreshed(data_copy):
    data_copy.set("control", "gao,", "note", "A new remark")

    told = data_copy.check(check_only=True)
    assert told[0].startswith("control.csv: size or hash in datapackage.json is not that of")
    assert "make data" in told[0]

    data_copy.check()
    assert data_copy.check(check_only=True) == ["The data are in order."]


def test_unsorted_rows_are_told_and_then_sorted(data_copy):
    lines = data_copy.lines("actors")
    lines[2], lines[3] = lines[3], lines[2]
    data_copy.rewrite("actors", lines)

    told = data_copy.check(check_only=True)
    assert any(
        line.startswith("actors.csv, row 3, column actor_id: rows are not in order")
        for line in told
    ), told

    data_copy.check()
    assert data_copy.lines("actors")[2] != lines[2]
    assert data_copy.check(check_only=True) == ["The data are in order."]


def test_new_source_reaches_the_bibliography(data_copy):
    lines = data_copy.lines("sources")
    columns = lines[0]
    row = dict.fromkeys(columns, "")
    row |= {"source_id": "new2026", "type": "press", "author": "A paper", "title": "50 % & more"}
    row["year"] = "2026"
    data_copy.rewrite("sources", [columns, list(row.values()), *lines[1:]])

    assert "references.bib: it is not what sources.csv gives" in "\n".join(
        data_copy.check(check_only=True)
    )
    data_copy.check()
    assert "title = {{50 \\% \\& more}}" in (data_copy.folder.parent / "references.bib").read_text()


def test_file_that_nothing_describes_is_named(data_copy):
    (data_copy.folder / "more.csv").write_text("a,b\n1,2\n")
    assert data_copy.check()[0].startswith("more.csv: nothing describes this file.")


# what is left out -> (how, what the message must say)
DESCRIPTIONS = {
    "licence": (lambda r: r.pop("licenses"), "datapackage.json, regions: it has no licenses."),
    "gaps": (lambda r: r["known_gaps"].clear(), "it has no known_gaps."),
    "citation": (lambda r: r.pop("citation"), "it has no citation."),
    "source of a citation": (
        lambda r: r["citation"].append("hearsay"), "it cites the unknown source 'hearsay'.",
    ),
    "what a row is": (lambda r: r.update(description="Regions."), "what a row is. Begin it with"),
    "key": (lambda r: r["schema"].pop("primaryKey"), "the schema has no primaryKey."),
    "full stop": (lambda r: r["known_gaps"].append("Much"), "the gap 'Much' is no sentence."),
    "unit": (lambda r: r["schema"]["fields"][0].pop("unit"), "column region_id: it has no unit."),
    "meaning of a column": (
        lambda r: r["schema"]["fields"][0].update(description=""), "region_id: the description is",
    ),
}  # fmt: skip


@pytest.mark.parametrize("left_out", DESCRIPTIONS)
def test_description_that_leaves_something_out_is_named(data_copy, left_out):
    spoil, message = DESCRIPTIONS[left_out]
    file = data_copy.folder / "datapackage.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    spoil(next(r for r in content["resources"] if r["name"] == "regions"))
    file.write_text(json.dumps(content), encoding="utf-8")
    assert any(message in line for line in data_copy.check())


def test_new_row_reaches_the_list_of_tables(data_copy):
    data_copy.rewrite("relations", data_copy.lines("relations")[:-1])
    assert "data/README.md: its list of tables" in "\n".join(data_copy.check(check_only=True))
    data_copy.check()
    rows = len(data_copy.lines("relations")) - 1
    listed = (data_copy.folder / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `relations` .*\| {rows} \|", listed, re.MULTILINE)


def test_list_without_its_markers_is_named(data_copy):
    readme = data_copy.folder / "README.md"
    readme.write_text("Tables.\n", encoding="utf-8")
    assert "does not stand there once" in data_copy.check()[0]


def test_tasks_that_use_a_changed_table_are_named(data_copy):
    masters = data_copy.folder.parent / "instructor" / "masters"
    masters.mkdir(parents=True)
    for part, table in (("sums", "relations"), ("maps", "regions")):
        (masters / f"{part}.md").write_text(f'load("{table}")\n', encoding="utf-8")
    data_copy.set("relations", "adc,", "note", "A new remark")
    told = [line for line in data_copy.check() if "release --only" in line]
    assert [re.findall(r"--only (\w+)`", line) for line in told] == [["sums"]]


def test_check_only_changes_nothing(data_copy):
    data_copy.set("control", "gao,", "note", "A new remark")
    before = {path: path.read_bytes() for path in data_copy.folder.iterdir()}
    data_copy.check(check_only=True)
    assert before == {path: path.read_bytes() for path in data_copy.folder.iterdir()}
