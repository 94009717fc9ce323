"""Overrule the scorecard: one's own verdict beside ours, with the dated outcomes."""

from __future__ import annotations

import csv
import io
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from casebook import prose
from casebook.analysis.verdicts import (
    CODING,
    SHORT_VERDICTS,
    STATEMENT_EVENT,
    dated_outcomes,
    numbered_name,
    outcome_rows,
)
from casebook.explorers.controls import Choice, Press, Words
from casebook.explorers.explorer import Explorer
from casebook.figures import verdicts as drawing
from casebook.records import record, records
from casebook.show import Exhibit

NAME = "overrule-the-scorecard"
FILE = "my-scorecard.csv"
COLUMNS = ("rec_id", "year", "our_verdict", "your_verdict", "your_reason")
AGREED, NO_REASON = (
    "That is our verdict too. Choose another.",
    "A verdict needs a reason. Name an outcome.",
)

Own = dict[tuple[str, int], tuple[str, str]]


def explorer(
    recommendations: pd.DataFrame,
    scorecard_verdicts: pd.DataFrame,
    outcomes: pd.DataFrame,
    sources: pd.DataFrame,
    events: pd.DataFrame,
    recommendation: str = "S01",
) -> Explorer:
    """Return the explorer; the tables are those of the same names.

    Parameters
    ----------
    recommendation : str
        Id of the one that is looked at first.
    """
    verdicts = scorecard_verdicts.sort_values(["rec_id", "at"], ignore_index=True)
    ours = {(row.rec_id, row.at.year): row.verdict for row in records(verdicts)}
    frame = dated_outcomes(recommendations, outcomes)
    published = record(events.set_index("event_id"), STATEMENT_EVENT)["date"]
    own: Own = {}
    note = [""]

    def draw(recommendation: str, **_: Any) -> tuple[Exhibit, Exhibit]:
        said, note[0] = note[0], ""
        judged = verdicts[verdicts["rec_id"].eq(recommendation)]
        found = frame[frame["rec_id"].eq(recommendation)]
        asks = record(recommendations.set_index("rec_id"), recommendation)
        return (
            compared(judged, asks, own, len(ours), said),
            on_record(found, sources, published),
        )

    def overrule(settings: Mapping[str, Any]) -> dict[str, Any]:
        cell = settings["recommendation"], settings["year"]
        reason = settings["reason"].strip()
        if settings["verdict"] == ours[cell]:
            note[0] = AGREED
        elif not reason:
            note[0] = NO_REASON
        else:
            own[cell] = settings["verdict"], reason
            note[0] = f"Overruled: {numbered_name(cell[0])}, end of {cell[1]}."
            return {"reason": ""}
        return {}

    def take_back(settings: Mapping[str, Any]) -> dict[str, Any]:
        cell = settings["recommendation"], settings["year"]
        taken = own.pop(cell, None)
        note[0] = "Our verdict stands again." if taken else "You have not overruled this one."
        return {}

    years = sorted({year for _, year in ours})
    ids = list(dict.fromkeys(rec_id for rec_id, _ in ours))
    return Explorer(
        NAME,
        {
            "recommendation": Choice(
                "Recommendation", tuple((i, numbered_name(i)) for i in ids), recommendation
            ),
            "year": Choice("End of", tuple((year, str(year)) for year in years), years[0]),
            "verdict": Choice(
                "Your verdict",
                tuple((word, word) for word in SHORT_VERDICTS),
                next(iter(SHORT_VERDICTS)),
            ),
            "reason": Words("Your reason, with an outcome and its date"),
        },
        draw,
        (Press("Overrule", overrule), Press("Take mine back", take_back)),
        more=lambda _: differences(ours, own),
    )


def compared(judged: pd.DataFrame, asks: pd.Series, own: Own, cells: int, said: str) -> Exhibit:
    """Return our verdicts on a recommendation above the reader's.

    Parameters
    ----------
    judged : pandas.DataFrame
        Rows of ``scorecard_verdicts`` in order of time.
    asks : pandas.Series
        The recommendation.
    own : dict
        (recommendation, year) -> the reader's verdict and reason.
    cells : int
        How many verdicts there are in all.
    said : str
        What became of the last press of a button.
    """
    rec_id = str(asks.name)
    rows = []
    for column, row in enumerate(records(judged)):
        theirs, why = own.get((rec_id, row.at.year), (row.verdict, "as ours"))
        for number, (name, verdict, reason) in enumerate(
            (("Our verdicts", row.verdict, row.reason), ("Your verdicts", theirs, why)), 1
        ):
            rows.append(
                {
                    "row": number,
                    "column": column,
                    "name": name,
                    "short": name,
                    "kind": verdict.replace(" ", "_"),
                    "word": verdict,
                    "short_word": SHORT_VERDICTS[verdict],
                    "text": f"<b>{name}</b><br>End of {row.at.year}: {verdict}<br>{reason[:60]}",
                }
            )
    frame = pd.DataFrame(rows)
    years = [row.at.year for row in records(judged)]
    differing = [year for year in years if (rec_id, year) in own]
    where = (
        f"you differ at the end of {prose.listing([str(year) for year in differing])}"
        if differing
        else "our verdicts, none overruled"
    )
    table = pd.DataFrame(
        {
            "Year": years,
            "Our verdict": judged["verdict"].tolist(),
            "Our reason": judged["reason"].tolist(),
            "Yours": [
                own.get((rec_id, y), (v, ""))[0]
                for y, v in zip(years, judged["verdict"], strict=True)
            ],
            "Your reason": [own.get((rec_id, y), ("", ""))[1] for y in years],
        }
    )
    course = [f"end of {row.at.year} {row.verdict}" for row in records(judged)]
    summary = (
        f"{numbered_name(rec_id)}. Ours: {', '.join(course)}. You differ in "
        f"{prose.words(len(own)) if own else 'none'} of {cells} verdicts."
    )
    return Exhibit(
        name=f"explorer-{NAME}",
        figure=drawing.cells(frame, [str(year) for year in years]),
        title=f"{numbered_name(rec_id)}: {where}",
        subtitle=f"{asks['recommendation']}. Asked of: {asks['addressees'].replace(';', ', ')}. "
        f"How one would know (ours): {asks['progress_indicator']}",
        caption="A verdict says how things stood at the end of a year, not who brought it about. "
        "Ours are one reader's; another reason on record can carry another verdict. Do not add "
        "verdicts up.",
        summary=f"{said} {summary}" if said else summary,
        source=f"{CODING}.",
        tables=("scorecard_verdicts", "recommendations"),
        data=table,
        keys=drawing.verdict_keys(frame),
    )


def on_record(found: pd.DataFrame, sources: pd.DataFrame, published: pd.Timestamp) -> Exhibit:
    """Return the dated outcomes of one recommendation.

    Parameters
    ----------
    found : pandas.DataFrame
        From `casebook.analysis.verdicts.dated_outcomes`.
    sources : pandas.DataFrame
        The table of that name.
    published : pandas.Timestamp
        The day of the statement.
    """
    found = found.assign(row=1, name="On record", short="On record")
    found["text"] = [drawing.outcome_hover(row) for row in records(found.assign(rec_id=""))]
    figure = drawing.marks(found, (f"{published:%Y-%m-%d}", "the statement"))
    figure.update_layout(height=drawing.PHONE_ROW + 66)
    counts = found["direction"].value_counts()
    words = {"progress": "of progress", "mixed": "mixed", "setback": "setback"}
    told = [f"{counts[d]} {word}" for d, word in words.items() if d in counts]
    if counts.get("setback", 0) > 1:
        told[-1] += "s"
    last = found.iloc[-1]
    return Exhibit(
        name=f"explorer-{NAME}-outcomes",
        figure=figure,
        title=f"{prose.counted(len(found), 'dated outcome')} on record, the last of "
        f"{prose.day_of(last['date'], last['precision'])}",
        subtitle="By direction as seen from the recommendation; the numbers below say what "
        "happened and who reports it",
        caption="Marks show what was looked for and found, not how much was achieved: an empty "
        "stretch may be a gap in our reading.",
        summary=f"On record: {prose.listing(told)}.",
        source="compiled for this book from published reports, most of them read in their opening "
        "only; direction is our coding, without a second coder.",
        tables=("outcomes", "recommendations", "sources"),
        data=outcome_rows(found, sources),
        keys=drawing.DIRECTION_KEYS,
    )


def differences(ours: Mapping[tuple[str, int], str], own: Own) -> str:
    """Return where the reader differs, and their scorecard as a file, as HTML."""
    if not own:
        return "<p>You have overruled nothing yet.</p>"
    items = "".join(
        f"<li>{escape(numbered_name(rec_id))}, end of {year}: ours {ours[rec_id, year]}, yours "
        f"{verdict}. {escape(reason)}</li>"
        for (rec_id, year), (verdict, reason) in sorted(own.items())
    )
    file = b64encode(("\ufeff" + as_csv(ours, own)).encode()).decode()
    return (
        f'<p class="casebook-title">Where you differ</p><ul>{items}</ul>'
        f'<p><a download="{FILE}" href="data:text/csv;base64,{file}">'
        "Download your scorecard (CSV)</a></p>"
    )


def as_csv(ours: Mapping[tuple[str, int], str], own: Own) -> str:
    """Return the reader's scorecard, in the columns of the page's own file."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for (rec_id, year), verdict in ours.items():
        theirs, reason = own.get((rec_id, year), (verdict, ""))
        table.writerow([rec_id, year, verdict, theirs, _no_formula(reason)])
    return written.getvalue()


def _no_formula(text: str) -> str:
    """Keep a spreadsheet from taking what a reader typed for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
