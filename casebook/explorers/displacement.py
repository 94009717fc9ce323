"""People in flight, series by series: what a line says when it runs through a break."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd

from casebook import prose
from casebook.analysis.displacement import (
    DISPLACED_SERIES,
    DISPLACEMENT_SOURCE,
    displaced_series,
    figure_rows,
    registration_breaks,
    series_in_words,
)
from casebook.explorers.controls import Choice, Several
from casebook.explorers.explorer import Explorer
from casebook.figures import series as drawing
from casebook.show import Exhibit

NAME = "displacement-with-breaks"
START, END = "2012-01-01", "2013-04-01"
UNTIL = {
    END: "January 2012 to March 2013",
    "2014-01-01": "January 2012 to December 2013",
}
STOPS, RUNS = "stops", "runs through"
AT_BREAKS = {
    STOPS: "stops, as in this book",
    RUNS: "runs through, to see what it then claims",
}


def explorer(
    displacement_figures: pd.DataFrame,
    sources: pd.DataFrame,
    series: Sequence[str] = ("MRT", "BFA"),
    until: str = END,
) -> Explorer:
    """Return the explorer; the tables are those of the same names.

    Parameters
    ----------
    series : sequence of str
        At the start: ``idps`` or the country of the refugees.
    until : str
        The end of the figure at the start, one of `UNTIL`.
    """

    def draw(series: Sequence[str], until: str, at_breaks: str) -> Exhibit:
        figures = displaced_series(displacement_figures, START, until)
        return seen(figures, sources, list(series), until, at_breaks)

    return Explorer(
        NAME,
        {
            "series": Several("Series", tuple(DISPLACED_SERIES.items()), tuple(series)),
            "until": Choice("Time", tuple(UNTIL.items()), until),
            "at_breaks": Choice("At a break the line", tuple(AT_BREAKS.items()), STOPS),
        },
        draw,
    )


def seen(
    figures: pd.DataFrame, sources: pd.DataFrame, series: list[str], until: str, at_breaks: str
) -> Exhibit:
    """Return the series of a choice, with their breaks.

    Parameters
    ----------
    figures : pandas.DataFrame
        From `casebook.analysis.displacement.displaced_series`.
    sources : pandas.DataFrame
        The table of that name.
    series : list of str
        All are drawn if none is chosen.
    until : str
        ISO date of the end of the figure.
    at_breaks : {"stops", "runs through"}
        Whether a line joins figures counted in different ways.
    """
    chosen = [s for s in DISPLACED_SERIES if s in series] or list(DISPLACED_SERIES)
    shown = figures[figures["series"].isin(chosen)]
    breaks = registration_breaks(shown).set_index("series")
    runs = at_breaks == RUNS
    figure = drawing.dated_series(
        # One way of counting for all: then a line joins what ought not to be joined.
        shown.assign(method="all ways of counting") if runs else shown,
        START,
        until,
        breaks=drawing.breaks_of(breaks.reset_index()),
    )
    said = [series_in_words(shown, breaks, s, DISPLACED_SERIES[s]) for s in chosen]
    claims = [_claimed(row) for row in breaks.to_dict("records")]
    if runs and claims:
        said.append(f"Drawn through the break, the line claims that {prose.listing(claims)}.")
    window = figures["date"].min(), figures["date"].max()
    return Exhibit(
        name=f"explorer-{NAME}",
        figure=figure,
        title=_finding(shown, breaks, runs),
        subtitle="People displaced inside Mali and Malian refugees in neighbouring countries, "
        f"{prose.month(window[0])} to {prose.month(window[1])}, as reported at each date",
        caption="A mark is one published figure. "
        + (
            "Here a line also joins figures counted in different ways, which no line of this book "
            "does: the box marks where. "
            if runs
            else "A line joins only figures counted in the same way. Where a country's way of "
            "counting changed, the line stops and a box spans the last figure of the old kind and "
            "the first of the new. "
        )
        + "Nobody who was not reported is in these figures.",
        summary=" ".join(said),
        source=DISPLACEMENT_SOURCE,
        tables=("displacement_figures", "sources"),
        data=figure_rows(shown, sources),
        keys=(*drawing.series_keys(shown), *drawing.MARK_KEYS),
    )


def _claimed(row: dict[Hashable, Any]) -> str:
    days = (row["first_registered"] - row["last_count"]).days
    gone = int(row["last_value"] - row["first_value"])
    return f"{gone:,} people left {_country(row)} in {days} days"


def _country(row: dict[Hashable, Any] | pd.Series) -> str:
    return str(row["label"]).removeprefix("Refugees in ")


def _finding(shown: pd.DataFrame, breaks: pd.DataFrame, runs: bool) -> str:
    if breaks.empty:
        first, last = shown.iloc[0], shown[shown["series"].eq(shown["series"].iloc[0])].iloc[-1]
        return (
            f"{first['label']}: from {first['value']:,} in {prose.month(first['date'])} to "
            f"{last['value']:,} in {prose.month(last['date'])}, in the figures we read"
        )
    row = breaks.iloc[0]
    country = _country(row)
    lost = prose.percent(1 - row["first_value"] / row["last_value"])
    if runs:
        return (
            f"A line through the break in {country} shows {lost} leaving; what changed was the "
            "way of counting"
        )
    span = prose.day_range(row["last_count"], row["first_registered"])
    return (
        f"From {span} the register in {country} lost {lost} of its names: people were now counted "
        "one by one"
    )
