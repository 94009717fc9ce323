"""Deaths as UCDP recorded them, by month, kind and region."""

from __future__ import annotations

import pandas as pd

VIOLENCE_TYPES = {
    "state_based": "state against armed group",
    "non_state": "between groups, armed or communal",
    "one_sided": "attacks on civilians",
}
NOT_ASSIGNED = "no region given"


def monthly_deaths(
    conflict_events: pd.DataFrame, first: str, last: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sum deaths by month and kind.

    An event counts in the month it began; ``spanning`` holds the deaths of events that run over
    several months, whose month is therefore not known.

    Parameters
    ----------
    conflict_events : pandas.DataFrame
        Rows of ``conflict_events`` (all, or those of a region).
    first, last : str
        First and last month, such as ``"2012-01"``.

    Returns
    -------
    tuple of pandas.DataFrame
        ``month, violence_type, label, in_month, spanning`` and ``month, best, low, high``; every
        month is there, with zeros where nothing was recorded.
    """
    months = pd.period_range(first, last, freq="M")
    events = conflict_events.assign(month=conflict_events["date_start"].dt.to_period("M"))
    events = events[events["month"].isin(months)]
    spanning = events["spans_months"]
    index = pd.MultiIndex.from_product([VIOLENCE_TYPES, months], names=["violence_type", "month"])
    kinds = pd.DataFrame(
        {
            "in_month": _sum(events[~spanning], index.names, "deaths_best"),
            "spanning": _sum(events[spanning], index.names, "deaths_best"),
        }
    ).reindex(index)
    kinds = kinds.fillna(0).astype(int).reset_index()
    kinds["label"] = kinds["violence_type"].map(VIOLENCE_TYPES)
    totals = pd.DataFrame(
        {name: _sum(events, ["month"], f"deaths_{name}") for name in ("best", "low", "high")}
    ).reindex(months)
    totals = totals.fillna(0).astype(int).rename_axis("month").reset_index()
    for table in (kinds, totals):
        table["month"] = table["month"].dt.to_timestamp()
    return kinds, totals


def _sum(events: pd.DataFrame, by: list[str], column: str) -> pd.Series:
    return events.groupby(list(by))[column].sum()
