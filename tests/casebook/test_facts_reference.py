"""Facts that the chronology and who is who state, counted again from the rows of the tables."""

from casebook import facts


def test_events_are_counted(rows):
    assert facts.events_listed() == len(rows("events"))


def test_disputed_events_are_those_with_a_disagreement(rows):
    assert facts.events_disputed() == sum(bool(row["disagreement"]) for row in rows("events"))


def test_events_of_years_include_both_ends(rows):
    years = [int(row["date"][:4]) for row in rows("events")]
    assert facts.events_in_years(2012, 2013) == years.count(2012) + years.count(2013)
    assert facts.events_in_years(1960, 1960) == 1


def test_actors_and_relations_are_counted(rows):
    assert facts.actors_listed() == len(rows("actors"))
    assert facts.relations_listed() == len(rows("relations"))
