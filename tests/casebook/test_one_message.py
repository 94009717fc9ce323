"""Exhibits of "One message, many voices": every word and mark follows from the tables."""

import itertools
import re

import pandas as pd
import pytest

from casebook import facts, prose, style, tables
from casebook.analysis.positions import ISSUES, SHORT_ISSUES, cited, in_sentence, position_matrix
from casebook.figures.bounds import BAR, KNOWN, MIDDLE

MATRIX, VOICE = "one_message.positions_matrix", "one_message.one_voice"
VIEWS = ("statement", "before", "from", "last")


@pytest.fixture
def matrix(exhibit_from):
    return exhibit_from(MATRIX)


@pytest.fixture
def voice(exhibit_from):
    return exhibit_from(VOICE)


@pytest.fixture(scope="module")
def order():
    names = ("positions", "positions_scale", "actors", "claims", "events")
    return position_matrix(*(tables.load(name) for name in names))


def in_view(row, view):
    if view == "statement":
        return row["date"] <= "2013-04-11" and row["date"] != "2013-04"
    return view == "last" or row["period"].startswith(view)


def later(row):
    """Tell whether a row is dated after the statement, as far as its date tells."""
    return row["date"] > "2013-04-11" if len(row["date"]) == 10 else row["date"] > "2013-04"


def known(rows, actor, issue, view):
    """Return the row that a view shows of a cell, or None."""
    found = [
        row
        for row in rows("positions")
        if (row["actor_id"], row["issue"]) == (actor, issue) and row["value"] and in_view(row, view)
    ]
    return max(found, key=lambda row: row["observation"]) if found else None


def written(value: str) -> str:
    return value.replace("-", "−") if value in ("0", "-1", "-2") else f"+{value}"


def told(text: str) -> str:
    """Return a hover text as one line."""
    return re.sub(r"<br>", " ", text)


# --- The matrix ---------------------------------------------------------------------------------


def test_every_issue_of_the_scale_has_a_column(rows, order):
    assert set(ISSUES) == {row["issue"] for row in rows("positions_scale")} == set(order.issues)
    assert set(SHORT_ISSUES) == set(ISSUES)


def test_those_asked_stand_first_and_those_addressed_last(order):
    claim = tables.load("claims").set_index("claim_id").loc["C079", "actor_ids"].split(";")
    assert list(order.asked) == claim
    assert order.actors[-2:] == ("mli_gov", "mnla")


@pytest.mark.parametrize("view", VIEWS)
def test_every_cell_shows_what_its_view_documents(matrix, order, rows, view):
    trace = matrix.states[view].apply(matrix.figure).data[0]
    for i, (actor, issue) in enumerate(itertools.product(order.actors, order.issues)):
        row, text = known(rows, actor, issue, view), told(trace.hovertext[i])
        assert text.startswith(f"<b>{order.names[actor]}</b>: {order.titles[issue]}")
        if row is None:
            assert trace.text[i] == "?"
            assert trace.marker.color[i] == style.colour("grid")
            assert "unknown to us in this view" in text
        else:
            assert trace.text[i] == written(row["value"])
            for part in (
                row["value_label"],
                row["evidence"],
                f"confidence {row['confidence']}",
                prose.partial_day(row["date"]) + ", after the statement" * later(row),
                cited(row["source_ids"], tables.load("sources")),
            ):
                assert part in text, (actor, issue, part)


def test_earlier_and_later_positions_are_told_beside_the_one_shown(matrix, order, rows):
    trace = matrix.states["before"].apply(matrix.figure).data[0]
    cells = list(itertools.product(order.actors, order.issues))
    twice = [row for row in rows("positions") if row["observation"] == "2"]
    assert twice
    for row in twice:
        text = told(trace.hovertext[cells.index((row["actor_id"], row["issue"]))])
        both = [
            other
            for other in rows("positions")
            if (other["actor_id"], other["issue"]) == (row["actor_id"], row["issue"])
        ]
        for other in both:
            assert other["value_label"] in text
            assert prose.partial_day(other["date"]) in text


def test_what_was_read_in_vain_is_told(matrix, order, rows):
    trace = matrix.figure.data[0]
    cells = list(itertools.product(order.actors, order.issues))
    for row in rows("positions"):
        if not row["value"]:
            i = cells.index((row["actor_id"], row["issue"]))
            assert row["evidence"] in told(trace.hovertext[i])


def test_nothing_is_carried_over_the_agreement(matrix):
    after = matrix.states["from"].apply(matrix.figure).data[0]
    assert sum(text != "?" for text in after.text) == facts.positions_known("from") < 10
    assert "Nothing is carried over from before" in matrix.states["from"].readout


def test_words_count_cells(matrix, order, rows):
    total = len(order.actors) * len(order.issues)
    counts = {
        view: sum(
            known(rows, actor, issue, view) is not None
            for actor, issue in itertools.product(order.actors, order.issues)
        )
        for view in VIEWS
    }
    assert matrix.title == (
        f"{counts['before']} of {total} positions are documented before the Ouagadougou "
        f"agreement, only {prose.words(counts['from'])} from its day on"
    )
    late = sum(
        later(row)
        for actor, issue in itertools.product(order.actors, order.issues)
        if (row := known(rows, actor, issue, "before"))
    )
    assert f"{counts['statement']} of {total} cells" in matrix.states["statement"].readout
    assert (
        f"{counts['before']} of {total} cells, {late} of them only after the statement"
        in matrix.states["before"].readout
    )
    assert f"The other {total - counts['from']} are unknown" in matrix.states["from"].readout
    assert f"{counts['last'] - counts['from']} of them" in matrix.states["last"].readout
    assert f"{total - counts['last']} of the {total} cells are unknown" in matrix.summary
    for actor, issue in itertools.product(order.actors, order.issues):
        if row := known(rows, actor, issue, "from"):
            said = f"{in_sentence(order.titles[issue])}: {written(row['value'])}"
            assert f"{order.names[actor]} ({said})" in matrix.states["from"].readout


def test_it_is_said_that_the_coding_is_ours(matrix, voice):
    assert "our coding" in matrix.source
    assert "coded for this book" in voice.source


def test_table_has_every_row_with_its_sources(matrix, rows):
    data = matrix.data
    assert len(data) == len(rows("positions"))
    assert sorted(data["Evidence"]) == sorted(row["evidence"] for row in rows("positions"))
    assert data["Value"].eq("unknown").sum() == sum(not row["value"] for row in rows("positions"))
    assert (data.loc[data["Value"].ne("unknown"), "Sources"] != "").all()


def test_dropped_position_becomes_unknown(exhibit_from, matrix):
    positions = tables.load("positions")
    gone = positions["actor_id"].eq("mnla") & positions["issue"].eq("un_mission")
    positions.loc[gone, ["value", "period", "date"]] = [pd.NA, "", ""]
    changed = exhibit_from(MATRIX, positions=positions)
    before = int(matrix.title.split()[0])
    assert changed.title.startswith(f"{before - 1} of ")
    assert changed.figure.data[0].text[-1] == "?"


# --- One voice ----------------------------------------------------------------------------------


def values(rows, order, group, issue, view):
    members = order.asked if group == "asked" else order.actors
    found = [known(rows, actor, issue, view) for actor in members]
    return [None if row is None else int(row["value"]) for row in found]


def agreeing(given, near):
    return sum(abs(a - b) <= near for a, b in itertools.combinations(given, 2))


def bounds_of(given, near):
    """Try every filling, each once, since the order of actors does not matter."""
    certain = [v for v in given if v is not None]
    fillings = itertools.combinations_with_replacement(range(-2, 3), given.count(None))
    counts = [agreeing([*certain, *filling], near) for filling in fillings]
    return min(counts), max(counts)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("group", ["asked", "all"])
@pytest.mark.parametrize("near", [0, 1])
def test_bars_run_over_all_fillings(voice, order, rows, view, group, near):
    state = voice.states[f"{view}|{group}|{near}"]
    figure = state.apply(voice.figure)
    for i, issue in enumerate(order.issues):
        given = values(rows, order, group, issue, view)
        pairs = len(given) * (len(given) - 1) / 2
        low, high = bounds_of(given, near)
        bar = figure.data[BAR]
        assert bar.base[i] == low / pairs
        assert bar.base[i] + bar.x[i] == pytest.approx(high / pairs)
        certain = [v for v in given if v is not None]
        certain_pairs = len(certain) * (len(certain) - 1) / 2
        share = agreeing(certain, near) / certain_pairs if certain_pairs else None
        assert figure.data[KNOWN].x[i] == share
        as_zero = agreeing([v or 0 for v in given], near) / pairs
        assert figure.data[MIDDLE].x[i] == as_zero
        ends = [prose.percent(count / pairs) for count in (low, high)]
        span = ends[0] if low == high else f"{ends[0]} to {ends[1]}"
        assert f"{in_sentence(order.titles[issue])} {span}" in state.readout


def test_title_names_the_surest_and_the_widest_issue(voice, order, rows):
    found = {
        issue: bounds_of(values(rows, order, "asked", issue, "before"), 0) for issue in order.issues
    }
    surest = min(order.issues, key=lambda issue: found[issue][1] - found[issue][0])
    widest = max(order.issues, key=lambda issue: found[issue][1] - found[issue][0])
    pairs = facts.voices_pairs()
    assert voice.title == (
        f"{order.titles[surest]}: {prose.number_range(*found[surest])} of {pairs} pairs agree; "
        f"{in_sentence(order.titles[widest])}: anything from "
        f"{prose.number_range(*found[widest])}"
    )
    short = [in_sentence(order.titles[issue]) for issue in order.issues if found[issue][1] < pairs]
    assert voice.summary.endswith(f"together on {prose.listing(short)}.")


def test_changed_position_changes_the_score(exhibit_from, voice):
    positions = tables.load("positions")
    gone = positions["actor_id"].eq("au") & positions["issue"].eq("talks_with_mnla")
    positions.loc[gone, ["value", "period", "date"]] = [pd.NA, "", ""]
    changed = exhibit_from(VOICE, positions=positions)
    assert changed.title != voice.title
    assert re.search(r"Talks with the MNLA: \d+ of 21 ", changed.summary)


def test_table_has_every_setting(voice, order):
    assert len(voice.data) == len(voice.states) * len(order.issues)
    assert (voice.data["lowest"] <= voice.data["highest"]).all()
    assert voice.data["agreeing"].le(voice.data["highest"]).all()
