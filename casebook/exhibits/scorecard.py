"""Exhibits of the page on what became of the advice (`chapters/recommendations/scorecard`)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from casebook import prose
from casebook.analysis.verdicts import (
    CODING,
    DOCUMENTS,
    SHORT_VERDICTS,
    STATEMENT_EVENT,
    dated_outcomes,
    numbered_name,
    outcome_rows,
    short_names,
)
from casebook.figures import verdicts as drawing
from casebook.records import record, records
from casebook.show import Control, Exhibit, State, TableExhibit

# First word of a horizon -> what the reader chooses, and the years before which it is too early.
HORIZONS = {
    "immediate": ("at once", 0),
    "short": ("short: weeks or months", 0),
    "medium": ("medium: one to three years", 1),
    "long": ("long: three years or more", 3),
}


# --- The verdicts -------------------------------------------------------------------------------


def verdict_matrix(
    recommendations: pd.DataFrame, scorecard_verdicts: pd.DataFrame, events: pd.DataFrame
) -> Exhibit:
    """Recommendation x date: how things stood, a tile and a word a cell."""
    frame = scorecard_verdicts.merge(recommendations, on="rec_id", validate="m:1")
    frame = frame.sort_values(["rec_id", "at"], ignore_index=True)
    dates = sorted(frame["at"].unique())
    frame["row"] = frame["rec_id"].rank(method="dense").astype(int)
    frame["column"] = frame["at"].rank(method="dense").astype(int) - 1
    frame["name"] = frame["rec_id"].map(numbered_name)
    frame["short"] = frame["rec_id"]
    frame["kind"] = frame["verdict"].str.replace(" ", "_")
    frame["word"] = frame["verdict"]
    frame["short_word"] = frame["verdict"].map(SHORT_VERDICTS)
    frame["text"] = [drawing.verdict_hover(row) for row in records(frame)]
    frame["waits"] = frame["horizon"].str.split().str[0]
    published = record(events.set_index("event_id"), STATEMENT_EVENT)["date"]
    waits = [h for h in HORIZONS if frame["waits"].eq(h).any()]
    states = {
        "all": State(
            f"All {frame['row'].max()} recommendations in the order of the statement. Hollow: "
            "what is on record carries no verdict.",
            drawing.only_named(frame, set(frame["rec_id"])),
        )
    }
    for horizon in waits:
        ids = sorted(set(frame.loc[frame["waits"].eq(horizon), "rec_id"]))
        states[horizon] = State(
            _horizon_readout(horizon, ids, published, dates), drawing.only_named(frame, ids)
        )
    options = (("all", "all"), *((h, HORIZONS[h][0]) for h in waits))
    return Exhibit(
        name="scorecard",
        figure=drawing.cells(frame, [f"{date.year}" for date in dates]),
        title=_verdict_title(frame, dates),
        subtitle=f"The statement's {frame['row'].max()} recommendations as things stood at the end "
        f"of {prose.listing([f'{date.year}' for date in dates])}",
        caption="Read a row from left to right. Reversed: since the reading before, what had been "
        "done was undone. Partly is a wide word: it says that something was done, not how much. A "
        "verdict says how things stood, not who brought it about. Do not add tiles up: one row "
        "can weigh more than ten others.",
        summary=" ".join(_date_in_words(frame, date) for date in dates),
        source=f"{CODING}.",
        tables=("scorecard_verdicts", "recommendations", "events"),
        data=_verdict_rows(frame),
        controls=(Control("horizon", "By when it could be judged (ours)", options, "all"),),
        states=states,
        keys=drawing.verdict_keys(frame),
        narrow_height=frame["row"].max() * drawing.PHONE_ROW + 34,
    )


def _verdict_title(frame: pd.DataFrame, dates: list[pd.Timestamp]) -> str:
    first, last = dates[0], dates[-1]
    short = short_names()

    def fulfilled(date: pd.Timestamp) -> str:
        ids = frame.loc[frame["at"].eq(date) & frame["verdict"].eq("fulfilled"), "rec_id"]
        named = [f"{i} ({short[i][0].lower()}{short[i][1:]})" for i in ids]
        return f"only {prose.listing(named)}" if named else "nothing"

    text = (
        f"{fulfilled(first)} stood fulfilled at the end of {first.year}; "
        f"{fulfilled(last)} did at the end of {last.year}"
    )
    return prose.capitalised(text)


def _horizon_readout(
    horizon: str, ids: list[str], published: pd.Timestamp, dates: list[pd.Timestamp]
) -> str:
    label, years = HORIZONS[horizon]
    early = [f"{d.year}" for d in dates if d < published + pd.DateOffset(years=years)]
    told = (
        f"The end{'s' * (len(early) > 1)} of {prose.listing(early)} came too early to judge."
        if early
        else "The first date is late enough to judge; the later ones tell what became of them."
    )
    return f"{prose.capitalised(label)}. {prose.listing(ids)}. {told}"


def _date_in_words(frame: pd.DataFrame, date: pd.Timestamp) -> str:
    some = frame[frame["at"].eq(date)]
    said = [
        f"{verdict} {', '.join(some.loc[some['verdict'].eq(verdict), 'rec_id'])}"
        for verdict in SHORT_VERDICTS
        if some["verdict"].eq(verdict).any()
    ]
    return f"End of {date.year}: {'; '.join(said)}."


def _verdict_rows(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Recommendation": frame["rec_id"] + ": " + frame["recommendation"],
            "Asked of": frame["addressees"].str.replace(";", ","),
            "How one would know (ours)": frame["progress_indicator"],
            "By when (ours)": frame["horizon"],
            "Year": frame["at"].dt.year,
            "Verdict at its end": frame["verdict"],
            "Reason": frame["reason"],
        }
    )


# --- The outcomes -------------------------------------------------------------------------------


def outcome_marks(
    recommendations: pd.DataFrame,
    outcomes: pd.DataFrame,
    sources: pd.DataFrame,
    events: pd.DataFrame,
) -> Exhibit:
    """Recommendation x time: every dated outcome on record, set by set."""
    frame = dated_outcomes(recommendations, outcomes)
    frame["text"] = [drawing.outcome_hover(row) for row in records(frame)]
    published = record(events.set_index("event_id"), STATEMENT_EVENT)["date"]
    rows = frame.groupby("set")["row"].agg(["min", "max"])
    sets = [letter for letter in DOCUMENTS if letter in rows.index]
    states = {
        letter: State(
            _set_readout(frame[frame["set"].eq(letter)], letter, published),
            *drawing.only_rows(frame, *map(int, record(rows, letter))),
        )
        for letter in sets
    }
    statement = frame[frame["set"].eq("S")]
    silent = _silent_after(statement, 2020)
    return Exhibit(
        name="outcomes",
        figure=drawing.marks(frame, (f"{published:%Y-%m-%d}", "the statement")),
        title=f"For {prose.words(len(silent))} of the statement's "
        f"{statement['rec_id'].nunique()} recommendations nothing on record is later than 2020",
        subtitle="Dated outcomes of Crisis Group's recommendations, "
        f"{prose.month(frame['date'].min())} to {prose.month(frame['date'].max())}, by direction "
        "as seen from each recommendation",
        caption="A mark is one event that bears on one recommendation. Marks show what was looked "
        "for and found, not how much was achieved: an empty stretch may be a gap in our reading. "
        "Within a row, progress stands highest and setbacks lowest. What stands before the dotted "
        "line came before the statement: a baseline. Only the statement has verdicts; the other "
        "two documents have outcomes alone.",
        summary=" ".join(states[letter].readout for letter in sets),
        source="compiled for this book from published reports, most of them read in their opening "
        "only; direction is our coding, without a second coder.",
        tables=("outcomes", "recommendations", "sources", "events"),
        data=outcome_rows(frame, sources),
        controls=(
            Control(
                "set",
                "Recommendations of",
                tuple((letter, DOCUMENTS[letter]) for letter in sets),
                "S",
                "radio",
            ),
        ),
        states=states,
        keys=drawing.DIRECTION_KEYS,
        narrow_height=statement["rec_id"].nunique() * drawing.PHONE_ROW + 54,
    )


def _silent_after(frame: pd.DataFrame, year: int) -> list[str]:
    last = frame.groupby("rec_id")["date"].max()
    return sorted(last.index[last.dt.year <= year])


def _set_readout(frame: pd.DataFrame, letter: str, published: pd.Timestamp) -> str:
    last = frame.groupby("rec_id")["date"].max()
    silent = [f"{rec_id} ({last[rec_id].year})" for rec_id in _silent_after(frame, 2020)]
    name = DOCUMENTS[letter]
    judged = "" if letter == "S" else " No verdict is given on them."
    told = f" Last outcome in 2020 or before: {prose.listing(silent)}." if silent else ""
    older = int(frame["date"].lt(published).sum())
    before = f" Older than the statement: {prose.words(older)}." if older else ""
    return (
        f"{prose.capitalised(name)}: {len(frame)} outcomes for {frame['rec_id'].nunique()} "
        f"recommendations.{judged}{before}{told}"
    )


# --- The forecasts ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Forecast:
    """How firm a forecast is, what would have proved it wrong, and what is on record."""

    firmness: str
    wrong_if: str
    event_ids: tuple[str, ...]


FORECASTS = {
    "C034": Forecast(
        "open",
        "Nothing could: it leaves both outcomes open and sets no date",
        ("chadians-killed-in-kidal-market", "tessalit-peacekeepers-attacked", "kidal-bank-bombing"),
    ),
    "C047": Forecast(
        "probable",
        "A vote in July that was practicable, safe, calm and open to all; by what measure is not "
        "said",
        ("drame-leaves-the-race", "presidential-first-round", "presidential-run-off"),
    ),
    "C048": Forecast(
        "probable",
        "A full withdrawal soon after; how soon is not said",
        ("barkhane-replaces-serval", "last-french-troops-leave"),
    ),
    "C049": Forecast(
        "probable",
        "An African force under its own command at the end of its mandate",
        ("resolution-2100", "minusma-takes-over"),
    ),
}

# What became of a forecast, of one and of several.
SCORES = {
    "supported": ("came true", "came true"),
    "partly supported": ("came true in part", "came true in part"),
    "contested": ("is contested", "are contested"),
    "not testable": ("cannot be tested", "cannot be tested"),
    "overtaken by events": ("was overtaken by events", "were overtaken by events"),
}


def forecasts_scored(claims: pd.DataFrame, events: pd.DataFrame) -> TableExhibit:
    """Forecast by forecast: how firm, what would have proved it wrong, what happened."""
    claims = claims.set_index("claim_id")
    dated = events.set_index("event_id")
    rows = pd.DataFrame(
        {
            "Forecast": [f"{claim}: {record(claims, claim)['claim']}" for claim in FORECASTS],
            "How firm": [forecast.firmness for forecast in FORECASTS.values()],
            "What would have proved it wrong": [f.wrong_if for f in FORECASTS.values()],
            "On record": [
                "; ".join(_event_in_words(record(dated, e)) for e in f.event_ids)
                for f in FORECASTS.values()
            ],
            "Our verdict": [claims.loc[claim, "verdict"] for claim in FORECASTS],
        }
    )
    counts = rows["Our verdict"].value_counts()
    scores = [
        f"{prose.words(int(counts[verdict]))} {many if counts[verdict] > 1 else one}"
        for verdict, (one, many) in SCORES.items()
        if verdict in counts
    ]
    return TableExhibit(
        name="forecasts",
        title=f"Of the {prose.words(len(rows))} forecasts taught here {prose.listing(scores)}",
        data=rows,
        note="Firmness and what would have proved a forecast wrong are our reading. A forecast "
        "without a date or a measure can hardly fail, so it earns little when it comes true.",
        source="the statement, in our words; events of this book, each with its sources there.",
    )


def _event_in_words(event: pd.Series) -> str:
    if event["date_precision"] == "day":
        date = prose.day_range(event["date"], event["date_end"])
    else:
        date = prose.day_of(event["date"], event["date_precision"])
    return f"{event['title']} ({date})"
