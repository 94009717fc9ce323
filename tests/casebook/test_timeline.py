"""Spells as bars: what is not known must look so."""

import pandas as pd
import pytest

from casebook import style
from casebook.figures.timeline import BAR_WIDTH, spells

START, END = "2012-01-01", "2013-01-01"
DAY = 86_400_000


def frame(*rows: tuple) -> pd.DataFrame:
    """Make spells from (place, first day, end, actor, certainty, basis)."""
    columns = ["place", "start_date", "end_date", "actor_id", "certainty", "start_basis"]
    made = pd.DataFrame(rows, columns=columns)
    made["actor"] = made["actor_id"].str.upper()
    return made.assign(
        start_date=pd.to_datetime(made["start_date"]), end_date=pd.to_datetime(made["end_date"])
    )


def bars(figure) -> list[dict]:
    """Flatten the traces of a figure into one dictionary a bar."""
    return [
        {
            "place": trace.y[i],
            "base": trace.base[i],
            "length": trace.x[i],
            "width": trace.width[i],
            "pattern": trace.marker.pattern.shape[i],
            "colour": trace.marker.color,
            "basis": trace.customdata[i][0],
            "hover": trace.hovertext[i],
        }
        for trace in figure.data
        for i in range(len(trace.y))
    ]


EVERY_BASIS = frame(
    ("Gao", "2012-01-01", "2012-03-31", "mli_gov", "high", "window_limit"),
    ("Gao", "2012-03-31", "2012-06-27", "mnla", "medium", "dated_event"),
    ("Bourem", "2012-06-27", "2013-02-17", "mujao", "low", "regional_proxy"),
    ("Douentza", "2012-07-01", "2012-09-01", "ganda_iso", "medium", "approximate_day"),
)


def test_proxy_is_never_drawn_as_fact():
    patterns = {bar["basis"]: bar["pattern"] for bar in bars(spells(EVERY_BASIS, START, END))}
    assert patterns["regional_proxy"] == style.DOUBT_PATTERNS["regional_proxy"] != ""
    assert patterns["approximate_day"] == style.DOUBT_PATTERNS["approximate_day"] != ""
    assert patterns["dated_event"] == patterns["window_limit"] == ""
    assert patterns["regional_proxy"] != patterns["approximate_day"]


def test_proxy_stays_hatched_where_its_first_day_is_cut_off():
    (bar,) = bars(spells(EVERY_BASIS, "2013-01-01", "2013-06-01"))
    assert (bar["place"], bar["base"]) == ("Bourem", "2013-01-01")
    assert bar["pattern"] == style.DOUBT_PATTERNS["regional_proxy"]


def test_proxy_is_named_to_who_points_at_it():
    hovers = {bar["basis"]: bar["hover"] for bar in bars(spells(EVERY_BASIS, START, END))}
    assert "borrowed" in hovers["regional_proxy"]
    assert "roughly" in hovers["approximate_day"]
    assert "borrowed" not in hovers["dated_event"] + hovers["window_limit"]


def test_less_certain_holder_is_drawn_thinner():
    rows = [
        ("Gao", START, END, "mnla", level, "dated_event") for level in ("low", "medium", "high")
    ]
    widths = [bar["width"] for bar in bars(spells(frame(*rows), START, END))]
    assert widths == sorted(widths)
    assert len(set(widths)) == len(BAR_WIDTH) == 3


def test_spells_are_cut_to_the_window():
    rows = frame(
        ("Gao", "2011-06-01", "2012-02-01", "mli_gov", "high", "dated_event"),
        ("Gao", "2012-12-01", "2013-06-01", "mnla", "high", "dated_event"),
    )
    first, last = bars(spells(rows, START, END))
    assert (first["base"], first["length"]) == (START, 31 * DAY)
    assert (last["base"], last["length"]) == ("2012-12-01", 31 * DAY)


def test_spell_outside_the_window_has_no_bar_but_its_place_keeps_its_row():
    rows = frame(
        ("Kidal", "2010-01-01", "2011-01-01", "mli_gov", "high", "dated_event"),
        ("Gao", "2012-01-01", "2012-02-01", "mli_gov", "high", "dated_event"),
    )
    figure = spells(rows, START, END)
    assert [bar["place"] for bar in bars(figure)] == ["Gao"]
    assert set(figure.layout.yaxis.categoryarray) == {"Kidal", "Gao"}


def test_spell_that_ends_as_the_window_opens_has_no_bar():
    rows = frame(
        ("Gao", "2011-01-01", START, "mli_gov", "high", "dated_event"),
        ("Gao", START, END, "mnla", "high", "dated_event"),
        ("Gao", END, "2014-01-01", "mujao", "high", "dated_event"),
    )
    assert [bar["hover"].split("<br>")[0] for bar in bars(spells(rows, START, END))] == [
        "<b>Gao: MNLA</b>"
    ]


def test_rows_are_drawn_from_the_top_in_the_given_order():
    names = ["Tessalit", "Mopti", "Aguelhok"]
    rows = frame(*((name, START, END, "mli_gov", "high", "dated_event") for name in names))
    figure = spells(rows, START, END)
    assert list(figure.layout.yaxis.categoryarray) == names[::-1]  # plotly counts from below
    assert figure.layout.yaxis.categoryorder == "array"
    low, high = figure.layout.yaxis.range
    assert low < 0 < len(names) - 1 < high


def test_bars_of_an_actor_are_one_trace_in_its_colour():
    figure = spells(EVERY_BASIS, START, END)
    assert [trace.name for trace in figure.data] == ["MLI_GOV", "MNLA", "MUJAO", "GANDA_ISO"]
    assert [trace.marker.color for trace in figure.data] == [
        style.actor_colour(actor) for actor in ("mli_gov", "mnla", "mujao", "ganda_iso")
    ]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("start_basis", "rumour", "start_basis must be one of .*regional_proxy.*'rumour'"),
        ("certainty", "quite", "certainty must be one of .*high.*'quite'"),
    ],
)
def test_unknown_basis_or_certainty_is_refused(column, value, said):
    with pytest.raises(ValueError, match=said):
        spells(EVERY_BASIS.assign(**{column: value}), START, END)


def test_actor_without_a_colour_is_refused():
    with pytest.raises(KeyError, match="actor-nobody"):
        spells(EVERY_BASIS.assign(actor_id="nobody"), START, END)


def test_frame_is_left_as_it_was():
    before = EVERY_BASIS.copy(deep=True)
    spells(EVERY_BASIS, START, END)
    pd.testing.assert_frame_equal(EVERY_BASIS, before)
