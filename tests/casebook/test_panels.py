"""Three measures on one time axis."""

import pandas as pd
import pytest

from casebook import style
from casebook.analysis.control import towns_by_holder
from casebook.figures.panels import crisis
from casebook.figures.series import SYMBOL_BY_QUALIFIER

START, END = "2012-01-01", "2012-04-01"

SPELLS = pd.DataFrame(
    [
        ("gao", "2012-01-01", "2012-03-31", "mli_gov"),
        ("gao", "2012-03-31", "2012-06-01", "mnla"),
        ("kidal", "2012-01-01", "2012-03-30", "mli_gov"),
        ("kidal", "2012-03-30", "2012-06-01", "mnla"),
        ("aguelhok", "2012-01-01", "2012-02-14", "mli_gov"),  # and then nobody knows
    ],
    columns=["place_id", "start_date", "end_date", "actor_id"],
)
SPELLS = SPELLS.assign(
    start_date=pd.to_datetime(SPELLS["start_date"]),
    end_date=pd.to_datetime(SPELLS["end_date"]),
    controller=SPELLS["actor_id"],
    actor=SPELLS["actor_id"].str.upper(),
    place=SPELLS["place_id"].str.title(),
    latitude=0.0,
    longitude=0.0,
    certainty="high",
    start_basis="dated_event",
)
DISPLACED = pd.DataFrame(
    {
        "series": ["idps", "MRT", "MRT"],
        "label": ["Displaced inside Mali", "Refugees in Mauritania", "Refugees in Mauritania"],
        "date": pd.to_datetime(["2012-03-01", "2012-02-01", "2012-03-01"]),
        "value": [81_000, 30_000, 15_000],
        "qualifier": ["estimate", "registered", "at_least"],
        "method": ["", "government_count", "individual_registration"],
    }
)
MONTHS = pd.to_datetime(["2012-01-01", "2012-02-01", "2012-03-01"])
DEATHS = pd.DataFrame(
    {
        "month": MONTHS,
        "violence_type": "state_based",
        "label": "state",
        "in_month": [10, 0, 4],
        "spanning": [2, 0, 0],
    }
)
TOTALS = pd.DataFrame({"month": MONTHS, "best": [12, 0, 4], "low": [11, 0, 4], "high": [20, 0, 4]})


@pytest.fixture(scope="module")
def figure():
    return crisis(towns_by_holder(SPELLS, START, END), DISPLACED, DEATHS, TOTALS, START, END)


def on(figure, axis: str, kind: str = "scatter"):
    return [trace for trace in figure.data if trace.yaxis == axis and trace.type == kind]


def test_stack_adds_up_to_the_towns_until_a_spell_ends(figure):
    stack = on(figure, "y")
    heights = zip(*(trace.y for trace in stack), strict=True)
    assert dict(zip(stack[0].x, map(sum, heights), strict=True)) == {
        "2012-01-01": 3,
        "2012-02-14": 2,  # Aguelhok: missing, not somebody's
        "2012-03-30": 2,
        "2012-03-31": 2,
        "2012-04-01": 2,
    }
    assert {trace.stackgroup for trace in stack} == {"held"}
    assert figure.layout.yaxis.range[1] == 3


def test_every_holder_has_a_value_at_every_date(figure):
    assert len({tuple(trace.x) for trace in on(figure, "y")}) == 1
    assert {trace.line.shape for trace in on(figure, "y")} == {"hv"}  # steps, not slopes


def test_holder_has_its_colour(figure):
    colours = {trace.name: trace.fillcolor for trace in on(figure, "y")}
    assert colours == {name.upper(): style.actor_colour(name) for name in ("mli_gov", "mnla")}


def test_line_of_people_never_crosses_a_change_of_method(figure):
    assert [list(trace.y) for trace in on(figure, "y2")] == [[81_000], [30_000], [15_000]]
    symbols = [symbol for trace in on(figure, "y2") for symbol in trace.marker.symbol]
    assert symbols == [SYMBOL_BY_QUALIFIER[q] for q in DISPLACED["qualifier"]]


def test_deaths_add_up_and_their_interval_is_drawn(figure):
    assert sum(sum(bar.y) for bar in on(figure, "y3", "bar")) == TOTALS["best"].sum()
    (line,) = on(figure, "y3")
    assert list(line.y) == [11, 20, None]


def test_panels_share_one_time_axis_and_do_not_overlap(figure):
    layout = figure.layout
    domains = [layout.yaxis.domain, layout.yaxis2.domain, layout.yaxis3.domain]
    assert domains[0][0] > domains[1][1] > domains[1][0] > domains[2][1]
    assert {trace.xaxis for trace in figure.data} <= {None, "x"}
    assert list(layout.xaxis.range) == [START, END]


def test_every_panel_says_its_measure(figure):
    assert len(figure.layout.annotations) == 3
