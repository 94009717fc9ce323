"""Exhibits of the chapter "2012: a state comes apart" (`chapters/origins/collapse-2012`)."""

from __future__ import annotations

import pandas as pd

from casebook import prose
from casebook.analysis import deaths
from casebook.analysis.control import (
    CONTROL_SOURCE,
    busiest_week,
    changes_of_hands,
    holders_on,
    losses,
    named_spells,
)
from casebook.analysis.deaths import UCDP_SOURCE, VIOLENCE_TYPES, monthly_deaths
from casebook.analysis.displacement import (
    DISPLACED_SERIES,
    DISPLACEMENT_SOURCE,
    displaced_series,
    figure_rows,
    registration_breaks,
    series_in_words,
)
from casebook.analysis.geography import SHAPES_SOURCE, Ground
from casebook.analysis.situation import WINDOW_DAYS, situations
from casebook.figures import months, series, timeline, town_map
from casebook.figures.canvas import mark_moment
from casebook.records import record
from casebook.show import Control, Exhibit, State, TableExhibit, day_slider

START, END = "2012-01-01", "2013-01-01"
MAP_DAY = "2012-04-01"  # shown first, and on paper
EARLY = pd.Timestamp("2012-03-01")  # after two months of war, before the coup


# --- Who held which town ------------------------------------------------------------------------


def town_control(
    control: pd.DataFrame, places: pd.DataFrame, actors: pd.DataFrame, events: pd.DataFrame
) -> Exhibit:
    """Time x town: who held each of the towns in 2012, and what each date rests on."""
    spells = named_spells(control, places, actors)
    in_year = spells[(spells["end_date"] > START) & (spells["start_date"] < END)]
    figure = timeline.spells(in_year, START, END)
    dates = events.set_index("event_id")["date"]
    coup, independence = dates["junta-on-television"], dates["azawad-independence-declared"]
    mark_moment(figure, f"{coup:%Y-%m-%d}", f"coup, {prose.day(coup)}")

    lost = in_year[in_year["controller"].ne("mli_gov")]
    towns = in_year["place_id"].nunique()
    lost_towns = lost["place_id"].nunique()
    proxies = int(in_year["start_basis"].eq("regional_proxy").sum())
    gone = losses(spells, "mli_gov", independence)
    week = busiest_week(gone)
    borrowed = int(week["start_basis"].eq("regional_proxy").sum())
    changes = changes_of_hands(spells)
    later = changes[(changes["start_date"] > independence) & (changes["start_date"] < END)]

    undated = sorted(lost.loc[lost["start_basis"].eq("regional_proxy"), "place"].unique())
    states = {
        "all": State(
            f"All {len(in_year)} periods of control. {proxies} of them, hatched, start on a date "
            "borrowed from another town.",
            timeline.without(in_year, START, END, None),
        ),
        "dated": State(
            f"All but periods that start on a borrowed date. The gaps are what nobody dated: "
            f"{prose.listing(undated)}.",
            timeline.without(in_year, START, END, "regional_proxy"),
        ),
    }
    return Exhibit(
        name="town-control",
        figure=figure,
        title=f"By {prose.day(independence)} the state had lost {prose.words(len(gone))} of "
        f"{prose.words(towns)} towns, {prose.words(len(week))} of them within one week",
        subtitle="Who held each town, January to December 2012; towns from north to south",
        caption="Read along a row: a change of colour is a change of hands. A hatched bar starts "
        "on a date we borrowed from another town, because no source we read dates the change in "
        "this one: the bar may be longer or shorter. One colour hides that towns were shared.",
        summary=f"{towns} towns from {spells['place'].iloc[0]} in the north to "
        f"{spells['place'].iloc[-1]} in the south. {lost_towns} of them pass out of government "
        f"hands during the year, {prose.words(len(week))} from {_span(week)}, "
        f"{prose.words(borrowed)} of these on borrowed dates. Later changes of hands: "
        f"{_by_month(later)}. {proxies} periods start on borrowed dates.",
        source=CONTROL_SOURCE,
        tables=("control", "places", "actors", "events"),
        data=_spell_rows(in_year),
        controls=(
            Control(
                "dates",
                "Show",
                (("all", "all periods"), ("dated", "without borrowed dates")),
                "all",
                kind="radio",
            ),
        ),
        states=states,
        keys=timeline.keys(in_year, START, END),
    )


def _span(changes: pd.DataFrame) -> str:
    return prose.day_range(changes["start_date"].min(), changes["start_date"].max())


def _by_month(changes: pd.DataFrame) -> str:
    """Say which towns passed to whom: ``in June Bourem and Gao to MUJAO; in July ...``."""
    months = changes["start_date"].dt.to_period("M")
    said = []
    for month, rows in changes.groupby(months):
        towns = rows.groupby("actor", sort=False)["place"].agg(list)
        moves = [f"{prose.listing(places)} to {actor}" for actor, places in towns.items()]
        said.append(f"in {month.strftime('%B')} {', '.join(moves)}")
    return "; ".join(said)


def _spell_rows(spells: pd.DataFrame) -> pd.DataFrame:
    # At the edge of the table nothing ends.
    ends = spells["end_date"].where(spells["end_basis"].ne("window_limit"))
    rows = spells.assign(end_date=ends).rename(
        columns={
            "place": "Town",
            "actor": "Held by",
            "start_date": "From",
            "end_date": "Until",
            "certainty": "Certainty",
            "start_basis": "First day rests on",
            "note": "Note",
        }
    )
    rows["First day rests on"] = rows["First day rests on"].str.replace("_", " ")
    return rows[["Town", "Held by", "From", "Until", "Certainty", "First day rests on", "Note"]]


def town_days(days_held: pd.DataFrame, actors: pd.DataFrame) -> TableExhibit:
    """Sum days held, with and without the spells that start or end on a borrowed date."""
    named = days_held.merge(
        actors[["actor_id", "short_name"]], left_on="controller", right_on="actor_id"
    )
    named = named.assign(resting=1 - named["days_without_proxies"] / named["days"])
    shown = pd.DataFrame(
        {
            "Held by": named["short_name"],
            "Town-days": named["days"],
            "between dated days": named["days_without_proxies"],
            "starts or ends on a borrowed day": [
                prose.percent(share) for share in named["resting"]
            ],
        }
    )
    return TableExhibit(
        name="town-days",
        title="How much of the answer rests on borrowed dates",
        data=shown,
        note="A town-day is one town held for one day of 2012. Towns are not people: Gao counts "
        "as much as Aguelhok.",
        source=CONTROL_SOURCE,
    )


# --- The date of the coup -----------------------------------------------------------------------


def coup_dates(event_dates: pd.DataFrame) -> TableExhibit:
    """Who dates the coup of March 2012 to which day."""
    rows = event_dates[event_dates["event_id"].eq(COUP)]
    rows = rows.sort_values(["reported_date", "kind", "reported_by"])
    shown = pd.DataFrame(
        {
            "Who says": rows["reported_by"],
            "Day given": rows["reported_date"],
            "Kind of source": [SOURCE_KINDS.get(k, k.replace("_", " ")) for k in rows["kind"]],
            "What we read there": rows["note"],
        }
    )
    return TableExhibit(
        name="coup-dates",
        title="Who dates the coup to which day",
        data=shown,
        note="The soldiers moved in the evening of one day and spoke on television on the next. "
        "By what rule a source chose its day, none of them says in what we read.",
        source="compiled for this book; "
        f"{prose.words(int(rows['kind'].eq('dataset').sum()))} coup lists are quoted with one "
        "value each.",
    )


SOURCE_KINDS = {
    "statement": "the statement",
    "un_document": "UN document",
    "press": "press",
    "dataset": "coup list",
    "chronology": "chronology",
}
COUP = "mutiny-becomes-coup"


# --- The map through time -----------------------------------------------------------------------


def map_through_time(
    ground: Ground,
    control: pd.DataFrame,
    places: pd.DataFrame,
    actors: pd.DataFrame,
    conflict_events: pd.DataFrame,
) -> Exhibit:
    """Map with a date: holders of towns and the deadly events of the days before."""
    spells = named_spells(control, places, actors)
    weeks = situations(spells, conflict_events, pd.date_range(START, "2012-12-30", freq="7D"))
    year = conflict_events[conflict_events["date_start"].between(START, "2012-12-31")]
    not_drawn = year[year["where_prec"] > 3]
    early = year[year["date_start"] < EARLY]
    most = early["where_name"].value_counts().head(2)
    held = holders_on(spells, EARLY)["controller"]
    week = busiest_week(losses(spells, "mli_gov", pd.Timestamp(END)))
    days = week["start_date"].min(), week["start_date"].max()
    meanwhile = year[year["date_start"].between(*days)]
    eve = days[0] - pd.Timedelta(days=1)
    before = int(year.loc[year["date_start"] <= eve, "deaths_best"].sum())
    changes = changes_of_hands(spells)
    later = changes[changes["start_date"].between(days[1], END, "neither")]
    return Exhibit(
        name="map-2012",
        figure=town_map.town_map(ground, weeks[MAP_DAY]),
        title=f"Most recorded deaths came before most towns fell: {before:,} of the year's "
        f"{int(year['deaths_best'].sum()):,} until {prose.day(eve)}",
        subtitle=f"Holders of {len(held)} towns on a day of 2012, and deadly events of the "
        f"{WINDOW_DAYS} days before",
        caption="Squares are towns in the colour of their holder, hollow where the date is "
        "borrowed from another town. Rings are events UCDP recorded: larger for more deaths, "
        "fainter where less exactly placed. A map without rings is not a map of peace: it "
        "shows what reached UCDP's sources and met its rules.",
        summary=f"{int(most.sum())} of the {len(early)} deadly events before {prose.day(EARLY)} "
        f"are at {prose.listing(list(most.index))}; on that day the state still holds "
        f"{int(held.eq('mli_gov').sum())} of {len(held)} towns. From {_span(week)} it loses "
        f"{prose.listing(list(week['place']))}; UCDP records {len(meanwhile)} deadly events in "
        f"all Mali in these days. Later changes of hands: {_by_month(later)}. {len(not_drawn)} of "
        f"the year's {len(year)} events, with {int(not_drawn['deaths_best'].sum()):,} deaths, "
        "could not be placed well enough to draw.",
        source=f"Towns: {CONTROL_SOURCE} Events: {UCDP_SOURCE} {SHAPES_SOURCE}",
        tables=("control", "conflict_events", "places", "region_boundaries"),
        data=_event_rows(year),
        controls=(day_slider(weeks, MAP_DAY),),
        states={
            day: State(each.in_words(), town_map.day_marks(each)) for day, each in weeks.items()
        },
        keys=town_map.keys(weeks.values()),
        narrow_height=town_map.NARROW_HEIGHT,
    )


def _event_rows(events: pd.DataFrame) -> pd.DataFrame:
    rows = events.sort_values(["date_start", "id"])
    return pd.DataFrame(
        {
            "Began": rows["date_start"],
            "Ended": rows["date_end"],
            "Place": rows["where_name"],
            "Placed (1 exactly to 6 country only)": rows["where_prec"],
            "Kind": rows["violence_type"].map(VIOLENCE_TYPES),
            "Between (UCDP's names)": rows["dyad_name"],
            "Deaths, best": rows["deaths_best"],
            "low": rows["deaths_low"],
            "high": rows["deaths_high"],
        }
    )


# --- Deaths by month ----------------------------------------------------------------------------


def deaths_by_month(conflict_events: pd.DataFrame, regions: pd.DataFrame) -> Exhibit:
    """Deaths by month, kind and region, with low, best and high and the undatable share."""
    year = conflict_events[conflict_events["date_start"].between(START, "2012-12-31")]
    kinds, totals = monthly_deaths(year, "2012-01", "2012-12")
    places = deaths.deaths_by_place(year, regions, "2012-01", "2012-12")

    best, low, high = (int(totals[c].sum()) for c in ("best", "low", "high"))
    worst = record(totals, totals["best"].idxmax())
    from_may = kinds[kinds["month"] >= "2012-05-01"]
    later = from_may.groupby("violence_type")[["in_month", "spanning"]].sum().sum(axis=1)
    return Exhibit(
        name="deaths-2012",
        figure=months.stacked_months(kinds, totals, START, END),
        title=f"{prose.month(worst['month'])} was the deadliest month: {int(worst['best']):,} of "
        f"the year's {best:,} recorded deaths",
        subtitle="Deaths a month in Mali in 2012, best estimate; the upright line runs from the "
        "low to the high estimate of all kinds together",
        caption="Hatched: deaths in events that run over more than one month, shown in the first "
        f"of them. {deaths.perpetrators(year)} An empty month means that UCDP recorded no "
        "event that met its rules, not that nobody was killed.",
        summary=f"Deaths by month: {deaths.in_months(totals)}. The year's total is "
        f"{best:,} (low {low:,}, high {high:,}): the high estimate is "
        f"{prose.number(high / best, 1)} times the best one. Of the {int(later.sum()):,} deaths "
        f"from May on, {int(later['non_state']):,} are in violence between groups, armed or "
        f"communal, {int(later['one_sided']):,} in attacks on civilians and "
        f"{int(later['state_based']):,} in fights of the state against an armed group.",
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


# --- Flight -------------------------------------------------------------------------------------

FLIGHT_END = "2013-04-01"


def flight(displacement_figures: pd.DataFrame, sources: pd.DataFrame) -> Exhibit:
    """People in flight, series by series, with the break in registration."""
    figures = displaced_series(displacement_figures, START, FLIGHT_END)
    breaks = registration_breaks(figures).set_index("series")
    mauritania = record(breaks, "MRT")
    drawn_breaks = series.breaks_of(breaks.reset_index())
    every = figures["series"].unique().tolist()
    options = [
        ("all", f"all {prose.words(len(every))} series"),
        *((s, DISPLACED_SERIES[s]) for s in every),
    ]
    states = {
        key: State(
            series_in_words(figures, breaks, "MRT" if key == "all" else key, label),
            *series.only_series(figures, drawn_breaks, None if key == "all" else key),
        )
        for key, label in options
    }
    lost = prose.percent(1 - mauritania["first_value"] / mauritania["last_value"])
    span = prose.day_range(mauritania["last_count"], mauritania["first_registered"])
    return Exhibit(
        name="flight-2012",
        figure=series.dated_series(figures, START, FLIGHT_END, breaks=drawn_breaks),
        title=f"From {span} Mauritania's register lost {lost} of its names: people were now "
        "counted one by one",
        subtitle="People displaced inside Mali and Malian refugees in "
        f"{prose.words(len(every) - 1)} neighbouring countries, "
        f"{prose.month(figures['date'].min())} to {prose.month(figures['date'].max())}, as "
        "reported at each date",
        caption="A mark is one published figure; a line joins only figures counted in the same "
        "way. Where a country's way of counting changed its line stops, and a box in its colour "
        "spans the last figure of the old kind and the first of the new. Other gaps: no figure we "
        "read.",
        summary=_flight_summary(figures, breaks),
        source=DISPLACEMENT_SOURCE,
        tables=("displacement_figures", "sources"),
        data=figure_rows(figures, sources),
        controls=(Control("series", "Series", tuple(options), "all"),),
        states=states,
        keys=(*series.series_keys(figures), *series.MARK_KEYS),
    )


def _flight_summary(figures: pd.DataFrame, breaks: pd.DataFrame) -> str:
    inside = figures[figures["series"].eq("idps")]
    first, last = inside.iloc[0], inside.iloc[-1]
    said = [
        f"People displaced inside Mali rise from {first['value']:,} in "
        f"{prose.month(first['date'])} to {last['value']:,} in {prose.month(last['date'])}."
    ]
    said += [
        f"{row['label']}: {row['last_value']:,} on {prose.day(row['last_count'])}; then the "
        f"series breaks and restarts at {row['first_value']:,} on "
        f"{prose.day(row['first_registered'])}."
        for row in breaks.to_dict("records")
    ]
    whole = figures[figures["series"].ne("idps") & ~figures["series"].isin(breaks.index)]
    if len(whole):
        said.append(f"{prose.listing(list(whole['label'].unique()))}: no such break is recorded.")
    return " ".join(said)
