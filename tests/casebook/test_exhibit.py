"""An exhibit has all its parts, and a setting changes only a copy."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from casebook.figures import canvas
from casebook.show import Control, Exhibit, Key, State, TableExhibit
from casebook.show.parts import ExhibitError

TEXTS = ("name", "title", "subtitle", "caption", "summary", "source")


@pytest.mark.parametrize("empty", ["", "  ", "\n", None], ids=repr)
@pytest.mark.parametrize("part", TEXTS)
def test_exhibit_without_a_text_is_refused_by_name(small_exhibit, part, empty):
    with pytest.raises(ExhibitError) as refusal:
        small_exhibit(**{part: empty})
    assert f"has no {part}" in str(refusal.value)
    assert part == "name" or "'two-towns'" in str(refusal.value)


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("tables", (), "names no table"),
        ("data", pd.DataFrame({"Town": []}), "has no data table"),
        ("figure", canvas.empty(300), "draws nothing"),
        ("figure", go.Figure(go.Bar(x=[1], y=[1])), "without a height"),
        ("keys", (Key("the state", "box", "actor-mali"),), "no colour is called 'actor-mali'"),
    ],
)
def test_exhibit_without_a_part_is_refused_by_name(small_exhibit, part, value, said):
    with pytest.raises(ExhibitError, match=f"'two-towns'.*{said}"):
        small_exhibit(**{part: value})


@pytest.mark.parametrize(
    "name", ["Two Towns", "two_towns", "two--towns", "-two", "två", "two/towns"]
)
def test_name_is_a_slug(small_exhibit, name):
    with pytest.raises(ExhibitError, match="lower case words with hyphens"):
        small_exhibit(name=name)


COLOUR = Control("colour", "Colour", (("a", "first"), ("b", "second")), "b")
SIZE = Control("size", "Size", (("1", "one"), ("2", "two")), "1", kind="range")
STATES = {
    f"{colour}|{size}": State(
        f"{colour} and {size}",
        traces={0: {"marker.color": f"#00000{size}"}},
        layout={"height": 100 * int(size)},
    )
    for colour in "ab"
    for size in "12"
}


def test_every_setting_needs_a_state(small_exhibit):
    states = {key: state for key, state in STATES.items() if key != "a|2"}
    with pytest.raises(ExhibitError, match=r"'two-towns'.*no state for a\|2"):
        small_exhibit(controls=(COLOUR, SIZE), states=states)


def test_default_state_joins_the_defaults_of_all_controls(small_exhibit):
    exhibit = small_exhibit(controls=(COLOUR, SIZE), states=STATES)
    assert exhibit.default_state is STATES["b|1"]
    assert small_exhibit().default_state is None


def test_default_state_is_what_is_drawn(small_exhibit):
    drawn = small_exhibit(controls=(COLOUR, SIZE), states=STATES).drawn()
    assert (drawn.data[0].marker.color, drawn.layout.height) == ("#000001", 100)


def test_state_changes_only_a_copy(small_exhibit):
    exhibit = small_exhibit(controls=(COLOUR, SIZE), states=STATES)
    before = exhibit.figure.to_json()
    STATES["a|2"].apply(exhibit.figure)
    drawn = exhibit.drawn(narrow=True)
    drawn.data[0].name = "changed"
    assert exhibit.figure.to_json() == before


def test_state_leaves_everything_else_as_it_was(small_exhibit):
    figure = small_exhibit().figure
    changed = State("", traces={0: {"marker.color": "#000001"}}).apply(figure)
    changed.data[0].marker.color = figure.data[0].marker.color
    assert changed.to_json() == figure.to_json()


def test_narrow_figure_has_its_own_height_and_patch(small_exhibit):
    exhibit = small_exhibit(narrow_height=200)
    exhibit.figure.update_layout(
        meta={"narrow": {"layout": {"xaxis.dtick": "M6"}, "traces": {"0": {"name": "short"}}}}
    )
    wide, narrow = exhibit.drawn(), exhibit.drawn(narrow=True)
    assert (wide.layout.height, wide.layout.xaxis.dtick, wide.data[0].name) == (300, None, "MNLA")
    assert (narrow.layout.height, narrow.layout.xaxis.dtick) == (200, "M6")
    assert narrow.data[0].name == "short"


def test_narrow_figure_keeps_its_height_unless_told(small_exhibit):
    assert small_exhibit().drawn(narrow=True).layout.height == 300


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"kind": "dial"}, "no kind 'dial'"), ({"default": "c"}, "default 'c' is no option")],
)
def test_control_that_cannot_be_drawn_is_refused_by_name(changed, said):
    arguments = {"name": "colour", "label": "Colour", "options": COLOUR.options, "default": "a"}
    with pytest.raises(ExhibitError, match=f"'colour'.*{said}"):
        Control(**arguments | changed)


# --- Tables -------------------------------------------------------------------------------------

TABLE = {
    "name": "town-days",
    "title": "Days held",
    "data": pd.DataFrame({"Held by": ["MNLA"], "Days": [1165]}),
    "note": "Towns are not people.",
    "source": "compiled for a test.",
}


@pytest.mark.parametrize("empty", ["", " ", None], ids=repr)
@pytest.mark.parametrize("part", ["name", "title", "note", "source"])
def test_table_without_a_text_is_refused_by_name(part, empty):
    with pytest.raises(ExhibitError) as refusal:
        TableExhibit(**TABLE | {part: empty})
    assert f"has no {part}" in str(refusal.value)
    assert part == "name" or "'town-days'" in str(refusal.value)


def test_empty_table_is_refused_by_name():
    with pytest.raises(ExhibitError, match="'town-days' is empty"):
        TableExhibit(**TABLE | {"data": pd.DataFrame()})


def test_parts_are_frozen(small_exhibit):
    with pytest.raises(AttributeError):
        small_exhibit().title = "Something else"
    assert isinstance(small_exhibit(), Exhibit)
