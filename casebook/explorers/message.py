"""One message: whose positions agree, by which rule, and how much hangs on the unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from casebook import prose
from casebook.analysis.agreement import (
    PAIR_RULES,
    bounds_in_words,
    by_issue,
    pairs_in_words,
    surest_and_widest,
    unknown_as_zero,
)
from casebook.analysis.positions import (
    CODING,
    SCALE,
    SHORT_ISSUES,
    PositionMatrix,
    position_matrix,
    positions_in_view,
    view_labels,
)
from casebook.explorers.controls import Choice, Press
from casebook.explorers.explorer import Explorer
from casebook.figures import bounds, matrix
from casebook.figures.bounds import BOUND_KEYS
from casebook.figures.positions import SCALE_KEYS, agreement_rows, position_tiles
from casebook.records import records
from casebook.show import Exhibit

NAME = "one-message"
CODED, UNKNOWN = "coded", "unknown"

Changes = dict[tuple[str, str], int | None]


def explorer(
    positions: pd.DataFrame,
    positions_scale: pd.DataFrame,
    actors: pd.DataFrame,
    claims: pd.DataFrame,
    events: pd.DataFrame,
    sources: pd.DataFrame,
    view: str = "before",
) -> Explorer:
    """Return the explorer; the tables are those of the same names.

    Parameters
    ----------
    view : str
        Which positions are shown at the start, one of `casebook.analysis.positions.VIEWS`.
    """
    order = position_matrix(positions, positions_scale, actors, claims, events)
    changes: Changes = {}

    def draw(view: str, among: str, near: int, **_: Any) -> tuple[Exhibit, Exhibit]:
        return seen(positions, sources, order, changes, view, among, near)

    def put(settings: Mapping[str, Any]) -> dict[str, Any]:
        cell = settings["actor"], settings["issue"]
        if settings["step"] == CODED:
            changes.pop(cell, None)
        else:
            changes[cell] = None if settings["step"] == UNKNOWN else settings["step"]
        return {}

    def back(_: Mapping[str, Any]) -> dict[str, Any]:
        changes.clear()
        return {"step": CODED}

    steps = [(step, prose.signed(step)) for step in reversed(SCALE)]
    return Explorer(
        NAME,
        {
            "view": Choice("Positions", tuple(view_labels(order).items()), view),
            "among": Choice("Whose voices", tuple(order.group_labels.items()), "asked"),
            "near": Choice("A pair agrees if it holds", tuple(PAIR_RULES.items()), 0),
            "actor": Choice(
                "Suppose that", tuple((a, order.names[a]) for a in order.actors), order.actors[0]
            ),
            "issue": Choice(
                "on", tuple((i, order.titles[i]) for i in order.issues), order.issues[0]
            ),
            "step": Choice(
                "stands at", ((CODED, "our coding"), *steps, (UNKNOWN, "unknown")), CODED
            ),
        },
        draw,
        (Press("Put it there", put), Press("Back to our coding", back)),
    )


def seen(
    positions: pd.DataFrame,
    sources: pd.DataFrame,
    order: PositionMatrix,
    changes: Changes,
    view: str,
    among: str,
    near: int,
) -> tuple[Exhibit, Exhibit]:
    """Return the positions of a view and the bounds of their agreement.

    Parameters
    ----------
    positions, sources : pandas.DataFrame
        The tables of these names.
    order : PositionMatrix
        From `casebook.analysis.positions.position_matrix`.
    changes : dict
        (actor, issue) -> the step that the reader put in the place of our coding.
    view, among, near
        As the controls have them.
    """
    shown = changed(positions_in_view(positions, view), changes)
    return (
        _positions(shown, positions, sources, order, changes, view),
        _bounds(shown, order, changes, view, among, near),
    )


def changed(shown: pd.DataFrame, changes: Changes) -> pd.DataFrame:
    """Return a view of the positions with the reader's steps in it."""
    shown = shown.copy()
    for cell, step in changes.items():
        shown.loc[cell, "value"] = pd.NA if step is None else step
        shown.loc[cell, ["date", "evidence", "confidence", "source_ids"]] = ""
    return shown


def _told(changes: Changes, order: PositionMatrix) -> str:
    if not changes:
        return "Our coding, nothing changed."
    said = [
        f"{order.names[actor]} on {order.titles[issue]} at {prose.signed(step)}"
        for (actor, issue), step in changes.items()
    ]
    return f"You suppose {prose.listing(said)}."


def _positions(
    shown: pd.DataFrame,
    positions: pd.DataFrame,
    sources: pd.DataFrame,
    order: PositionMatrix,
    changes: Changes,
    view: str,
) -> Exhibit:
    frame = position_tiles(shown, positions, order, sources)
    at = [(order.actors[row.row], order.issues[row.column]) for row in records(frame)]
    for index, cell in enumerate(at):
        if cell in changes:
            actor, issue = order.names[cell[0]], order.titles[cell[1]]
            step = prose.signed(changes[cell])
            frame.loc[index, "text"] = f"<b>{actor}</b>: {issue}<br>as you suppose: {step}"
    figure = matrix.steps(
        frame,
        [order.names[actor] for actor in order.actors],
        [order.titles[issue].replace(" ", "<br>", 1) for issue in order.issues],
        narrow_columns=[SHORT_ISSUES[issue] for issue in order.issues],
        divide_before=len(order.asked),
        marked=[cell in changes for cell in at],
    )
    known = int(shown["value"].notna().sum())
    yours = f", {prose.words(len(changes))} of them as you set them" if changes else ""
    return Exhibit(
        name=f"explorer-{NAME}-positions",
        figure=figure,
        title=f"{known} of {len(shown)} positions have a value{yours}",
        subtitle=f"{len(order.actors)} actors on {prose.words(len(order.issues))} issues; "
        f"positions {view_labels(order)[view]}",
        caption="Above the line stand those whom the statement asks to speak with one voice. A "
        "smaller tile is a less certain coding, a question mark a position that no source we read "
        "documents, an asterisk what you changed. Compare within a column only: steps need not "
        "be equally wide.",
        summary=_told(changes, order),
        source=CODING,
        tables=("positions", "positions_scale", "claims", "events", "sources"),
        data=pd.DataFrame(
            {
                "Actor": [order.names[actor] for actor, _ in at],
                "Issue": [order.titles[issue] for _, issue in at],
                "Value": [prose.signed(value) for value in frame["value"]],
                "Whose": ["yours" if cell in changes else "our coding" for cell in at],
            }
        ),
        keys=SCALE_KEYS,
    )


def _bounds(
    shown: pd.DataFrame, order: PositionMatrix, changes: Changes, view: str, among: str, near: int
) -> Exhibit:
    members = order.groups[among]
    found = by_issue(shown, members, near)
    middle = by_issue(unknown_as_zero(shown), members, near)
    label = order.group_labels[among]
    view_name = view_labels(order)[view]
    return Exhibit(
        name=f"explorer-{NAME}",
        figure=bounds.bounds(agreement_rows(found, middle, order)),
        title=surest_and_widest(found, order),
        subtitle=f"Share of pairs, among {label}, that hold {PAIR_RULES[near]}; "
        f"positions {view_name}" + (", with your suppositions" if changes else ""),
        caption="The bar runs from the lowest to the highest share that any filling of the "
        "unknown positions gives: it is no margin of error, and no point in it is likelier than "
        "another. The dot leaves the unknown out, and may lie outside the bar; the diamond takes "
        "them for 0. A supposition of yours is no evidence: it shows what would follow.",
        summary=bounds_in_words(found, order, view_name, label, near),
        source="our positions (coded for this book); share of agreeing pairs as in Fleiss (1971), "
        "bounds over all unknown values as in Manski (2005).",
        tables=("positions", "positions_scale", "claims", "events"),
        data=pd.DataFrame(
            {
                "Issue": [order.titles[issue] for issue in order.issues],
                "Agreeing pairs": [pairs_in_words(found[issue]) for issue in order.issues],
                "lowest": [found[issue].low for issue in order.issues],
                "highest": [found[issue].high for issue in order.issues],
                "of pairs": [found[issue].pairs for issue in order.issues],
            }
        ),
        keys=BOUND_KEYS,
    )
