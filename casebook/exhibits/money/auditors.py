"""What auditors and a donor found, as tables."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from casebook import prose
from casebook.records import record
from casebook.show import TableExhibit


def auditor_general(auditor_general: pd.DataFrame, sources: pd.DataFrame) -> TableExhibit:
    """List what each report found beside what it looked at; a year without a total is a gap."""
    found = auditor_general.set_index("report_year")
    rows = []
    for first, last in _runs(found.index):
        if first == last and first in found.index:
            row = record(found, first)
            rows.append(
                {
                    "Report": str(first),
                    "Scope and remarks, as read": row["note"] or "scope not stated",
                    "Sum found, billion CFA francs": _sum(row),
                    "of it fraud": prose.number(row["fraud"], 1)
                    if not pd.isna(row["fraud"])
                    else "not told apart",
                    "Read in": _titles(row["source_ids"], sources),
                }
            )
        else:
            rows.append(
                {
                    "Report": str(first) if first == last else f"{first} to {last}",
                    "Scope and remarks, as read": "no total found",
                    "Sum found, billion CFA francs": "unknown",
                    "of it fraud": "unknown",
                    "Read in": "nothing found",
                }
            )
    return TableExhibit(
        name="auditor-general",
        title="What the Auditor General found depends on what was audited",
        data=pd.DataFrame(rows),
        note="Not a series, and so not drawn: every report covers other bodies and other years. "
        "A larger sum may mean more audits, larger bodies or more fraud. Irregularities are sums "
        "questioned by auditors, not losses that a court established; prices are those of the "
        "time.",
        source="Reports of the Bureau du Vérificateur général, as the press or the office summed "
        "them up; we did not read the reports.",
    )


def _runs(years: pd.Index) -> list[tuple[int, int]]:
    """Return every year with a report by itself, and each gap between them as one span."""
    spans = [(int(year), int(year)) for year in years]
    gaps = [
        (int(before) + 1, int(after) - 1) for before, after in pairwise(years) if after - before > 1
    ]
    return sorted(spans + gaps)


def _sum(row: pd.Series) -> str:
    amount = prose.number(
        row["irregularities"], 0 if row["irregularities"] == int(row["irregularities"]) else 1
    )
    return amount if row["qualifier"] == "exact" else f"{row['qualifier']} {amount}"


def _titles(ids: str, sources: pd.DataFrame) -> str:
    known = sources.set_index("source_id")
    named = [record(known, one) for one in ids.split(";")]
    return "; ".join(f"{source['author']} {source['year']}" for source in named)


def cases(corruption_cases: pd.DataFrame, sources: pd.DataFrame) -> TableExhibit:
    """List the steps of the Global Fund's case of 2010-11, and an Auditor General's last total."""
    rows = corruption_cases.sort_values("date")
    shown = pd.DataFrame(
        {
            "Day": rows["date"],
            "What happened": rows["event"],
            "Read in": [_titles(ids, sources) for ids in rows["source_ids"]],
        }
    )
    return TableExhibit(
        name="corruption-cases",
        title="The Global Fund's case and an Auditor General's last total, "
        f"{prose.month(rows['date'].min())} to {prose.month(rows['date'].max())}",
        data=shown,
        note="One donor's case and one auditor's total, chosen because our sources date them: not "
        "a list of cases. A suspension follows a finding by the donor; we did not look for "
        "verdicts of courts. The rows stand in order of time, which says nothing about what "
        "caused what.",
        source="the Global Fund and the press, as named in each row.",
    )
