"""The map with a date control that several pages share: who holds which town, who died where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from casebook import prose, style
from casebook.analysis.control import changes_of_hands, holders_on
from casebook.analysis.deaths import VIOLENCE_TYPES
from casebook.analysis.geography import Ground
from casebook.figures import maps
from casebook.show import Control, Key, State

BOX = (-8.6, 12.3, 4.6, 21.4)  # west, south, east, north
HEIGHT, NARROW_HEIGHT = 518, 252
WINDOW_DAYS = 30
MOST_NAMED = 5  # changes of hands spelled out beside the map
SHAPES = (
    "Shapes: Who's On First (CC0), Natural Earth (public domain). Borders do not imply endorsement."
)

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
# What a readout adds to a change whose day no source gives.
DOUBTS = {"regional_proxy": " (date borrowed)", "approximate_day": " (day uncertain)"}
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


@dataclass(frozen=True)
class TownMap:
    """The parts of an exhibit that the map itself decides."""

    figure: go.Figure
    control: Control
    states: Mapping[str, State]
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Layers:
    """A map at one date, and which of its traces change with the date."""

    figure: go.Figure
    events: int
    towns: int


def layers(
    ground: Ground,
    spells: pd.DataFrame,
    conflict_events: pd.DataFrame,
    date: pd.Timestamp,
    window: int = WINDOW_DAYS,
    phone_positions: Mapping[str, str] = PHONE_POSITIONS,
) -> Layers:
    """Draw the map at a date; the arguments are those of `through_time`."""
    figure = maps.base(ground.regions, ground.countries, ground.rivers, BOX, height=HEIGHT)
    maps.add_area_names(figure, AREA_NAMES)
    names_trace = len(figure.data) - 1
    # Rings first: they are wider than a town's square, and must not cover its name.
    maps.add_events(figure, maps.event_marks(_recent(conflict_events, date, window)))
    events_trace = len(figure.data) - 1
    towns = holders_on(spells, date)
    maps.add_towns(figure, towns, maps.town_marks(towns), LABEL_POSITIONS)
    towns_trace = len(figure.data) - 1
    phone_names = [
        place if ident in phone_positions else ""
        for ident, place in zip(towns["place_id"], towns["place"], strict=True)
    ]
    phone = {
        str(names_trace): {"visible": False},
        str(towns_trace): {
            "text": phone_names,
            "textposition": [phone_positions.get(p, "top center") for p in towns["place_id"]],
            "textfont.size": 11,
            "marker.size": 9,
        },
    }
    figure.update_layout(meta={"narrow": {"traces": phone}})
    return Layers(figure, events_trace, towns_trace)


def state(
    drawn: Layers,
    spells: pd.DataFrame,
    conflict_events: pd.DataFrame,
    date: pd.Timestamp,
    days: int,
    window: int = WINDOW_DAYS,
) -> State:
    """Return the state of a map at a date, with the changes of so many `days` in words."""
    events = _recent(conflict_events, date, window)
    holders = holders_on(spells, date)
    return State(
        _readout(spells, holders, events, date, days, window),
        traces={drawn.events: maps.event_marks(events), drawn.towns: maps.town_marks(holders)},
    )


def through_time(
    ground: Ground,
    spells: pd.DataFrame,
    conflict_events: pd.DataFrame,
    dates: pd.DatetimeIndex,
    default: pd.Timestamp,
    window: int = WINDOW_DAYS,
    phone_positions: Mapping[str, str] = PHONE_POSITIONS,
) -> TownMap:
    """Build the map and a state for each date.

    Parameters
    ----------
    ground : Ground
        The shapes.
    spells : pandas.DataFrame
        From `casebook.analysis.control.named_spells`.
    conflict_events : pandas.DataFrame
        The table of that name; a date shows the events of the `window` days that end with it.
    dates : pandas.DatetimeIndex
        Positions of the slider.
    default : pandas.Timestamp
        The position at the start, one of `dates`.
    window : int
        Days, counted back from a date, whose events are drawn with it.
    phone_positions : mapping of str
        The towns a phone names, and where the name stands beside the square.
    """
    drawn = layers(ground, spells, conflict_events, default, window, phone_positions)
    steps = dates.to_series().diff().bfill().dt.days
    states = {
        f"{date:%Y-%m-%d}": state(drawn, spells, conflict_events, date, int(step), window)
        for date, step in steps.items()
    }
    options = tuple((f"{date:%Y-%m-%d}", prose.day(date)) for date in dates)
    control = Control("date", "Day", options, f"{default:%Y-%m-%d}", kind="range")
    return TownMap(drawn.figure, control, states, keys(spells, dates))


def _recent(events: pd.DataFrame, date: pd.Timestamp, window: int) -> pd.DataFrame:
    since = date - pd.Timedelta(days=window - 1)
    return events[events["date_start"].between(since, date)]


def _readout(
    spells: pd.DataFrame,
    holders: pd.DataFrame,
    events: pd.DataFrame,
    date: pd.Timestamp,
    days: int,
    window: int,
) -> str:
    held = int(holders["controller"].eq("mli_gov").sum())
    changes = changes_of_hands(spells)
    changed = changes[changes["start_date"].between(date - pd.Timedelta(days=days - 1), date)]
    unknown = holders.loc[holders["actor_id"].eq(""), "place"].tolist()
    text = f"{prose.day(date)}: the state holds {held} of {len(holders)} towns."
    if unknown:
        text += f" Holder not known: {prose.listing(unknown)}."
    if len(changed):
        moves = [
            f"{row.place} to {row.actor}{DOUBTS.get(row.start_basis, '')}"
            for row in changed.itertuples()
        ]
        if len(moves) > MOST_NAMED:
            moves = [*moves[:MOST_NAMED], prose.counted(len(moves) - MOST_NAMED, "more change")]
        when = "on this day" if days == 1 else f"in the last {days} days"
        text += f" Changed {when}: {prose.listing(moves)}."
    if events.empty:
        return text + f" No deadly event recorded in {window} days."
    drawn = int(events["where_prec"].le(3).sum())
    text += (
        f" In {window} days {prose.counted(len(events), 'deadly event')} with "
        f"{prose.counted(int(events['deaths_best'].sum()), 'death')}"
    )
    return text + ("." if drawn == len(events) else f", {drawn} placed well enough to draw.")


def keys(spells: pd.DataFrame, dates: pd.DatetimeIndex) -> tuple[Key, ...]:
    """Return the legend of a map that shows these dates."""
    shown = spells[(spells["start_date"] <= dates[-1]) & (spells["end_date"] > dates[0])]
    ordered = {actor: order for order, actor in enumerate(style.ACTORS)}
    actors = shown.drop_duplicates("actor_id").sort_values(
        "actor_id", key=lambda ids: ids.map(ordered)
    )
    gaps = any(holders_on(spells, date)["actor_id"].eq("").any() for date in dates)
    return (
        *(Key(row.actor, "box", f"actor-{row.actor_id}") for row in actors.itertuples()),
        Key("town whose date is borrowed", "hollow"),
        *((Key("town whose holder is not known", "cross"),) if gaps else ()),
        *(Key(label, "circle-open", f"deaths-{kind}") for kind, label in VIOLENCE_TYPES.items()),
        Key("placed less exactly", "faint", "deaths-state_based"),
    )
