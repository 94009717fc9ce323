"""Values that pages state, each a named and tested question to the tables.

Pages call these from the ``{n}`` role. A function answers one question, takes ids and dates as
the tables spell them, and returns a number, a date or a short text; how it is written is up to
`casebook.prose`. A new fact is exported here, and tested in a `tests/casebook/test_facts*.py`.
"""

from __future__ import annotations

from casebook.facts.actors import actor, actors_listed, relations_listed
from casebook.facts.asking import UnknownFact
from casebook.facts.control import (
    changes_of_hands,
    days_held_2012,
    held_again_from,
    held_from,
    holder,
    spells,
    starts_on,
    town_days,
    towns,
    towns_held,
    towns_held_in_zone,
    towns_in_zone,
)
from casebook.facts.deaths import (
    deaths,
    event_deaths,
    events_recorded,
    months_without_deaths,
    side_deaths,
)
from casebook.facts.displacement import (
    fall,
    figure_date,
    persons,
)
from casebook.facts.entries import (
    towns_entered,
    towns_entered_as,
)
from casebook.facts.events import (
    days_between,
    days_since,
    disagreement,
    events_disputed,
    events_in_years,
    events_listed,
    sources_dating,
)
from casebook.facts.money import (
    army_figure,
    audited,
    countries_ranked,
    measured,
    net_aid,
    overlapping,
    place,
    places_open,
    quoted,
)
from casebook.facts.positions import (
    position_cells,
    position_date,
    position_label,
    positions_known,
    positions_moved,
    positions_unknown,
    voices_agreeing,
    voices_asked,
    voices_at,
    voices_bound,
    voices_known,
    voices_pairs,
)
from casebook.facts.regions import (
    north_edge,
    northernmost_capital,
    rank_of_region,
    share_of_area,
    share_of_people,
)
from casebook.facts.scorecard import (
    cells_judged,
    last_outcome,
    outcomes_found,
    recommendations,
)
from casebook.facts.statement import (
    claims,
    claims_judged,
    claims_naming,
    paragraphs,
)

__all__ = [
    "UnknownFact",
    "actor",
    "actors_listed",
    "army_figure",
    "audited",
    "cells_judged",
    "changes_of_hands",
    "claims",
    "claims_judged",
    "claims_naming",
    "countries_ranked",
    "days_between",
    "days_held_2012",
    "days_since",
    "deaths",
    "disagreement",
    "event_deaths",
    "events_disputed",
    "events_in_years",
    "events_listed",
    "events_recorded",
    "fall",
    "figure_date",
    "held_again_from",
    "held_from",
    "holder",
    "last_outcome",
    "measured",
    "months_without_deaths",
    "net_aid",
    "north_edge",
    "northernmost_capital",
    "outcomes_found",
    "overlapping",
    "paragraphs",
    "persons",
    "place",
    "places_open",
    "position_cells",
    "position_date",
    "position_label",
    "positions_known",
    "positions_moved",
    "positions_unknown",
    "quoted",
    "rank_of_region",
    "recommendations",
    "relations_listed",
    "share_of_area",
    "share_of_people",
    "side_deaths",
    "sources_dating",
    "spells",
    "starts_on",
    "town_days",
    "towns",
    "towns_entered",
    "towns_entered_as",
    "towns_held",
    "towns_held_in_zone",
    "towns_in_zone",
    "voices_agreeing",
    "voices_asked",
    "voices_at",
    "voices_bound",
    "voices_known",
    "voices_pairs",
]
