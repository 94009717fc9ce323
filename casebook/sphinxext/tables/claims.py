"""All claims of the statement as one table that can be filtered, and read without a script."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx

from casebook import module_map
from casebook.analysis.claims import KINDS, NOT_TESTED
from casebook.records import records
from casebook.sphinxext.roles.claims import anchor, row_anchor
from casebook.sphinxext.site.base import Directive, uses
from casebook.sphinxext.tables.filters import Choice, controls
from casebook.tables import load


class ClaimsTable(Directive):
    """``{claims-table}``: filters for paragraph, kind, verdict and words; a row a claim."""

    def run(self) -> list[nodes.Node]:
        """Return the block as HTML."""
        uses(self.env, "map")
        pages = module_map.current(Path(self.env.srcdir))

        def link(claim_id: str) -> str:
            page = pages.page_of_claim(claim_id)
            if page is None:
                return "–"
            address = self.env.app.builder.get_relative_uri(self.env.docname, page.path)
            return f'<a href="{address}#{anchor(claim_id)}">{escape(page.title)}</a>'

        claims = load("claims")
        return [
            nodes.raw("", html(claims, {c: link(c) for c in claims["claim_id"]}), format="html")
        ]


def html(claims: pd.DataFrame, tested: dict[str, str]) -> str:
    """Return the filter block.

    Parameters
    ----------
    claims : pandas.DataFrame
        The table of that name.
    tested : dict of str
        Claim id to HTML that says where it is tested.
    """
    claims = claims.sort_values("claim_id")
    verdicts = [NOT_TESTED, *sorted(set(claims["verdict"]) - {""})]
    choices = [
        Choice("paragraph", "Paragraph", [(str(p), str(p)) for p in claims["paragraph"].unique()]),
        Choice("kind", "Kind", list(KINDS.items())),
        Choice("verdict", "Verdict", [(verdict, verdict) for verdict in verdicts]),
    ]
    rows = "".join(_row(claim, tested[claim.claim_id]) for claim in records(claims))
    return (
        '<div class="cb-filter" data-what="claims">'
        + controls("claims", len(claims), choices, "MNLA, elections ...")
        + '<div class="cb-table-scroll" role="region" tabindex="0" aria-label="Claims of the '
        'statement"><table class="cb-table"><caption class="cb-visually-hidden">Claims of the '
        "statement, in our words</caption><thead><tr>"
        '<th scope="col">Claim</th><th scope="col">Par.</th><th scope="col">Kind</th>'
        '<th scope="col">What it says, in our words</th><th scope="col">Verdict</th>'
        f'<th scope="col">Tested in</th></tr></thead><tbody>{rows}</tbody></table></div></div>'
    )


def _row(claim: Any, tested: str) -> str:
    verdict = claim.verdict or NOT_TESTED
    reason = f'<br><span class="cb-reason">{escape(claim.verdict_reason)}</span>'
    return (
        f'<tr id="{row_anchor(claim.claim_id)}" data-paragraph="{claim.paragraph}" '
        f'data-kind="{claim.kind}" data-verdict="{escape(verdict)}">'
        f'<th scope="row">{claim.claim_id}</th>'
        f'<td data-label="Paragraph">{claim.paragraph}</td>'
        f'<td data-label="Kind">{escape(KINDS[claim.kind])}</td>'
        f'<td data-label="Claim">{escape(claim.claim)}</td>'
        f'<td data-label="Verdict">{escape(verdict)}{reason if claim.verdict else ""}</td>'
        f'<td data-label="Tested in">{tested}</td></tr>'
    )


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("claims-table", ClaimsTable)
