"""The tables on public money: aid, audits and cases of corruption."""

from __future__ import annotations

from casebook.authoring.csvfile import Row
from casebook.authoring.importing.recipe import Recipe


def aid_by_donor(recipe: Recipe) -> list[Row]:
    """One row a year and donor, or group of donors."""
    return [
        {
            "recipient_iso3": row["recipient_iso3"],
            "year": row["year"],
            "donor_id": row["donor_id"],
            "donor": row["donor"],
            "net_aid": row["net_bilateral_aid_usd_million_current"],
            "source_ids": recipe.sources("governance", row["source_id"]),
        }
        for row in recipe.extracts.rows("governance/aid_by_donor.csv")
    ]


def auditor_general(recipe: Recipe) -> list[Row]:
    """One row a report of the Auditor General."""
    return [
        {
            "report_year": row["report_year"],
            "irregularities": row["irregularities_billion_xof"],
            "fraud": row["fraud_billion_xof"],
            "mismanagement": row["mismanagement_billion_xof"],
            "qualifier": row["qualifier"] or "exact",
            "note": recipe.spell(row["note"]),
            "source_ids": recipe.sources("governance", row["source_id"]),
        }
        for row in recipe.extracts.rows("governance/auditor_general.csv")
    ]


def corruption_cases(recipe: Recipe) -> list[Row]:
    """One row a dated step in a case."""
    return [
        {
            "date": row["date"],
            "event": recipe.spell(row["event"]),
            "source_ids": recipe.sources("governance", row["source_id"]),
        }
        for row in recipe.extracts.rows("governance/corruption_cases.csv")
    ]
