"""Citations by author and year in round brackets: (Sundberg and Melander, 2013)."""

from __future__ import annotations

import ast
import dataclasses
import hashlib
from pathlib import Path
from typing import Any, cast

import pybtex.plugin
from docutils import nodes
from pybtex.backends import plaintext
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinxcontrib.bibtex.citation_target import CitationTarget
from sphinxcontrib.bibtex.directives import BibliographyKey
from sphinxcontrib.bibtex.domain import BibtexDomain
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


Written = tuple[Any, Any, Any]
"""An entry, how it is written, and its tooltip if there is one: of pybtex, which has no types."""


class RememberingDomain(BibtexDomain):
    """The domain of sphinxcontrib-bibtex, with a memory.

    By itself it writes out every entry of a bibliography in every build, which takes three seconds.
    Here that is done again only if it can come out otherwise.
    """

    # Sphinx declares it for instances, and reads it from the class.
    initial_data: dict[str, Any] = {  # noqa: RUF012
        **BibtexDomain.initial_data,
        "casebook_formatted": {},
    }
    data_version = BibtexDomain.data_version * 100 + 1

    def get_formatted_entries(
        self,
        bibliography_key: BibliographyKey,
        docnames: list[str],
        tooltips: bool,
        tooltips_style: str,
    ) -> list[Written]:
        """Return the entries of a bibliography, written out."""
        kept: dict[BibliographyKey, tuple[str, list[Written]]] = self.data["casebook_formatted"]
        now = self._settles(bibliography_key, docnames, tooltips, tooltips_style)
        if bibliography_key not in kept or kept[bibliography_key][0] != now:
            written = list(
                super().get_formatted_entries(bibliography_key, docnames, tooltips, tooltips_style)
            )
            kept[bibliography_key] = (now, written)
            if any(tooltip is None for _, _, tooltip in written):
                # It warned of an entry that lacks something, and must do so again.
                return kept.pop(bibliography_key)[1]
        return kept[bibliography_key][1]

    def _settles(
        self, bibliography_key: BibliographyKey, docnames: list[str], *settings: object
    ) -> str:
        """Return all that the entries of a bibliography follow from."""
        value = self.bibliographies[bibliography_key]
        told = {**value._asdict(), "filter_": ast.dump(value.filter_), "citation_nodes": None}
        files = [Path(file).read_bytes() for file in value.bibfiles]
        cited = sorted(
            {(target.key, ref.docname) for ref in self.citation_refs for target in ref.targets}
        )
        # sphinxcontrib-bibtex gives this one method no types.
        keys = self.get_all_cited_keys(docnames)  # type: ignore[no-untyped-call]
        order = list(dict.fromkeys(keys))
        return _hash(repr((told, files, cited, order, settings)))


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
    cast(BibtexDomain, env.get_domain("cite")).citation_refs.append(
        CitationRef(ident, env.docname, directive.lineno, targets)
    )
    return Cited(sources=source_ids)


def _write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the pages written again that cite a work which the bibliography tells differently."""
    domain = cast(BibtexDomain, env.get_domain("cite"))
    entries = domain.bibdata.data.entries
    cited: dict[str, set[str]] = {}
    for reference in domain.citation_refs:
        keys = (target.key for target in reference.targets)
        told = {repr(entries[key]) for key in keys if key in entries}
        cited.setdefault(reference.docname, set()).update(told)
    before = vars(env).get("casebook_cited", {})
    now = {page: _hash(*sorted(told)) for page, told in cited.items()}
    vars(env)["casebook_cited"] = now
    return [page for page, told in now.items() if before.get(page) != told]


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    places = list(doctree.findall(Cited))
    if not places:
        return
    domain = cast(BibtexDomain, app.env.get_domain("cite"))
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
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_domain(RememberingDomain, override=True)
    # By itself pybtex looks through all installed packages for it, at each citation.
    pybtex.plugin.register_plugin("pybtex.backends", "plaintext", plaintext.Backend)
    app.add_node(Cited)
    app.connect("env-updated", _write_again)
    app.connect("doctree-resolved", _resolve)
    register_plugin("sphinxcontrib.bibtex.style.referencing", "author_year_round", RoundAuthorYear)
