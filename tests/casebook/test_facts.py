"""What pages state, recomputed from the CSV files without pandas and without the package."""

import importlib
import inspect
import pkgutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from casebook import facts
from casebook.facts import UnknownFact

YEAR = (date(2012, 1, 1), date(2013, 1, 1))


def day(text: str) -> date:
    return date.fromisoformat(text)


def covers(spell: dict[str, str], when: date) -> bool:
    """Tell whether a spell covers a day: not its last one, unless nothing can follow."""
    last = day(spell["end_date"])
    at_edge = spell["end_basis"] == "window_limit"
    return day(spell["start_date"]) <= when and (when < last or (at_edge and when == last))


def days_in_2012(spell: dict[str, str]) -> int:
    days = (YEAR[0] + timedelta(days=i) for i in range((YEAR[1] - YEAR[0]).days))
    return sum(covers(spell, when) for when in days)


def deaths_in(rows, first: str, last: str, column: str = "deaths_best", **where: str) -> int:
    return sum(
        int(row[column])
        for row in rows("conflict_events")
        if first <= row["date_start"][:7] <= last
        and all(row[name] == value for name, value in where.items())
    )


def test_every_fact_is_tested_beside_this_file():
    tests = Path(__file__).parent.glob("test_facts*.py")
    text = "\n".join(file.read_text(encoding="utf-8") for file in tests)
    public = [name for name, _ in inspect.getmembers(facts, inspect.isfunction)]
    assert len(public) > 20
    assert [name for name in public if f"facts.{name}(" not in text] == []


def test_no_two_modules_name_the_same_fact():
    modules = [
        importlib.import_module(f"casebook.facts.{found.name}")
        for found in pkgutil.iter_modules(facts.__path__)
        if found.name != "asking"
    ]
    named = [(name, module.__name__) for module in modules for name in module.__all__]
    assert len(named) == len(dict(named))
    assert {name: getattr(facts, name).__module__ for name, _ in named} == dict(named)


# --- Control of towns ---------------------------------------------------------------------------


def test_towns_and_spells_are_counted(rows):
    assert facts.towns() == len({row["place_id"] for row in rows("control")}) > 1
    assert facts.spells() == len(rows("control")) > facts.towns()


@pytest.mark.parametrize(
    "basis", ["dated_event", "regional_proxy", "approximate_day", "window_limit"]
)
def test_spells_are_counted_by_what_their_first_day_rests_on(rows, basis):
    count = Counter(row["start_basis"] for row in rows("control"))[basis]
    assert facts.starts_on(basis) == count > 0


# The day before and the day of a change of hands, and both edges of the table.
@pytest.mark.parametrize(
    "when", ["2012-01-01", "2012-03-30", "2012-03-31", "2012-06-26", "2012-06-27", "2013-12-31"]
)
@pytest.mark.parametrize("place", ["gao", "kidal", "mopti"])
def test_holder_is_the_one_whose_spell_covers_the_day(rows, place, when):
    spells = [r for r in rows("control") if r["place_id"] == place and covers(r, day(when))]
    (actor,) = [spell["controller"] for spell in spells]
    short = {row["actor_id"]: row["short_name"] for row in rows("actors")}
    assert facts.holder(place, when) == short[actor] == facts.actor(actor)


def test_town_passes_to_the_next_holder_on_the_last_day_of_the_spell(rows):
    first, second = [row for row in rows("control") if row["place_id"] == "gao"][1:3]
    assert first["end_date"] == second["start_date"]
    assert facts.holder("gao", first["end_date"]) == facts.actor(second["controller"])


@pytest.mark.parametrize(
    "when", ["2012-01-01", "2012-03-21", "2012-04-06", "2012-06-30", "2013-03-01", "2013-12-31"]
)
@pytest.mark.parametrize("actor", ["mli_gov", "mnla", "mujao", "ansar_dine", "tcd_army"])
def test_towns_held_are_counted_on_a_day(rows, actor, when):
    held = [r for r in rows("control") if r["controller"] == actor and covers(r, day(when))]
    assert facts.towns_held(actor, when) == len(held)


def test_last_day_of_the_table_is_covered(rows):
    actors = {row["controller"] for row in rows("control")}
    at_the_edge = sum(facts.towns_held(actor, "2013-12-31") for actor in actors)
    assert at_the_edge == sum(row["end_basis"] == "window_limit" for row in rows("control"))


@pytest.mark.parametrize(
    ("place", "actor"), [("gao", "mujao"), ("ansongo", "mujao"), ("menaka", "mnla")]
)
def test_first_day_of_a_spell_is_the_earliest_one(rows, place, actor):
    starts = [
        row["start_date"]
        for row in rows("control")
        if (row["place_id"], row["controller"]) == (place, actor)
    ]
    assert facts.held_from(place, actor) == pd.Timestamp(min(starts))


def test_borrowed_first_day_never_becomes_a_date_in_the_text(rows):
    borrowed = [row for row in rows("control") if row["start_basis"] == "regional_proxy"]
    assert borrowed
    for row in borrowed:
        with pytest.raises(UnknownFact, match="regional_proxy"):
            facts.held_from(row["place_id"], row["controller"])


def test_edge_of_the_table_is_not_the_day_a_town_was_taken():
    with pytest.raises(UnknownFact, match="window_limit"):
        facts.held_from("gao", "mli_gov")


@pytest.mark.parametrize(
    "actor", ["mli_gov", "mnla", "ansar_dine", "mujao", "islamist_coalition", "ganda_iso"]
)
def test_town_days_add_up(rows, actor):
    spells = [row for row in rows("control") if row["controller"] == actor]
    edges = ("start_basis", "end_basis")
    dated = [row for row in spells if all(row[edge] != "regional_proxy" for edge in edges)]
    assert facts.town_days(actor) == sum(map(days_in_2012, spells))
    assert facts.town_days(actor, proxies=False) == sum(map(days_in_2012, dated))


def test_town_days_of_2012_cover_every_town_on_every_day():
    held = facts.days_held_2012()
    assert held["days"].sum() == facts.towns() * 366
    assert held["days"].is_monotonic_decreasing
    assert (held["days_without_proxies"] <= held["days"]).all()
    assert "tcd_army" not in set(held["controller"])  # came in 2013
    assert facts.town_days("tcd_army") == 0


# --- Deaths -------------------------------------------------------------------------------------


def test_deaths_of_2012(rows):
    got = [facts.deaths("2012-01", "2012-12", estimate=e) for e in ("best", "low", "high")]
    columns = ("deaths_best", "deaths_low", "deaths_high")
    assert got == [deaths_in(rows, "2012-01", "2012-12", column) for column in columns]


@pytest.mark.parametrize("first", ["1990-01", "2012-01", "2013-01"])
@pytest.mark.parametrize("last", ["2013-01", "2023-12"])
@pytest.mark.parametrize("kind", ["state_based", "non_state", "one_sided"])
def test_deaths_are_counted_by_kind_in_the_month_an_event_began(rows, first, last, kind):
    expected = deaths_in(rows, first, last, violence_type=kind)
    assert facts.deaths(first, last, kind=kind) == expected


@pytest.mark.parametrize("region", ["ML-8", "ML-BKO", "none"])
def test_deaths_are_counted_by_region(rows, region):
    ident = "" if region == "none" else region
    expected = deaths_in(rows, "2012-01", "2013-12", region_id=ident)
    assert facts.deaths("2012-01", "2013-12", region=region) == expected > 0


def test_events_are_counted_once(rows):
    year = [row for row in rows("conflict_events") if row["date_start"].startswith("2012")]
    assert facts.events_recorded("2012-01", "2012-12") == len(year)


@pytest.mark.parametrize(("first", "last"), [("2012-01", "2012-12"), ("1990-01", "2023-12")])
def test_month_without_deaths_has_a_best_estimate_of_none(rows, first, last):
    months = [f"{year}-{month:02}" for year in range(1990, 2024) for month in range(1, 13)]
    empty = [m for m in months if first <= m <= last and deaths_in(rows, m, m) == 0]
    assert facts.months_without_deaths(first, last) == len(empty) > 0


# --- Flight -------------------------------------------------------------------------------------


@pytest.mark.parametrize("figure", ["D029", "D042", "D051", "D107"])
def test_displacement_figure_is_read_from_its_row(rows, figure):
    row = next(r for r in rows("displacement_figures") if r["figure_id"] == figure)
    assert facts.persons(figure) == int(row["persons"])
    assert facts.figure_date(figure) == pd.Timestamp(row["as_of_date"])


def test_month_of_a_figure_never_becomes_a_day():
    with pytest.raises(UnknownFact, match="D004 only the month"):
        facts.figure_date("D004")


def test_fall_is_the_share_by_which_the_second_is_lower():
    assert facts.fall("D042", "D051") == pytest.approx((108953 - 54117) / 108953)
    assert facts.fall("D051", "D042") < 0


# --- Regions, dates, claims ---------------------------------------------------------------------


def test_north_is_two_thirds_of_the_land_and_a_twelfth_of_the_people(rows):
    def share(column: str) -> float:
        values = [(float(row[column]), row["zone"]) for row in rows("regions")]
        return sum(v for v, zone in values if zone == "north") / sum(v for v, _ in values)

    assert facts.share_of_area("north") == pytest.approx(share("area_km2"))
    assert facts.share_of_people("north") == pytest.approx(share("population_2009"))
    assert f"{share('area_km2'):.1%}" == "65.6%"
    assert f"{share('population_2009'):.1%}" == "8.8%"


def test_zones_add_up_to_the_country(rows):
    zones = {row["zone"] for row in rows("regions")}
    assert sum(map(facts.share_of_area, zones)) == pytest.approx(1)
    assert sum(map(facts.share_of_people, zones)) == pytest.approx(1)


def test_days_between_events_have_a_sign(rows):
    dates = {row["event_id"]: day(row["date"]) for row in rows("events")}
    expected = (dates["timbuktu-falls"] - dates["junta-on-television"]).days
    assert facts.days_between("junta-on-television", "timbuktu-falls") == expected > 0
    assert facts.days_between("timbuktu-falls", "junta-on-television") == -expected


def test_days_are_not_counted_from_a_month(rows):
    vague = next(row for row in rows("events") if row["date_precision"] == "month")["event_id"]
    with pytest.raises(UnknownFact, match="only the month is known"):
        facts.days_between(vague, "timbuktu-falls")


@pytest.mark.parametrize("when", ["2012-03-21", "2012-03-22", "2012-03-23"])
def test_sources_are_counted_by_the_day_they_give(rows, when):
    said = [
        row
        for row in rows("event_dates")
        if (row["event_id"], row["reported_date"]) == ("mutiny-becomes-coup", when)
    ]
    assert facts.sources_dating("mutiny-becomes-coup", when) == len(said)


def test_claims_are_counted(rows):
    assert facts.claims() == len(rows("claims"))


# --- Questions the tables cannot answer ---------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (lambda: facts.starts_on("regional_proxi"), "near: regional_proxy"),
        (lambda: facts.holder("goa", "2012-05-01"), "near: gao"),
        (lambda: facts.holder("gao", "2011-12-31"), "2011-12-31"),
        (lambda: facts.holder("gao", "2014-01-01"), "2014-01-01"),
        (lambda: facts.holder("aguelhok", "2013-05-01"), "knows no holder"),
        (lambda: facts.held_from("goa", "mnla"), "near: gao"),
        (lambda: facts.held_from("gao", "mnlaa"), "near: mnla"),
        (lambda: facts.held_from("mopti", "mujao"), "mujao never held mopti"),
        (lambda: facts.towns_held("mnlaa", "2012-05-01"), "near: mnla"),
        (lambda: facts.towns_held("mnla", "2011-05-01"), "2011-05-01"),
        (lambda: facts.town_days("mujo"), "near: mujao"),
        (lambda: facts.actor("ansar_din"), "near: ansar_dine"),
        (lambda: facts.deaths("2012-01", "2012-12", kind="one-sided"), "near: one_sided"),
        (lambda: facts.deaths("2012-01", "2012-12", region="ML-99"), "ML-99"),
        (lambda: facts.deaths("2012-01", "2012-12", estimate="bset"), "near: best"),
        (lambda: facts.deaths("2024-01", "2024-12"), "not a month without deaths"),
        (lambda: facts.deaths("1989-01", "2012-12"), "covers 1990 to 2023"),
        (lambda: facts.deaths("2012-12", "2012-01"), "2012-12 to 2012-01"),
        (lambda: facts.events_recorded("2024-01", "2024-01"), "covers 1990 to 2023"),
        (lambda: facts.months_without_deaths("2024-01", "2024-01"), "covers 1990 to 2023"),
        (lambda: facts.persons("D999"), "D999"),
        (lambda: facts.fall("D042", "D999"), "D999"),
        (lambda: facts.share_of_area("nord"), "near: north"),
        (lambda: facts.share_of_people("northern"), "near: north"),
        (lambda: facts.days_between("gao-fals", "kidal-falls"), "near: gao-falls"),
        (lambda: facts.sources_dating("mutiny-becomes-cup", "2012-03-22"), "mutiny-becomes-coup"),
        (lambda: facts.sources_dating("gao-falls", "2012-03-31"), "gao-falls"),
    ],
)
def test_question_without_an_answer_is_refused_and_never_zero(question, said):
    with pytest.raises(UnknownFact) as refusal:
        question()
    assert said in str(refusal.value)


# --- Towns by zone ------------------------------------------------------------------------------


def test_towns_in_a_zone_are_found_through_their_region(rows):
    north = {row["region_id"] for row in rows("regions") if row["zone"] == "north"}
    followed = {row["place_id"] for row in rows("control")}
    northern = {
        row["place_id"]
        for row in rows("places")
        if row["region_id"] in north and row["place_id"] in followed
    }
    assert facts.towns_in_zone("north") == len(northern)
    held = {
        row["place_id"]
        for row in rows("control")
        if row["start_date"] <= "2012-06-30" < row["end_date"] and row["controller"] == "mnla"
    }
    assert facts.towns_held_in_zone("mnla", "north", "2012-06-30") == len(held & northern)


def test_one_event_has_its_three_estimates(rows):
    event = next(row for row in rows("conflict_events") if row["id"] == "30029")
    for estimate in ("best", "low", "high"):
        assert facts.event_deaths(30029, estimate) == int(event[f"deaths_{estimate}"])
    with pytest.raises(UnknownFact, match="30"):
        facts.event_deaths(30)


def test_disagreement_is_told_as_the_table_notes_it(rows):
    event = next(row for row in rows("events") if row["event_id"] == "aguelhok-executions")
    assert facts.disagreement("aguelhok-executions") == event["disagreement"] != ""


def test_unknown_zone_is_refused():
    with pytest.raises(UnknownFact, match="middle"):
        facts.towns_in_zone("middle")


# --- The statement ------------------------------------------------------------------------------


def test_claims_are_counted_by_kind_paragraph_and_verdict(rows):
    claims = rows("claims")
    assert facts.claims() == len(claims)
    assert facts.claims("forecast") == sum(row["kind"] == "forecast" for row in claims)
    assert facts.claims("causal_claim", 6) == sum(
        (row["kind"], row["paragraph"]) == ("causal_claim", "6") for row in claims
    )
    assert facts.claims(paragraph=1) == sum(row["paragraph"] == "1" for row in claims)
    with pytest.raises(UnknownFact, match="no paragraph 8"):
        facts.claims(paragraph=8)
    assert facts.paragraphs() == len({row["paragraph"] for row in claims})
    assert facts.claims_judged() == sum(row["verdict"] != "" for row in claims)
    with pytest.raises(UnknownFact, match="kind of claim"):
        facts.claims("rumour")


def test_claims_naming_a_word_count_whole_words(rows):
    wordings = [row["claim"].lower() for row in rows("claims")]
    assert facts.claims_naming("Libya") == sum("libya" in wording for wording in wordings) == 0
    assert facts.claims_naming("men") < sum("men" in wording for wording in wordings)
