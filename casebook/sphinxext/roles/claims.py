"""Claims of the statement: the role that names one, and the evidence check that judges some.

::

    :::{evidence} C013 C014
    What the data show
    : ...

    What the data cannot show
    : ...
    :::

The claim's wording, verdict and reason come from ``data/claims.csv``; the check adds what stands
between them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment

from casebook import module_map
from casebook.prose import is_missing
from casebook.records import record
from casebook.sphinxext.site.base import Directive, Role, uses
from casebook.tables import load

VERDICTS = (
    "supported",
    "partly supported",
    "contested",
    "not testable",
    "overtaken by events",
)
STATEMENT_PAGE = "chapters/start/the-statement"
REQUIRED_TERMS = ("What the data show", "What the data cannot show")


def _claims() -> pd.DataFrame:
    return load("claims").set_index("claim_id")


class ClaimRole(Role):
    """``{claim}`C020` ``: the id, with the claim's wording, linked to where it is judged."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return what stands in the place of the role or directive."""
        claim_id = self.text
        claims = _claims()
        if claim_id not in claims.index:
            problem = self.inliner.reporter.error(
                f"{{claim}}`{claim_id}`: the statement has no such claim", line=self.lineno
            )
            return [nodes.problematic(self.rawtext, self.rawtext)], [problem]
        uses(self.env, "claim", claim_id)
        wording = claims.loc[claim_id, "claim"]
        shown = nodes.abbreviation(claim_id, claim_id, explanation=wording, classes=["cb-claim-id"])
        page = module_map.current(Path(self.env.srcdir)).page_of_claim(claim_id)
        if page is None:
            return [_in_the_statement(self.env, claim_id, shown)], []
        # Resolved here, not by a cross-reference: Sphinx would drop the wording.
        address = self.env.app.builder.get_relative_uri(self.env.docname, page.path)
        link = nodes.reference("", "", shown, internal=True, refuri=f"{address}#{anchor(claim_id)}")
        return [link], []


def _in_the_statement(env: BuildEnvironment, claim_id: str, shown: nodes.Node) -> nodes.Node:
    """Link to the claim's row in the table of all claims, where the book has that page."""
    uses(env, "address", STATEMENT_PAGE)
    if STATEMENT_PAGE not in env.found_docs:
        return shown
    address = env.app.builder.get_relative_uri(env.docname, STATEMENT_PAGE)
    return nodes.reference("", "", shown, internal=True, refuri=f"{address}#{row_anchor(claim_id)}")


def row_anchor(claim_id: str) -> str:
    """Return the id of a claim's row in the table of all claims."""
    return f"statement-{claim_id.lower()}"


def anchor(claim_id: str) -> str:
    """Return the label of a claim's evidence check."""
    return f"claim-{claim_id.lower()}"


class EvidenceDirective(Directive):
    """The evidence check: what is claimed, what the data show, what they cannot, a verdict."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the role or directive."""
        ids = re.split(r"[\s,]+", self.arguments[0].strip())
        claims = _claims()
        if unknown := [claim for claim in ids if claim not in claims.index]:
            raise self.error(f"The statement has no claim {', '.join(unknown)}")
        unjudged = [c for c in ids if claims.loc[c, "verdict"] not in VERDICTS]
        if unjudged:
            raise self.error(f"data/claims.csv has no verdict for {', '.join(unjudged)}")

        box = nodes.container(classes=["cb-evidence"], is_div=True)
        box += nodes.paragraph("", "Evidence check", classes=["cb-evidence-label"])
        for claim_id in ids:
            box += self._claimed(claim_id, record(claims, claim_id))
        body = nodes.container(classes=["cb-evidence-body"], is_div=True)
        self.state.nested_parse(self.content, self.content_offset, body)
        terms = [term.astext() for term in body.findall(nodes.term)]
        if missing := [term for term in REQUIRED_TERMS if term not in terms]:
            raise self.error(f"An evidence check needs the term {missing[0]!r}")
        box += body
        for claim_id in ids:
            box += self._verdict(claim_id, record(claims, claim_id))
        return [box]

    def _claimed(self, claim_id: str, row: pd.Series) -> nodes.Node:
        label = anchor(claim_id)
        line = nodes.paragraph(classes=["cb-claimed"], ids=[label])
        cast(StandardDomain, self.env.get_domain("std")).note_hyperlink_target(
            label, self.env.docname, label, f"Claim {claim_id}"
        )
        shown = nodes.strong("", claim_id, classes=["cb-claim-id"])
        line += _in_the_statement(self.env, claim_id, shown)
        line += nodes.Text(" ")
        line += nodes.inline("", row["claim"])
        line += nodes.Text(" ")
        kind = row["kind"].replace("_", " ")
        line += nodes.inline(
            "", f"({kind}, paragraph {row['paragraph']})", classes=["cb-claim-kind"]
        )
        return line

    def _verdict(self, claim_id: str, row: pd.Series) -> nodes.Node:
        slug = row["verdict"].replace(" ", "-")
        line = nodes.paragraph(classes=["cb-verdict", f"cb-verdict-{slug}"])
        line += nodes.strong("", f"{claim_id}: {row['verdict']}", classes=["cb-verdict-name"])
        reason = "" if is_missing(row["verdict_reason"]) else row["verdict_reason"]
        line += nodes.Text(f" {reason}")
        return line


def setup(app: Sphinx) -> None:
    """Register role and directive."""
    app.add_role("claim", ClaimRole())
    app.add_directive("evidence", EvidenceDirective)
