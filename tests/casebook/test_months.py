"""Deaths by month as stacked bars, with the interval of their sum."""

import pandas as pd

from casebook import style
from casebook.figures import months
from casebook.figures.months import stacked_months

START, END = "2012-01-01", "2013-01-01"
MONTHS = pd.to_datetime(["2012-01-01", "2012-02-01", "2012-03-01"])
DEATHS = pd.DataFrame(
    {
        "month": [*MONTHS, *MONTHS],
        "violence_type": ["state_based"] * 3 + ["one_sided"] * 3,
        "label": ["state"] * 3 + ["civilians"] * 3,
        "in_month": [144, 0, 9, 3, 0, 1],
        "spanning": [12, 0, 0, 5, 0, 0],
    }
)
TOTALS = pd.DataFrame(
    {"month": MONTHS, "best": [164, 0, 10], "low": [150, 0, 12], "high": [400, 0, 11]}
)


def stacked():
    figure = stacked_months(DEATHS, TOTALS, START, END)
    return figure, figure.data[:-1], figure.data[-1]


def test_bars_add_up_to_the_deaths_of_the_table():
    _, bars, _ = stacked()
    assert sum(sum(bar.y) for bar in bars) == DEATHS[["in_month", "spanning"]].to_numpy().sum()
    january = sum(bar.y[0] for bar in bars)
    assert january == TOTALS["best"].iloc[0]


def test_deaths_of_an_unknown_month_are_hatched_and_no_others():
    _, bars, _ = stacked()
    for bar in bars:
        hatched = bar.marker.pattern.shape == style.DOUBT_PATTERNS["spans_months"]
        assert hatched == (bar.meta["column"] == "spanning")
        assert (
            list(bar.y)
            == DEATHS.loc[
                DEATHS["violence_type"].eq(bar.meta["violence_type"]), bar.meta["column"]
            ].tolist()
        )


def test_month_without_deaths_is_there_as_zero():
    _, bars, _ = stacked()
    for bar in bars:
        assert list(bar.x) == ["2012-01-15", "2012-02-15", "2012-03-15"]
        assert bar.y[1] == 0


def test_kind_is_named_once_though_it_has_two_bars():
    _, bars, _ = stacked()
    assert [(bar.name, bar.showlegend) for bar in bars] == [
        ("state", True),
        ("state", False),
        ("civilians", True),
        ("civilians", False),
    ]
    colours = [bar.marker.color for bar in bars]
    assert colours == [
        style.colour(f"deaths-{k}") for k in ("state_based",) * 2 + ("one_sided",) * 2
    ]


def test_upright_line_runs_from_low_to_high():
    _, _, line = stacked()
    assert list(line.x)[:3] == ["2012-01-15", "2012-01-15", None]
    assert list(line.y)[:3] == [150, 400, None]


def test_interval_is_drawn_as_published_when_low_exceeds_high_or_best():
    _, _, line = stacked()
    assert list(line.y)[-3:] == [12, 11, None]  # March: low 12, best 10, high 11


def test_month_without_an_interval_has_no_line():
    _, _, line = stacked()
    assert "2012-02-15" not in line.x
    assert months.interval_lines(TOTALS.iloc[[1]]) == {"x": [], "y": []}


def test_bars_are_stacked():
    figure, _, _ = stacked()
    assert figure.layout.barmode == "stack"
    assert figure.layout.yaxis.rangemode == "tozero"
