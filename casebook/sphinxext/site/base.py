"""What the book's directives and roles have in common: they say what their page depends on.

`dependencies` keeps what was said, and has pages read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, SphinxRole


def uses(env: BuildEnvironment, kind: str, name: str = "") -> None:
    """Note that the page which is being read depends on something.

    Parameters
    ----------
    env : sphinx.environment.BuildEnvironment
    kind : str
        As `dependencies.State` knows it: `table`, `file`, `code`, `page`...
    name : str
        Which one.
    """
    env.temp_data.setdefault("casebook_uses", set()).add((kind, name))


class Directive(SphinxDirective):
    """A directive of the book; its page depends on the code it rests on.

    Attributes
    ----------
    rests_on : tuple of str, optional
        That code, as ``module`` or ``module:name``; what its own module imports if not given.
    """

    rests_on: ClassVar[tuple[str, ...] | None] = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        _uses_code(self.env, type(self))


class Role(SphinxRole):
    """A role of the book; its page depends on the code it rests on, as with `Directive`."""

    rests_on: ClassVar[tuple[str, ...] | None] = None

    def __call__(
        self,
        name: str,
        rawtext: str,
        text: str,
        lineno: int,
        inliner: Inliner,
        options: dict[str, Any] | None = None,
        content: Sequence[str] = (),
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Run the role."""
        _uses_code(inliner.document.settings.env, type(self))
        return super().__call__(name, rawtext, text, lineno, inliner, options or {}, content)


def _uses_code(env: BuildEnvironment, part: type[Directive | Role]) -> None:
    for module in (part.__module__,) if part.rests_on is None else part.rests_on:
        uses(env, "code", module)
