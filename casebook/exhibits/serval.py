"""Exhibits of the chapter "Serval: the north retaken" (`chapters/intervention/serval`)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from casebook import prose
from casebook.analysis import deaths
from casebook.analysis.control import (
    CONTROL_SOURCE,
    busiest_week,
    changes_of_hands,
    holders_on,
    named_spells,
)
from casebook.analysis.deaths import UCDP_SOURCE, monthly_deaths
from casebook.analysis.geography import SHAPES_SOURCE, Ground
from casebook.analysis.situation import situations
from casebook.figures import months, town_map
from casebook.figures import turns as drawing
from casebook.records import record, records
from casebook.show import Control, Exhibit, State, TableExhibit, day_slider

START, END = "2013-01-10", "2013-04-30"
FIGURE_END = "2013-03-08"  # leaves room for the words beside the last marks
MAP_DAY = "2013-01-28"  # shown first, and on paper
WINDOW_DAYS = 7
BEGIN = "serval-begins"
# Events whose day several sources give, for towns retaken.
RETAKEN = ("konna-retaken", "hombori-retaken", "gao-retaken", "timbuktu-retaken")
WHOSE = {
    "serval": "French",
    "mli_army": "Malian",
    "tcd_army": "Chadian",
    "ner_army": "Nigerien",
    "mnla": "MNLA",
}
ROLES = ("first", "together", "later")
NEW_HOLDERS = ("mli_gov", "tcd_army", "ner_army", "mnla")
NOT_TOLD = "not told"
# Konna and Diabaly are what the page is about before the map; a phone must find them.
PHONE_POSITIONS = {
    **town_map.PHONE_POSITIONS,
    "konna": "middle left",
    "diabaly": "bottom center",
    "aguelhok": "middle right",
}
ENTRY_SOURCE = (
    "Who entered, and in which order: our coding of press reports, most of them read in their "
    "opening only."
)


# --- The map, day by day ------------------------------------------------------------------------


def map_through_time(
    ground: Ground,
    control: pd.DataFrame,
    places: pd.DataFrame,
    actors: pd.DataFrame,
    conflict_events: pd.DataFrame,
) -> Exhibit:
    """Map with a day: holders of towns and the deadly events of the week that ends with it."""
    spells = named_spells(control, places, actors)
    days = situations(spells, conflict_events, pd.date_range(START, END), WINDOW_DAYS)
    first, last = days[START], days[END]
    others = last.holders.loc[last.holders["controller"].ne("mli_gov"), "place"].tolist()
    events = conflict_events[conflict_events["date_start"].between(START, END)]
    not_drawn = events[events["where_prec"] > 3]
    total = len(first.holders)
    return Exhibit(
        name="map-serval",
        figure=town_map.town_map(ground, days[MAP_DAY], PHONE_POSITIONS),
        title=f"The state held {prose.words(first.held)} of {total} towns on {prose.day(START)} "
        f"and {prose.words(last.held)} on {prose.day(END)}: all but {prose.listing(others)}",
        subtitle=f"Holders of {total} towns on each day from {prose.day_range(START, END)}, and "
        f"deadly events of the {prose.words(WINDOW_DAYS)} days that end with it",
        caption="Move the slider, or step with the buttons. Squares are towns in the colour of "
        "their holder, hollow where the date is borrowed from another town; a cross is a town "
        "whose holder no source we read tells. Rings are events UCDP recorded: larger for more "
        "deaths, fainter where less exactly placed; a battle against several groups is an event "
        "for each of them. A town in the state's colour mostly depended "
        "on French, Chadian or other African troops. "
        f"On paper the map shows {prose.day(MAP_DAY)}.",
        summary=f"The state holds {first.held} of {total} towns on {prose.day(START)} and "
        f"{last.held} on {prose.day(END)}. Changes of hands: {_by_day(spells)}. In these days "
        f"UCDP records {len(events)} deadly events with {int(events['deaths_best'].sum()):,} "
        f"deaths; {len(not_drawn)} events, with {int(not_drawn['deaths_best'].sum()):,} deaths, "
        "could not be placed well enough to draw.",
        source=f"Towns: {CONTROL_SOURCE} Events: {UCDP_SOURCE} {SHAPES_SOURCE}",
        tables=("control", "conflict_events", "places", "region_boundaries"),
        data=_change_rows(spells),
        controls=(day_slider(days, MAP_DAY),),
        states={
            day: State(each.in_words(), town_map.day_marks(each)) for day, each in days.items()
        },
        keys=town_map.keys(days.values()),
        narrow_height=town_map.NARROW_HEIGHT,
    )


def _turns(spells: pd.DataFrame, first: pd.Timestamp) -> pd.DataFrame:
    """Return the changes of hands from a day to the end of April 2013, in order of time."""
    changes = changes_of_hands(spells)
    inside = changes[changes["start_date"].between(first, END)]
    return inside.sort_values(["start_date", "latitude"], kind="stable", ignore_index=True)


def _by_day(spells: pd.DataFrame) -> str:
    """Say who gained which town on which day: ``on 21 January Diabaly to ...``."""
    said = []
    for _, rows in _turns(spells, pd.Timestamp(START)).groupby("start_date"):
        day = rows["start_date"].iloc[0]
        moves = [f"{row.place} to {row.actor}" for row in records(rows)]
        said.append(f"on {day.day} {day:%B} {prose.listing(moves)}")
    return "; ".join(said)


def _change_rows(spells: pd.DataFrame) -> pd.DataFrame:
    turns = _turns(spells, pd.Timestamp(START))
    return pd.DataFrame(
        {
            "Day": turns["start_date"],
            "Town": turns["place"],
            "To": turns["actor"],
            "From": turns["before"].map(_names(spells)),
            "Certainty": turns["certainty"],
            "First day rests on": turns["start_basis"].str.replace("_", " "),
            "Note": turns["note"],
        }
    )


def _names(spells: pd.DataFrame) -> dict[str, str]:
    return dict(zip(spells["actor_id"], spells["actor"], strict=True))


# --- Towns retaken ------------------------------------------------------------------------------


def towns_retaken(
    control: pd.DataFrame,
    places: pd.DataFrame,
    actors: pd.DataFrame,
    events: pd.DataFrame,
    event_dates: pd.DataFrame,
    town_entries: pd.DataFrame,
    sources: pd.DataFrame,
) -> Exhibit:
    """Who gained which town on which day of the operation, who entered, and other days given."""
    spells = named_spells(control, places, actors)
    begin = record(events.set_index("event_id"), BEGIN)["date"]
    turns = _turns(spells, begin).rename(columns={"start_date": "date"})
    turns["entered"] = _entered(turns, town_entries)
    reports = _reports(event_dates, events, spells)
    other = reports.merge(
        turns[["place", "date"]], on=["place", "date"], how="left", indicator=True
    )
    other = other[other["_merge"].eq("left_only")]
    labels = _labels(turns)

    lost = holders_on(spells, begin)
    lost = lost[lost["controller"].ne("mli_gov")]
    first = turns[turns["place_id"].isin(lost["place_id"])].drop_duplicates("place_id")
    week = busiest_week(first.rename(columns={"date": "start_date"}))["start_date"]
    last = first.iloc[-1]
    disputed = sorted(other["place"].unique())
    malian = town_entries[town_entries["actor_id"].eq("mli_army")]["place_id"].nunique()
    entered = town_entries["place_id"].nunique()
    untold = [place for place, label in labels.items() if label == NOT_TOLD]
    return Exhibit(
        name="towns-retaken",
        figure=drawing.turns(turns, other, labels, f"{begin:%Y-%m-%d}", FIGURE_END),
        title=f"From {prose.day_range(week.min(), week.max())} {prose.words(len(week))} of the "
        f"{len(lost)} towns that others held changed hands; the last, {last['place']}, on day "
        f"{(last['date'] - begin).days}",
        subtitle=f"New holders of towns from {prose.day_range(begin, END)}, in days since the "
        "French operation began; beside the marks, whose soldiers or fighters entered",
        caption="A square is the first day of a new holder, in the holder's colour; a circle is "
        "another day that a source gives for the same change. Words beside the marks name those "
        "who entered (Nigerien: from Niger): with “and” together; after “with”, in the same days "
        "as those who came first; after “then”, later; after a semicolon, at the next change. "
        "A mark in the state's colour does not say that Malian soldiers came first.",
        summary=f"Changes of hands: {_by_day_since(turns, begin)}. For "
        f"{prose.listing(disputed)} sources give other days too. Malian soldiers are named among "
        f"those who entered in {malian} of {entered} towns"
        + (f"; who entered {prose.listing(untold)} is not told." if untold else "."),
        source="Days: " + CONTROL_SOURCE + " " + ENTRY_SOURCE,
        tables=("control", "town_entries", "event_dates", "events", "sources"),
        data=_turn_rows(turns, other, begin, _names(spells), sources),
        controls=(
            Control(
                "days",
                "Show",
                (("all", "every day given"), ("ours", "the table's day only")),
                "all",
                kind="radio",
            ),
        ),
        states={
            "all": State(
                f"{prose.counted(len(turns), 'change')} of hands in {turns['place'].nunique()} "
                f"towns, and {len(other)} other days that sources give for "
                f"{prose.listing(disputed)}.",
                drawing.show_reports(turns, True),
            ),
            "ours": State(
                f"{prose.counted(len(turns), 'change')} of hands, each on the day we chose. For "
                f"{prose.listing(disputed)} the choice hides a disagreement.",
                drawing.show_reports(turns, False),
            ),
        },
        keys=drawing.keys(turns),
    )


def _entered(turns: pd.DataFrame, town_entries: pd.DataFrame) -> list[str]:
    """Say for each change who entered; an entry belongs to the nearest change at its place."""
    entries = town_entries.assign(
        role=pd.Categorical(town_entries["role"], ROLES, ordered=True),
        actor_id=pd.Categorical(town_entries["actor_id"], list(WHOSE), ordered=True),
    ).sort_values(["role", "actor_id"])
    of_turn: dict[int, list[Any]] = {index: [] for index in turns.index}
    for entry in records(entries):
        here = turns[turns["place_id"].eq(entry.place_id)]
        of_turn[(here["date"] - entry.date).abs().idxmin()].append(entry)
    return [
        # Nobody retook a town that an Islamist group took: the table does not follow that.
        _in_words(of_turn[turn.Index]) or (NOT_TOLD if turn.actor_id in NEW_HOLDERS else "")
        for turn in records(turns)
    ]


def _in_words(entries: list[Any]) -> str:
    """Write ``French, with Malian, then Chadian``; empty if nobody is named."""
    said = ""
    for role, before in zip(ROLES, ("", ", with ", ", then "), strict=True):
        if names := [WHOSE[entry.actor_id] for entry in entries if entry.role == role]:
            said += (before if said else "") + prose.listing(names)
    return said


def _labels(turns: pd.DataFrame) -> dict[str, str]:
    """Join what is said of the changes at each place."""
    said = turns[turns["entered"].ne("")].groupby("place", sort=False)["entered"]
    return {str(place): "; ".join(words) for place, words in said}


def _reports(event_dates: pd.DataFrame, events: pd.DataFrame, spells: pd.DataFrame) -> pd.DataFrame:
    """Return what sources say about the day a town was retaken: ``place``, ``date``, ``text``."""
    places = spells.drop_duplicates("place_id").set_index("place_id")["place"]
    towns = events.set_index("event_id")["place_id"].map(places)
    said = event_dates[event_dates["event_id"].isin(RETAKEN)]
    made = said.assign(place=said["event_id"].map(towns), date=said["reported_date"])
    made["text"] = [
        f"<b>{row.place}</b><br>{row.date:%-d %B %Y}: {row.reported_by}" for row in records(made)
    ]
    return made[["place", "date", "text", "reported_by", "kind", "note"]]


def _by_day_since(turns: pd.DataFrame, begin: pd.Timestamp) -> str:
    said = []
    for _, rows in turns.groupby("date"):
        moves = [f"{row.place} to {row.actor}" for row in records(rows)]
        said.append(f"day {(rows['date'].iloc[0] - begin).days} {prose.listing(moves)}")
    return "; ".join(said)


def _turn_rows(
    turns: pd.DataFrame,
    other: pd.DataFrame,
    begin: pd.Timestamp,
    names: dict[str, str],
    sources: pd.DataFrame,
) -> pd.DataFrame:
    given = other.assign(said=[f"{prose.day(r.date)} ({r.reported_by})" for r in records(other)])
    # A source that dates an entry means the last change at the place.
    final = turns.index[~turns.duplicated("place", keep="last")]
    by_place = given.groupby("place")["said"].agg("; ".join)
    titles = sources.set_index("source_id")
    named = (titles["author"] + ": " + titles["title"]).to_dict()
    return pd.DataFrame(
        {
            "Town": turns["place"],
            "Day": turns["date"],
            "Days since the start": (turns["date"] - begin).dt.days,
            "To": turns["actor"],
            "From": turns["before"].map(names),
            "Who entered": turns["entered"],
            "Day rests on": turns["start_basis"].str.replace("_", " "),
            "Other days given": [
                by_place.get(row.place, "") if row.Index in final else "" for row in records(turns)
            ],
            "Sources of the day": [
                "; ".join(named[source] for source in ids.split(";")) for ids in turns["source_ids"]
            ],
        }
    )


def datings(event_dates: pd.DataFrame, events: pd.DataFrame, places: pd.DataFrame) -> TableExhibit:
    """Who says on which day four towns were retaken."""
    said = event_dates[event_dates["event_id"].isin(RETAKEN)]
    events = events.set_index("event_id")
    towns = events["place_id"].map(places.set_index("place_id")["name"])
    order = said["event_id"].map(events["date"])
    said = said.assign(order=order).sort_values(
        ["order", "event_id", "reported_date"], kind="stable"
    )
    shown = pd.DataFrame(
        {
            "Town": said["event_id"].map(towns),
            "Day given": said["reported_date"],
            "Who says": said["reported_by"],
            "What we read there": said["note"],
        }
    )
    count = shown["Town"].nunique()
    return TableExhibit(
        name="retaken-datings",
        title=f"When were {prose.words(count)} towns retaken? What each source says",
        data=shown,
        note="An airport is not a town, a claim is not an entry, and a first patrol is not "
        "control. Read what is dated before comparing days.",
        source="the sources named in the rows, listed in the bibliography; choice and grouping are "
        "ours.",
    )


# --- Deaths -------------------------------------------------------------------------------------

FIRST, LAST = "2013-01", "2013-12"
PEAK = ("2013-01", "2013-02", "2013-03")


def deaths_by_month(conflict_events: pd.DataFrame, regions: pd.DataFrame) -> Exhibit:
    """Deaths by month, kind and region in 2013, with low, best and high."""
    year = _of_the_year(conflict_events)
    kinds, totals = monthly_deaths(year, FIRST, LAST)
    places = deaths.deaths_by_place(year, regions, FIRST, LAST)
    fights = deaths.of_kind(year, "state_based")
    peak = deaths.of_kind(year, "state_based", PEAK)
    best, low, high = (int(totals[c].sum()) for c in ("best", "low", "high"))
    no_region = year[year["region_id"].eq("")]
    spanning = int(kinds["spanning"].sum())
    share = prose.percent(peak["deaths_best"].sum() / fights["deaths_best"].sum())
    return Exhibit(
        name="deaths-2013",
        figure=months.stacked_months(kinds, totals, "2013-01-01", "2014-01-01"),
        title=f"Three months hold {share} of the year's deaths in fights of the state and its "
        f"allies: {int(peak['deaths_best'].sum()):,} of {int(fights['deaths_best'].sum()):,}",
        subtitle="Deaths a month in Mali in 2013, best estimate; the upright line runs from the "
        "low to the high estimate of all kinds together",
        caption="Choose a region to see its own months. Hatched: deaths in events that run over "
        f"more than one month, shown in the first of them. {deaths.perpetrators(year)} "
        "Fights of French and Chadian troops are coded as fights of the government of Mali, "
        "which they supported.",
        summary=f"Deaths by month: {deaths.in_months(totals)}. The year's total is {best:,} "
        f"(low {low:,}, high {high:,}). {_leaders(fights, regions)} {spanning:,} deaths are in "
        f"events that span months, and {int(no_region['deaths_best'].sum()):,} in events without "
        "a region.",
        source=UCDP_SOURCE,
        tables=("conflict_events", "regions"),
        data=deaths.month_rows(kinds, totals),
        controls=(
            Control(
                "region",
                "Where",
                tuple((key, each.place) for key, each in places.items()),
                deaths.EVERYWHERE,
            ),
        ),
        states={
            key: State(each.in_words(), months.month_marks(each.kinds, each.totals))
            for key, each in places.items()
        },
        keys=months.month_keys(kinds),
    )


def _of_the_year(conflict_events: pd.DataFrame) -> pd.DataFrame:
    return conflict_events[conflict_events["date_start"].between("2013-01-01", "2013-12-31")]


def _leaders(fights: pd.DataFrame, regions: pd.DataFrame) -> str:
    """Say which region has most deaths in fights of the state, month by month of the peak."""
    named = deaths.region_names(regions)
    said = []
    for month in PEAK:
        found = deaths.of_kind(fights, "state_based", [month])
        by_region = found[found["region_id"].ne("")].groupby("region_id")["deaths_best"].sum()
        first = named[str(by_region.idxmax())]
        said.append(
            f"in {pd.Timestamp(month):%B} the {first} ({int(by_region.max()):,} of "
            f"{int(found['deaths_best'].sum()):,})"
        )
    return f"Most deaths in fights of the state: {', '.join(said)}."


def deaths_by_region(conflict_events: pd.DataFrame, regions: pd.DataFrame) -> TableExhibit:
    """Deaths in fights of the state by region and month, with their interval."""
    year = _of_the_year(conflict_events)
    fights = deaths.of_kind(year, "state_based")
    begun = fights["date_start"].dt.strftime("%Y-%m")
    columns = {f"{pd.Timestamp(month):%B}": begun.eq(month) for month in PEAK}
    columns["April to December"] = ~begun.isin(PEAK)
    columns["2013"] = begun.notna()
    named = deaths.region_names(regions)
    found = fights.groupby("region_id")["deaths_best"].sum().sort_values(ascending=False)
    ordered = [r for r in found.index if r] + [r for r in found.index if not r]
    rows = [(named[region], fights[fights["region_id"].eq(region)]) for region in ordered]
    rows.append(("all of Mali", fights))
    shown = pd.DataFrame(
        [
            {"Where": name}
            | {label: _estimate(part[mask[part.index]]) for label, mask in columns.items()}
            for name, part in rows
        ]
    )
    none = fights[fights["region_id"].eq("")]
    share = none["deaths_best"].sum() / fights["deaths_best"].sum()
    return TableExhibit(
        name="deaths-regions-2013",
        title="Where people died in fights of the state and its allies, 2013",
        data=shown,
        note="Best estimate; in brackets the high one where it differs, and the low one where that "
        "differs too. An event counts in the month it began. "
        f"{prose.percent(share)} of the deaths have no region: UCDP knew only that they fell in "
        "the north, or on a road between two places.",
        source=UCDP_SOURCE,
    )


def _estimate(events: pd.DataFrame) -> str:
    best, low, high = (int(events[f"deaths_{c}"].sum()) for c in ("best", "low", "high"))
    if low == best == high:
        return prose.number(best)
    if low == best < high:
        return f"{prose.number(best)} (up to {prose.number(high)})"
    return f"{prose.number(best)} ({prose.number_range(low, high)})"
