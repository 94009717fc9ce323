"""Checks of a learner's answers: ``check("origins.q3", answer)``, ``hint`` and ``progress``.

A check takes what a learner reasonably produces, brings it to a normal form (`reading`,
`containers`, `values`), and looks that form up in a sealed key (`sealing`, `keys`). It answers with
one `Card`, never with a traceback and never with the solution.
"""

from __future__ import annotations

from casebook.checks.asking import check, hint
from casebook.checks.progress import progress

__all__ = ["check", "hint", "progress"]
