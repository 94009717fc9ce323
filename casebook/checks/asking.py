"""What learners call: `check` and `hint`."""

from __future__ import annotations

from typing import Any

from casebook.checks import progress, reading
from casebook.checks.card import Card
from casebook.checks.keys import Task, UnknownTask, task
from casebook.checks.shapes import described
from casebook.checks.values import NotAnswered, NotReadable


def check(task_id: str, answer: Any = None) -> Card:
    """Check the answer to a task.

    Parameters
    ----------
    task_id : str
        Such as ``"origins.q3"``.
    answer
        What you found: a number, a date, a list, a table... The task says which.

    Returns
    -------
    Card
        What is right about it, or which mistake it probably is; never the solution.
    """
    try:
        asked = task(task_id)
    except UnknownTask as error:
        return Card("unreadable", str(task_id), str(error))
    card = compare(asked, answer)
    progress.record(asked.id, card.kind)
    return card


def compare(asked: Task, answer: Any) -> Card:
    """Return the card for an answer, keeping no record of it."""
    try:
        forms = reading.forms(answer, asked.shape, asked.offsets)
    except NotAnswered:
        return Card(
            "open",
            asked.id,
            f"Put your answer into `{asked.variable}` in the cell above, run that cell, then run "
            f"this one again. Expected: {described(asked.shape)}.",
        )
    except NotReadable as error:
        return Card("unreadable", asked.id, str(error))
    except Exception as error:  # an answer may be anything, also an object that breaks when read
        return Card(
            "unreadable",
            asked.id,
            f"Your answer could not be read ({type(error).__name__}). Expected "
            f"{described(asked.shape)}.",
        )
    for form in forms:
        found = asked.open(form)
        if found:
            return Card(found["kind"], asked.id, found["text"])
    return Card(
        "wrong",
        asked.id,
        "This is not the answer, and none of the slips we know. Read the question once more, then "
        f"look at your steps one by one. For help: `hint({asked.id!r})`.",
    )


def hint(task_id: str, step: int | None = None) -> Card:
    """Show the next hint for a task: first a nudge, then the method, then nearly the code.

    Parameters
    ----------
    task_id : str
        Such as ``"origins.q3"``.
    step : int, optional
        1, 2 or 3 to see that hint; the next one unless told.
    """
    try:
        asked = task(task_id)
    except UnknownTask as error:
        return Card("unreadable", str(task_id), str(error))
    last = len(asked.hints)
    if step is None:
        step = min(progress.hints_seen(asked.id) + 1, last)
    if step not in range(1, last + 1):
        return Card("unreadable", asked.id, f"There are {last} hints: step=1 to step={last}.")
    progress.record_hint(asked.id, step)
    more = "" if step == last else "\n\nRun this cell again for the next hint."
    return Card("hint", asked.id, f"{step} of {last}. {asked.hints[step - 1]}{more}")
