"""How a role says that it cannot write what it was asked for."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxRole


class NoValueError(Exception):
    """An expression or an event that cannot be written."""


def failed(role: SphinxRole, message: str) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Return what stands in the place of a role that failed, and the error that stops the build."""
    problem = role.inliner.reporter.error(message, line=role.lineno)
    return [nodes.problematic(role.rawtext, role.rawtext)], [problem]
