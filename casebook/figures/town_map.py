"""The map of a day: who holds which town, and where people died in the days before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from casebook.analysis.deaths import VIOLENCE_TYPES
from casebook.analysis.geography import Ground
from casebook.analysis.situation import Situation
from casebook.figures import maps
from casebook.figures.keys import Key, actor_keys, by_actor

BOX = (-8.6, 12.3, 4.6, 21.4)  # west, south, east, north
HEIGHT, NARROW_HEIGHT = 518, 252

# Where a label keeps clear of its neighbours and of the river.
LABEL_POSITIONS = {
    "gao": "top right",
    "bourem": "top left",
    "niafunke": "bottom center",
    "lere": "top center",
    "konna": "middle left",
    "mopti": "bottom right",
    "timbuktu": "top center",
    "diabaly": "bottom left",
    "ansongo": "middle left",
    "hombori": "top center",
    "douentza": "middle right",
    "menaka": "bottom center",
}
AREA_NAMES = {
    "Algeria": (2.7, 21.0),
    "Mauritania": (-7.3, 18.0),
    "Niger": (3.5, 14.3),
    "Burkina Faso": (-1.4, 13.2),
    "Timbuktu region": (-3.4, 19.6),
    "Kidal region": (2.9, 18.2),
    "Gao region": (1.0, 17.3),
    "Mopti region": (-3.7, 13.75),
    "Bamako": (-7.6, 12.85),
}
# On a phone there is room for some names only, each beside its own square.
PHONE_POSITIONS = {
    "kidal": "middle right",
    "gao": "middle left",
    "timbuktu": "top center",
    "menaka": "bottom center",
    "mopti": "bottom center",
    "tessalit": "middle right",
    "lere": "top center",
}
# Positions of the traces; the first are those of the ground.
NAMES, EVENTS, TOWNS = range(maps.GROUND_TRACES, maps.GROUND_TRACES + 3)


def town_map(
    ground: Ground, situation: Situation, phone_positions: Mapping[str, str] = PHONE_POSITIONS
) -> go.Figure:
    """Draw the map of a day.

    Parameters
    ----------
    ground : Ground
        The shapes.
    situation : Situation
        The day; `day_marks` shows another on the same map.
    phone_positions : mapping of str
        The towns that a phone names, and where the name stands beside the square.
    """
    figure = maps.base(ground.regions, ground.countries, ground.rivers, BOX, height=HEIGHT)
    maps.add_area_names(figure, AREA_NAMES)
    # Rings first: they are wider than a town's square, and must not cover its name.
    marks = day_marks(situation)
    maps.add_events(figure, marks[EVENTS])
    towns = situation.holders
    maps.add_towns(figure, towns, marks[TOWNS], LABEL_POSITIONS)
    phone_names = [
        place if ident in phone_positions else ""
        for ident, place in zip(towns["place_id"], towns["place"], strict=True)
    ]
    phone = {
        str(NAMES): {"visible": False},
        str(TOWNS): {
            "text": phone_names,
            "textposition": [phone_positions.get(p, "top center") for p in towns["place_id"]],
            "textfont.size": 11,
            "marker.size": 9,
        },
    }
    figure.update_layout(meta={"narrow": {"traces": phone}})
    return figure


def day_marks(situation: Situation) -> dict[int, dict[str, Any]]:
    """Return what a day changes on the map, as dotted attributes by trace."""
    return {
        EVENTS: maps.event_marks(situation.events),
        TOWNS: maps.town_marks(situation.holders),
    }


def keys(situations: Iterable[Situation]) -> tuple[Key, ...]:
    """Return the legend of a map that can show these days."""
    holders = pd.concat([each.holders for each in situations], ignore_index=True)
    known = holders[holders["actor_id"].ne("")]
    return (
        *actor_keys(by_actor(known)),
        Key("town whose date is borrowed", "hollow"),
        *((Key("town whose holder is not known", "cross"),) if len(known) < len(holders) else ()),
        *(Key(label, "circle-open", f"deaths-{kind}") for kind, label in VIOLENCE_TYPES.items()),
        Key("placed less exactly", "faint", "deaths-state_based"),
    )
