"""Exhibits of the page The Title (`the/page`)."""

from __future__ import annotations

import pandas as pd

from casebook import prose
from casebook.figures import bars
from casebook.show import Exhibit

# The two figures are examples that work: exchange them for those the page needs. A title says
# what was found, and is computed, so that a corrected table corrects it.
FIRST, LAST = 2007, 2016


def events_by_year(events: pd.DataFrame) -> Exhibit:
    """Dated events of the chronology, year by year."""
    years = events["date"].dt.year
    counts = years[years.between(FIRST, LAST)].value_counts().sort_index()
    return _bars(
        "the-slug-events",
        counts,
        "event",
        title=f"The chronology is fullest in {counts.idxmax()}",
        subtitle=f"Dated events of this book a year, {FIRST} to {LAST}",
        caption="A bar counts what we recorded, not what happened.",
        source="compiled for this book; each event names its sources.",
        table="events",
    )


def deaths_by_year(conflict_events: pd.DataFrame) -> Exhibit:
    """Deaths in Mali that UCDP records, year by year."""
    deaths = conflict_events.groupby("year")["deaths_best"].sum()
    counts = deaths[(deaths.index >= FIRST) & (deaths.index <= LAST)]
    return _bars(
        "the-slug-deaths",
        counts,
        "death",
        title=f"Most deaths are recorded for {counts.idxmax()}",
        subtitle=f"Deaths in Mali a year by the best estimate, {FIRST} to {LAST}",
        caption="Best estimates of recorded events; a year without a bar has no recorded death.",
        source="UCDP Georeferenced Event Dataset.",
        table="conflict_events",
    )


def _bars(
    name: str,
    counts: pd.Series,
    noun: str,
    *,
    title: str,
    subtitle: str,
    caption: str,
    source: str,
    table: str,
) -> Exhibit:
    told = [f"{prose.counted(count, noun)} in {year}" for year, count in counts.items()]
    label = f"{prose.capitalised(noun)}s"
    frame = pd.DataFrame({"year": counts.index, "value": counts.to_numpy()})
    drawn = frame.assign(series="all", label=label, hover=told)
    return Exhibit(
        name=name,
        figure=bars.stacked_years(drawn, {"all": "accent"}, (FIRST, LAST), title=label),
        title=title,
        subtitle=subtitle,
        caption=caption,
        source=source,
        summary=f"{prose.capitalised(prose.listing(told))}.",
        tables=(table,),
        data=frame.set_axis(["Year", label], axis=1),
    )
