"""Explorers: every setting draws, its words change with it, and its numbers are the tables'."""

from __future__ import annotations

import csv
import itertools
import json
import re
import subprocess
import sys
from base64 import b64decode
from html import unescape

import pandas as pd
import pytest

from casebook import explorers, prose
from casebook.analysis.positions import ISSUES
from casebook.authoring.exercises import plain
from casebook.explorers import board, causes, displacement, indicators, message, overruling, towns
from casebook.explorers.controls import Amount, Several, Tick, Words
from casebook.explorers.explorer import words
from casebook.figures.bounds import BAR
from casebook.show.building import BOOK_VARIABLE

from .conftest import ROOT

MAKERS = {
    module.NAME: module.explorer
    for module in (towns, indicators, displacement, message, causes, overruling)
}
# Controls that only a button reads: by themselves they show nothing else.
FOR_BUTTONS = {
    message.NAME: {"actor", "issue", "step"},
    overruling.NAME: {"year", "verdict", "reason"},
    causes.NAME: {"closer"},
}
every_explorer = pytest.mark.parametrize("name", MAKERS)


@pytest.fixture(autouse=True)
def _in_a_notebook(monkeypatch):
    monkeypatch.delenv(BOOK_VARIABLE, raising=False)


def rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def some(control) -> list:
    """Return a few positions of a control, its start first."""
    if isinstance(control, Amount):
        return [control.start, 0, control.most]
    if isinstance(control, Several):
        return [control.start, (), tuple(value for value, _ in control.options)]
    if isinstance(control, Tick):
        return [control.start, not control.start]
    if isinstance(control, Words):
        return [control.start, "a reason"]
    values = [value for value, _ in control.options]
    return list(dict.fromkeys([control.start, values[0], values[-1]]))


def settings(explorer) -> list[dict]:
    """Return every combination of a few positions of the controls that are drawn."""
    idle = FOR_BUTTONS.get(explorer.name, set())
    shown = {name: some(c) for name, c in explorer.controls.items() if name not in idle}
    if explorer.name == causes.NAME:  # eight weights: what matters is their order
        shown = {name: shown[name][:2] for name in list(shown)[:5]}
    return [dict(zip(shown, chosen, strict=True)) for chosen in itertools.product(*shown.values())]


# --- Every explorer -----------------------------------------------------------------------------


@every_explorer
def test_every_setting_draws_on_a_wide_and_on_a_narrow_screen(name):
    explorer = explorers.made(MAKERS[name])
    found = settings(explorer)
    assert len(found) > 1
    for setting in found:
        for exhibit in explorer.seen(**setting):
            assert exhibit.summary
            for narrow in (False, True):
                shown = board.bundle(board.drawn(exhibit, narrow), exhibit.summary)
                json.dumps(shown, allow_nan=False)
            assert exhibit.title in unescape(board.head_html(exhibit))
            assert exhibit.source.split()[0] in board.foot_html(exhibit)


@every_explorer
def test_words_change_with_every_control_that_is_drawn(name):
    explorer = explorers.made(MAKERS[name])
    start = explorer.seen()
    for control in settings(explorer)[0]:
        for value in some(explorer.controls[control])[1:]:
            other = explorer.seen(**{control: value})
            told = [(e.title, e.subtitle, e.summary, e.caption) for e in other]
            assert told != [(e.title, e.subtitle, e.summary, e.caption) for e in start], (
                control,
                value,
            )


@every_explorer
def test_unknown_names_are_answered_with_the_right_ones(name):
    explorer = explorers.made(MAKERS[name])
    with pytest.raises(
        explorers.UnknownSetting, match=f"no control 'colour'.*{next(iter(explorer.start))}"
    ):
        explorer.seen(colour="red")
    first = next(iter(explorer.controls))
    with pytest.raises(explorers.UnknownSetting, match=re.escape(explorer.controls[first].label)):
        explorer.seen(**{first: ["Atlantis"] if first == "series" else "Atlantis"})
    with pytest.raises(explorers.UnknownSetting, match="has no table 'contol'"):
        explorers.made(MAKERS[name], {"contol": pd.DataFrame()})


@pytest.mark.parametrize(
    "call",
    [
        lambda: explorers.towns_by_date("2014-05-01"),
        lambda: explorers.any_indicator("wgi"),
        lambda: explorers.any_indicator(countries=["FRA"]),
        lambda: explorers.displacement_with_breaks(["TCD"]),
        lambda: explorers.one_message("after"),
        lambda: explorers.weigh_the_causes({"weather": 3}),
        lambda: explorers.weigh_the_causes({"climate": 11}),
        lambda: explorers.overrule_the_scorecard("R01"),
    ],
)
def test_start_that_the_tables_do_not_know_is_refused(call):
    with pytest.raises(explorers.UnknownSetting):
        call()


def test_tables_can_be_given(monkeypatch):
    control = pd.DataFrame(
        {
            "place_id": ["gao", "gao"],
            "start_date": pd.to_datetime(["2012-01-01", "2012-02-01"]),
            "end_date": pd.to_datetime(["2012-02-01", "2012-03-01"]),
            "controller": ["mli_gov", "mnla"],
            "certainty": ["high", "high"],
            "start_basis": ["window_limit", "dated_event"],
            "end_basis": ["dated_event", "window_limit"],
        }
    )
    explorer = explorers.made(towns.explorer, {"control": control}, day="2012-02-01")
    (seen,) = explorer.seen()
    assert seen.title == "On 1\u00a0February 2012 the state held 0 of 1 towns"


# --- The widgets --------------------------------------------------------------------------------


def parts(container) -> dict:
    """Return the widgets of a board by what they are called, and its words and outputs."""
    found: dict = {"outputs": [], "texts": []}

    def walk(widget):
        kind = type(widget).__name__
        if kind == "Output":
            found["outputs"].append(widget)
        elif kind == "HTML":
            found["texts"].append(widget)
        elif getattr(widget, "description", ""):
            found[widget.description] = widget
        for child in getattr(widget, "children", ()):
            walk(child)

    walk(container)
    found["readout"] = next(t for t in found["texts"] if "casebook-readout" in t._dom_classes)
    return found


FUNCTIONS = {
    towns.NAME: explorers.towns_by_date,
    indicators.NAME: explorers.any_indicator,
    displacement.NAME: explorers.displacement_with_breaks,
    message.NAME: explorers.one_message,
    causes.NAME: explorers.weigh_the_causes,
    overruling.NAME: explorers.overrule_the_scorecard,
}


@every_explorer
def test_every_widget_has_a_description_and_a_tooltip(name):
    explorer = explorers.made(MAKERS[name])
    found = parts(FUNCTIONS[name]())
    for label in [c.label for c in (*explorer.controls.values(), *explorer.buttons)]:
        assert found[label].description == label
        assert found[label].tooltip
    assert board.NARROW in found


@every_explorer
def test_moved_control_changes_words_and_figure_and_nothing_piles_up(name):
    explorer = explorers.made(MAKERS[name])
    found = parts(FUNCTIONS[name]())
    assert found["outputs"]
    control = explorer.controls[next(iter(explorer.controls))]
    widget = found[control.label]
    before = found["readout"].value, [o.outputs for o in found["outputs"]]
    widget.value = some(control)[-1]
    after = found["readout"].value, [o.outputs for o in found["outputs"]]
    assert before[0] != after[0]
    assert before[1] != after[1]
    for output in found["outputs"]:
        (shown,) = output.outputs
        assert shown["data"][board.PLOTLY]["data"]
        assert shown["data"]["text/plain"]


def test_words_say_what_the_exhibits_say():
    found = parts(explorers.displacement_with_breaks())
    found["At a break the line"].value = displacement.RUNS
    seen = explorers.made(displacement.explorer).seen(at_breaks=displacement.RUNS)
    assert words(seen) in unescape(found["readout"].value)


def test_narrow_screen_is_drawn_for_a_phone():
    found = parts(explorers.towns_by_date())
    wide = found["outputs"][0].layout.height
    found[board.NARROW].value = True
    assert (
        found["outputs"][0].layout.height
        == f"{explorers.made(towns.explorer).seen()[0].narrow_height}px"
        != wide
    )


def test_package_does_without_widgets_until_an_explorer_is_shown():
    code = (
        "import sys; sys.modules['ipywidgets'] = None\n"
        "from casebook import explorers\n"
        "explorers.made(explorers.towns.explorer).seen()\n"
        "try: explorers.towns_by_date()\n"
        "except ImportError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == board.NEEDED


# --- Towns --------------------------------------------------------------------------------------


def holders(day: str, borrowed: bool) -> dict[str, str]:
    """Return who holds each place on a day, from the rows of the table alone."""
    found = {row["place_id"]: "" for row in rows("control")}
    for row in rows("control"):
        last = row["end_basis"] == "window_limit" and row["end_date"] == day
        covers = row["start_date"] <= day and (day < row["end_date"] or last)
        if covers and (borrowed or row["start_basis"] != "regional_proxy"):
            found[row["place_id"]] = row["controller"]
    return found


@pytest.mark.parametrize(
    "day", ["2012-01-01", "2012-04-01", "2012-11-30", "2013-02-05", "2013-12-31"]
)
@pytest.mark.parametrize("borrowed", [True, False])
def test_towns_are_held_as_the_table_says(day, borrowed):
    (seen,) = explorers.made(towns.explorer).seen(day=day, borrowed=borrowed)
    expected = holders(day, borrowed)
    held = sum(holder == "mli_gov" for holder in expected.values())
    unknown = sum(not holder for holder in expected.values())
    assert f"the state held {held} of {len(expected)} towns" in seen.title
    assert seen.data["Held by"].eq("not known").sum() == unknown
    assert ("not known" in seen.title) == bool(unknown)
    drawn = seen.figure.data[-1]
    assert list(drawn.marker.symbol).count("x-thin-open") == unknown


@pytest.mark.parametrize("window", towns.WINDOWS)
def test_map_shows_the_events_of_its_days(window):
    (seen,) = explorers.made(towns.explorer).seen(day="2013-01-20", window=window)
    since = f"{pd.Timestamp('2013-01-20') - pd.Timedelta(days=window - 1):%Y-%m-%d}"
    events = [r for r in rows("conflict_events") if since <= r["date_start"][:10] <= "2013-01-20"]
    deaths = sum(int(row["deaths_best"]) for row in events)
    assert f"In {window} days {prose.counted(len(events), 'deadly event')}" in seen.summary
    assert f"with {prose.counted(deaths, 'death')}" in seen.summary
    placed = sum(int(row["where_prec"]) <= 3 for row in events)
    assert len(seen.figure.data[-2].x) == placed


def test_buttons_lead_from_change_to_change():
    found = parts(explorers.towns_by_date("2012-04-01"))
    found["Later change"].click()
    later = found["Day"].value
    assert later > "2012-04-01"
    starts = {row["start_date"] for row in rows("control")}
    assert later in starts
    assert not [
        day
        for day in starts
        if "2012-04-01" < day < later and holders(day, True) != holders("2012-04-01", True)
    ]
    found["Earlier change"].click()
    assert found["Day"].value == "2012-04-01"
    found["Day"].value = "2012-01-01"
    found["Earlier change"].click()
    assert found["Day"].value == "2012-01-01"


# --- Any indicator ------------------------------------------------------------------------------


def test_indicator_is_drawn_with_the_bounds_of_its_rows():
    (seen,) = explorers.made(indicators.explorer).seen(countries=["NER", "SEN"])
    for trace in seen.figure.data:
        iso3 = "MLI" if trace.meta["series"] == "mali" else trace.meta["panel"]
        published = {
            int(row["year"]): row
            for row in rows("governance_indicators")
            if row["iso3"] == iso3 and row["dimension"] == "wgi_cc"
        }
        drawn = [i for i, year in enumerate(trace.x) if year is not None]
        assert [trace.x[i] for i in drawn] == sorted(published)
        for i in drawn:
            row = published[trace.x[i]]
            value = float(row["percentile_rank"])
            assert trace.y[i] == value
            up, down = trace.error_y.array[i], trace.error_y.arrayminus[i]
            assert value + up == pytest.approx(float(row["percentile_rank_high"]))
            assert value - down == pytest.approx(float(row["percentile_rank_low"]))


def test_no_line_joins_years_across_a_gap():
    (seen,) = explorers.made(indicators.explorer).seen(countries=[])
    (mali,) = seen.figure.data
    assert not mali.connectgaps
    for before, after in itertools.pairwise(mali.x):
        assert None in (before, after) or after - before == 1


def test_axis_is_turned_round_where_more_is_worse():
    explorer = explorers.made(indicators.explorer)
    low, high = explorer.seen(indicator="v2x_corr")[0].figure.layout.yaxis.range
    assert low > high
    low, high = explorer.seen(indicator="v2x_libdem")[0].figure.layout.yaxis.range
    assert low < high


def test_missing_year_and_missing_interval_are_said():
    explorer = explorers.made(indicators.explorer)
    assert "no value for Mali" in explorer.seen(year=1997)[0].title
    assert "Mali has no value" in explorer.seen(year=1997)[0].summary
    assert "No interval stands" in explorer.seen(indicator="v2x_rule")[0].summary


def test_words_compare_intervals_as_the_rows_do():
    explorer = explorers.made(indicators.explorer)
    published = {
        row["iso3"]: (float(row["percentile_rank_low"]), float(row["percentile_rank_high"]))
        for row in rows("governance_indicators")
        if row["dimension"] == "wgi_cc" and row["year"] == "2023"
    }
    low, high = published["MLI"]
    verdicts = set()
    for iso3, (other_low, other_high) in published.items():
        if iso3 == "MLI":
            continue
        meet = low <= other_high and other_low <= high
        verdicts.add(meet)
        (seen,) = explorer.seen(countries=[iso3], year=2023)
        assert ("not settled" in seen.summary) == meet
        assert ("does not meet" in seen.summary) != meet
    assert verdicts == {True, False}


# --- Displacement -------------------------------------------------------------------------------


def test_every_figure_is_drawn_whether_or_not_the_line_runs_through():
    explorer = explorers.made(displacement.explorer)
    expected = sorted(
        int(row["persons"])
        for row in rows("displacement_figures")
        if row["indicator"] == "refugees"
        and row["area"] == "MRT"
        and not row["region"]
        and "2012-01-01" <= row["as_of_date"] <= displacement.END
    )
    traces = {}
    for at_breaks in displacement.AT_BREAKS:
        (seen,) = explorer.seen(series=["MRT"], at_breaks=at_breaks)
        drawn = [value for trace in seen.figure.data for value in trace.y]
        assert sorted(drawn) == expected
        assert len(seen.figure.layout.shapes) == 1  # the break stays marked
        traces[at_breaks] = len(seen.figure.data)
    assert traces[displacement.RUNS] == 1 < traces[displacement.STOPS]


def test_line_through_a_break_is_said_to_claim_what_nobody_reports():
    (seen,) = explorers.made(displacement.explorer).seen(
        series=["MRT"], at_breaks=displacement.RUNS
    )
    by_day = {
        row["as_of_date"]: int(row["persons"])
        for row in rows("displacement_figures")
        if row["indicator"] == "refugees" and row["area"] == "MRT" and not row["region"]
    }
    gone = by_day["2012-11-01"] - by_day["2012-12-01"]
    assert f"the line claims that {gone:,} people left Mauritania in 30 days" in seen.summary
    assert "No report we read says that so many went home" in seen.summary


# --- One message --------------------------------------------------------------------------------


def brute(values: list[int | None], near: int) -> tuple[int, int]:
    """Return fewest and most agreeing pairs, by trying every filling."""
    unknown = values.count(None)
    scores = []
    for filling in itertools.product(range(-2, 3), repeat=unknown):
        fill = iter(filling)
        full = [next(fill) if value is None else value for value in values]
        pairs = itertools.combinations(full, 2)
        scores.append(sum(abs(a - b) <= near for a, b in pairs))
    return min(scores), max(scores)


def position(text: str) -> int | None:
    return None if text == "?" else int(text.rstrip("*").replace("−", "-"))


@pytest.mark.parametrize("near", [0, 1])
def test_bounds_hold_over_every_filling_also_of_what_the_reader_supposes(near):
    found = parts(explorers.one_message())
    found["A pair agrees if it holds"].value = near
    found["Suppose that"].value = "dza_gov"
    found["on"].value = "disarm_before_talks"
    found["stands at"].value = -2
    found["Put it there"].click()
    matrix, bounds = (o.outputs[0]["data"][board.PLOTLY]["data"] for o in found["outputs"])
    texts = matrix[0]["text"]
    issues = len(ISSUES)
    assert sum("*" in text for text in texts) == 1
    assert "You suppose Algeria on Disarmament before talks at −2" in found["readout"].value
    bar = bounds[BAR]
    for column in range(issues):
        values = [position(texts[row * issues + column]) for row in range(8)]
        low, high = brute(values, near)
        assert bar["base"][column] == pytest.approx(low / 28)
        assert bar["base"][column] + bar["x"][column] == pytest.approx(high / 28)
    found["Back to our coding"].click()
    texts = found["outputs"][0].outputs[0]["data"][board.PLOTLY]["data"][0]["text"]
    assert not any("*" in text for text in texts)


def test_unknown_stays_unknown_and_can_be_supposed():
    found = parts(explorers.one_message())
    found["Suppose that"].value = "fra_gov"
    found["stands at"].value = message.UNKNOWN
    before = found["outputs"][1].outputs[0]["data"][board.PLOTLY]["data"][BAR]["x"][0]
    found["Put it there"].click()
    after = found["outputs"][1].outputs[0]["data"][board.PLOTLY]["data"][BAR]["x"][0]
    assert after > before == 0
    assert "?*" in found["outputs"][0].outputs[0]["data"][board.PLOTLY]["data"][0]["text"]


def test_one_board_does_not_change_another():
    one, other = parts(explorers.one_message()), parts(explorers.one_message())
    one["stands at"].value = 2
    one["Put it there"].click()
    other["Whose voices"].value = "all"
    assert "nothing changed" in other["readout"].value


# --- Causes -------------------------------------------------------------------------------------


def weights(**given: int) -> dict[str, int]:
    return dict.fromkeys(causes.CAUSES, 0) | given


@pytest.mark.parametrize(
    ("given", "expected", "answer"),
    [
        ({}, "????", ""),
        ({"governance": 9, "terrorism": 3}, "TTTT", "D01a"),
        ({"governance": 5, "tuareg_question": 8}, "FTFT", "D01b"),
        ({"governance": 5, "terrorism": 5}, "?FTT", "D01c"),
        ({"governance": 5, "means_of_the_state": 7}, "FTTT", "D01d"),
        ({"climate": 4}, "F???", ""),
        ({"north_and_south": 4, "libya": 4}, "F??F", "D01c"),
    ],
)
def test_weights_ask_of_claims_what_follows_from_their_order(given, expected, answer):
    letters = {causes.TRUE: "T", causes.FALSE: "F", causes.OPEN: "?"}
    asked = causes.asked(weights(**given))
    assert (
        "".join(letters[asked[claim][0]] for claim in ("C064", "C065", "C066", "C067")) == expected
    )
    assert causes.answer(weights(**given)) == answer


def test_claims_stand_with_their_verdicts_and_what_could_test_them():
    (seen,) = explorers.made(causes.explorer).seen()
    published = {row["claim_id"]: row for row in rows("claims")}
    for row in seen.data.to_dict("records"):
        claim = published[row["Claim"]]
        assert row["Our verdict"] == (claim["verdict"] or causes.NO_VERDICT)
        assert row["Evidence that could test it"] == claim["evidence_to_test"]
    without = sum(not published[claim]["verdict"] for claim in seen.data["Claim"])
    assert f"{prose.words(without)} of these claims have no verdict" in seen.caption


def test_every_cause_names_claims_and_positions_that_exist():
    claims = {row["claim_id"] for row in rows("claims")}
    positions = {row["position_id"] for row in rows("debates")}
    for cause in causes.CAUSES.values():
        assert set(cause.claims) <= claims
        assert set(cause.debated) <= positions
        assert cause.debated
    lesser = {c.lesser for c in causes.CAUSES.values() if c.lesser}
    assert lesser == {"C065", "C066", "C067"}
    assert {*causes.ANSWERS.values(), causes.SEVERAL} == {
        row["position_id"] for row in rows("debates") if row["debate_id"] == "D01"
    }


def test_closer_look_shows_what_bears_on_the_cause():
    found = parts(explorers.weigh_the_causes())
    found["Look closer at"].value = "libya"
    shown = unescape(found["texts"][-1].value)
    for row in rows("debates"):
        assert (row["position"] in shown) == (row["position_id"] in causes.CAUSES["libya"].debated)


# --- The scorecard ------------------------------------------------------------------------------


def overruled(found: dict, verdict: str, reason: str) -> None:
    found["Your verdict"].value = verdict
    found["Your reason, with an outcome and its date"].value = reason
    found["Overrule"].click()


def test_own_verdict_stands_beside_ours_and_in_the_file():
    found = parts(explorers.overrule_the_scorecard("S18"))
    ours = {(row["rec_id"], row["at"][:4]): row["verdict"] for row in rows("scorecard_verdicts")}
    theirs = next(v for v in ("reversed", "fulfilled") if v != ours["S18", "2013"])
    overruled(found, theirs, "=Talks of June 2013")
    assert "Overruled: S18" in found["readout"].value
    assert "You differ in one of 76 verdicts" in found["readout"].value
    data = found["outputs"][0].outputs[0]["data"][board.PLOTLY]["data"]
    rows_of = {t["name"]: t["y"] for t in data if t["name"] != "names"}
    assert 2 in rows_of[theirs]
    listed = found["texts"][-1].value
    assert f"ours {ours['S18', '2013']}, yours {theirs}" in listed
    file = b64decode(re.search(r"base64,([^\"]+)", listed)[1]).decode("utf-8-sig")
    written = list(csv.DictReader(file.splitlines()))
    assert [(r["rec_id"], r["year"], r["our_verdict"]) for r in written] == [
        (rec_id, year, verdict) for (rec_id, year), verdict in sorted(ours.items())
    ]
    changed = [r for r in written if r["our_verdict"] != r["your_verdict"]]
    assert [(r["rec_id"], r["your_reason"]) for r in changed] == [("S18", "'=Talks of June 2013")]
    found["Take mine back"].click()
    assert "You differ in none of 76" in found["readout"].value


def test_verdict_like_ours_or_without_a_reason_is_refused():
    found = parts(explorers.overrule_the_scorecard("S01"))
    ours = next(r["verdict"] for r in rows("scorecard_verdicts") if r["rec_id"] == "S01")
    overruled(found, ours, "because")
    assert overruling.AGREED in found["readout"].value
    overruled(found, "reversed" if ours != "reversed" else "fulfilled", "  ")
    assert overruling.NO_REASON in found["readout"].value
    assert "none of 76" in found["readout"].value


def test_outcomes_of_a_recommendation_are_all_drawn_and_listed():
    explorer = explorers.made(overruling.explorer)
    for rec_id in {row["rec_id"] for row in rows("scorecard_verdicts")}:
        _, record = explorer.seen(recommendation=rec_id)
        expected = [row for row in rows("outcomes") if row["rec_id"] == rec_id]
        drawn = sum(len(t.x) for t in record.figure.data if t.meta)
        assert drawn == len(expected) == len(record.data)
        assert sorted(record.data["What happened"]) == sorted(r["what_happened"] for r in expected)
        assert record.title.startswith(prose.counted(len(expected), "dated outcome"))


# --- The notebook -------------------------------------------------------------------------------


@pytest.mark.parametrize("file", plain.files(ROOT), ids=lambda file: file.stem)
def test_committed_notebook_is_what_its_text_gives(file):
    for path, text in plain.made_from(file, ROOT).items():
        assert path.read_text(encoding="utf-8") == text, "run python -m casebook.authoring release"


def test_notebook_has_a_heading_and_a_short_cell_for_every_explorer():
    notebook = json.loads((ROOT / "exercises" / "explorers.ipynb").read_text(encoding="utf-8"))
    prose_cells = "\n".join(
        "".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"
    )
    assert re.findall(r"^## (.*)$", prose_cells, re.MULTILINE) == list(explorers.TITLES.values())
    for name, title in explorers.TITLES.items():
        assert title.lower().replace(" ", "-") == name
    code = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    assert [re.search(r"explorers\.(\w+)\(", cell)[1] for cell in code] == [
        function.__name__ for function in FUNCTIONS.values()
    ]
    assert all(2 <= len(cell.splitlines()) <= 5 for cell in code)
    assert not any(c.get("outputs") for c in notebook["cells"])
