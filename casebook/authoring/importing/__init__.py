"""From extracts to tables: one small function a table, put together here."""

from __future__ import annotations

from casebook.authoring.csvfile import Row
from casebook.authoring.importing import (
    actors,
    claims,
    conflict,
    control,
    crosswalk,
    displacement,
    events,
    forces,
    geography,
    indicators,
    money,
    positions,
    quotations,
    recommendations,
    sources,
)
from casebook.authoring.importing.recipe import Recipe

_MAKERS = {
    "actors": actors.actors,
    "relations": actors.relations,
    "places": geography.places,
    "regions": geography.regions,
    "control": control.control,
    "events": events.events,
    "event_dates": events.event_dates,
    "conflict_events": conflict.conflict_events,
    "conflict_deaths_yearly": conflict.conflict_deaths_yearly,
    "displacement_figures": displacement.displacement_figures,
    "refugees_yearly": displacement.refugees_yearly,
    "idps_and_returns_yearly": displacement.idps_and_returns_yearly,
    "forces": forces.forces,
    "forces_after_2013": forces.forces_after_2013,
    "army_and_external_support": forces.army_and_external_support,
    "un_resolutions": forces.un_resolutions,
    "indicators": indicators.indicators,
    "vdem_indicators": indicators.vdem_indicators,
    "governance_indicators": indicators.governance_indicators,
    "world_bank_indicators": indicators.world_bank_indicators,
    "quoted_figures": quotations.quoted_figures,
    "aid_by_donor": money.aid_by_donor,
    "auditor_general": money.auditor_general,
    "corruption_cases": money.corruption_cases,
    "claims": claims.claims,
    "positions": positions.positions,
    "positions_scale": positions.positions_scale,
    "recommendations": recommendations.recommendations,
    "outcomes": recommendations.outcomes,
    "scorecard_verdicts": recommendations.scorecard_verdicts,
    "debates": recommendations.debates,
    "readings": recommendations.readings,
}


def build_tables(recipe: Recipe) -> dict[str, list[Row]]:
    """Make every table from the extracts, rows as text and not yet in order."""
    tables = {name: make(recipe) for name, make in _MAKERS.items()}
    tables["sources"] = sources.sources(recipe, tables.values())
    tables["crosswalk"] = crosswalk.crosswalk(recipe)
    return tables


def build_layers(recipe: Recipe) -> dict[str, dict]:
    """Make every map layer, as a GeoJSON FeatureCollection."""
    return {name: geography.layer(recipe, name) for name in geography.LAYERS}
