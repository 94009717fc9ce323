"""Spells as bars: what is not known must look so."""

import pandas as pd
import pytest

from casebook import style
from casebook.figures.timeline import BAR_WIDTH, spells
from casebook.figures.turns import REPORTS, turns

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


def test_spell_at_the_edge_of_the_table_has_no_last_day():
    rows = frame(
        ("Gao", "2013-01-26", "2014-01-01", "mli_gov", "high", "dated_event"),
        ("Kidal", "2013-01-28", "2013-07-05", "mnla", "medium", "dated_event"),
    ).assign(end_basis=["window_limit", "dated_event"])
    hovers = {bar["place"]: bar["hover"] for bar in bars(spells(rows, "2013-01-01", "2014-01-01"))}
    assert "26 January 2013 to the end of the table" in hovers["Gao"]
    assert "2014" not in hovers["Gao"]
    assert "28 January 2013 to 5 July 2013" in hovers["Kidal"]


# --- Changes of hands ---------------------------------------------------------------------------

TURNS = pd.DataFrame(
    {
        "place": ["Konna", "Gao", "Konna"],
        "date": pd.to_datetime(["2013-01-10", "2013-01-26", "2013-01-18"]),
        "actor_id": ["mujao", "mli_gov", "mli_gov"],
        "actor": ["MUJAO", "State", "State"],
        "start_basis": ["dated_event", "approximate_day", "dated_event"],
    }
)
SAID = pd.DataFrame(
    {"place": ["Konna"], "date": pd.to_datetime(["2013-01-12"]), "text": ["the army"]}
)


def changes(frame=TURNS, labels=None):
    return turns(frame, SAID, labels or {"Gao": "French"}, "2013-01-11", "2013-02-11")


def test_day_known_only_roughly_has_a_mark_of_its_own():
    marks = {
        (place, on): symbol
        for trace in changes().data[:2]
        for place, on, symbol in zip(trace.y, trace.x, trace.marker.symbol, strict=True)
    }
    assert marks["Gao", "2013-01-26"] == "diamond-open"
    assert marks["Konna", "2013-01-18"] == "square"
    assert len(marks) == 3


def test_other_days_are_no_mark_of_a_holder():
    (reports,) = [trace for trace in changes().data if trace.name == REPORTS]
    assert (list(reports.y), list(reports.x)) == (["Konna"], ["2013-01-12"])
    assert reports.marker.color == style.colour("ink")
    assert reports.showlegend is False


def test_ticks_count_days_from_the_start():
    assert changes().layout.xaxis.ticktext[:2] == ("day 0<br>11 Jan", "day 7<br>18 Jan")


def test_day_before_the_start_is_counted_backwards():
    hovers = [text for trace in changes().data[:2] for text in trace.hovertext]
    assert any("10 January 2013, day -1" in text for text in hovers)
    assert any("day 15<br>day known only roughly" in text for text in hovers)


def test_words_stand_right_of_the_last_mark():
    figure = changes(labels={"Konna": "Malian", "Gao": "French, then Malian"})
    assert list(figure.data[-1].x) == ["2013-01-20", "2013-01-28"]
    assert figure.data[-1].textposition == "middle right"


def test_phone_breaks_the_words_and_writes_late_ones_on_the_left():
    late = TURNS.assign(date=TURNS["date"] + pd.Timedelta(days=10))
    figure = turns(
        late, SAID, {"Konna": "French, then Malian", "Gao": "French"}, "2013-01-11", "2013-02-11"
    )
    small = figure.layout.meta["narrow"]["traces"][str(len(figure.data) - 1)]
    assert small["text"] == ["French,<br>then Malian", "French"]
    assert small["textposition"] == ["middle right", "middle left"]
    assert small["x"] == ["2013-01-30", "2013-02-03"]  # after the last mark, before the first
    assert list(figure.data[-1].x) == ["2013-01-30", "2013-02-07"]


def test_unknown_basis_of_a_change_is_refused():
    with pytest.raises(ValueError, match="window_limit"):
        changes(TURNS.assign(start_basis="window_limit"))
