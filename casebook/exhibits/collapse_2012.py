"""Exhibits of the chapter "2012: a state comes apart" (`chapters/origins/collapse-2012`)."""

from __future__ import annotations

import pandas as pd

from casebook import prose
from casebook.analysis.control import (
    busiest_week,
    changes_of_hands,
    holders_on,
    losses,
    named_spells,
)
from casebook.analysis.deaths import VIOLENCE_TYPES, monthly_deaths
from casebook.analysis.displacement import DISPLACED_SERIES, displaced_series, registration_breaks
from casebook.analysis.geography import Ground
from casebook.exhibits import death_months, town_map
from casebook.figures import series, timeline
from casebook.figures.canvas import mark_day
from casebook.show import Control, Exhibit, Key, State, TableExhibit

START, END = "2012-01-01", "2013-01-01"
EARLY = pd.Timestamp("2012-03-01")  # after two months of war, before the coup

HATCH = Key("first day borrowed from another town", "hatch")
DOTS = Key("first day known only roughly", "dots")
CERTAINTY = (
    Key("holder certain", "thick", "ink"),
    Key("fairly certain", "middling", "ink"),
    Key("uncertain", "thin", "ink"),
)
CONTROL_SOURCE = (
    "compiled for this book from press, UN and research reports, most of them read in their "
    "opening only; holder and certainty are our coding."
)
UCDP_SOURCE = (
    "UCDP Georeferenced Event Dataset, release 24.1, CC BY 4.0; events, kinds and places as UCDP "
    "coded them."
)


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
    mark_day(figure, f"{coup:%Y-%m-%d}", f"coup, {prose.day(coup)}")

    lost = in_year[in_year["controller"].ne("mli_gov")]
    towns = in_year["place_id"].nunique()
    lost_towns = lost["place_id"].nunique()
    proxies = int(in_year["start_basis"].eq("regional_proxy").sum())
    gone = losses(spells, "mli_gov", independence)
    week = busiest_week(gone)
    borrowed = int(week["start_basis"].eq("regional_proxy").sum())
    changes = changes_of_hands(spells)
    later = changes[(changes["start_date"] > independence) & (changes["start_date"] < END)]

    def without_proxies(readout: str) -> State:
        return State(
            readout,
            traces={
                index: {"marker.opacity": [0.0 if b == "regional_proxy" else 1.0 for b, _ in bars]}
                for index, bars in enumerate(trace.customdata for trace in figure.data)
            },
        )

    undated = sorted(lost.loc[lost["start_basis"].eq("regional_proxy"), "place"].unique())
    states = {
        "all": State(
            f"All {len(in_year)} periods of control. {proxies} of them, hatched, start on a date "
            "borrowed from another town.",
            traces={i: {"marker.opacity": 1.0} for i in range(len(figure.data))},
        ),
        "dated": without_proxies(
            f"All but periods that start on a borrowed date. The gaps are what nobody dated: "
            f"{prose.listing(undated)}."
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
        keys=(HATCH, DOTS, *CERTAINTY),
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
    drawn = town_map.through_time(
        ground,
        spells,
        conflict_events,
        dates=pd.date_range(START, "2012-12-30", freq="7D"),
        default=pd.Timestamp("2012-04-01"),
    )
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
        figure=drawn.figure,
        title=f"Most recorded deaths came before most towns fell: {before:,} of the year's "
        f"{int(year['deaths_best'].sum()):,} until {prose.day(eve)}",
        subtitle=f"Holders of {len(held)} towns on a day of 2012, and deadly events of the "
        f"{town_map.WINDOW_DAYS} days before",
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
        source="Towns: " + CONTROL_SOURCE + " Events: " + UCDP_SOURCE + " " + town_map.SHAPES,
        tables=("control", "conflict_events", "places", "region_boundaries"),
        data=_event_rows(year),
        controls=(drawn.control,),
        states=drawn.states,
        keys=drawn.keys,
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
    figure = series.stacked_months(kinds, totals, START, END)

    choices = death_months.where(year, regions)
    states = death_months.states(figure, year, choices, "2012-01", "2012-12")

    best, low, high = (int(totals[c].sum()) for c in ("best", "low", "high"))
    worst = totals.loc[totals["best"].idxmax()]
    from_may = kinds[kinds["month"] >= "2012-05-01"]
    later = from_may.groupby("violence_type")[["in_month", "spanning"]].sum().sum(axis=1)
    return Exhibit(
        name="deaths-2012",
        figure=figure,
        title=f"{prose.month(worst['month'])} was the deadliest month: {int(worst['best']):,} of "
        f"the year's {best:,} recorded deaths",
        subtitle="Deaths a month in Mali in 2012, best estimate; the upright line runs from the "
        "low to the high estimate of all kinds together",
        caption="Hatched: deaths in events that run over more than one month, shown in the first "
        f"of them. {death_months.perpetrators(year)} An empty month means that UCDP recorded no "
        "event that met its rules, not that nobody was killed.",
        summary=f"Deaths by month: {death_months.in_months(totals)}. The year's total is "
        f"{best:,} (low {low:,}, high {high:,}): the high estimate is "
        f"{prose.number(high / best, 1)} times the best one. Of the {int(later.sum()):,} deaths "
        f"from May on, {int(later['non_state']):,} are in violence between groups, armed or "
        f"communal, {int(later['one_sided']):,} in attacks on civilians and "
        f"{int(later['state_based']):,} in fights of the state against an armed group.",
        source=UCDP_SOURCE,
        tables=("conflict_events", "regions"),
        data=death_months.rows(kinds, totals),
        controls=(choices,),
        states=states,
        keys=(Key("in events that span months", "back-hatch", "deaths-state_based"),),
    )


# --- Flight -------------------------------------------------------------------------------------

FLIGHT_END = "2013-04-01"
FLIGHT_KEYS = (
    Key("counted or registered", "circle"),
    Key("estimate", "circle-open"),
    Key("at least (or, pointing down, at most)", "triangle"),
    Key("planning figure", "diamond"),
    Key("way of counting changed", "shade", "displacement-MRT"),
)
FLIGHT_SOURCE = (
    "UNHCR, OCHA, IOM and government figures quoted one by one from situation reports, with the "
    "source of each in the table. Which figure counts as registered singly is our coding of the "
    "reports' notes."
)


def flight(displacement_figures: pd.DataFrame, sources: pd.DataFrame) -> Exhibit:
    """People in flight, series by series, with the break in registration."""
    figures = displaced_series(displacement_figures, START, FLIGHT_END)
    breaks = registration_breaks(figures).set_index("series")
    mauritania = breaks.loc["MRT"]
    figure = series.dated_series(figures, START, FLIGHT_END, breaks=flight_breaks(breaks), every=1)
    every = figures["series"].unique().tolist()
    options = [
        ("all", f"all {prose.words(len(every))} series"),
        *((s, DISPLACED_SERIES[s]) for s in every),
    ]
    states = {key: _flight_state(figure, figures, breaks, key, label) for key, label in options}
    lost = prose.percent(1 - mauritania["first_value"] / mauritania["last_value"])
    span = prose.day_range(mauritania["last_count"], mauritania["first_registered"])
    return Exhibit(
        name="flight-2012",
        figure=figure,
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
        source=FLIGHT_SOURCE,
        tables=("displacement_figures", "sources"),
        data=flight_rows(figures, sources),
        controls=(Control("series", "Series", tuple(options), "all"),),
        states=states,
        keys=FLIGHT_KEYS,
    )


def flight_breaks(breaks: pd.DataFrame) -> list[series.Break]:
    """Return the breaks as they are drawn.

    Parameters
    ----------
    breaks : pandas.DataFrame
        From `casebook.analysis.displacement.registration_breaks`, indexed by series.
    """
    return [
        series.Break(
            str(country),
            f"{row['last_count']:%Y-%m-%d}",
            f"{row['first_registered']:%Y-%m-%d}",
            int(row["last_value"]),
            int(row["first_value"]),
            "counted anew",
        )
        for country, row in breaks.iterrows()
    ]


def _flight_state(figure, figures, breaks, key: str, label: str) -> State:
    shown = [key == "all" or trace.meta["series"] == key for trace in figure.data]
    country = "MRT" if key == "all" else key
    layout: dict = {}
    for position, broken in enumerate(breaks.index):
        layout[f"shapes.{position}.opacity"] = 0.22 if key in ("all", broken) else 0
        layout[f"annotations.{position}.visible"] = key in ("all", broken)
    words = flight_words(figures, breaks, country, label)
    return State(
        words,
        traces={i: {"visible": visible} for i, visible in enumerate(shown)},
        layout=layout,
    )


def flight_words(figures: pd.DataFrame, breaks: pd.DataFrame, key: str, label: str) -> str:
    """Say what one series tells: its break, or its ends and what they rest on.

    Parameters
    ----------
    figures : pandas.DataFrame
        From `casebook.analysis.displacement.displaced_series`.
    breaks : pandas.DataFrame
        From `casebook.analysis.displacement.registration_breaks`, indexed by series.
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


def flight_rows(figures: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
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
