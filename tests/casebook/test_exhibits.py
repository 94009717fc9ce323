"""What holds of every exhibit of the book, drawn from the real tables."""

import json
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from casebook import style, tables
from casebook.authoring.naming import misspelt
from casebook.figures.series import SYMBOL_BY_QUALIFIER
from casebook.sphinxext.site.figures import book_style

ROOT = Path(__file__).parents[2]
BROKEN = re.compile(r"\b(nan|None(?! of)|NaT|NA|np|inf|dtype|Timestamp)\b|<NA>|\{|\}|_")
BARE_THOUSANDS = re.compile(r"(?<![\d,.])\d{4,}(?![\d,])")
ONE_OF_MANY = re.compile(r"\b1 (deaths|events|towns|claims|facts|judgements|forecasts)\b")


def texts(exhibit) -> dict[str, str]:
    """Return everything an exhibit says, by where it stands."""
    parts = ("title", "subtitle", "caption", "summary", "note", "source")
    said = {part: getattr(exhibit, part) for part in parts if hasattr(exhibit, part)}
    for key, state in getattr(exhibit, "states", {}).items():
        said[f"readout {key}"] = state.readout
    for control in getattr(exhibit, "controls", ()):
        said[f"label {control.name}"] = control.label
        said |= {f"option {value}": label for value, label in control.options}
    return said | {f"key {key.label}": key.label for key in getattr(exhibit, "keys", ())}


@pytest.fixture(scope="session")
def figures(real_exhibit) -> dict[str, object]:
    """Give the figure in each of its settings; a table has none."""
    if not hasattr(real_exhibit, "figure"):
        return {}
    figure, states = real_exhibit.figure, real_exhibit.states
    settings = {key: state.apply(figure) for key, state in states.items()}
    return settings | {"wide": real_exhibit.drawn(), "narrow": real_exhibit.drawn(narrow=True)}


def test_names_are_unique_in_the_book(exhibit_names):
    assert [name for name, count in Counter(exhibit_names).items() if count > 1] == []


def test_texts_hold_no_remains_of_the_machine(real_exhibit):
    said = texts(real_exhibit)
    assert {part: text for part, text in said.items() if BROKEN.search(text)} == {}


def test_texts_write_every_name_as_the_tables_do(real_exhibit):
    said = texts(real_exhibit)
    assert {part: list(misspelt(text)) for part, text in said.items() if any(misspelt(text))} == {}


def test_thousands_are_separated(real_exhibit):
    for part, text in texts(real_exhibit).items():
        bare = [
            number for number in BARE_THOUSANDS.findall(text) if not 1900 <= int(number) <= 2030
        ]
        assert bare == [], part


def test_texts_are_whole_sentences(real_exhibit):
    for part, text in texts(real_exhibit).items():
        assert text == text.strip(), part
        assert "  " not in text, part
        assert ".." not in text, part
        assert not re.search(r" [.,;:]|\(\)|: \.", text), part
        assert not ONE_OF_MANY.search(text), part
        if part.split()[0] in ("caption", "summary", "note", "source", "readout"):
            assert text.endswith("."), part
        if part == "title":
            assert not text.endswith("."), part


def test_hover_texts_hold_no_remains_of_the_machine(figures):
    for setting, figure in figures.items():
        for trace in figure.data:
            for text in trace.hovertext or ():
                assert not re.search(r"\b(nan|None|NaT)\b|<NA>", text), setting


def test_every_setting_fits_the_figure(figures):
    for setting, figure in figures.items():
        for trace in figure.data:
            lists = {
                name: value
                for name, value in (
                    ("x", trace.x),
                    ("y", trace.y),
                    ("hovertext", trace.hovertext),
                    ("customdata", trace.customdata),
                    ("text", getattr(trace, "text", None)),
                    ("textposition", getattr(trace, "textposition", None)),
                    ("marker.color", trace.marker.color),
                    ("marker.opacity", trace.marker.opacity),
                    ("marker.size", getattr(trace.marker, "size", None)),
                    ("marker.symbol", getattr(trace.marker, "symbol", None)),
                )
                if isinstance(value, list | tuple)
            }
            lengths = {name: len(value) for name, value in lists.items()}
            assert len(set(lengths.values())) <= 1, (setting, trace.name, lengths)


def test_every_setting_is_offered_and_no_other(real_exhibit):
    if hasattr(real_exhibit, "states"):
        assert set(real_exhibit.states) == set(real_exhibit._settings()) - {""}


def test_only_colours_that_a_theme_can_exchange_are_drawn(figures):
    known = {token.light for token in style.TOKENS.values()}
    for setting, figure in figures.items():
        found = set(re.findall(r"#[0-9a-fA-F]{6}\b", json.dumps(figure.to_plotly_json()["data"])))
        assert found <= known, setting


def test_no_holder_is_drawn_without_being_named(real_exhibit, figures):
    actors = {token.light: f"actor-{name}" for name, token in style.ACTORS.items()}
    named = {key.token for key in getattr(real_exhibit, "keys", ())}
    for figure in figures.values():
        for trace in figure.data:
            colours = trace.marker.color
            drawn = {colours} if isinstance(colours, str) else set(colours or ())
            assert {actors[c] for c in drawn & set(actors)} <= named


def test_legend_names_what_plotly_would_name(real_exhibit):
    figure = getattr(real_exhibit, "figure", None)
    drawn = {t.name for t in figure.data if t.showlegend is not False} if figure else set()
    named = {key.label for key in real_exhibit.keys} if figure else set()
    # A figure of a single series is named by its title.
    assert len(drawn) < 2 or drawn - {None} <= named


# Symbol of a mark -> the mark of the key that explains it.
EXPLAINED_BY = {
    "circle": "circle",
    "circle-open": "circle-open",
    "diamond-open": "diamond",
    "triangle-up-open": "triangle",
    "triangle-down-open": "triangle",
    "square-open": "hollow",
    "x-thin-open": "cross",
}


def test_no_doubt_is_drawn_without_being_explained(real_exhibit, figures):
    explained = {key.mark for key in getattr(real_exhibit, "keys", ())}
    of_estimates = set(SYMBOL_BY_QUALIFIER.values()) - {"circle"}
    for figure in figures.values():
        for trace in figure.data:
            symbols = getattr(trace.marker, "symbol", None)
            drawn = {symbols} if isinstance(symbols, str) else set(symbols or ())
            doubtful = drawn & (of_estimates | {"square-open", "x-thin-open"})
            assert {EXPLAINED_BY[symbol] for symbol in doubtful} <= explained
            patterns = trace.marker.pattern.shape if trace.type == "bar" else None
            hatched = {patterns} if isinstance(patterns, str) else set(patterns or ())
            marks = {"/": "hatch", ".": "dots", "\\": "back-hatch"}
            assert {marks[pattern] for pattern in hatched - {""}} <= explained


def test_every_mark_of_a_key_is_drawn_by_the_style_sheet(real_exhibit):
    sheet = book_style(ROOT)
    drawn = {"box", "thick", *re.findall(r"\.cb-key-([\w-]+)", sheet)}
    assert {key.mark for key in getattr(real_exhibit, "keys", ())} <= drawn


def test_tables_behind_an_exhibit_are_named_and_exist(real_exhibit, arguments):
    if not hasattr(real_exhibit, "tables"):
        return
    assert set(real_exhibit.tables) <= {*tables.names(), *tables.geometry_names()}
    given = arguments & set(tables.names())
    # Places and actors only lend their names.
    assert given - {"places", "actors"} <= set(real_exhibit.tables)


def test_table_of_an_exhibit_is_readable(real_exhibit):
    data = real_exhibit.data
    assert data.columns.is_unique
    for column in map(str, data.columns):
        assert not re.search(r"_|\bid\b", column)
        if pd.api.types.is_string_dtype(data[column]):
            assert not data[column].isin(["nan", "None", "NaT"]).any()
            assert data[column].notna().all()


def test_exhibit_is_the_same_each_time_and_leaves_its_tables_as_they_were(
    maker, real_exhibit, arguments, exhibit_from
):
    given = {name: tables.load(name) for name in arguments & set(tables.names())}
    again = exhibit_from(maker, **given)
    for name, table in given.items():
        pd.testing.assert_frame_equal(table, tables.load(name))
    assert texts(again) == texts(real_exhibit)
    pd.testing.assert_frame_equal(again.data, real_exhibit.data)
    if hasattr(again, "figure"):
        assert again.figure.to_json() == real_exhibit.figure.to_json()
