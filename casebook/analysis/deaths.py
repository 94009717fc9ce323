"""Deaths as UCDP recorded them, by month, kind and region."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from casebook import prose
from casebook.records import records

VIOLENCE_TYPES = {
    "state_based": "state against armed group",
    "non_state": "between groups, armed or communal",
    "one_sided": "attacks on civilians",
}
NOT_ASSIGNED = "no region given"
EVERYWHERE, NOWHERE = "all", "none"
UCDP_SOURCE = (
    "UCDP Georeferenced Event Dataset, release 24.1, CC BY 4.0; events, kinds and places as UCDP "
    "coded them."
)


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
    by = ["violence_type", "month"]
    index = pd.MultiIndex.from_product([VIOLENCE_TYPES, months], names=by)
    kinds = pd.DataFrame(
        {
            "in_month": _sum(events[~spanning], by, "deaths_best"),
            "spanning": _sum(events[spanning], by, "deaths_best"),
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
    return events.groupby(by)[column].sum()


@dataclass(frozen=True)
class MonthlyDeaths:
    """Deaths by month somewhere.

    Attributes
    ----------
    place : str
        Where.
    kinds, totals : pandas.DataFrame
        From `monthly_deaths`.
    """

    place: str
    kinds: pd.DataFrame
    totals: pd.DataFrame

    def in_words(self) -> str:
        """Say the sum of its months."""
        best, low, high = (int(self.totals[c].sum()) for c in ("best", "low", "high"))
        spanning = int(self.kinds["spanning"].sum())
        return (
            f"{prose.capitalised(self.place)}: {prose.counted(best, 'death')} in "
            f"{self.totals['month'].iloc[0]:%Y} (low {low:,}, high {high:,}); {spanning:,} of "
            "them in events that span months. The scale fits the choice."
        )


def deaths_by_place(
    events: pd.DataFrame, regions: pd.DataFrame, first: str, last: str
) -> dict[str, MonthlyDeaths]:
    """Count deaths by month in all of Mali, in each region with deaths, and outside of any.

    Parameters
    ----------
    events : pandas.DataFrame
        Rows of ``conflict_events``.
    regions : pandas.DataFrame
        The table of that name.
    first, last : str
        First and last month, such as ``"2012-01"``.

    Returns
    -------
    dict of MonthlyDeaths
        By region id, most deaths first, after `EVERYWHERE`; last `NOWHERE`, for events without a
        region, if there are any.
    """
    names = region_names(regions)
    sums = events.groupby("region_id")["deaths_best"].sum().sort_values(ascending=False)
    places = {EVERYWHERE: ("all of Mali", events)}
    for region in [r for r in sums[sums > 0].index if r]:
        places[region] = names[region], events[events["region_id"].eq(region)]
    if sums.get("", 0) > 0:
        places[NOWHERE] = names[""], events[events["region_id"].eq("")]
    return {
        key: MonthlyDeaths(name, *monthly_deaths(some, first, last))
        for key, (name, some) in places.items()
    }


def region_names(regions: pd.DataFrame) -> dict[str, str]:
    """Name regions so that none is mistaken for its capital; an empty id is no region."""
    labels = regions["name"].where(regions["zone"].eq("capital"), regions["name"] + " region")
    return dict(zip(regions["region_id"], labels, strict=True)) | {"": NOT_ASSIGNED}


def perpetrators(events: pd.DataFrame) -> str:
    """Say to whom UCDP attributes the deaths in attacks on civilians."""
    attacks = events[events["violence_type"].eq("one_sided")]
    by_side = attacks.groupby("side_a")["deaths_best"].sum().sort_values(ascending=False)
    said = [f"{name} ({deaths:,})" for name, deaths in by_side.items()]
    return f"UCDP attributes the deaths in attacks on civilians to: {prose.listing(said)}."


def in_months(totals: pd.DataFrame) -> str:
    """Say the deaths of each month: ``159 in January, 32 in February, none in July``."""
    some, none = totals[totals["best"] > 0], totals[totals["best"] == 0]
    said = [f"{row.best:,} in {row.month:%B}" for row in records(some)]
    if len(none):
        said.append(f"none in {prose.listing([f'{month:%B}' for month in none['month']])}")
    return ", ".join(said)


def month_rows(kinds: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return the table behind the bars: a row a month, a column a kind and an estimate."""
    wide = kinds.assign(all=kinds["in_month"] + kinds["spanning"]).pivot_table(
        index="month", columns="label", values="all", sort=False
    )
    spanning = kinds.groupby("month")["spanning"].sum()
    made = pd.DataFrame({"Month": [prose.month(m) for m in totals["month"]]})
    for label in VIOLENCE_TYPES.values():
        made[prose.capitalised(label)] = wide[label].astype(int).to_numpy()
    made["Of these in events that span months"] = spanning.to_numpy()
    made["All, best"] = totals["best"]
    made["All, low"] = totals["low"]
    made["All, high"] = totals["high"]
    return made


def of_kind(events: pd.DataFrame, kind: str, months: Iterable[str] = ()) -> pd.DataFrame:
    """Return the events of a kind, in these months (all if none is named)."""
    chosen = events[events["violence_type"].eq(kind)]
    wanted = list(months)
    if not wanted:
        return chosen
    inside: pd.Series[bool] = chosen["date_start"].dt.strftime("%Y-%m").isin(wanted)
    return chosen[inside]
