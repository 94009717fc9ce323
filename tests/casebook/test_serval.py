"""The exhibits of the chapter on the intervention: true to the tables, and to a changed table."""

import itertools
import re
from datetime import date, timedelta

import pandas as pd
import pytest

from casebook import prose, style, tables
from casebook.figures.turns import REPORTS

MAP = "serval.map_through_time"
RETAKEN = "serval.towns_retaken"
DATINGS = "serval.datings"
DEATHS = "serval.deaths_by_month"
REGIONS = "serval.deaths_by_region"
START, END = date(2013, 1, 10), date(2013, 4, 30)
BEGIN = date(2013, 1, 11)


def day(text: str) -> date:
    return date.fromisoformat(text)


def total(events, column: str = "deaths_best") -> int:
    return sum(int(row[column]) for row in events)


# --- The map ------------------------------------------------------------------------------------


def test_slider_stops_on_every_day(exhibit_from):
    keys = list(exhibit_from(MAP).states)
    days = [START + timedelta(days=i) for i in range((END - START).days + 1)]
    assert keys == [str(day) for day in days]


def test_towns_have_the_colour_of_their_holder_on_every_day(exhibit_from, rows):
    exhibit = exhibit_from(MAP)
    places = {row["place_id"]: row["name"] for row in rows("places")}
    position = next(i for i, trace in enumerate(exhibit.figure.data) if trace.name == "towns")
    names = exhibit.figure.data[position].text
    for key, state in exhibit.states.items():
        drawn = dict(zip(names, state.traces[position]["marker.color"], strict=True))
        known = {
            places[row["place_id"]]: style.actor_colour(row["controller"])
            for row in rows("control")
            if row["start_date"] <= key < row["end_date"]
        }
        unknown = {name: style.colour("muted") for name in names if name not in known}
        assert drawn == known | unknown, key
        held = sum(colour == style.actor_colour("mli_gov") for colour in known.values())
        assert f"the state holds {held} of {len(names)} towns" in state.readout
        assert ("Holder not known" in state.readout) == bool(unknown)


def test_events_of_seven_days_are_drawn_where_they_can_be_placed(exhibit_from, rows):
    exhibit = exhibit_from(MAP)
    position = next(i for i, trace in enumerate(exhibit.figure.data) if trace.name == "events")
    for key, state in exhibit.states.items():
        recent = [
            row
            for row in rows("conflict_events")
            if 0 <= (day(key) - day(row["date_start"])).days < 7
        ]
        placed = [float(row["longitude"]) for row in recent if row["where_prec"] in "123"]
        assert sorted(state.traces[position]["x"]) == pytest.approx(sorted(placed), abs=0.001)
        counted = prose.counted(len(recent), "deadly event")
        assert (counted if recent else "No deadly event") in state.readout


def test_title_counts_towns_on_the_first_and_the_last_day(exhibit_from, rows):
    names = {row["place_id"]: row["name"] for row in rows("places")}
    towns = {row["place_id"] for row in rows("control")}
    held = {
        when: {
            row["place_id"]
            for row in rows("control")
            if row["controller"] == "mli_gov"
            and day(row["start_date"]) <= when < day(row["end_date"])
        }
        for when in (START, END)
    }
    title = exhibit_from(MAP).title
    counts = [prose.words(len(held[when])) for when in (START, END)]
    assert f"held {counts[0]} of {len(towns)} towns" in title
    assert f"and {counts[1]} on {prose.day(END)}" in title
    missing = {names[place] for place in towns - held[END]}
    assert set(re.split(r", | and ", title.split("all but ")[1])) == missing


def test_readout_never_ends_a_spell_at_the_edge_of_the_table(exhibit_from):
    said = " ".join(state.readout for state in exhibit_from(MAP).states.values())
    assert "2014" not in said
    assert "1 days" not in said


def test_caption_says_which_day_is_printed(exhibit_from):
    exhibit = exhibit_from(MAP)
    printed = dict(exhibit.controls[0].options)[exhibit.controls[0].default]
    assert exhibit.caption.endswith(f"On paper the map shows {printed}.")


def test_phone_names_the_towns_the_page_and_the_title_speak_of(exhibit_from):
    figure = exhibit_from(MAP).figure
    position = next(i for i, trace in enumerate(figure.data) if trace.name == "towns")
    phone = figure.layout.meta["narrow"]["traces"][str(position)]
    where = dict(zip(phone["text"], phone["textposition"], strict=True))
    assert {"Konna", "Diabaly", "Kidal", "Aguelhok", "Gao", "Timbuktu"} <= set(where)
    assert where["Konna"] == "middle left"


def test_moved_change_moves_on_the_map(exhibit_from):
    control = tables.load("control")
    gao = control["place_id"].eq("gao") & control["start_date"].eq("2013-01-26")
    control.loc[gao, "start_date"] = pd.Timestamp("2013-02-02")
    control.loc[
        control["place_id"].eq("gao") & control["end_date"].eq("2013-01-26"), "end_date"
    ] = pd.Timestamp("2013-02-02")
    moved = exhibit_from(MAP, control=control)
    assert "Gao" not in moved.states["2013-01-26"].readout
    assert "Changed on this day: Gao to Government of Mali" in moved.states["2013-02-02"].readout
    assert "on 2 February Gao to Government of Mali" in moved.summary


# --- Towns retaken ------------------------------------------------------------------------------


@pytest.fixture
def changes(rows):
    """Give (town, day, basis, new holder) for each change of hands in the window."""
    names = {row["place_id"]: row["name"] for row in rows("places")}
    spells = sorted(rows("control"), key=lambda row: (row["place_id"], row["start_date"]))
    return [
        (names[later["place_id"]], later["start_date"], later["start_basis"], later["controller"])
        for sooner, later in itertools.pairwise(spells)
        if sooner["place_id"] == later["place_id"]
        and sooner["controller"] != later["controller"]
        and BEGIN <= day(later["start_date"]) <= END
    ]


def test_every_change_is_one_mark_of_its_holder_and_basis(exhibit_from, changes):
    figure = exhibit_from(RETAKEN).figure
    colours = {style.actor_colour(a): a for a in style.ACTORS}
    drawn = [
        (place, x, symbol, colours[trace.marker.color])
        for trace in figure.data
        if trace.showlegend is not False
        for place, x, symbol in zip(trace.y, trace.x, trace.marker.symbol, strict=True)
    ]
    symbols = {"dated_event": "square", "approximate_day": "diamond-open"}
    assert sorted(drawn) == sorted((p, on, symbols[basis], h) for p, on, basis, h in changes)
    assert any(symbol == "diamond-open" for _, _, symbol, _ in drawn)


def test_days_are_counted_from_the_beginning_of_the_operation(exhibit_from, changes):
    data = exhibit_from(RETAKEN).data
    counted = sorted(zip(data["Town"], data["Days since the start"], strict=True))
    assert counted == sorted((place, (day(on) - BEGIN).days) for place, on, _, _ in changes)


def test_other_days_are_those_sources_give_and_the_table_does_not(exhibit_from, changes, rows):
    exhibit = exhibit_from(RETAKEN)
    names = {row["place_id"]: row["name"] for row in rows("places")}
    place_of = {row["event_id"]: names.get(row["place_id"]) for row in rows("events")}
    ours = {(place, on) for place, on, _, _ in changes}
    wanted = sorted(
        (place_of[row["event_id"]], row["reported_date"])
        for row in rows("event_dates")
        if row["event_id"].endswith("-retaken")
        and (place_of[row["event_id"]], row["reported_date"]) not in ours
    )
    trace = next(t for t in exhibit.figure.data if t.name == REPORTS)
    assert sorted(zip(trace.y, trace.x, strict=True)) == wanted
    assert {"Konna", "Timbuktu"} <= {place for place, _ in wanted}
    for state, visible in (("all", True), ("ours", False)):
        figure = exhibit.states[state].apply(exhibit.figure)
        assert next(t for t in figure.data if t.name == REPORTS).visible is visible


def test_title_counts_first_changes_of_towns_others_held(exhibit_from, changes, rows):
    names = {row["place_id"]: row["name"] for row in rows("places")}
    others = {
        names[row["place_id"]]
        for row in rows("control")
        if row["controller"] != "mli_gov" and day(row["start_date"]) <= BEGIN < day(row["end_date"])
    }
    first = {}
    for place, on, _, _ in sorted(changes, key=lambda change: change[1]):
        if place in others:
            first.setdefault(place, day(on))
    week = max(
        sum(0 <= (other - start).days <= 6 for other in first.values()) for start in first.values()
    )
    last = max(first, key=first.get)
    title = exhibit_from(RETAKEN).title
    assert f" {prose.words(week)} of the {len(others)} towns that others held" in title
    assert title.endswith(f"the last, {last}, on day {(first[last] - BEGIN).days}")


WHOSE = {
    "serval": "French",
    "mli_army": "Malian",
    "tcd_army": "Chadian",
    "ner_army": "Nigerien",
    "mnla": "MNLA",
}


def test_everyone_who_entered_is_named_at_the_town_and_nobody_else(exhibit_from, rows):
    data = exhibit_from(RETAKEN).data
    for row in rows("places"):
        entered = {
            WHOSE[e["actor_id"]] for e in rows("town_entries") if e["place_id"] == row["place_id"]
        }
        said = " ".join(data.loc[data["Town"].eq(row["name"]), "Who entered"])
        assert {word for word in WHOSE.values() if re.search(rf"\b{word}\b", said)} == entered


def test_those_who_came_later_stand_after_then(exhibit_from, rows):
    data = exhibit_from(RETAKEN).data.set_index("Town")["Who entered"]
    names = {row["place_id"]: row["name"] for row in rows("places")}
    for entry in rows("town_entries"):
        if entry["role"] == "later":
            assert WHOSE[entry["actor_id"]] in data[names[entry["place_id"]]].split(", then ")[1]


def test_those_who_came_first_stand_before_those_who_came_with_them(exhibit_from, rows):
    data = exhibit_from(RETAKEN).data
    data = data[data["Who entered"].ne("")].set_index("Town")["Who entered"]
    names = {row["place_id"]: row["name"] for row in rows("places")}
    mixed = 0
    for place in {row["place_id"] for row in rows("town_entries")} - {"menaka"}:
        of = {role: [] for role in ("first", "together", "later")}
        for entry in rows("town_entries"):
            if entry["place_id"] == place:
                of[entry["role"]].append(WHOSE[entry["actor_id"]])
        leading = data[names[place]].split(", then ")[0].split(", with ")
        groups = [group for group in (of["first"], of["together"]) if group]
        assert [set(re.split(r", | and ", part)) for part in leading] == [set(g) for g in groups]
        mixed += len(groups) == 2
    assert mixed  # Gao: French special forces, then both armies


def test_entry_stands_at_the_change_it_belongs_to(exhibit_from):
    data = exhibit_from(RETAKEN).data
    menaka = data[data["Town"].eq("Ménaka")].sort_values("Day")["Who entered"].tolist()
    assert menaka == ["Nigerien", "MNLA", "French and Malian"]


def test_town_whose_entry_nobody_told_says_so(exhibit_from):
    exhibit = exhibit_from(RETAKEN)
    assert exhibit.data.set_index("Town").loc["Léré", "Who entered"] == "not told"
    assert "who entered Léré is not told" in exhibit.summary


def test_dropped_entry_changes_the_words(exhibit_from):
    entries = tables.load("town_entries")
    fewer = exhibit_from(
        RETAKEN,
        town_entries=entries[
            ~(entries["place_id"].eq("konna") & entries["actor_id"].eq("mli_army"))
        ],
    )
    before = int(re.search(r"in (\d+) of", exhibit_from(RETAKEN).summary)[1])
    assert f"in {before - 1} of" in fewer.summary
    assert fewer.data.set_index("Town").loc["Konna", "Who entered"] == "not told"


def test_everyone_who_dates_a_retaking_is_in_the_table(exhibit_from, rows):
    table = exhibit_from(DATINGS)
    said = [row for row in rows("event_dates") if row["event_id"].endswith("-retaken")]
    assert sorted(table.data["Who says"]) == sorted(row["reported_by"] for row in said)
    assert f"were {prose.words(len({row['event_id'] for row in said}))} towns" in table.title


# --- Deaths -------------------------------------------------------------------------------------


def of_2013(rows, **where):
    return [
        row
        for row in rows("conflict_events")
        if row["date_start"].startswith("2013")
        and all(row[column] == value for column, value in where.items())
    ]


def test_share_in_the_title_is_of_state_based_deaths(exhibit_from, rows):
    fights = of_2013(rows, violence_type="state_based")
    peak = [row for row in fights if row["date_start"][5:7] in ("01", "02", "03")]
    title = exhibit_from(DEATHS).title
    assert f"{prose.percent(total(peak) / total(fights))} of the year's deaths in fights" in title
    assert title.endswith(f": {total(peak)} of {total(fights)}")


def test_every_region_shows_its_own_deaths(exhibit_from, rows):
    deaths = exhibit_from(DEATHS)
    regions = {row["region_id"] for row in of_2013(rows) if int(row["deaths_best"])}
    assert set(deaths.states) == {"all"} | {region or "none" for region in regions}
    for key, state in deaths.states.items():
        where = {} if key == "all" else {"region_id": "" if key == "none" else key}
        events = of_2013(rows, **where)
        best, low, high = (total(events, f"deaths_{e}") for e in ("best", "low", "high"))
        assert f": {prose.counted(best, 'death')} in 2013 (low {low:,}, high {high:,});" in (
            state.readout
        )
        figure = state.apply(deaths.figure)
        assert sum(sum(bar.y) for bar in figure.data if bar.type == "bar") == best


def test_summary_names_the_region_that_led_each_month(exhibit_from, rows):
    names = {row["region_id"]: row["name"] for row in rows("regions")}
    for month, name in (("01", "January"), ("02", "February"), ("03", "March")):
        fights = [
            row
            for row in of_2013(rows, violence_type="state_based")
            if row["date_start"][5:7] == month
        ]
        sums = {
            region: total(row for row in fights if row["region_id"] == region)
            for region in {row["region_id"] for row in fights} - {""}
        }
        first = max(sums, key=sums.get)
        said = f"in {name} the {names[first]} region ({sums[first]} of {total(fights)})"
        assert said in exhibit_from(DEATHS).summary


def test_regions_and_those_without_one_add_up(exhibit_from):
    shown = exhibit_from(REGIONS).data.set_index("Where")
    for column in shown:
        best = shown[column].str.extract(r"^([\d,]+)")[0].str.replace(",", "").astype(int)
        assert best.drop("all of Mali").sum() == best["all of Mali"], column
    whole = (
        shown.drop(columns="2013")
        .loc["all of Mali"]
        .str.extract(r"^([\d,]+)")[0]
        .str.replace(",", "")
    )
    assert whole.astype(int).sum() == int(shown.loc["all of Mali", "2013"].split(" ")[0])


def test_interval_is_told_where_it_differs(exhibit_from, rows):
    shown = exhibit_from(REGIONS).data.set_index("Where")
    mopti = [
        row
        for row in of_2013(rows, violence_type="state_based", region_id="ML-5")
        if row["date_start"][5:7] == "01"
    ]
    best, low, high = (total(mopti, f"deaths_{e}") for e in ("best", "low", "high"))
    assert low == best < high
    assert shown.loc["Mopti region", "January"] == f"{best} (up to {high})"
    assert shown.loc["Kidal region", "January"] == "0"


def test_low_estimate_is_told_where_it_is_below_the_best(exhibit_from):
    events = tables.load("conflict_events")
    events.loc[events["id"].eq(67968), "deaths_low"] = 20  # Konna, 11 January: 29
    shown = exhibit_from(REGIONS, conflict_events=events).data.set_index("Where")
    assert shown.loc["Mopti region", "January"] == "141 (132 to 199)"


def test_share_without_a_region_is_told(exhibit_from, rows):
    fights = of_2013(rows, violence_type="state_based")
    none = [row for row in fights if not row["region_id"]]
    assert f"{prose.percent(total(none) / total(fights))} of the deaths have no region" in (
        exhibit_from(REGIONS).note
    )
    assert {row["where_prec"] for row in none} <= {"5", "6"}


def test_changed_death_toll_changes_the_words(exhibit_from):
    events = tables.load("conflict_events")
    events.loc[events["id"].eq(67752), ["deaths_best", "deaths_low", "deaths_high"]] = 1001
    changed = exhibit_from(DEATHS, conflict_events=events)
    assert "1,752 of 1,823" in changed.title
