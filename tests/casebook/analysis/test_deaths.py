"""Deaths by month, on a table of a few rows."""

import pandas as pd

from casebook.analysis.deaths import VIOLENCE_TYPES, monthly_deaths

EVENTS = pd.DataFrame(
    [
        ("2011-12-31", False, "state_based", 99, 99, 99),
        ("2012-01-24", False, "state_based", 45, 41, 76),
        ("2012-01-16", True, "state_based", 12, 12, 12),
        ("2012-01-17", False, "one_sided", 3, 4, 2),
        ("2012-03-02", False, "state_based", 0, 0, 3),
        ("2012-04-01", False, "state_based", 99, 99, 99),
    ],
    columns=[
        "date_start",
        "spans_months",
        "violence_type",
        "deaths_best",
        "deaths_low",
        "deaths_high",
    ],
).assign(date_start=lambda table: pd.to_datetime(table["date_start"]))


def test_deaths_count_in_the_month_the_event_began():
    kinds, totals = monthly_deaths(EVENTS, "2012-01", "2012-03")
    assert totals.to_dict("list") == {
        "month": list(pd.to_datetime(["2012-01-01", "2012-02-01", "2012-03-01"])),
        "best": [60, 0, 0],
        "low": [57, 0, 0],
        "high": [90, 0, 3],
    }
    assert kinds[["in_month", "spanning"]].to_numpy().sum() == totals["best"].sum()


def test_deaths_of_an_unknown_month_are_kept_apart():
    kinds, _ = monthly_deaths(EVENTS, "2012-01", "2012-03")
    january = kinds[kinds["month"].eq(pd.Timestamp("2012-01-01"))].set_index("violence_type")
    assert january["in_month"].to_dict() == {"state_based": 45, "non_state": 0, "one_sided": 3}
    assert january["spanning"].to_dict() == {"state_based": 12, "non_state": 0, "one_sided": 0}


def test_month_and_kind_without_deaths_are_there_as_zeros():
    kinds, totals = monthly_deaths(EVENTS.iloc[:0], "2012-01", "2012-03")
    assert len(kinds) == 3 * len(VIOLENCE_TYPES)
    assert len(totals) == 3
    assert kinds[["in_month", "spanning"]].to_numpy().sum() == 0
    assert list(kinds["label"].unique()) == list(VIOLENCE_TYPES.values())


def test_events_given_are_left_as_they_were():
    before = EVENTS.copy(deep=True)
    monthly_deaths(EVENTS, "2012-01", "2012-03")
    pd.testing.assert_frame_equal(EVENTS, before)
