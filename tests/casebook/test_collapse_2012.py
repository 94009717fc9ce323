"""The exhibits of the chapter on 2012: true to the tables, and to a table that changes."""

import itertools
import re
from datetime import date

import pandas as pd
import pytest

from casebook import facts, prose, style, tables
from casebook.analysis.control import losses as losses_by
from casebook.analysis.control import named_spells
from casebook.analysis.displacement import DISPLACED_SERIES

CONTROL = "collapse_2012.town_control"
MAP = "collapse_2012.map_through_time"
DEATHS = "collapse_2012.deaths_by_month"
FLIGHT = "collapse_2012.flight"
START, END = date(2012, 1, 1), date(2013, 1, 1)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def town_control(exhibit_from):
    return exhibit_from(CONTROL)


@pytest.fixture
def town_map(exhibit_from):
    return exhibit_from(MAP)


@pytest.fixture
def deaths(exhibit_from):
    return exhibit_from(DEATHS)


@pytest.fixture
def flight(exhibit_from):
    return exhibit_from(FLIGHT)


@pytest.fixture
def spells_of_2012(rows):
    return [
        row
        for row in rows("control")
        if day(row["start_date"]) < END and day(row["end_date"]) > START
    ]


# --- Who held which town ------------------------------------------------------------------------


def bars(figure) -> dict[tuple[str, str], dict]:
    """Return the bars of the timeline by place and first day drawn."""
    return {
        (place, base): {"pattern": pattern, "opacity": opacity, "colour": trace.marker.color}
        for trace in figure.data
        for place, base, pattern, opacity in zip(
            trace.y,
            trace.base,
            trace.marker.pattern.shape,
            trace.marker.opacity
            if isinstance(trace.marker.opacity, list | tuple)
            else [trace.marker.opacity] * len(trace.y),
            strict=True,
        )
    }


def test_every_spell_of_the_year_is_one_bar_and_only_proxies_are_hatched(
    town_control, spells_of_2012, rows
):
    names = {row["place_id"]: row["name"] for row in rows("places")}
    expected = {
        (names[row["place_id"]], max(row["start_date"], str(START))): {
            "pattern": style.DOUBT_PATTERNS.get(row["start_basis"], ""),
            "opacity": 1.0,
            "colour": style.actor_colour(row["controller"]),
        }
        for row in spells_of_2012
    }
    assert bars(town_control.drawn()) == expected
    assert {row["start_basis"] for row in spells_of_2012} >= set(style.DOUBT_PATTERNS) - {
        "spans_months"
    }


def test_spells_a_source_dates_are_all_but_the_proxies(town_control, spells_of_2012):
    dated = bars(town_control.states["dated"].apply(town_control.figure))
    hidden = [bar for bar in dated.values() if bar["opacity"] == 0]
    assert all(bar["pattern"] == style.DOUBT_PATTERNS["regional_proxy"] for bar in hidden)
    assert len(hidden) == sum(row["start_basis"] == "regional_proxy" for row in spells_of_2012)


def test_towns_stand_from_north_to_south(town_control, rows):
    followed = {row["place_id"] for row in rows("control")}
    places = [row for row in rows("places") if row["place_id"] in followed]
    northern_first = sorted(places, key=lambda row: -float(row["latitude"]))
    from_below = list(town_control.figure.layout.yaxis.categoryarray)
    assert from_below[::-1] == [row["name"] for row in northern_first]


def test_title_counts_losses_as_the_table_does(town_control, rows):
    (independence,) = [
        day(row["date"])
        for row in rows("events")
        if row["event_id"] == "azawad-independence-declared"
    ]
    lost_on = []
    for place in {row["place_id"] for row in rows("control")}:
        spells = [row for row in rows("control") if row["place_id"] == place]
        (holder,) = [r for r in spells if day(r["start_date"]) <= independence < day(r["end_date"])]
        if holder["controller"] == "mli_gov":
            continue
        state_until = [day(r["end_date"]) for r in spells if r["controller"] == "mli_gov"]
        lost_on.append(max(end for end in state_until if end <= independence))
    in_a_week = max(sum(0 <= (b - a).days <= 6 for b in lost_on) for a in lost_on)
    towns = len({row["place_id"] for row in rows("control")})
    assert town_control.title == (
        f"By {prose.day(independence)} the state had lost {prose.words(len(lost_on))} of "
        f"{prose.words(towns)} towns, {prose.words(in_a_week)} of them within one week"
    )


def test_borrowed_date_is_that_of_another_town(spells_of_2012, rows):
    """The caption and the key say so."""
    for row in spells_of_2012:
        if row["start_basis"] == "regional_proxy":
            others = [
                other
                for other in rows("control")
                if other["place_id"] != row["place_id"] and other["start_basis"] == "dated_event"
            ]
            assert row["start_date"] in {other["start_date"] for other in others}, row["place_id"]


def test_spell_at_the_edge_of_the_table_has_no_end(town_control):
    data = town_control.data
    assert data["Until"].dropna().max() < pd.Timestamp("2013-12-31")
    assert data.loc[data["Town"].eq("Mopti"), "Until"].isna().all()


def counted(title: str) -> tuple[str, int]:
    """Return how many towns a title says were lost, as it writes it, and of how many."""
    said = re.search(r"lost (\S+) of (\d+) towns", title)
    return said[1], int(said[2])


@pytest.fixture
def losses():
    """Give how the state lost towns before independence was declared, in order of time."""
    control, places, actors = (tables.load(name) for name in ("control", "places", "actors"))
    spells = named_spells(control, places, actors)
    return losses_by(spells, "mli_gov", pd.Timestamp("2012-04-06")).sort_values("start_date")


def test_dropped_town_changes_the_words(exhibit_from, town_control, losses):
    control = tables.load("control")
    dropped = losses.iloc[-1]
    fewer = exhibit_from(CONTROL, control=control[control["place_id"].ne(dropped["place_id"])])
    towns = counted(town_control.title)[1] - 1
    assert counted(fewer.title) == (prose.words(len(losses) - 1), towns)
    assert fewer.summary.startswith(f"{towns} towns from")
    assert dropped["place"] not in {*fewer.data["Town"], *fewer.summary.split()}


def test_moved_date_changes_the_words(exhibit_from, town_control, losses):
    control, moved = tables.load("control"), losses.iloc[-1]
    later = pd.Timestamp("2012-04-20")
    for edge in ("start_date", "end_date"):
        rows = control["place_id"].eq(moved["place_id"]) & control[edge].eq(moved["start_date"])
        control.loc[rows, edge] = later
    changed = exhibit_from(CONTROL, control=control)
    towns = counted(town_control.title)[1]
    assert counted(changed.title) == (prose.words(len(losses) - 1), towns)
    assert f"in April {moved['place']} to {moved['actor']}" in changed.summary


def test_moved_declaration_changes_the_words(exhibit_from):
    events = tables.load("events")
    events.loc[events["event_id"].eq("azawad-independence-declared"), "date"] = pd.Timestamp(
        "2012-03-29"
    )
    early = exhibit_from(CONTROL, events=events)
    assert early.title.startswith(f"By {prose.day('2012-03-29')} the state had lost ")
    assert counted(early.title) != counted(exhibit_from(CONTROL).title)


def test_dated_town_is_hatched_no_more(exhibit_from, town_control, rows):
    control = tables.load("control")
    first = control[control["start_basis"].eq("regional_proxy")].iloc[0]
    town = next(r["name"] for r in rows("places") if r["place_id"] == first["place_id"])
    of_town = control["place_id"].eq(first["place_id"]) & control["start_basis"].eq(
        "regional_proxy"
    )
    control.loc[of_town, "start_basis"] = "dated_event"
    dated = exhibit_from(CONTROL, control=control)
    assert town in town_control.states["dated"].readout
    assert town not in dated.states["dated"].readout
    assert bars(dated.figure)[town, f"{first['start_date']:%Y-%m-%d}"]["pattern"] == ""


def test_town_days_are_those_of_the_facts(exhibit_from, rows):
    shown = exhibit_from("collapse_2012.town_days").data
    ids = {row["short_name"]: row["actor_id"] for row in rows("actors")}
    for row in shown.itertuples(index=False):
        actor, days, between = ids[row[0]], row[1], row[2]
        assert days == facts.town_days(actor)
        assert between == facts.town_days(actor, proxies=False)
        assert row[3] == prose.percent(1 - between / days)
    assert shown["Town-days"].sum() == 366 * facts.towns()


# --- The date of the coup -----------------------------------------------------------------------


def test_everyone_who_dates_the_coup_is_in_the_table(exhibit_from, rows):
    table = exhibit_from("collapse_2012.coup_dates")
    said = [row for row in rows("event_dates") if row["event_id"] == "mutiny-becomes-coup"]
    assert sorted(table.data["Who says"]) == sorted(row["reported_by"] for row in said)
    assert table.data["Day given"].is_monotonic_increasing
    lists = sum(row["kind"] == "dataset" for row in said)
    assert f"{prose.words(lists)} coup lists" in table.source


# --- The map ------------------------------------------------------------------------------------


def test_towns_on_the_map_have_the_colour_of_their_holder_on_every_day(town_map, rows):
    places = {row["place_id"]: row["name"] for row in rows("places")}
    position = next(i for i, trace in enumerate(town_map.figure.data) if trace.name == "towns")
    names = town_map.figure.data[position].text
    for key, state in town_map.states.items():
        drawn = dict(zip(names, state.traces[position]["marker.color"], strict=True))
        expected = {
            places[row["place_id"]]: style.actor_colour(row["controller"])
            for row in rows("control")
            if row["start_date"] <= key < row["end_date"]
        }
        assert drawn == expected, key
        held = sum(colour == style.actor_colour("mli_gov") for colour in drawn.values())
        assert f"the state holds {held} of {len(drawn)} towns" in state.readout


def test_events_of_thirty_days_are_drawn_where_they_can_be_placed(town_map, rows):
    position = next(i for i, trace in enumerate(town_map.figure.data) if trace.name == "events")
    for key, state in town_map.states.items():
        recent = [
            row
            for row in rows("conflict_events")
            if 0 <= (day(key) - day(row["date_start"])).days < 30
        ]
        placed = [row for row in recent if row["where_prec"] in "123"]
        longitudes = sorted(float(row["longitude"]) for row in placed)
        assert sorted(state.traces[position]["x"]) == pytest.approx(longitudes, abs=0.001), key
        if recent:
            total = sum(int(row["deaths_best"]) for row in recent)
            events = f"{len(recent)} deadly event{'s' * (len(recent) > 1)}"
            assert f"{events} with {total} death" in state.readout


def test_readout_tells_changes_of_hands_and_no_others(town_map, rows):
    """A new certainty is no new holder; of many changes some are only counted."""
    spells = sorted(rows("control"), key=lambda row: (row["place_id"], row["start_date"]))
    changes = [
        (day(later["start_date"]), later["start_basis"])
        for sooner, later in itertools.pairwise(spells)
        if sooner["place_id"] == later["place_id"] and sooner["controller"] != later["controller"]
    ]
    for key, state in town_map.states.items():
        week = [basis for on, basis in changes if 0 <= (day(key) - on).days < 7]
        said = re.search(r"Changed in the last 7 days: ([^.]*)\.", state.readout)
        named, more = said[1] if said else "", 0
        if counted_only := re.search(r"(\d+) more change", named):
            more = int(counted_only[1])
        assert len(re.findall(r" to ", named)) + more == len(week), key
        if not more:
            assert named.count("borrowed") == week.count("regional_proxy"), key
            assert named.count("uncertain") == week.count("approximate_day"), key


def test_title_of_the_map_counts_deaths_before_the_towns_fell(town_map, rows):
    said = re.search(r"(\d+) of the year's (\d+) until (\d+)\s(\w+ 2012)", town_map.title)
    until = f"{pd.Timestamp(f'{said[3]} {said[4]}'):%Y-%m-%d}"
    before = total(row for row in of_2012(rows) if row["date_start"] <= until)
    assert (int(said[1]), int(said[2])) == (before, total(of_2012(rows)))
    assert before > total(of_2012(rows)) / 2  # "most"


# --- Deaths -------------------------------------------------------------------------------------


def of_2012(rows, **where):
    return [
        row
        for row in rows("conflict_events")
        if row["date_start"].startswith("2012")
        and all(row[column] == value for column, value in where.items())
    ]


def total(events, column: str = "deaths_best") -> int:
    return sum(int(row[column]) for row in events)


def test_title_names_the_deadliest_month(deaths, rows):
    months = {
        m: total(r for r in of_2012(rows) if r["date_start"][5:7] == f"{m:02}")
        for m in range(1, 13)
    }
    worst = max(months, key=months.get)
    assert deaths.title == (
        f"{prose.month(f'2012-{worst:02}-01')} was the deadliest month: {months[worst]} of the "
        f"year's {sum(months.values())} recorded deaths"
    )
    for month, count in months.items():
        name = f"{pd.Timestamp(2012, month, 1):%B}"
        assert (f"{count} in {name}" if count else name) in deaths.summary


def test_every_region_shows_its_own_deaths(deaths, rows):
    regions = {row["region_id"] for row in of_2012(rows) if int(row["deaths_best"])}
    assert set(deaths.states) == {"all"} | {region or "none" for region in regions}
    for key, state in deaths.states.items():
        where = {} if key == "all" else {"region_id": "" if key == "none" else key}
        events = of_2012(rows, **where)
        best, low, high = (total(events, f"deaths_{e}") for e in ("best", "low", "high"))
        assert f": {best} deaths in 2012 (low {low}, high {high});" in state.readout
        figure = state.apply(deaths.figure)
        assert sum(sum(bar.y) for bar in figure.data if bar.type == "bar") == best
        spanning = [bar for bar in figure.data if bar.type == "bar" and bar.marker.pattern.shape]
        hatched = total(row for row in events if row["date_start"][:7] != row["date_end"][:7])
        assert sum(sum(bar.y) for bar in spanning) == hatched


def test_regions_add_up_to_mali(deaths):
    found = [
        int(re.search(r": (\d+) deaths", state.readout)[1])
        for key, state in deaths.states.items()
        if key != "all"
    ]
    assert sum(found) == int(re.search(r": (\d+) deaths", deaths.states["all"].readout)[1])


def test_region_is_not_mistaken_for_the_town_of_its_name(deaths, rows):
    towns = {row["name"] for row in rows("places")} - {"Bamako"}
    assert not towns & {label for _, label in deaths.controls[0].options}


def test_those_who_attacked_civilians_are_named_with_their_deaths(deaths, rows):
    attacks = of_2012(rows, violence_type="one_sided")
    for side in {row["side_a"] for row in attacks}:
        count = total(row for row in attacks if row["side_a"] == side)
        assert f"{side} ({count})" in deaths.caption


def test_changed_deaths_change_the_words(exhibit_from):
    events = tables.load("conflict_events")
    gao = events["id"].eq(28886)  # 27 June 2012
    events.loc[gao, "deaths_best"] += 1000
    changed = exhibit_from(DEATHS, conflict_events=events)
    june = facts.deaths("2012-06", "2012-06") + 1000
    year = facts.deaths("2012-01", "2012-12") + 1000
    assert changed.title.startswith("June 2012 ")
    assert f"{june:,} of the year's {year:,}" in changed.title
    assert f"{june:,} in June" in changed.summary


def test_emptied_month_is_said_to_be_empty(exhibit_from):
    events = tables.load("conflict_events")
    may = events["date_start"].dt.to_period("M").eq(pd.Period("2012-05"))
    changed = exhibit_from(DEATHS, conflict_events=events[~may])
    assert "none in May, July, August, September and December" in changed.summary


# --- Flight -------------------------------------------------------------------------------------


def test_every_figure_of_a_series_is_drawn_as_published(flight, rows):
    drawn = {
        (trace.meta["series"], day_drawn, value)
        for trace in flight.figure.data
        for day_drawn, value in zip(trace.x, trace.y, strict=True)
    }
    expected = {
        (
            "idps" if row["indicator"] == "idps" else row["area"],
            row["as_of_date"],
            int(row["persons"]),
        )
        for row in rows("displacement_figures")
        if "2012-01-01" <= row["as_of_date"] <= "2013-04-01"
        and not row["region"]
        and (
            row["indicator"] == "idps"
            or (row["indicator"] == "refugees" and row["area"] in ("MRT", "NER", "BFA"))
        )
    }
    assert drawn == expected


def test_no_line_joins_government_counts_and_registrations(flight, rows):
    method = {
        (row["area"], row["as_of_date"], row["persons"]): row["registration"]
        for row in rows("displacement_figures")
        if row["indicator"] == "refugees"
    }
    for trace in flight.figure.data:
        if trace.meta["series"] != "idps":
            points = zip(trace.x, trace.y, strict=True)
            assert len({method[trace.meta["series"], x, str(y)] for x, y in points}) == 1


def test_title_says_how_far_the_register_fell(flight, rows):
    persons = {row["figure_id"]: int(row["persons"]) for row in rows("displacement_figures")}
    lost = 1 - persons["D051"] / persons["D042"]
    span = prose.day_range("2012-11-01", "2012-12-01")
    said = f"From {span} Mauritania's register lost {prose.percent(lost)} of its names"
    assert flight.title.startswith(said)


def test_fall_of_a_register_is_never_called_a_return(flight):
    readouts = [state.readout for state in flight.states.values()]
    said = " ".join([flight.title, flight.summary, *readouts])
    said = said.replace("No report we read says that so many went home", "")
    assert not re.search(r"home|return", said)


def test_choice_of_a_series_hides_the_others(flight):
    for key, state in flight.states.items():
        shown = {trace.meta["series"] for trace in state.apply(flight.figure).data if trace.visible}
        assert shown == (set(DISPLACED_SERIES) if key == "all" else {key})


def test_changed_figure_changes_the_words(exhibit_from):
    figures = tables.load("displacement_figures")
    figures.loc[figures["figure_id"].eq("D051"), "persons"] = 81_715
    changed = exhibit_from(FLIGHT, displacement_figures=figures)
    assert f"lost {prose.percent(0.25)} of its names" in changed.title
    assert "81,715" in changed.summary


def test_dropped_country_changes_the_words(exhibit_from):
    figures = tables.load("displacement_figures")
    changed = exhibit_from(FLIGHT, displacement_figures=figures[figures["area"].ne("NER")])
    assert "two neighbouring countries" in changed.subtitle
    assert "Niger" not in changed.summary
    assert dict(changed.controls[0].options)["all"] == "all three series"
