"""The Sphinx extension of the book.

`values`
    Roles for numbers and dates that come from the tables.
`claims`
    The role for a claim of the statement, and the evidence check.
`claims_table`
    All claims as one table that can be filtered.
`positions_table`
    The matrix of positions, which a reader can change.
`scorecard`
    The record behind the verdicts on the statement's advice.
`citations`
    Author and year in round brackets.
`teaching`
    Objectives at the head of a page, and self-check quizzes.
`walk`
    The chapters in order, each with its question and its verdicts.
`reference`
    Pages generated from the data package.
`figures`
    What the blocks of `casebook.show` need from the site: scripts, CSV files, links.
`dependencies`
    Which files a page depends on, so that nothing stale is ever shown.
`theme`
    A light, quiet and accessible theme.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from casebook import __version__
from casebook.sphinxext import (
    citations,
    claims,
    claims_table,
    dependencies,
    figures,
    positions_table,
    reference,
    scorecard,
    teaching,
    theme,
    values,
    walk,
)


def setup(app: Sphinx) -> dict[str, object]:
    """Register every part with Sphinx."""
    for part in (
        values,
        citations,
        claims,
        claims_table,
        positions_table,
        scorecard,
        teaching,
        walk,
        reference,
        figures,
        dependencies,
        theme,
    ):
        part.setup(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
