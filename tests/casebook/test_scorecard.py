"""The scorecard: verdicts, outcomes and forecasts, true to the tables and to edited ones."""

import json
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from casebook import prose, style, tables
from casebook.analysis import verdicts
from casebook.exhibits import scorecard
from casebook.figures.verdicts import NOT_KNOWN
from casebook.sphinxext.tables.scorecard import markdown, overrule_html, plain

MATRIX = "scorecard.verdict_matrix"
OUTCOMES = "scorecard.outcome_marks"
FORECASTS = "scorecard.forecasts_scored"


@pytest.fixture
def matrix(exhibit_from):
    return exhibit_from(MATRIX)


@pytest.fixture
def marks(exhibit_from):
    return exhibit_from(OUTCOMES)


def position_tiles(figure):
    """Return the word of each cell by recommendation and year."""
    years = list(figure.layout.xaxis.ticktext)
    return {
        (rec_id, years[column]): (word, trace.meta["kind"], opacity)
        for trace in figure.data
        if trace.meta
        for rec_id, column, word, opacity in zip(
            trace.meta["rows"], trace.x, trace.text, trace.marker.opacity, strict=True
        )
    }


# --- Names --------------------------------------------------------------------------------------


def test_every_set_and_every_horizon_is_known(rows):
    assert set(verdicts.DOCUMENTS) == {row["set"] for row in rows("recommendations")}
    firsts = {row["horizon"].split()[0].rstrip(",") for row in rows("recommendations")}
    assert firsts <= set(scorecard.HORIZONS)


# --- Verdicts -----------------------------------------------------------------------------------


def test_every_verdict_is_one_cell_in_its_row_and_year(matrix, rows):
    expected = {
        (row["rec_id"], row["at"][:4]): (row["verdict"], row["verdict"].replace(" ", "_"), 1.0)
        for row in rows("scorecard_verdicts")
    }
    assert position_tiles(matrix.drawn()) == expected


def test_rows_stand_in_the_order_of_the_statement(matrix, rows):
    statement = [row for row in rows("recommendations") if row["set"] == "S"]
    assert list(matrix.figure.layout.yaxis.ticktext) == [
        f"{row['rec_id']} {row['short_name']}"
        for row in sorted(statement, key=lambda row: row["rec_id"])
    ]


def test_summary_names_every_recommendation_under_its_verdict(matrix, rows):
    for sentence in matrix.summary.split(". "):
        year = re.match(r"End of (\d{4}): ", sentence)[1]
        said = re.findall(r"S\d\d", sentence)
        assert sorted(said) == sorted({r["rec_id"] for r in rows("scorecard_verdicts")})
        for part in sentence.split(": ", 1)[1].split("; "):
            verdict = re.match(r"[a-z ]+(?= S)", part)[0]
            expected = {
                row["rec_id"]
                for row in rows("scorecard_verdicts")
                if row["at"].startswith(year) and row["verdict"] == verdict
            }
            assert set(re.findall(r"S\d\d", part)) == expected


def test_title_names_what_stood_fulfilled_first_and_last(matrix, rows):
    years = sorted({row["at"][:4] for row in rows("scorecard_verdicts")})
    for year, other in ((years[0], years[-1]), (years[-1], years[0])):
        before, after = matrix.title.split("; ")
        assert (f"end of {years[0]}" in before, f"end of {years[-1]}" in after) == (True, True)
        part = before if year == years[0] else after
        expected = {
            row["rec_id"]
            for row in rows("scorecard_verdicts")
            if row["at"].startswith(year) and row["verdict"] == "fulfilled"
        }
        assert set(re.findall(r"S\d\d", part)) == expected, (year, other)
        assert ("nothing" in part.lower()) == (not expected)


def test_choice_of_a_horizon_fades_the_others(matrix, rows):
    first = {row["rec_id"]: row["horizon"].split()[0] for row in rows("recommendations")}
    for horizon in set(matrix.states) - {"all"}:
        state = matrix.states[horizon]
        cells = position_tiles(state.apply(matrix.figure))
        shown = {rec_id for (rec_id, _), (*_, opacity) in cells.items() if opacity == 1}
        chosen = {rec_id for rec_id in first if rec_id[0] == "S" and first[rec_id] == horizon}
        assert shown == chosen == set(re.findall(r"S\d\d", state.readout))


def test_readout_tells_which_dates_came_too_early(matrix):
    assert "too early" not in matrix.states["short"].readout
    assert "The end of 2013 came too early" in matrix.states["medium"].readout
    assert "The ends of 2013 and 2015 came too early" in matrix.states["long"].readout


def test_hover_text_is_narrow_enough_for_a_phone(matrix, marks):
    for exhibit in (matrix, marks):
        lines = [
            line
            for trace in exhibit.figure.data
            for text in trace.hovertext or ()
            for line in text.split("<br>")
        ]
        assert len(lines) > 100
        assert max(map(len, lines)) <= 50


def test_reason_is_told_to_who_points_at_a_cell(matrix, rows):
    pointed = {
        text.replace("<br>", " ") for trace in matrix.figure.data for text in trace.hovertext or ()
    }
    for row in rows("scorecard_verdicts"):
        told = f"End of {row['at'][:4]}: {row['verdict']} {row['reason']}"
        assert any(row["rec_id"] in text and told in text for text in pointed), told


def test_changed_verdict_changes_figure_and_words(exhibit_from):
    table = tables.load("scorecard_verdicts")
    last = table["rec_id"].eq("S08") & table["at"].dt.year.eq(2024)
    table.loc[last, "verdict"] = "fulfilled"
    changed = exhibit_from(MATRIX, scorecard_verdicts=table)
    assert changed.title.endswith("; only S08 (reconciliation at once) did at the end of 2024")
    assert position_tiles(changed.drawn())["S08", "2024"][0] == "fulfilled"


def test_nothing_fulfilled_is_said(exhibit_from):
    table = tables.load("scorecard_verdicts")
    table["verdict"] = table["verdict"].replace("fulfilled", "not fulfilled")
    changed = exhibit_from(MATRIX, scorecard_verdicts=table)
    assert re.match(r"Nothing .* 2013; nothing ", changed.title)
    assert "fulfilled" not in [key.label for key in changed.keys]


def test_no_text_adds_verdicts_up(matrix):
    said = f"{matrix.title} {matrix.summary} {' '.join(s.readout for s in matrix.states.values())}"
    assert not re.search(r"\d+ (of|out of) (the )?\d+|per cent|%|score|points", said)


# --- Outcomes -----------------------------------------------------------------------------------


def rows_shown(exhibit, key) -> set[str]:
    figure = exhibit.states[key].apply(exhibit.figure)
    low, high = figure.layout.yaxis.range
    names = dict(zip(figure.layout.yaxis.tickvals, figure.layout.yaxis.ticktext, strict=True))
    return {name.split()[0] for row, name in names.items() if high < row < low}


def test_every_outcome_is_one_mark_in_the_row_of_its_recommendation(marks, rows):
    figure = marks.figure
    names = dict(zip(figure.layout.yaxis.tickvals, figure.layout.yaxis.ticktext, strict=True))
    drawn = sorted(
        (names[round(row)].split()[0], trace.meta["direction"], text.replace("<br>", " "))
        for trace in figure.data
        if trace.meta
        for row, text in zip(trace.y, trace.hovertext, strict=True)
    )
    expected = sorted((r["rec_id"], r["direction"], r["what_happened"]) for r in rows("outcomes"))
    assert [d[:2] for d in drawn] == [e[:2] for e in expected]
    for rec_id, direction, happened in expected:
        assert any(d[:2] == (rec_id, direction) and happened in d[2] for d in drawn)


def test_mark_stands_on_its_day(marks, rows):
    exact = {row["date"] for row in rows("outcomes") if len(row["date"]) == 10}
    drawn = {x for trace in marks.figure.data if trace.meta for x in trace.x}
    assert exact <= drawn
    start, end = marks.figure.layout.xaxis.range
    assert start < min(drawn)
    assert max(drawn) < end


def test_line_parts_what_is_older_than_the_statement(marks, rows):
    (day,) = [row["date"] for row in rows("events") if row["event_id"] == verdicts.STATEMENT_EVENT]
    assert day in {shape.x0 for shape in marks.figure.layout.shapes}
    for letter in "SRF":
        older = [r for r in rows("outcomes") if r["rec_id"][0] == letter and r["date"] < day]
        told = f" Older than the statement: {prose.words(len(older))}."
        assert (told in marks.states[letter].readout) == bool(older)
        assert ("Older" in marks.states[letter].readout) == bool(older)


def test_switch_shows_one_set_and_says_which_has_no_verdict(marks, rows):
    for letter in verdicts.DOCUMENTS:
        ids = {row["rec_id"] for row in rows("recommendations") if row["set"] == letter}
        assert rows_shown(marks, letter) == ids
        readout = marks.states[letter].readout
        count = sum(row["rec_id"] in ids for row in rows("outcomes"))
        assert f": {count} outcomes for {len(ids)} recommendations." in readout
        assert ("No verdict is given" in readout) == (letter != "S")
    judged = {row["rec_id"][0] for row in rows("scorecard_verdicts")}
    assert judged == {"S"}


def test_title_counts_what_fell_silent(marks, rows):
    last = {}
    for row in rows("outcomes"):
        if row["rec_id"].startswith("S"):
            last[row["rec_id"]] = max(last.get(row["rec_id"], ""), row["date"])
    silent = sorted(rec_id for rec_id, date in last.items() if date[:4] <= "2020")
    assert marks.title == (
        f"For {prose.words(len(silent))} of the statement's {len(last)} recommendations nothing "
        "on record is later than 2020"
    )
    assert re.findall(r"S\d\d", marks.states["S"].readout) == silent


def test_later_outcome_changes_the_words(exhibit_from, marks):
    silent = re.findall(r"S\d\d", marks.states["S"].readout)
    outcomes = tables.load("outcomes")
    outcomes.loc[outcomes["rec_id"].eq(silent[0]), "date"] = "2023-12"
    changed = exhibit_from(OUTCOMES, outcomes=outcomes)
    assert f"For {prose.words(len(silent) - 1)} of the statement's" in changed.title
    assert re.findall(r"S\d\d", changed.states["S"].readout) == silent[1:]


def test_partial_dates_are_told_as_they_are_known(marks):
    dates = set(marks.data["Date"])
    assert {"2017", "2014"} <= dates
    assert "December 2019" in dates
    assert not [date for date in dates if re.fullmatch(r"1.January.2017", date)]


def test_sources_of_an_outcome_are_named(marks, rows):
    assert marks.data["Sources"].str.len().min() > 10
    titles = {row["source_id"]: row["title"] for row in rows("sources")}
    ouaga = marks.data[marks.data["What happened"].str.startswith("Bamako, the MNLA and HCUA")]
    assert titles["ouaga_agreement"] in ouaga["Sources"].iloc[0]


# --- Forecasts ----------------------------------------------------------------------------------


def test_every_forecast_of_the_table_is_one_of_the_statement(rows):
    kinds = {row["claim_id"]: row["kind"] for row in rows("claims")}
    assert {kinds[claim] for claim in scorecard.FORECASTS} == {"forecast"}


def test_what_scores_a_forecast_came_after_it(rows):
    dates = {row["event_id"]: row["date"] for row in rows("events")}
    for forecast in scorecard.FORECASTS.values():
        assert all(dates[e] > dates[verdicts.STATEMENT_EVENT] for e in forecast.event_ids)
        assert forecast.event_ids


def test_forecasts_bear_the_verdicts_of_their_claims(exhibit_from, rows):
    table = exhibit_from(FORECASTS)
    claims = {row["claim_id"]: row for row in rows("claims")}
    dates = {row["event_id"]: row["date"] for row in rows("events")}
    for told, (claim, forecast) in zip(
        table.data.itertuples(index=False), scorecard.FORECASTS.items(), strict=True
    ):
        assert told[0] == f"{claim}: {claims[claim]['claim']}"
        assert told[4] == claims[claim]["verdict"]
        for event_id in forecast.event_ids:
            assert prose.day(dates[event_id]) in told[3] or "to" in told[3]
    true = sum(claims[claim]["verdict"] == "supported" for claim in scorecard.FORECASTS)
    assert f"{prose.words(true)} came true" in table.title


def test_title_tells_every_verdict_on_a_forecast(exhibit_from):
    claims = tables.load("claims")
    claims.loc[claims["claim_id"].isin(["C034", "C047", "C048"]), "verdict"] = "contested"
    changed = exhibit_from(FORECASTS, claims=claims)
    assert changed.title.endswith("taught here one came true and three are contested")
    assert set(scorecard.SCORES) == set(tables.load("claims")["verdict"]) - {""}


# --- The record behind the verdicts -------------------------------------------------------------


@pytest.fixture(scope="module")
def record():
    recommendations = tables.load("recommendations")
    outcomes = verdicts.dated_outcomes(recommendations, tables.load("outcomes"))
    judged = tables.load("scorecard_verdicts").sort_values(["rec_id", "at"])
    events = tables.load("events").set_index("event_id")
    return {
        row.rec_id: "\n".join(
            markdown(
                row,
                judged[judged["rec_id"].eq(row.rec_id)],
                outcomes[outcomes["rec_id"].eq(row.rec_id)],
                events,
            )
        )
        for row in recommendations.itertuples()
    }


def test_record_holds_verdicts_outcomes_and_all_their_sources(record, rows):
    for row in rows("scorecard_verdicts"):
        line = f"- **End of {row['at'][:4]}: {row['verdict']}.** {plain(row['reason'])}"
        assert line in record[row["rec_id"]]
    for row in rows("outcomes"):
        (line,) = [
            line
            for line in record[row["rec_id"]].splitlines()
            if plain(row["what_happened"]) in line and plain(row["why_coded_so"]) in line
        ]
        assert f", {row['direction']} (" in line
        assert line.endswith(f"{{cite:p}}`{row['source_ids'].replace(';', ',')}`")


def test_record_shows_every_event_a_verdict_rests_on(record, rows):
    events = {row["event_id"]: row for row in rows("events")}
    outcomes = {(row["rec_id"], row["event_id"]) for row in rows("outcomes")}
    loose = 0
    for row in rows("scorecard_verdicts"):
        for event_id in filter(None, row["event_ids"].split(";")):
            if (row["rec_id"], event_id) not in outcomes:
                loose += 1
                told = f"not coded from here: {plain(events[event_id]['title'])}."
                assert record[row["rec_id"]].count(told) == 1
    assert loose


def test_record_of_the_other_documents_has_no_verdict(record):
    assert not [rec_id for rec_id in record if rec_id[0] != "S" and "End of" in record[rec_id]]


def test_record_is_in_order_of_time(record, rows):
    for rec_id, text in record.items():
        lines = [x for x in text.splitlines() if x.startswith("- ") and "**" not in x]
        said = [line.removeprefix("- ").split(",")[0].replace("\u00a0", " ") for line in lines]
        dates = [pd.to_datetime(date, format="mixed", dayfirst=True) for date in said]
        assert dates == sorted(dates), rec_id


def test_markup_in_a_cell_stays_text():
    assert plain("a *b* `c` {n}`1` <i>") == r"a \*b\* \`c\` \{n\}\`1\` \<i\>"


def test_reader_can_overrule_every_verdict_with_every_other(rows):
    block = BeautifulSoup(overrule_html(tables.load("scorecard_verdicts")), "html.parser")
    ours = json.loads(block.div["data-ours"])
    assert ours == {
        f"{row['rec_id']}|{row['at'][:4]}": row["verdict"] for row in rows("scorecard_verdicts")
    }
    offered = {s["name"]: [o["value"] for o in s.find_all("option")] for s in block("select")}
    assert {f"{r}|{y}" for r in offered["recommendation"] for y in offered["year"]} == set(ours)
    assert set(offered["verdict"]) == set(ours.values())
    for control in block.find_all(["select", "input"]):
        assert block.find("label", attrs={"for": control["id"]})


def test_style_and_figure_know_the_same_verdicts():
    assert NOT_KNOWN not in style.VERDICTS
    assert set(verdicts.SHORT_VERDICTS) == {
        kind.replace("_", " ") for kind in (*style.VERDICTS, NOT_KNOWN)
    }
