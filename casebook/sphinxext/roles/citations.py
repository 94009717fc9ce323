"""Citations by author and year in round brackets: (Sundberg and Melander, 2013)."""

from __future__ import annotations

import dataclasses

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinxcontrib.bibtex.citation_target import CitationTarget
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.roles import CitationRef
from sphinxcontrib.bibtex.style.referencing import BracketStyle, format_references
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle
from sphinxcontrib.bibtex.style.template import SphinxReferenceInfo

log = logging.getLogger(__name__)


def _round() -> BracketStyle:
    return BracketStyle(left="(", right=")")


@dataclasses.dataclass
class RoundAuthorYear(AuthorYearReferenceStyle):
    """The author-year style of sphinxcontrib-bibtex, with round brackets."""

    bracket_parenthetical: BracketStyle = dataclasses.field(default_factory=_round)
    bracket_textual: BracketStyle = dataclasses.field(default_factory=_round)
    bracket_author: BracketStyle = dataclasses.field(default_factory=_round)
    bracket_label: BracketStyle = dataclasses.field(default_factory=_round)
    bracket_year: BracketStyle = dataclasses.field(default_factory=_round)


class Cited(nodes.General, nodes.Inline, nodes.Element):
    """Stands for citations in a generated table until the bibliography is known."""


def cite(directive: SphinxDirective, source_ids: list[str]) -> Cited:
    """Cite sources from within a directive, for tables of hundreds of rows.

    It reads as ``{cite:p}`` does in prose and leads to the same entries, but carries no hover text
    (two fifths of a page's weight), and is resolved for all rows at once (the role looks through
    all installed packages for each).

    Parameters
    ----------
    directive : sphinx.util.docutils.SphinxDirective
        What is being run.
    source_ids : list of str
        Ids in the table `sources`.
    """
    env = directive.env
    targets = [CitationTarget(key=source, pre="", post="") for source in source_ids]
    ident = f"cited-{env.new_serialno('casebook-cited')}"
    env.get_domain("cite").citation_refs.append(
        CitationRef(ident, env.docname, directive.lineno, targets)
    )
    return Cited(sources=source_ids)


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    places = list(doctree.findall(Cited))
    if not places:
        return
    domain = app.env.get_domain("cite")
    known = {citation.key: citation for citation in domain.citations}
    for place in places:
        references = []
        for source in place["sources"]:
            if source not in known:
                log.warning("no bibliography lists the source %r", source, location=docname)
                continue
            citation = known[source]
            info = SphinxReferenceInfo(
                builder=app.builder,
                fromdocname=docname,
                todocname=citation.bibliography_key.docname,
                citation_id=citation.citation_id,
                title=None,
                pre_text="",
                post_text="",
            )
            references.append((citation.entry, citation.formatted_entry, info))
        shown = nodes.inline(classes=["bibtex-citation"])
        shown += format_references(domain.reference_style, "p", references).render(domain.backend)
        place.replace_self(shown)


def setup(app: Sphinx) -> None:
    """Register the style under the name that `_config.yml` uses, and what tables cite by."""
    app.add_node(Cited)
    app.connect("doctree-resolved", _resolve)
    register_plugin("sphinxcontrib.bibtex.style.referencing", "author_year_round", RoundAuthorYear)
