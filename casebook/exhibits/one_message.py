"""Exhibits of the chapter "One message, many voices" (`chapters/recommendations/one-message`)."""

from __future__ import annotations

import textwrap

import pandas as pd

from casebook import prose
from casebook.analysis.agreement import (
    PAIR_RULES,
    Agreement,
    bounds_in_words,
    by_issue,
    pairs_in_words,
    surest_and_widest,
    unknown_as_zero,
)
from casebook.analysis.positions import (
    CODING,
    SHORT_ISSUES,
    STATEMENT,
    VIEWS,
    PositionMatrix,
    after_statement,
    cited,
    in_sentence,
    position_matrix,
    positions_in_view,
    view_labels,
)
from casebook.figures import bounds, matrix
from casebook.figures.bounds import BOUND_KEYS
from casebook.figures.positions import SCALE_KEYS, agreement_rows, position_tiles
from casebook.records import records
from casebook.show import Control, Exhibit, State

# --- The matrix ---------------------------------------------------------------------------------


def positions_matrix(
    positions: pd.DataFrame,
    positions_scale: pd.DataFrame,
    actors: pd.DataFrame,
    claims: pd.DataFrame,
    events: pd.DataFrame,
    sources: pd.DataFrame,
) -> Exhibit:
    """Actors by issues: who took which position, before the agreement, from it on, and last."""
    order = position_matrix(positions, positions_scale, actors, claims, events)
    views = {
        view: position_tiles(positions_in_view(positions, view), positions, order, sources)
        for view in VIEWS
    }
    figure = matrix.steps(
        views["before"],
        [order.names[actor] for actor in order.actors],
        ["<br>".join(textwrap.wrap(order.titles[issue], 15)) for issue in order.issues],
        narrow_columns=[SHORT_ISSUES[issue] for issue in order.issues],
        divide_before=len(order.asked),
    )
    total = len(views["last"])
    count = {view: int(drawn["value"].notna().sum()) for view, drawn in views.items()}
    never = total - count["last"]
    late = sum(after_statement(date) for date in positions_in_view(positions, "before")["date"])
    readouts = {
        "statement": f"Documented by {prose.day(STATEMENT)}, when the statement came out: "
        f"{count['statement']} of {total} cells. Where we know only that it was April 2013, the "
        "cell is left open.",
        "before": f"Documented before {order.day}: {count['before']} of {total} cells, {late} of "
        "them only after the statement. Where a position moved within that time, the later one is "
        "shown; point at a cell to read both.",
        "from": f"Documented on {order.day} or later: {prose.words(count['from'])} of {total} "
        f"cells, those of {_named(views['from'], order)}. Nothing is carried over from before. "
        f"The other {total - count['from']} are unknown to us.",
        "last": f"Last known, whatever its date: {count['last']} of {total} cells. "
        f"{count['last'] - count['from']} of them are documented only before {order.day}: who "
        "says that they still held then, says more than we know.",
    }
    states = {
        view: State(readouts[view], {0: matrix.step_marks(drawn)}) for view, drawn in views.items()
    }
    return Exhibit(
        name="positions-matrix",
        figure=figure,
        title=f"{count['before']} of {total} positions are documented before the Ouagadougou "
        f"agreement, only {prose.words(count['from'])} from its day on",
        subtitle=f"{len(order.actors)} actors on {prose.words(len(order.issues))} issues, late "
        f"2012 to July 2013, coded from −2 to +2; agreement of {order.day}",
        caption=f"Above the line stand the {prose.words(len(order.asked))} whom the statement "
        "asks to speak with one voice, below it Chad and the two who were to hear it. A smaller "
        "tile is a less certain coding. A question mark says that no source we read documents a "
        "position, not that there was none. Compare within a column only: +2 means something "
        "else on each issue, and steps need not be equally wide.",
        summary=f"{_columns(views['before'], order)} {never} of the {total} cells are unknown "
        "at any date.",
        source=CODING,
        tables=("positions", "positions_scale", "claims", "events", "sources"),
        data=_rows(positions, order, sources),
        controls=(
            Control(
                "view",
                "Positions",
                tuple(view_labels(order).items()),
                "before",
                kind="radio",
            ),
        ),
        states=states,
        keys=SCALE_KEYS,
    )


def _named(drawn: pd.DataFrame, order: PositionMatrix) -> str:
    """List the known cells: ``Burkina Faso (disarmament before talks: −1)``."""
    said = []
    for cell in records(drawn[drawn["value"].notna()]):
        actor = order.names[order.actors[cell.row]]
        issue = in_sentence(order.titles[order.issues[cell.column]])
        said.append(f"{actor} ({issue}: {prose.signed(cell.value)})")
    return prose.listing(said)


def _columns(drawn: pd.DataFrame, order: PositionMatrix) -> str:
    """Say for each issue who is where: ``Talks with the MNLA: +2 MNLA; +1 France; ...``."""
    said = []
    for column, issue in enumerate(order.issues):
        cells_of = drawn[drawn["column"].eq(column)]
        steps = []
        for value in (2, 1, 0, -1, -2):
            names = [
                order.names[order.actors[row]]
                for row in cells_of[cells_of["value"].eq(value)]["row"]
            ]
            if names:
                steps.append(f"{prose.signed(value)} {prose.listing(names)}")
        unknown = int(cells_of["value"].isna().sum())
        steps.append(f"unknown {prose.words(unknown)}")
        said.append(f"{order.titles[issue]}: {'; '.join(steps)}.")
    return " ".join(said)


def _rows(positions: pd.DataFrame, order: PositionMatrix, sources: pd.DataFrame) -> pd.DataFrame:
    actor = {name: index for index, name in enumerate(order.actors)}
    issue = {name: index for index, name in enumerate(order.issues)}
    rows = positions.assign(
        a=positions["actor_id"].map(actor), i=positions["issue"].map(issue)
    ).sort_values(["a", "i", "observation"])
    return pd.DataFrame(
        {
            "Actor": rows["actor_id"].map(order.names),
            "Issue": rows["issue"].map(order.titles),
            "Value": [prose.signed(value).replace("?", "unknown") for value in rows["value"]],
            "Position": rows["value_label"],
            "Documented": [prose.partial_day(date) if date else "" for date in rows["date"]],
            "Evidence": rows["evidence"],
            "Confidence": rows["confidence"],
            "Sources": [cited(ids, sources) for ids in rows["source_ids"]],
        }
    ).reset_index(drop=True)


# --- One voice ----------------------------------------------------------------------------------


def one_voice(
    positions: pd.DataFrame,
    positions_scale: pd.DataFrame,
    actors: pd.DataFrame,
    claims: pd.DataFrame,
    events: pd.DataFrame,
) -> Exhibit:
    """Share of agreeing pairs on each issue, between its bounds over all unknown positions."""
    order = position_matrix(positions, positions_scale, actors, claims, events)
    views = view_labels(order)
    measured = {
        (view, group, near): by_issue(positions_in_view(positions, view), members, near)
        for view in views
        for group, members in order.groups.items()
        for near in PAIR_RULES
    }
    middle = {
        (view, group, near): by_issue(
            unknown_as_zero(positions_in_view(positions, view)), members, near
        )
        for view in views
        for group, members in order.groups.items()
        for near in PAIR_RULES
    }
    frames = {key: agreement_rows(found, middle[key], order) for key, found in measured.items()}
    first = "before", "asked", 0
    labels = order.group_labels
    states = {
        f"{view}|{group}|{near}": State(
            bounds_in_words(measured[view, group, near], order, views[view], labels[group], near),
            bounds.bound_marks(frames[view, group, near]),
        )
        for view, group, near in measured
    }
    found = measured[first]
    short = [issue for issue in order.issues if found[issue].high < found[issue].pairs]
    return Exhibit(
        name="one-voice",
        figure=bounds.bounds(frames[first]),
        title=surest_and_widest(found, order),
        subtitle=f"Share of pairs, among the {prose.words(len(order.asked))} asked to speak with "
        f"one voice, that hold the same position; positions documented before {order.day}",
        caption="The bar runs from the lowest to the highest share that any filling of the "
        "unknown positions gives: it is no margin of error, and no point in it is likelier than "
        "another. The dot leaves the unknown out, and may lie outside the bar; the diamond takes "
        "them for 0. Each is a guess about what nobody documents.",
        summary=f"{_in_counts(found, order)} No filling of the unknown brings all pairs together "
        f"on {prose.listing([in_sentence(order.titles[issue]) for issue in short])}.",
        source="our positions (coded for this book); share of agreeing pairs as in Fleiss (1971), "
        "bounds over all unknown values as in Manski (2005).",
        tables=("positions", "positions_scale", "claims", "events"),
        data=_bound_table(measured, middle, order, views, labels),
        controls=(
            Control("view", "Positions", tuple(views.items()), "before"),
            Control("among", "Whose voices", tuple(labels.items()), "asked", kind="radio"),
            Control(
                "near",
                "A pair agrees if it holds",
                tuple((str(near), words) for near, words in PAIR_RULES.items()),
                "0",
                kind="radio",
            ),
        ),
        states=states,
        keys=BOUND_KEYS,
    )


def _in_counts(found: dict[str, Agreement], order: PositionMatrix) -> str:
    """Say the score of every issue in counts of pairs."""
    return " ".join(
        f"{order.titles[issue]}: {pairs_in_words(found[issue])}." for issue in order.issues
    )


def _bound_table(
    measured: dict[tuple[str, str, int], dict[str, Agreement]],
    middle: dict[tuple[str, str, int], dict[str, Agreement]],
    order: PositionMatrix,
    views: dict[str, str],
    labels: dict[str, str],
) -> pd.DataFrame:
    rows = []
    for (view, group, near), found in measured.items():
        for issue in order.issues:
            one = found[issue]
            rows.append(
                {
                    "Issue": order.titles[issue],
                    "Positions": views[view],
                    "Whose": labels[group],
                    "A pair agrees": PAIR_RULES[near],
                    "Known": one.known,
                    "Known pairs": one.known_pairs,
                    "agreeing": one.agreeing,
                    "All pairs": one.pairs,
                    "lowest": one.low,
                    "highest": one.high,
                    "unknown as 0": middle[view, group, near][issue].agreeing,
                }
            )
    return pd.DataFrame(rows)
