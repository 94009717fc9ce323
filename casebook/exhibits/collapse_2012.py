"""Exhibits of the chapter "2012: a state comes apart" (`chapters/origins/collapse-2012`)."""

from __future__ import annotations

import pandas as pd

from casebook import prose
from casebook.exhibits import frames, town_map
from casebook.figures import series, timeline
from casebook.figures.canvas import mark_day
from casebook.show import Control, Exhibit, Key, State, TableExhibit

START, END = "2012-01-01", "2013-01-01"

HATCH = Key("first day borrowed from the region", "hatch")
DOTS = Key("first day known only roughly", "dots")
THIN = Key("the thinner the bar, the less certain the holder", "thin", "ink")
CONTROL_SOURCE = (
    "compiled for this casebook from press, UN and research reports, each spell with its sources; "
    "who counts as holder, and how certain that is, is our coding."
)
UCDP_SOURCE = (
    "UCDP Georeferenced Event Dataset, release 24.1 (inferred from its content), CC BY 4.0. "
    "What counts as an event, its kind and its place are UCDP's coding."
)


# --- Who held which town ------------------------------------------------------------------------


def town_control(
    control: pd.DataFrame, places: pd.DataFrame, actors: pd.DataFrame, events: pd.DataFrame
) -> Exhibit:
    """Time x town: who held each of the towns in 2012, and what each date rests on."""
    spells = frames.named_spells(control, places, actors)
    in_year = spells[(spells["end_date"] > START) & (spells["start_date"] < END)]
    figure = timeline.spells(in_year, START, END)
    coup = events.set_index("event_id").loc["junta-on-television", "date"]
    mark_day(figure, f"{coup:%Y-%m-%d}", f"coup, {prose.day(coup)}")

    lost = in_year[in_year["controller"].ne("mli_gov")]
    towns = in_year["place_id"].nunique()
    lost_towns = lost["place_id"].nunique()
    proxies = int(in_year["start_basis"].eq("regional_proxy").sum())
    by_april = frames.holders_on(spells, pd.Timestamp("2012-04-06"))
    gone = int(by_april["controller"].ne("mli_gov").sum())

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
            f"All {len(in_year)} spells of 2012. {proxies} of them, hatched, start on a date "
            "borrowed from the region.",
            traces={i: {"marker.opacity": 1.0} for i in range(len(figure.data))},
        ),
        "dated": without_proxies(
            f"Only spells whose first day a source gives. The gaps are what nobody dated: "
            f"{prose.listing(undated)}."
        ),
    }
    return Exhibit(
        name="town-control",
        figure=figure,
        title=f"By 6 April 2012 the state had lost {prose.words(gone)} of "
        f"{prose.words(towns)} towns, most of them within one week",
        subtitle="Who held each town, January to December 2012; towns from north to south",
        caption="Read along a row: a change of colour is a change of hands. A hatched bar starts "
        "on a date we borrowed from the regional capital, because no source we read dates the "
        "change in that town. One colour hides that several towns were shared.",
        summary=f"{towns} towns from Tessalit in the north to Mopti in the south. {lost_towns} "
        "of them pass out of government hands during the year: a few in January and February, "
        f"most between 30 March and 5 April. Holders then change again: in late June MUJAO and "
        "Ansar Dine take over from the MNLA in Gao and Timbuktu, in July in Ansongo, in September "
        f"in Douentza, in November in Ménaka and Léré. {proxies} spells start on borrowed dates.",
        source=CONTROL_SOURCE,
        tables=("control", "places", "actors"),
        data=_spell_rows(in_year),
        controls=(
            Control(
                "dates",
                "Show",
                (("all", "all spells"), ("dated", "only spells a source dates")),
                "all",
                kind="radio",
            ),
        ),
        states=states,
        keys=(HATCH, DOTS, THIN),
    )


def _spell_rows(spells: pd.DataFrame) -> pd.DataFrame:
    rows = spells.rename(
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
    """Sums of days held, with and without the spells that start on a borrowed date."""
    named = days_held.merge(
        actors[["actor_id", "short_name"]], left_on="controller", right_on="actor_id"
    )
    named = named.assign(resting=1 - named["days_without_proxies"] / named["days"])
    shown = pd.DataFrame(
        {
            "Held by": named["short_name"],
            "Town-days": named["days"],
            "without borrowed dates": named["days_without_proxies"],
            "resting on borrowed dates": [prose.percent(share) for share in named["resting"]],
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
    rows = event_dates[event_dates["event_id"].isin(COUP_EVENTS)]
    rows = rows.sort_values(["reported_date", "kind", "reported_by"])
    shown = pd.DataFrame(
        {
            "Who says": rows["reported_by"],
            "Day given": rows["reported_date"],
            "Kind of source": rows["kind"].map(SOURCE_KINDS),
            "What it dates": rows["note"],
        }
    )
    return TableExhibit(
        name="coup-dates",
        title="Who dates the coup to which day",
        data=shown,
        note="The soldiers moved in the evening; they spoke on television the next morning. "
        "Whoever dates the act says one day, whoever dates the announcement the other.",
        source="compiled for this casebook; three coup lists are quoted with one value each.",
    )


SOURCE_KINDS = {
    "statement": "the statement",
    "un_document": "UN document",
    "press": "press",
    "dataset": "coup list",
    "chronology": "chronology",
}
COUP_EVENTS = ("mutiny-becomes-coup", "junta-on-television")


# --- The map through time -----------------------------------------------------------------------


def map_through_time(
    ground: frames.Ground,
    control: pd.DataFrame,
    places: pd.DataFrame,
    actors: pd.DataFrame,
    conflict_events: pd.DataFrame,
) -> Exhibit:
    """Map with a date: holders of towns and the deadly events of the days before."""
    spells = frames.named_spells(control, places, actors)
    drawn = town_map.through_time(
        ground,
        spells,
        conflict_events,
        dates=pd.date_range(START, "2012-12-30", freq="7D"),
        default=pd.Timestamp("2012-04-01"),
    )
    year = conflict_events[conflict_events["date_start"].between(START, "2012-12-31")]
    not_drawn = year[year["where_prec"] > 3]
    spring = year[year["date_start"].between("2012-03-30", "2012-04-05")]
    return Exhibit(
        name="map-2012",
        figure=drawn.figure,
        title="Deaths came first in the far north; the towns then changed hands "
        "almost without recorded fighting",
        subtitle="Holders of 15 towns on a day of 2012, and deadly events of the 30 days before",
        caption="Squares are towns in the colour of their holder, hollow where the date is "
        "borrowed from the region. Circles are events UCDP recorded: the larger, the more deaths; "
        "the fainter, the less exactly placed. A map without circles is not a map of peace: it "
        "shows what reached UCDP's sources and met its rules.",
        summary="In January and February 2012 deadly events cluster around Ménaka, Aguelhok and "
        "Tessalit while nearly all towns are in government hands. Between 30 March and 5 April "
        f"Kidal, Gao, Timbuktu and most other towns change colour; in that week UCDP records "
        f"{len(spring)} deadly events in all Mali. In late June Gao and Timbuktu change again, "
        f"in November Ménaka and Léré. {len(not_drawn)} of the year's {len(year)} events, with "
        f"{int(not_drawn['deaths_best'].sum())} deaths, could not be placed well enough to draw.",
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
            "Kind": rows["violence_type"].map(frames.KINDS),
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
    kinds, totals = frames.monthly_deaths(year, "2012-01", "2012-12")
    figure = series.stacked_months(kinds, totals, START, END)

    names = regions.set_index("region_id")["name"].to_dict() | {"": frames.NOT_ASSIGNED}
    found = year.groupby("region_id")["deaths_best"].sum().sort_values(ascending=False)
    found = found[found > 0]
    options = [("all", "all of Mali")] + [(r or "none", names[r]) for r in found.index if r]
    if "" in found.index:
        options.append(("none", names[""]))
    states = {"all": _deaths_state(figure, year, "Mali")}
    for region_id, name in options[1:]:
        inside = year[year["region_id"].eq("" if region_id == "none" else region_id)]
        states[region_id] = _deaths_state(figure, inside, name)

    best, low, high = (int(totals[c].sum()) for c in ("best", "low", "high"))
    january = int(totals["best"].iloc[0])
    return Exhibit(
        name="deaths-2012",
        figure=figure,
        title=f"January was the deadliest month: {january} of {best} recorded deaths, "
        "two months before the coup",
        subtitle="Deaths a month in Mali in 2012, best estimate; the upright line runs from the "
        "low to the high estimate of all kinds together",
        caption="Hatched: deaths in events that run over more than one month and stand in their "
        "first. An empty month means that UCDP recorded no event that met its rules, not that "
        "nobody was killed: abuses under the armed groups' rule left few traces in this count.",
        summary=f"{january} deaths in January, {int(totals['best'].iloc[1])} in February, "
        f"{int(totals['best'].iloc[2])} in March, {int(totals['best'].iloc[3])} in April, then "
        "far fewer; none in July, August, September and December. The year's total is "
        f"{best} (low {low}, high {high}): the high estimate is twice the best one. From May on "
        "nearly all deaths are in fights between armed groups or in attacks on civilians.",
        source=UCDP_SOURCE,
        tables=("conflict_events", "regions"),
        data=_month_rows(kinds, totals),
        controls=(Control("region", "Where", tuple(options), "all"),),
        states=states,
        keys=(Key("in events that span months", "back-hatch", "deaths-state_based"),),
    )


def _deaths_state(figure, events: pd.DataFrame, where: str) -> State:
    kinds, totals = frames.monthly_deaths(events, "2012-01", "2012-12")
    traces = {
        index: {"y": bars["y"]} for index, bars in enumerate(series.death_bars(kinds))
    }
    traces[len(figure.data) - 1] = series.interval_lines(totals)
    best, low, high = (int(totals[c].sum()) for c in ("best", "low", "high"))
    spanning = int(kinds["spanning"].sum())
    return State(
        f"{where[0].upper()}{where[1:]}: {best} deaths in 2012 (low {low}, high {high}); "
        f"{spanning} of them in events that span months.",
        traces=traces,
    )


def _month_rows(kinds: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    wide = kinds.assign(all=kinds["in_month"] + kinds["spanning"]).pivot_table(
        index="month", columns="label", values="all", sort=False
    )
    spanning = kinds.groupby("month")["spanning"].sum()
    rows = pd.DataFrame({"Month": [prose.month(m) for m in totals["month"]]})
    for label in frames.KINDS.values():
        rows[label[0].upper() + label[1:]] = wide[label].astype(int).to_numpy()
    rows["Of these in events that span months"] = spanning.to_numpy()
    rows["All, best"] = totals["best"]
    rows["All, low"] = totals["low"]
    rows["All, high"] = totals["high"]
    return rows


# --- Flight -------------------------------------------------------------------------------------

FLIGHT_END = "2013-04-01"


def flight(displacement_figures: pd.DataFrame, sources: pd.DataFrame) -> Exhibit:
    """People in flight, series by series, with the break in registration."""
    figures = frames.displaced_series(displacement_figures, START, FLIGHT_END)
    breaks = frames.registration_breaks(figures).set_index("series")
    mauritania = breaks.loc["MRT"]
    figure = series.dated_series(
        figures, START, FLIGHT_END, breaks=[_break(mauritania)], every=1
    )
    every = figures["series"].unique().tolist()
    options = [("all", "all four series"), *((s, frames.DISPLACED_SERIES[s]) for s in every)]
    states = {
        key: _flight_state(figure, figures, breaks, key, label) for key, label in options
    }
    lost = prose.percent(1 - mauritania["first_value"] / mauritania["last_value"])
    return Exhibit(
        name="flight-2012",
        figure=figure,
        title=f"In one month Mauritania's register lost {lost} of its names: "
        "people were now counted one by one",
        subtitle="People displaced inside Mali and Malian refugees in three neighbouring "
        "countries, February 2012 to March 2013, as reported at each date",
        caption="A mark is one published figure; a line joins only figures counted in the same "
        "way and never crosses the shaded break. Filled marks are counts or registrations, open "
        "ones estimates, triangles bounds (pointing up: at least; down: at most).",
        summary=_flight_summary(figures, mauritania),
        source="UNHCR, OCHA, IOM and government figures quoted one by one from situation "
        "reports, with the source of each in the table. Which figure counts as registered singly "
        "is our coding of the reports' notes.",
        tables=("displacement_figures", "sources"),
        data=_flight_rows(figures, sources),
        controls=(Control("series", "Series", tuple(options), "all"),),
        states=states,
        keys=(
            Key("counted or registered", "circle"),
            Key("estimate", "circle-open"),
            Key("at least / at most", "triangle"),
            Key("way of counting changes", "band"),
        ),
    )


def _break(row: pd.Series) -> series.Break:
    return series.Break(
        f"{row['last_count']:%Y-%m-%d}", f"{row['first_registered']:%Y-%m-%d}", "way of counting changes"
    )


def _flight_state(figure, figures, breaks, key: str, label: str) -> State:
    shown = [key == "all" or trace.meta["series"] == key for trace in figure.data]
    country = "MRT" if key == "all" else key
    layout: dict = {}
    if country in breaks.index:
        row = breaks.loc[country]
        layout = {
            "shapes.0.x0": f"{row['last_count']:%Y-%m-%d}",
            "shapes.0.x1": f"{row['first_registered']:%Y-%m-%d}",
            "shapes.0.opacity": 1,
            "annotations.0.x": f"{row['last_count']:%Y-%m-%d}",
            "annotations.0.visible": True,
        }
        readout = (
            f"{row['label']}: {row['last_value']:,} on {prose.day(row['last_count'])}, "
            f"{row['first_value']:,} on {prose.day(row['first_registered'])}, after people were "
            "registered one by one. No report we read says that so many went home."
        )
    else:
        layout = {"shapes.0.opacity": 0, "annotations.0.visible": False}
        rows = figures[figures["series"].eq(key)]
        first, last = rows.iloc[0], rows.iloc[-1]
        readout = (
            f"{label}: {first['value']:,} ({first['qualifier'].replace('_', ' ')}) in "
            f"{prose.month(first['date'])}, {last['value']:,} on {prose.day(last['date'])}."
        )
        if key == "idps":
            readout += " Producers differ, and part of the rise is better access and counting."
        if key == "NER":
            readout += " Individual registration was still to come in most of these months."
    return State(
        readout,
        traces={i: {"visible": visible} for i, visible in enumerate(shown)},
        layout=layout,
    )


def _flight_summary(figures: pd.DataFrame, mauritania: pd.Series) -> str:
    inside = figures[figures["series"].eq("idps")]
    return (
        f"People displaced inside Mali rise from {inside['value'].iloc[0]:,} in March 2012 to "
        f"{inside['value'].iloc[-1]:,} in March 2013. Refugees in Mauritania rise to "
        f"{mauritania['last_value']:,} on {prose.day(mauritania['last_count'])}, then the series "
        f"breaks and restarts at {mauritania['first_value']:,}. Burkina Faso breaks in the same "
        "way between July and November; Niger has no such figure in this period."
    )


def _flight_rows(figures: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
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
