"""The walk through the book: its chapters in order, each with its question and its verdicts.

``{walk}`` writes from `module.yml` and ``data/claims.csv`` what each chapter asks, how long it
takes to read, and how the claims judged there came out.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from casebook import module_map, prose
from casebook.sphinxext.roles.claims import VERDICTS
from casebook.sphinxext.site.base import Directive, uses
from casebook.tables import load


class Walk(Directive):
    """A definition list: a chapter, its minutes, its question, its verdicts."""

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the role or directive."""
        uses(self.env, "map")
        pages = module_map.current(Path(self.env.srcdir)).pages
        chapters = [page for page in pages if page.question and page.path != self.env.docname]
        if not chapters:
            raise self.error("module.yml gives no other page a question, so there is no walk")
        walk = nodes.definition_list(classes=["cb-walk"])
        for page in chapters:
            walk += self._chapter(page)
        return [walk]

    def _chapter(self, page: module_map.Page) -> nodes.Node:
        address = self.env.app.builder.get_relative_uri(self.env.docname, page.path)
        term = nodes.term()
        term += nodes.reference("", page.title, refuri=address, internal=True)
        term += nodes.inline("", f" {page.minutes} minutes", classes=["cb-minutes"])
        about = nodes.definition()
        about += nodes.paragraph("", page.question)
        if page.claims:
            about += nodes.paragraph("", verdicts(page.claims), classes=["cb-verdicts"])
        return nodes.definition_list_item("", term, about)


def verdicts(claim_ids: tuple[str, ...]) -> str:
    """Return how some claims came out, as ``6 claims: 1 supported and 5 partly supported``."""
    given = load("claims").set_index("claim_id").loc[list(claim_ids), "verdict"]
    counts = given.value_counts()
    parts = [f"{counts[verdict]} {verdict}" for verdict in VERDICTS if verdict in counts]
    noun = "claim" if len(given) == 1 else "claims"
    return f"{len(given)} {noun}: {prose.listing(parts)}"


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("walk", Walk)
