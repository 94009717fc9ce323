"""People in flight: dated figures, and where the way of counting changed."""

from __future__ import annotations

import pandas as pd

from casebook import prose

REFUGEES, IDPS = "refugees", "idps"
DISPLACEMENT_SOURCE = (
    "UNHCR, OCHA, IOM and government figures quoted one by one from situation reports, with the "
    "source of each in the table. Which figure counts as registered singly is our coding of the "
    "reports' notes."
)
DISPLACED_SERIES = {
    "idps": "Displaced inside Mali",
    "MRT": "Refugees in Mauritania",
    "NER": "Refugees in Niger",
    "BFA": "Refugees in Burkina Faso",
}


def displaced_series(displacement_figures: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """Pick the dated figures that make a series: people displaced inside Mali, and refugees.

    Figures for regions of Mali, for groups of countries and for periods are left out: they
    measure something else. ``method`` tells what a figure counts: the way of registration for
    refugees, the producer for people inside Mali.

    Returns
    -------
    pandas.DataFrame
        ``figure_id, series, label, date, value, qualifier, method, source_id``.
    """
    figures = displacement_figures
    figures = figures[figures["as_of_date"].between(start, end) & figures["region"].eq("")]
    inside = figures[figures["indicator"].eq(IDPS)].assign(series="idps")
    inside["method"] = inside["producer"]
    abroad = figures[
        figures["indicator"].eq(REFUGEES) & figures["area"].isin(["MRT", "NER", "BFA"])
    ]
    abroad = abroad.assign(series=abroad["area"], method=abroad["registration"])
    both = pd.concat([inside, abroad]).rename(columns={"as_of_date": "date", "persons": "value"})
    both["label"] = both["series"].map(DISPLACED_SERIES)
    both["order"] = both["series"].map(list(DISPLACED_SERIES).index)
    both = both.sort_values(["order", "date", "figure_id"], ignore_index=True)
    columns = ["figure_id", "series", "label", "date", "value", "qualifier", "method", "source_id"]
    return both[columns]


def registration_breaks(series: pd.DataFrame) -> pd.DataFrame:
    """Find where a country's register changes from government counts to people counted singly.

    Returns
    -------
    pandas.DataFrame
        ``series, label, last_count, last_value, first_registered, first_value``: the last
        government count and the first figure after individual registration.
    """
    rows = []
    for country, figures in series.groupby("series", sort=False):
        counted = figures[figures["method"].eq("government_count")]
        singly = figures[figures["method"].eq("individual_registration")]
        earlier = counted[counted["date"] < singly["date"].min()]
        if earlier.empty:
            continue
        before, after = earlier.iloc[-1], singly.iloc[0]
        counts = (before["date"], before["value"], after["date"], after["value"])
        rows.append((country, before["label"], *counts))
    columns = ["series", "label", "last_count", "last_value", "first_registered", "first_value"]
    return pd.DataFrame(rows, columns=columns)


def series_in_words(figures: pd.DataFrame, breaks: pd.DataFrame, key: str, label: str) -> str:
    """Say what one series tells: its break, or its ends and what they rest on.

    Parameters
    ----------
    figures : pandas.DataFrame
        From `displaced_series`.
    breaks : pandas.DataFrame
        From `registration_breaks`, indexed by series.
    key, label : str
        The series, and what to call it.
    """
    if key in breaks.index:
        row = breaks.loc[key]
        return (
            f"{row['label']}: {row['last_value']:,} on {prose.day(row['last_count'])}, "
            f"{row['first_value']:,} on {prose.day(row['first_registered'])}, after people were "
            "registered one by one. No report we read says that so many went home."
        )
    rows = figures[figures["series"].eq(key)]
    first, last = rows.iloc[0], rows.iloc[-1]
    words = (
        f"{label}: {first['value']:,} ({first['qualifier'].replace('_', ' ')}) in "
        f"{prose.month(first['date'])}, {last['value']:,} on {prose.day(last['date'])}."
    )
    if key == "idps":
        return words + " Producers differ, and part of the rise is better access and counting."
    if rows["method"].eq("individual_registration").any():
        return words
    return words + " None of these figures is known to come from registration one by one."


def figure_rows(figures: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with readable columns, each with its source."""
    titles = sources.set_index("source_id")
    named = titles["author"] + ": " + titles["title"]
    return pd.DataFrame(
        {
            "Series": figures["label"],
            "Date": figures["date"],
            "People": figures["value"],
            "Said to be": figures["qualifier"].str.replace("_", " "),
            "Counted by, or how": figures["method"].str.replace("_", " "),
            "Source": figures["source_id"].map(named),
        }
    )
