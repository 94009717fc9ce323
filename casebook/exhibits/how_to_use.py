"""The crisis in one chart (`chapters/start/how-to-use`)."""

from __future__ import annotations

import pandas as pd

from casebook import prose
from casebook.analysis.control import (
    CONTROL_SOURCE,
    holders_on,
    losses,
    named_spells,
    towns_by_holder,
)
from casebook.analysis.deaths import UCDP_SOURCE, monthly_deaths
from casebook.analysis.displacement import displaced_series
from casebook.figures import panels
from casebook.records import record
from casebook.show import Control, Exhibit, State

START, END = "2012-01-01", "2014-01-01"
# The phases of the statement's story, as the event table counts them.
PHASES = {
    "all": ("both years", START, END),
    "rebellion": ("January to March 2012: rebellion and coup", START, "2012-04-01"),
    "partition": ("April to December 2012: a country in two", "2012-04-01", "2013-01-01"),
    "intervention": ("January to April 2013: intervention", "2013-01-01", "2013-05-01"),
    "transition": ("May to December 2013: towards elections", "2013-05-01", END),
}


def crisis_in_one_chart(
    control: pd.DataFrame,
    places: pd.DataFrame,
    actors: pd.DataFrame,
    displacement_figures: pd.DataFrame,
    conflict_events: pd.DataFrame,
) -> Exhibit:
    """Control of towns, displacement and deaths on one time axis, 2012 and 2013."""
    spells = named_spells(control, places, actors)
    held = towns_by_holder(spells, START, END)
    displaced = displaced_series(displacement_figures, START, END)
    kinds, totals = monthly_deaths(conflict_events, "2012-01", "2013-12")
    figure = panels.crisis(held, displaced, kinds, totals, START, END)

    deadliest = record(totals, totals["best"].idxmax())
    inside = displaced[displaced["series"].eq("idps")]
    peak = record(inside, inside["value"].idxmax())
    state = held[held["actor_id"].eq("mli_gov")]
    lowest = int(state["towns"].min())
    towns = spells["place_id"].nunique()
    lost = len(losses(spells, "mli_gov", pd.Timestamp("2012-12-31")))
    by_year = totals.groupby(totals["month"].dt.year)["best"].sum()
    share = prose.percent(by_year.max() / by_year.sum())
    at_end = holders_on(spells, pd.Timestamp(END) - pd.Timedelta(days=1))
    unknown = at_end.loc[at_end["actor_id"].eq(""), "place"].tolist()
    states = {
        key: _phase(spells, inside, totals, label, first, last)
        for key, (label, first, last) in PHASES.items()
    }
    return Exhibit(
        name="crisis-in-one-chart",
        figure=figure,
        title=f"The state lost {prose.words(lost)} of {prose.words(towns)} towns in 2012; {share} "
        f"of both years' recorded deaths came in {by_year.idxmax()}, the peak of displacement in "
        f"{prose.month(peak['date'])}",
        subtitle=f"Holders of {towns} towns, people displaced, and recorded deaths a month, "
        "January 2012 to December 2013",
        caption="Three measures, one time axis. Above, each town counts as one. In the middle, a "
        "line joins only figures counted in the same way; open marks are estimates, triangles "
        "limits. Below, the upright line runs from the low to the high estimate, and hatched bars "
        "hold events that span months.",
        summary=f"The state holds {int(state['towns'].iloc[0])} of {towns} towns at the start of "
        f"2012, {lowest} at the lowest and {int(state['towns'].iloc[-1])} at the end of 2013"
        + (f"; who holds {prose.listing(unknown)} is then not known" if unknown else "")
        + f". Most people are displaced inside Mali on {prose.day(peak['date'])}: "
        f"{int(peak['value']):,}. The deadliest month is {prose.month(deadliest['month'])}, with "
        f"{int(deadliest['best']):,} recorded deaths (low {int(deadliest['low']):,}, high "
        f"{int(deadliest['high']):,}).",
        source="Towns: " + CONTROL_SOURCE + " Displacement: UNHCR, OCHA, IOM and government "
        "figures, quoted one by one. Deaths: " + UCDP_SOURCE,
        tables=("control", "displacement_figures", "conflict_events"),
        data=_rows(spells, totals),
        controls=(
            Control(
                "phase",
                "Look at",
                tuple((key, label) for key, (label, _, _) in PHASES.items()),
                "all",
            ),
        ),
        states=states,
        keys=panels.keys(held, displaced, kinds),
        narrow_height=600,
    )


def _phase(
    spells: pd.DataFrame,
    inside: pd.DataFrame,
    totals: pd.DataFrame,
    label: str,
    first: str,
    last: str,
) -> State:
    start, end = pd.Timestamp(first), pd.Timestamp(last) - pd.Timedelta(days=1)
    at_start, at_end = (
        int(holders_on(spells, day)["controller"].eq("mli_gov").sum()) for day in (start, end)
    )
    months = totals[totals["month"].between(start, end)]
    best, low, high = (int(months[column].sum()) for column in ("best", "low", "high"))
    known = inside[inside["date"].between(start, end)]
    name = prose.capitalised(label)
    flight = (
        f" People displaced inside Mali: {int(known['value'].iloc[0]):,} at first, "
        f"{int(known['value'].max()):,} at most, {int(known['value'].iloc[-1]):,} at last."
        if len(known)
        else ""
    )
    return State(
        f"{name}. Towns the state holds: {at_start} at the start, {at_end} at the end. Recorded "
        f"deaths: {best:,} (low {low:,}, high {high:,}).{flight}",
        layout={"xaxis.range": [first, last]}
        | ({} if (first, last) == (START, END) else {"xaxis.dtick": "M1"}),
    )


def _rows(spells: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    held = [
        int(holders_on(spells, month)["controller"].eq("mli_gov").sum())
        for month in totals["month"]
    ]
    return pd.DataFrame(
        {
            "Month": [prose.month(month) for month in totals["month"]],
            "Towns the state holds on the first": held,
            "Deaths, best": totals["best"],
            "low": totals["low"],
            "high": totals["high"],
        }
    )
