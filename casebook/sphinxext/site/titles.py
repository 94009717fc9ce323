"""Pages show titles of others: in the table of contents, in links, as next and previous.

Sphinx writes a page again when the page itself was read. Here all are written again, none is read,
when a title, the name of a place that others may link to, or the order of the pages has changed.
"""

from __future__ import annotations

from typing import cast

from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment


def _write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    titles = {page: title.astext() for page, title in sorted(env.titles.items())}
    labels = sorted(cast(StandardDomain, env.get_domain("std")).labels.items())
    now = repr((titles, env.toctree_includes, labels))
    if vars(env).get("casebook_titles") == now:
        return []
    vars(env)["casebook_titles"] = now
    return list(env.found_docs)


def setup(app: Sphinx) -> None:
    """Compare titles when all pages have been read."""
    app.connect("env-updated", _write_again)
