"""What learners call: `check` and `hint`."""

from __future__ import annotations

from typing import Any

from casebook.checks import progress, reading
from casebook.checks.card import Card
from casebook.checks.keys import Task, UnknownTask, task
from casebook.checks.shapes import described
from casebook.checks.values import NotAnswered, NotReadable, shown

HOW = 'Write the name of the task first, in quotation marks: {}("warm-up.q1"{}).'


def check(task_id: str = "", answer: Any = None, *more: Any) -> Card:
    """Check the answer to a task.

    Parameters
    ----------
    task_id : str
        Such as ``"origins.q3"``.
    answer
        What you found: a number, a date, a list, a table... The task says which.
    *more
        Nothing: several values belong into one pair of brackets, and a card says so.

    Returns
    -------
    Card
        What is right about it, or which mistake it probably is; never the solution.
    """
    if not isinstance(task_id, str) or not task_id.strip():
        return Card("unreadable", "no task", HOW.format("check", ", your_answer"))
    try:
        asked = task(task_id.strip())
    except UnknownTask as error:
        return Card("unreadable", shown(task_id), str(error))
    if more:
        text = (
            f"These are {len(more) + 1} values, and a check takes one. Put round brackets around "
            f"them: check({asked.id!r}, (..., ...))."
        )
        return Card("unreadable", asked.id, text)
    card = compare(asked, answer)
    progress.record(asked.id, card.kind)
    return card


def compare(asked: Task, answer: Any) -> Card:
    """Return the card for an answer, keeping no record of it."""
    try:
        rows = reading.read(answer, asked.shape)
        forms = reading.forms_of(rows, asked.shape, asked.offsets)
    except NotAnswered as unanswered:
        return Card("open", asked.id, _open(asked, str(unanswered)))
    except NotReadable as error:
        return Card("unreadable", asked.id, str(error))
    # An answer may be anything, also an object that breaks when it is read.
    except (Exception, SystemExit, GeneratorExit) as error:
        return Card(
            "unreadable",
            asked.id,
            f"Your answer could not be read ({shown(type(error).__name__)}). Expected "
            f"{described(asked.shape)}.",
        )
    for form in forms:
        found = asked.open(form)
        if found:
            return Card(found["kind"], asked.id, found["text"])
    return Card("wrong", asked.id, _unknown(asked, rows))


def _open(asked: Task, left: str) -> str:
    begin = (
        f"In `{asked.variable}` three dots are left: {left}. Put a value in their place"
        if left
        else f"`{asked.variable}` has no answer yet. Write it after `{asked.variable} =`"
    )
    return (
        f"{begin}, run the cell that holds it, then the check again. Expected: "
        f"{described(asked.shape)}.\n\nDid you answer already? `print` shows a value and keeps "
        "nothing. A cell that ends in red keeps nothing either: the last line of the red text "
        "says why."
    )


def _unknown(asked: Task, rows: list[list[Any]]) -> str:
    nothing = (
        " Perhaps no row fitted your condition: names and codes are written exactly as in the "
        "table, small letters and capitals too."
        if reading.all_zero(rows, asked.shape)
        else ""
    )
    part = reading.no_count(rows, asked.shape)
    if part is not None:
        nothing += (
            f" Here something is counted, and {part:.6g} is no whole number: was it divided, "
            "averaged or multiplied on the way?"
        )
    return (
        f"This is not the answer, and none of the slips we know.\n\nYour answer was read as: "
        f"{reading.said_back(rows, asked.shape)}.{nothing}\n\nIs that what you meant? Then read "
        "the question once more, and look at your steps one by one: write the name of a step into "
        f"an empty cell and run it. For help: `hint({asked.id!r})`."
    )


def hint(task_id: str = "", step: int | None = None) -> Card:
    """Show the next hint for a task: first a nudge, then the method, then nearly the code.

    Parameters
    ----------
    task_id : str
        Such as ``"origins.q3"``.
    step : int, optional
        1, 2 or 3 to see that hint; the next one unless told.
    """
    if not isinstance(task_id, str) or not task_id.strip():
        return Card("unreadable", "no task", HOW.format("hint", ""))
    try:
        asked = task(task_id.strip())
    except UnknownTask as error:
        return Card("unreadable", shown(task_id), str(error))
    last = len(asked.hints)
    if step is None:
        step = min(progress.hints_seen(asked.id) + 1, last)
    if type(step) is not int or step not in range(1, last + 1):
        return Card("unreadable", asked.id, f"There are {last} hints: step=1 to step={last}.")
    progress.record_hint(asked.id, step)
    more = "" if step == last else "\n\nRun this cell again for the next hint."
    return Card("hint", asked.id, f"{step} of {last}. {asked.hints[step - 1]}{more}")
