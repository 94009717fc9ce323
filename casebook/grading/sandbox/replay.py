"""Run a notebook that may break the Python it runs in, and keep what it answered before.

An answer is taken where the learner had it checked: at the check cell of its task, or, if it was
open there, at the end. When a cell ends Python, a new one is started, the cells before are run
again without the culprit, and the rest follows.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from casebook.grading.answers import encoding
from casebook.grading.notebooks import structure
from casebook.grading.sandbox.bubblewrap import Limits
from casebook.grading.sandbox.kernel import Gone, Kernel


@dataclass(frozen=True)
class Step:
    """A code cell to run, or with `variable` the place where that answer is taken.

    Attributes
    ----------
    name : str
        What a report calls the cell.
    source : str
    variable : str
    """

    name: str
    source: str = ""
    variable: str = ""


@dataclass
class Ran:
    """What a run gave.

    Attributes
    ----------
    answers : dict
        Variable to JSON, not decoded; a variable that nobody reached is missing.
    notes : list of str
        What ended Python, in sentences without a full stop.
    errors : dict
        Name of a cell to the name of the error it ended with.
    """

    answers: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    def said(self) -> list[str]:
        """Return all that a report should say."""
        named = [f"{cell} with {error}" for cell, error in self.errors.items()]
        if not named:
            return self.notes
        more = f" and {len(named) - 3} more" if len(named) > 3 else ""
        return [*self.notes, f"ended with an error: {', '.join(named[:3])}{more}"]


def steps(notebook: Mapping[str, Any]) -> list[Step]:
    """Return what is to be done with a repaired notebook.

    Checks are not run: in their place the answer is taken.
    """
    found: list[Step] = []
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        name = f"code cell {len(found) + 1} ({structure.grade_id(cell) or cell['id']})"
        source = structure.text_of(cell)
        if structure.is_check(cell):
            found.append(Step(name, variable=structure.checked_variable(source)))
        else:
            found.append(Step(name, source))
    return found


def run(
    steps: Sequence[Step],
    limits: Limits,
    *,
    trust: bool = False,
    start: Callable[..., Kernel] = Kernel,
) -> Ran:
    """Run the cells of a notebook in their order.

    Raises
    ------
    NoSandbox, NotStarted
        If the machine cannot run anything; nothing is said then about the submission.
    """
    ran = Ran()
    culprits: set[int] = set()
    until = time.monotonic() + limits.whole
    for _ in range(limits.restarts + 1):
        with start(limits, trust=trust) as kernel:
            at = _onwards(kernel, steps, culprits, ran, limits, until)
        if at is None:
            return ran
        culprits.add(at)
        if time.monotonic() > until:
            ran.notes.append(f"stopped after {limits.whole:.0f} seconds")
            return ran
    ran.notes.append(f"stopped after {limits.restarts} new starts")
    return ran


def _onwards(
    kernel: Kernel,
    steps: Sequence[Step],
    culprits: set[int],
    ran: Ran,
    limits: Limits,
    until: float,
) -> int | None:
    """Run the steps in one Python; return the one that ended it, or None."""

    def seconds() -> float:
        return max(0.0, min(limits.cell, until - time.monotonic()))

    last = [Step("the end", variable=name) for name in _variables(steps)]
    for at, step in enumerate([*steps, *last]):
        try:
            if at in culprits:
                continue
            if not step.variable:
                error = kernel.execute(step.source, seconds())
                if error:
                    ran.errors[step.name] = error
            elif _is_open(ran.answers.get(step.variable)):
                ran.answers[step.variable] = kernel.answer(step.variable, seconds())
        except Gone as gone:
            ran.notes.append(f"{step.name} was left out: {gone}")
            return at
    return None


def _variables(steps: Sequence[Step]) -> list[str]:
    return [step.variable for step in steps if step.variable]


def _is_open(answer: str | None) -> bool:
    return answer is None or answer in encoding.UNANSWERED
