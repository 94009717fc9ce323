"""Citations by author and year in round brackets: (Sundberg and Melander, 2013)."""

from __future__ import annotations

import dataclasses

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.roles import CiteRole
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle


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


def cite(directive: SphinxDirective, source_ids: list[str]) -> list[nodes.Node]:
    """Cite sources from within a directive, as ``{cite:p}`` does in prose.

    Parameters
    ----------
    directive : sphinx.util.docutils.SphinxDirective
        What is being run.
    source_ids : list of str
        Ids in the table `sources`.
    """
    keys = ",".join(source_ids)
    made, _ = CiteRole()(
        "cite:p", f"{{cite:p}}`{keys}`", keys, directive.lineno, directive.state.inliner
    )
    return made


def setup(app: Sphinx) -> None:
    """Register the style under the name that `_config.yml` uses."""
    register_plugin("sphinxcontrib.bibtex.style.referencing", "author_year_round", RoundAuthorYear)
