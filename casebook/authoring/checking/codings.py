"""Rules about our own coding: positions, outcomes and the scorecard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casebook.authoring.checking.problem import Problem
from casebook.authoring.checking.table import Table

UNKNOWN = "unknown"

_NOT_KNOWN = "not known"

# The day of the Ouagadougou agreement. A partial date sorts before its days, which is right for
# the only one in question: "2013-06" is a speech of early June.
_AGREEMENT = "2013-06-18"


def period_of(date: str) -> str:
    """Say on which side of the Ouagadougou agreement a documented position lies.

    >>> period_of("2013-06"), period_of("2013-06-18"), period_of("")
    ('before_agreement', 'from_agreement', '')
    """
    if not date:
        return ""
    return "from_agreement" if date >= _AGREEMENT else "before_agreement"


def coding_problems(tables: Mapping[str, Table]) -> list[Problem]:
    """All rules of this module, run over all tables."""
    return [
        *_labels_off_the_scale(tables["positions"], tables["positions_scale"]),
        *_half_unknown(tables["positions"]),
        *_wrong_periods(tables["positions"]),
        *_outcomes_on_another_day(tables["outcomes"], tables["events"]),
        *_wrong_sets(tables["recommendations"]),
        *_evidence_from_the_future(tables["scorecard_verdicts"], tables["events"]),
        *_verdict_without_evidence(tables["scorecard_verdicts"]),
        *_missing_verdicts(tables["scorecard_verdicts"], tables["recommendations"]),
    ]


def _labels_off_the_scale(table: Table, scale: Table) -> Iterator[Problem]:
    labels = {(row["issue"], row["value"]): row["value_label"] for row in scale.rows}
    for number, row in table.numbered():
        wanted = labels.get((row["issue"], row["value"]), UNKNOWN)
        if row["value_label"] != wanted:
            yield table.problem(
                number,
                "value_label",
                f"'{row['value_label']}' is not what positions_scale.csv says of "
                f"{row['value'] or 'no value'}",
                f"Write '{wanted}', or correct the value",
            )


def _half_unknown(table: Table) -> Iterator[Problem]:
    for number, row in table.numbered():
        told = {bool(row[column]) for column in ("value", "date", "confidence")}
        if len(told) > 1 or (row["value"] and not row["source_ids"]):
            yield table.problem(
                number,
                "value",
                "a position needs value, date, confidence and a source; an unknown one has none",
                "Fill the first three cells and the source, or leave the three empty",
            )


def _wrong_periods(table: Table) -> Iterator[Problem]:
    for number, row in table.numbered():
        wanted = period_of(row["date"])
        if row["period"] != wanted:
            yield table.problem(
                number,
                "period",
                f"'{row['period']}' does not fit the date {row['date'] or '(none)'}",
                f"Write '{wanted}'" if wanted else "Leave it empty where there is no date",
            )


def _outcomes_on_another_day(table: Table, events: Table) -> Iterator[Problem]:
    dates = {row["event_id"]: row["date"] for row in events.rows}
    for number, row in table.numbered():
        if not dates.get(row["event_id"], row["date"]).startswith(row["date"]):
            yield table.problem(
                number,
                "date",
                f"{row['date']} is not the date of {row['event_id']} ({dates[row['event_id']]})",
                "Correct the date here or in events.csv",
            )


def _wrong_sets(table: Table) -> Iterator[Problem]:
    for number, row in table.numbered():
        if row["set"] != row["rec_id"][:1]:
            yield table.problem(
                number,
                "set",
                f"{row['rec_id']} is not of set {row['set']}",
                "The set is the first letter of rec_id",
            )


def _evidence_from_the_future(table: Table, events: Table) -> Iterator[Problem]:
    dates = {row["event_id"]: row["date"] for row in events.rows}
    for number, row in table.numbered():
        late = [e for e in row["event_ids"].split(";") if e and dates.get(e, "") > row["at"]]
        if late:
            yield table.problem(
                number,
                "event_ids",
                f"{', '.join(late)} came after {row['at']}",
                "A verdict rests on what had happened by then",
            )


def _verdict_without_evidence(table: Table) -> Iterator[Problem]:
    for number, row in table.numbered():
        if not row["event_ids"] and row["verdict"] != _NOT_KNOWN:
            yield table.problem(
                number,
                "event_ids",
                f"'{row['verdict']}' rests on no event",
                f"Name the decisive event, or write '{_NOT_KNOWN}'",
            )


def _missing_verdicts(table: Table, recommendations: Table) -> Iterator[Problem]:
    """Find gaps: all recommendations of the statement, and no others, are judged at every date."""
    statement = {row["rec_id"] for row in recommendations.rows if row["set"] == "S"}
    for number, row in table.numbered():
        if row["rec_id"] not in statement:
            yield table.problem(
                number,
                "rec_id",
                f"{row['rec_id']} is no recommendation of the statement",
                "Only set S is judged",
            )
    judged = {(row["rec_id"], row["at"]) for row in table.rows}
    field = next(field for field in table.fields if field["name"] == "at")
    for rec_id in sorted(statement):
        for at in field["constraints"]["enum"]:
            if (rec_id, at) not in judged:
                yield table.problem(
                    0,
                    "at",
                    f"{rec_id} has no verdict for {at}",
                    f"Add the row, with '{_NOT_KNOWN}' where the outcomes say nothing",
                )
