"""What exhibits of deaths by month share: the choice of a region, and the words about months."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go

from casebook import prose
from casebook.analysis.deaths import NOT_ASSIGNED, VIOLENCE_TYPES, monthly_deaths
from casebook.figures import series
from casebook.show import Control, State

EVERYWHERE, NOWHERE = "all", "none"


def where(events: pd.DataFrame, regions: pd.DataFrame) -> Control:
    """Offer all of Mali and each region with deaths, most of them first, no region last."""
    named = region_names(regions)
    found = events.groupby("region_id")["deaths_best"].sum().sort_values(ascending=False)
    found = found[found > 0]
    options = [(EVERYWHERE, "all of Mali"), *((r, named[r]) for r in found.index if r)]
    if "" in found.index:
        options.append((NOWHERE, named[""]))
    return Control("region", "Where", tuple(options), EVERYWHERE)


def region_names(regions: pd.DataFrame) -> dict[str, str]:
    """Name regions so that none is mistaken for its capital; an empty id is no region."""
    labels = regions["name"].where(regions["zone"].eq("capital"), regions["name"] + " region")
    return dict(zip(regions["region_id"], labels, strict=True)) | {"": NOT_ASSIGNED}


def states(
    figure: go.Figure, events: pd.DataFrame, choices: Control, first: str, last: str
) -> dict[str, State]:
    """Return the bars and the interval for each choice of a region.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        From `casebook.figures.series.stacked_months`.
    events : pandas.DataFrame
        Rows of ``conflict_events`` of one year.
    choices : Control
        From `where`.
    first, last : str
        First and last month, such as ``"2012-01"``.
    """
    made = {}
    for key, name in choices.options:
        if key == EVERYWHERE:
            made[key] = _state(figure, events, "Mali", first, last)
        else:
            inside = events[events["region_id"].eq("" if key == NOWHERE else key)]
            made[key] = _state(figure, inside, name, first, last)
    return made


def _state(figure: go.Figure, events: pd.DataFrame, name: str, first: str, last: str) -> State:
    kinds, totals = monthly_deaths(events, first, last)
    traces = {index: {"y": bars["y"]} for index, bars in enumerate(series.death_bars(kinds))}
    traces[len(figure.data) - 1] = series.interval_lines(totals)
    best, low, high = (int(totals[c].sum()) for c in ("best", "low", "high"))
    spanning = int(kinds["spanning"].sum())
    return State(
        f"{name[0].upper()}{name[1:]}: {prose.counted(best, 'death')} in {first[:4]} (low {low:,}, "
        f"high {high:,}); {spanning:,} of them in events that span months. The scale fits the "
        "choice.",
        traces=traces,
    )


def perpetrators(events: pd.DataFrame) -> str:
    """Say to whom UCDP attributes the deaths in attacks on civilians."""
    attacks = events[events["violence_type"].eq("one_sided")]
    by_side = attacks.groupby("side_a")["deaths_best"].sum().sort_values(ascending=False)
    said = [f"{name} ({deaths:,})" for name, deaths in by_side.items()]
    return f"UCDP attributes the deaths in attacks on civilians to: {prose.listing(said)}."


def in_months(totals: pd.DataFrame) -> str:
    """Say the deaths of each month: ``159 in January, 32 in February, none in July``."""
    some, none = totals[totals["best"] > 0], totals[totals["best"] == 0]
    said = [f"{row.best:,} in {row.month:%B}" for row in some.itertuples()]
    if len(none):
        said.append(f"none in {prose.listing([f'{month:%B}' for month in none['month']])}")
    return ", ".join(said)


def rows(kinds: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return the table behind the bars: a row a month, a column a kind and an estimate."""
    wide = kinds.assign(all=kinds["in_month"] + kinds["spanning"]).pivot_table(
        index="month", columns="label", values="all", sort=False
    )
    spanning = kinds.groupby("month")["spanning"].sum()
    made = pd.DataFrame({"Month": [prose.month(m) for m in totals["month"]]})
    for label in VIOLENCE_TYPES.values():
        made[label[0].upper() + label[1:]] = wide[label].astype(int).to_numpy()
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
    return chosen[chosen["date_start"].dt.strftime("%Y-%m").isin(wanted)]
