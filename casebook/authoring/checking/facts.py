"""Rules about the facts themselves, which a schema cannot state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from casebook.authoring.checking.problem import Problem
from casebook.authoring.checking.table import Table

# table -> (start, end) columns; partial dates compare as far as both are known
_PERIODS = {
    "actors": ("founded", "ended"),
    "relations": ("start", "end"),
    "control": ("start_date", "end_date"),
    "events": ("date", "date_end"),
    "conflict_events": ("date_start", "date_end"),
    "displacement_figures": ("period_start", "as_of_date"),
    "indicators": ("comparable_from", "comparable_to"),
}
_PARTS = ("deaths_side_a", "deaths_side_b", "deaths_civilians", "deaths_unknown")
_TYPES = ("state_based_deaths_best", "non_state_deaths_best", "one_sided_deaths_best")


def fact_problems(tables: Mapping[str, Table]) -> list[Problem]:
    """All rules of this module, run over all tables."""
    return [
        *_ends_before_starts(tables),
        *_placeholder_days(tables),
        *_gaps_in_control(tables["control"]),
        *_wrong_sums(tables["conflict_events"], "deaths_best", _PARTS),
        *_wrong_sums(tables["conflict_deaths_yearly"], "all_deaths_best", _TYPES),
        *_two_places(tables["events"]),
        *_years_in_ids(tables["events"]),
        *_verdict_without_reason(tables["claims"]),
    ]


def _ends_before_starts(tables: Mapping[str, Table]) -> Iterator[Problem]:
    for name, (start, end) in _PERIODS.items():
        for number, row in tables[name].numbered():
            known = min(len(row[start]), len(row[end]))
            if known and row[end][:known] < row[start][:known]:
                yield tables[name].problem(
                    number,
                    end,
                    f"the end {row[end]} is before the start {row[start]}",
                    f"Correct {start} or {end}",
                )


def _placeholder_days(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Find dates known to the year that are not 1 January, or to the month that are no first."""
    table = tables["events"]
    for number, row in table.numbered():
        wanted = {"year": "-01-01", "month": "-01"}.get(row["date_precision"], "")
        if not row["date"].endswith(wanted):
            yield table.problem(
                number,
                "date",
                f"{row['date']} is known to the {row['date_precision']} only",
                f"Let the date end in {wanted}, or set date_precision to day",
            )


def _gaps_in_control(table: Table) -> Iterator[Problem]:
    """Each spell of a place starts on the day the one before it ends."""
    spells = sorted(table.numbered(), key=lambda s: (s[1]["place_id"], s[1]["start_date"]))
    for (_, before), (number, after) in pairwise(spells):
        same_place = before["place_id"] == after["place_id"]
        if same_place and before["end_date"] != after["start_date"]:
            yield table.problem(
                number,
                "start_date",
                f"the spell before it at {after['place_id']} ends on {before['end_date']}",
                "Make both dates the same day",
            )


def _wrong_sums(table: Table, total: str, parts: tuple[str, ...]) -> Iterator[Problem]:
    for number, row in table.numbered():
        cells = [row[column] for column in (total, *parts)]
        if not all(cell.isdecimal() for cell in cells):
            continue  # the schema check names the cell that is no number
        whole, *added = map(int, cells)
        if whole != sum(added):
            yield table.problem(
                number,
                total,
                f"{whole} is not the sum of {', '.join(parts)} ({sum(added)})",
                "Compare with the published row",
            )


def _two_places(table: Table) -> Iterator[Problem]:
    for number, row in table.numbered():
        if row["place_id"] and row["place_name"]:
            yield table.problem(
                number,
                "place_name",
                "the event has a place_id and a place_name",
                "Keep place_id if the place is in places.csv, else place_name",
            )


def _years_in_ids(table: Table) -> Iterator[Problem]:
    """Find events named after a year; the number of a resolution is no year."""
    for number, row in table.numbered():
        name = row["event_id"]
        if re.search(r"(?:19|20)\d\d", name) and not name.startswith("resolution-"):
            yield table.problem(
                number,
                "event_id",
                f"'{name}' holds a year",
                "Name the event without it: an id stays when a date is corrected",
            )


def _verdict_without_reason(table: Table) -> Iterator[Problem]:
    for number, row in table.numbered():
        if bool(row["verdict"]) != bool(row["verdict_reason"]):
            yield table.problem(
                number,
                "verdict_reason",
                "a verdict and its reason go together",
                "Fill both cells or neither",
            )
