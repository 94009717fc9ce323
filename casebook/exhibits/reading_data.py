"""Exhibit of the warm-up page on reading data (`chapters/start/reading-data`)."""

from __future__ import annotations

import pandas as pd

from casebook import prose
from casebook.analysis.displacement import displaced_series, registration_breaks
from casebook.figures import series
from casebook.show import Control, Exhibit, Key, State

START, END = "2012-01-01", "2013-04-01"
METHODS = {
    "government_count": "counted by the government on arrival",
    "individual_registration": "registered one by one",
}


def register(displacement_figures: pd.DataFrame) -> Exhibit:
    """Mauritania's register of Malian refugees, cut where the way of counting changed."""
    figures = displaced_series(displacement_figures, START, END)
    figures = figures[figures["series"].eq("MRT") & figures["method"].isin(list(METHODS))]
    breaks = registration_breaks(figures)
    (broken,) = breaks.to_dict("records")
    figure = series.dated_series(figures, START, END, breaks=series.breaks_of(breaks), every=2)
    marks = {method: figures[figures["method"].eq(method)] for method in METHODS}
    ways = prose.words(figures["method"].nunique())
    before, after = (prose.number(broken[name]) for name in ("last_value", "first_value"))
    lost = broken["last_value"] - broken["first_value"]
    options = (("both", "both ways of counting"), *METHODS.items())
    states = {
        "both": State(
            f"{prose.number(lost)} names fewer between {prose.day(broken['last_count'])} and "
            f"{prose.day(broken['first_registered'])}. The figures before and after measure "
            "different things; their difference is not a number of people.",
            series.only_method(figures, None),
        )
    }
    states |= {
        method: State(_told(METHODS[method], rows), series.only_method(figures, method))
        for method, rows in marks.items()
    }
    return Exhibit(
        name="register-mauritania",
        figure=figure,
        title=f"No line leads from {before} to {after}: in between, people were counted anew",
        subtitle="Malian refugees on Mauritania's register, as reported at each date, "
        f"{prose.month(figures['date'].min())} to {prose.month(figures['date'].max())}",
        caption="A mark is one published figure. A line joins only figures counted in the same "
        "way; it says that both ends can be compared, not that anybody counted in between. The "
        "shaded box spans the last figure of the old kind and the first of the new.",
        summary=f"{len(figures)} figures, counted in {ways} ways. "
        + " ".join(_told(METHODS[method], rows) for method, rows in marks.items()),
        source="UNHCR and government figures quoted one by one from situation reports. Which "
        "figure counts as registered one by one is our coding of the reports' notes.",
        tables=("displacement_figures",),
        data=_rows(figures),
        controls=(Control("counting", "Show", options, "both", kind="radio"),),
        states=states,
        keys=(
            Key("counted or registered", "circle", "displacement-MRT"),
            Key("at least", "triangle", "displacement-MRT"),
            Key("way of counting changed", "shade", "displacement-MRT"),
        ),
    )


def _told(label: str, rows: pd.DataFrame) -> str:
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"{prose.capitalised(label)}: {prose.number(first['value'])} on "
        f"{prose.day(first['date'])}, {prose.number(last['value'])} on {prose.day(last['date'])}."
    )


def _rows(figures: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Date": figures["date"],
            "Names on the register": figures["value"],
            "Said to be": figures["qualifier"].str.replace("_", " "),
            "How people were counted": figures["method"].map(METHODS),
        }
    )
