"""The map of a day: what is drawn of a situation."""

import pandas as pd

from casebook import tables
from casebook.analysis import geography
from casebook.analysis.control import named_spells
from casebook.analysis.situation import situation
from casebook.figures import maps, town_map


def test_town_whose_holder_is_not_known_is_named_and_drawn_as_a_cross():
    spells = named_spells(*(tables.load(name) for name in ("control", "places", "actors")))
    day = situation(spells, tables.load("conflict_events"), pd.Timestamp("2013-04-20"))
    assert "Holder not known: Aguelhok." in day.in_words()
    figure = town_map.town_map(geography.ground(), day)
    assert figure.data[town_map.TOWNS].name == maps.TOWNS
    assert figure.data[town_map.EVENTS].name == maps.EVENTS
    marks = town_map.day_marks(day)[town_map.TOWNS]
    symbols = dict(zip(figure.data[town_map.TOWNS].text, marks["marker.symbol"], strict=True))
    assert len(symbols) == tables.load("control")["place_id"].nunique()
    assert [place for place, symbol in symbols.items() if symbol == "x-thin-open"] == ["Aguelhok"]
    assert any(key.mark == "cross" for key in town_map.keys([day]))
