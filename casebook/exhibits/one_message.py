"""Exhibits of the chapter "One message, many voices" (`chapters/recommendations/one-message`)."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import pandas as pd

from casebook import prose
from casebook.analysis.agreement import (
    STATEMENT,
    VIEWS,
    Agreement,
    after_statement,
    by_issue,
    cells,
    voices,
)
from casebook.figures import bounds, matrix
from casebook.show import Control, Exhibit, Key, State

AGREEMENT = "ouagadougou-agreement"
# From the question that divided most to the one that divided least.
ISSUES = ("talks_with_mnla", "disarm_before_talks", "army_in_kidal", "july_election", "un_mission")
BRIEF = {
    "talks_with_mnla": "Talks",
    "disarm_before_talks": "Disarm<br>first",
    "army_in_kidal": "Army in<br>Kidal",
    "july_election": "July<br>vote",
    "un_mission": "UN<br>force",
}
CODING = (
    "compiled for this book from speeches, communiqués and press reports, most of them read in "
    "their opening only; every value is our coding, without a second coder."
)
SCALE_KEYS = (
    Key("+2", "box", "position-plus"),
    Key("+1", "hollow", "position-plus"),
    Key("0 ambiguous", "hollow", "muted"),
    Key("−1", "hollow", "position-minus"),
    Key("−2", "box", "position-minus"),
    Key("? unknown to us", "hollow", "grid"),
)


@dataclass(frozen=True)
class Matrix:
    """Actors by issues, in the order in which every figure and the page's table show them.

    Attributes
    ----------
    asked, others : tuple of str
        Ids of those whom the statement asks to speak with one voice, and of the other actors.
    issues : tuple of str
        Ids.
    names, titles : dict of str
        Short names of actors, titles of issues.
    day : str
        When the agreement was signed.
    """

    asked: tuple[str, ...]
    others: tuple[str, ...]
    issues: tuple[str, ...]
    names: dict[str, str]
    titles: dict[str, str]
    day: str

    @property
    def actors(self) -> tuple[str, ...]:
        """Return all actors, those asked first."""
        return self.asked + self.others


def laid_out(
    positions: pd.DataFrame,
    positions_scale: pd.DataFrame,
    actors: pd.DataFrame,
    claims: pd.DataFrame,
    events: pd.DataFrame,
) -> Matrix:
    """Return the order and the names of the matrix."""
    asked, others = voices(positions, claims)
    # Those who are to hear the message stand last.
    others = sorted(others, key=["tcd_gov", "mli_gov", "mnla"].index)
    coded = set(positions["issue"])
    return Matrix(
        asked=tuple(asked),
        others=tuple(others),
        issues=tuple(issue for issue in ISSUES if issue in coded),
        names=dict(zip(actors["actor_id"], actors["short_name"], strict=True)),
        titles=dict(zip(positions_scale["issue"], positions_scale["issue_title"], strict=True)),
        day=prose.day(events.set_index("event_id").loc[AGREEMENT, "date"]),
    )


def when(date: str) -> str:
    """Write a date of the table as exactly as it is known: ``March 2013``."""
    return prose.day_of(date, {4: "year", 7: "month", 10: "day"}[len(date)]) if date else ""


def dated(date: str) -> str:
    """Write the date of a position, and that it is later than the statement, if it is."""
    return f"{when(date)}, after the statement" if after_statement(date) else when(date)


def shown_as(order: Matrix) -> dict[str, str]:
    """Return what the controls call each view."""
    return {
        "statement": f"by {prose.day(STATEMENT)}",
        "before": f"before {order.day}",
        "from": "from that day on",
        "last": "last known",
    }


def cited(source_ids: str, sources: pd.DataFrame) -> str:
    """Name the sources of a row: author and date."""
    rows = sources.set_index("source_id")
    named = []
    for source_id in source_ids.split(";") if source_ids else []:
        source = rows.loc[source_id]
        date = source["date"] or source["year"]
        named.append(f"{source['author']}, {when(str(date))}")
    return "; ".join(named)


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
    order = laid_out(positions, positions_scale, actors, claims, events)
    views = {view: drawn_cells(cells(positions, view), positions, order, sources) for view in VIEWS}
    figure = matrix.steps(
        views["before"],
        [order.names[actor] for actor in order.actors],
        ["<br>".join(textwrap.wrap(order.titles[issue], 15)) for issue in order.issues],
        narrow_columns=[BRIEF[issue] for issue in order.issues],
        divide_before=len(order.asked),
    )
    total = len(views["last"])
    count = {view: int(drawn["value"].notna().sum()) for view, drawn in views.items()}
    never = total - count["last"]
    late = sum(after_statement(date) for date in cells(positions, "before")["date"])
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
                tuple(shown_as(order).items()),
                "before",
                kind="radio",
            ),
        ),
        states=states,
        keys=SCALE_KEYS,
        legend=False,
    )


def drawn_cells(
    shown: pd.DataFrame, positions: pd.DataFrame, order: Matrix, sources: pd.DataFrame
) -> pd.DataFrame:
    """Return the rows that `casebook.figures.matrix.steps` draws: one a cell of a view."""
    rows = []
    for row, actor in enumerate(order.actors):
        for column, issue in enumerate(order.issues):
            cell = shown.loc[(actor, issue)]
            every = positions[positions["actor_id"].eq(actor) & positions["issue"].eq(issue)]
            rows.append(
                {
                    "row": row,
                    "column": column,
                    "value": cell["value"],
                    "confidence": cell["confidence"],
                    "text": _pointed(cell, every, order.names[actor], order.titles[issue], sources),
                }
            )
    return pd.DataFrame(rows).astype({"value": "Int64"})


def _pointed(
    cell: pd.Series, every: pd.DataFrame, actor: str, issue: str, sources: pd.DataFrame
) -> str:
    lines = [f"<b>{actor}</b>: {issue}"]
    if pd.isna(cell["value"]):
        lines.append("unknown to us in this view")
    else:
        lines.append(f"{matrix.signed(cell['value'])}: {cell['value_label']}")
        lines.append(f"{dated(cell['date'])}, confidence {cell['confidence']}")
        lines += textwrap.wrap(cell["evidence"], 48)
        lines += textwrap.wrap(f"Source: {cited(cell['source_ids'], sources)}", 48)
    for other in every.itertuples():
        if cell["date"] and other.date == cell["date"]:
            continue  # told above
        if pd.isna(other.value):
            lines += textwrap.wrap(other.evidence, 48)
        else:
            told = f"{dated(other.date)}: {matrix.signed(other.value)}, {other.value_label}"
            lines += textwrap.wrap(told, 48)
    return "<br>".join(lines)


def _named(drawn: pd.DataFrame, order: Matrix) -> str:
    """List the known cells: ``Burkina Faso (disarmament before talks: −1)``."""
    said = []
    for cell in drawn[drawn["value"].notna()].itertuples():
        actor = order.names[order.actors[cell.row]]
        issue = in_sentence(order.titles[order.issues[cell.column]])
        said.append(f"{actor} ({issue}: {matrix.signed(cell.value)})")
    return prose.listing(said)


def in_sentence(title: str) -> str:
    """Write the title of an issue within a sentence."""
    return title if title[:2].isupper() else title[0].lower() + title[1:]


def _columns(drawn: pd.DataFrame, order: Matrix) -> str:
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
                steps.append(f"{matrix.signed(value)} {prose.listing(names)}")
        unknown = int(cells_of["value"].isna().sum())
        steps.append(f"unknown {prose.words(unknown)}")
        said.append(f"{order.titles[issue]}: {'; '.join(steps)}.")
    return " ".join(said)


def _rows(positions: pd.DataFrame, order: Matrix, sources: pd.DataFrame) -> pd.DataFrame:
    actor = {name: index for index, name in enumerate(order.actors)}
    issue = {name: index for index, name in enumerate(order.issues)}
    rows = positions.assign(
        a=positions["actor_id"].map(actor), i=positions["issue"].map(issue)
    ).sort_values(["a", "i", "observation"])
    return pd.DataFrame(
        {
            "Actor": rows["actor_id"].map(order.names),
            "Issue": rows["issue"].map(order.titles),
            "Value": [matrix.signed(value).replace("?", "unknown") for value in rows["value"]],
            "Position": rows["value_label"],
            "Documented": [when(date) for date in rows["date"]],
            "Evidence": rows["evidence"],
            "Confidence": rows["confidence"],
            "Sources": [cited(ids, sources) for ids in rows["source_ids"]],
        }
    ).reset_index(drop=True)


# --- One voice ----------------------------------------------------------------------------------

AMONG = {"asked": "the {count} asked", "all": "all {count} actors"}
BOUND_KEYS = (
    Key("lowest to highest, whatever the unknown are", "shade", "muted"),
    Key("known positions alone", "circle", "ink"),
    Key("unknown taken for 0", "diamond", "accent"),
)
NEAR = {0: "the same position", 1: "positions at most one step apart"}


def one_voice(
    positions: pd.DataFrame,
    positions_scale: pd.DataFrame,
    actors: pd.DataFrame,
    claims: pd.DataFrame,
    events: pd.DataFrame,
) -> Exhibit:
    """Share of agreeing pairs on each issue, between its bounds over all unknown positions."""
    order = laid_out(positions, positions_scale, actors, claims, events)
    groups = {"asked": order.asked, "all": order.actors}
    views = shown_as(order)
    measured = {
        (view, group, near): by_issue(cells(positions, view), members, near)
        for view in views
        for group, members in groups.items()
        for near in NEAR
    }
    middle = {
        (view, group, near): by_issue(in_the_middle(cells(positions, view)), members, near)
        for view in views
        for group, members in groups.items()
        for near in NEAR
    }
    frames = {key: bound_rows(found, middle[key], order) for key, found in measured.items()}
    first = "before", "asked", 0
    labels = {
        group: AMONG[group].format(count=prose.words(len(members)))
        for group, members in groups.items()
    }
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
                tuple((str(near), words) for near, words in NEAR.items()),
                "0",
                kind="radio",
            ),
        ),
        states=states,
        keys=BOUND_KEYS,
        legend=False,
    )


def surest_and_widest(found: dict[str, Agreement], order: Matrix) -> str:
    """Name the issue whose score depends least on the unknown, and the one where it does most."""
    issues = sorted(order.issues, key=lambda issue: found[issue].high - found[issue].low)
    surest, widest = issues[0], issues[-1]
    return (
        f"{order.titles[surest]}: {pairs_between(found[surest])} of {found[surest].pairs} pairs "
        f"agree; {in_sentence(order.titles[widest])}: anything from {pairs_between(found[widest])}"
    )


def in_the_middle(shown: pd.DataFrame) -> pd.DataFrame:
    """Return a view in which unknown positions are taken for 0."""
    return shown.assign(value=shown["value"].fillna(0))


def bound_rows(
    found: dict[str, Agreement], middle: dict[str, Agreement], order: Matrix
) -> pd.DataFrame:
    """Return the rows that `casebook.figures.bounds` draws: one an issue, from its score."""
    rows = []
    for issue in order.issues:
        one = found[issue]
        title = order.titles[issue]
        rows.append(
            {
                "label": f"<b>{title}</b>  {one.known} of {one.actors} known",
                "low": one.bounds[0],
                "high": one.bounds[1],
                "known": one.share,
                "middle": middle[issue].share,
                "text": f"<b>{title}</b><br>{pairs_in_words(one)}".replace("; ", "<br>"),
            }
        )
    return pd.DataFrame(rows)


def pairs_between(one: Agreement) -> str:
    """Write the fewest and the most agreeing pairs."""
    return prose.number_range(one.low, one.high)


def pairs_in_words(one: Agreement) -> str:
    """Say the score of one issue in counts of pairs, as `assets/positions.js` does."""
    if one.known == one.actors:
        return f"{one.agreeing} of {one.pairs} pairs agree, nothing unknown"
    known = (
        f"{one.agreeing} of {one.known_pairs} known pairs agree"
        if one.known_pairs
        else "no pair with both positions known"
    )
    return f"{known}; with the unknown from {one.low} to {one.high} of {one.pairs}"


def bounds_in_words(
    found: dict[str, Agreement], order: Matrix, view: str, group: str, near: int
) -> str:
    """Say the bounds of every issue in one sentence or two."""
    shares = []
    for issue in order.issues:
        low, high = (prose.percent(bound) for bound in found[issue].bounds)
        shares.append(
            f"{in_sentence(order.titles[issue])} {low if low == high else f'{low} to {high}'}"
        )
    return (
        f"{group[0].upper()}{group[1:]}, positions {view}; a pair agrees if it holds {NEAR[near]}. "
        f"Agreeing pairs, whatever the unknown are: {'; '.join(shares)}."
    )


def _in_counts(found: dict[str, Agreement], order: Matrix) -> str:
    """Say the score of every issue in counts of pairs."""
    return " ".join(
        f"{order.titles[issue]}: {pairs_in_words(found[issue])}." for issue in order.issues
    )


def _bound_table(
    measured: dict[tuple[str, str, int], dict[str, Agreement]],
    middle: dict[tuple[str, str, int], dict[str, Agreement]],
    order: Matrix,
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
                    "A pair agrees": NEAR[near],
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
