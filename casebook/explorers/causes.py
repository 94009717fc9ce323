"""Weigh the causes: which claims must be true for one's own weights to be right.

Nothing is scored. A weight is the reader's, and no table says how deep a cause goes; what follows
from an order of weights for the statement's four claims on causes is a matter of logic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from casebook import prose
from casebook.explorers.controls import Amount, Choice, Control
from casebook.explorers.explorer import Explorer, UnknownSetting
from casebook.figures import bars
from casebook.records import record
from casebook.show import Exhibit
from casebook.show.table import html_table

NAME = "weigh-the-causes"
MOST = 10
EVEN = 5  # at the start: no cause before another
DEEPEST_CLAIM = "C064"
TRUE, FALSE, OPEN = "must be true", "must be false", "left open"
NO_VERDICT = "none yet: its chapter is still to come"
TO_COME = (
    "This explorer belongs to a chapter on weighing causes, which this edition does not hold yet. "
    "Until it comes, three of these claims have no verdict."
)
BY_STATEMENT, BY_READERS = "named in the statement", "named by others in our readings"
TOKENS = {BY_STATEMENT: "claim-causal_claim", BY_READERS: "muted"}


@dataclass(frozen=True)
class Cause:
    """A cause, and what bears on it; which claim bears on which cause is our reading.

    Attributes
    ----------
    name : str
    lesser : str
        The claim that ranks it below corruption and poor governance, if the statement does.
    claims : tuple of str
        Other claims of the statement that bear on it.
    debated : tuple of str
        Positions of the table ``debates`` that bear on it.
    """

    name: str
    lesser: str = ""
    claims: tuple[str, ...] = ()
    debated: tuple[str, ...] = ()


GOVERNANCE = "governance"
CAUSES = {
    GOVERNANCE: Cause(
        "Corruption and poor governance",
        claims=("C064", "C068"),
        debated=("D01a", "D05a", "D05b", "D05c", "D06a", "D06c"),
    ),
    "terrorism": Cause("Terrorism", "C065", ("C063", "C017", "C018", "C019"), ("D02b", "D11c")),
    "tuareg_question": Cause("The Tuareg question", "C066", ("C013", "C014"), ("D01b", "D10a")),
    "north_and_south": Cause("The north-south divide", "C067", ("C070",), ("D10c", "D10d")),
    "libya": Cause("The war in Libya", claims=("C072",), debated=("D03a", "D03b", "D03c")),
    "trafficking": Cause("Trafficking", debated=("D02a", "D02b", "D02c")),
    "means_of_the_state": Cause("A state without means", debated=("D01d",)),
    "climate": Cause("Climate", debated=("D04a", "D04b")),
}
# Positions in the debate on the deepest cause that a single top weight can take.
ANSWERS = {GOVERNANCE: "D01a", "tuareg_question": "D01b", "means_of_the_state": "D01d"}
SEVERAL = "D01c"


def explorer(
    claims: pd.DataFrame,
    debates: pd.DataFrame,
    sources: pd.DataFrame,
    weights: Mapping[str, int] | None = None,
) -> Explorer:
    """Return the explorer; the tables are those of the same names.

    Parameters
    ----------
    weights : mapping of str to int
        At the start; a cause that is not told weighs nothing. All weigh the same unless any is.
    """
    given = dict.fromkeys(CAUSES, EVEN) if weights is None else dict(weights)
    controls: dict[str, Control] = {
        key: Amount(cause.name, given.pop(key, 0), MOST) for key, cause in CAUSES.items()
    }
    if given:
        raise UnknownSetting(
            f"No cause is called {next(iter(given))!r}. There are: {', '.join(CAUSES)}."
        )
    controls["closer"] = Choice(
        "Look closer at", tuple((key, cause.name) for key, cause in CAUSES.items()), GOVERNANCE
    )

    def draw(closer: str, **weights: int) -> Exhibit:
        return seen(claims, debates, sources, weights)

    def more(settings: Mapping[str, Any]) -> str:
        return closer_look(claims, debates, sources, settings["closer"])

    return Explorer(NAME, controls, draw, more=more)


def asked(weights: Mapping[str, int]) -> dict[str, tuple[str, str]]:
    """Return what weights ask of the statement's claims on causes: the answer, and why.

    Parameters
    ----------
    weights : mapping of str to int
        A weight for each of `CAUSES`.
    """
    own = weights[GOVERNANCE]
    others = {key: weight for key, weight in weights.items() if key != GOVERNANCE}
    highest = max(others.values())
    top = [in_words(key) for key, weight in others.items() if weight == highest]
    rivals = prose.listing(top) if len(top) < 4 else f"{prose.words(len(top))} other causes"
    if not max(own, highest):
        found = {DEEPEST_CLAIM: (OPEN, "you have given no weight")}
    elif own > highest:
        found = {DEEPEST_CLAIM: (TRUE, "nothing weighs as much")}
    elif own == highest:
        found = {DEEPEST_CLAIM: (OPEN, f"as much weight lies on {rivals}")}
    else:
        found = {DEEPEST_CLAIM: (FALSE, f"more weight lies on {rivals}")}
    for key, cause in CAUSES.items():
        if not cause.lesser:
            continue
        if own == weights[key] == 0:
            found[cause.lesser] = (OPEN, "you have given weight to neither")
        elif own > weights[key]:
            found[cause.lesser] = (TRUE, f"you put {own} on governance, {weights[key]} on this")
        elif own == weights[key]:
            found[cause.lesser] = (FALSE, "you give both the same weight, so neither is lesser")
        else:
            found[cause.lesser] = (FALSE, f"you put {own} on governance, {weights[key]} on this")
    return found


def answer(weights: Mapping[str, int]) -> str:
    """Return the position on the deepest cause that weights take; empty if our table has none."""
    highest = max(weights.values())
    top = [key for key, weight in weights.items() if weight == highest]
    if not highest:
        return ""
    return SEVERAL if len(top) > 1 else ANSWERS.get(top[0], "")


def in_words(key: str) -> str:
    """Write a cause within a sentence."""
    name = CAUSES[key].name
    return name[0].lower() + name[1:]


def seen(
    claims: pd.DataFrame, debates: pd.DataFrame, sources: pd.DataFrame, weights: Mapping[str, int]
) -> Exhibit:
    """Return the weights, and what they ask of the claims.

    Parameters
    ----------
    claims, debates, sources : pandas.DataFrame
        The tables of these names.
    weights : mapping of str to int
        A weight for each of `CAUSES`.
    """
    found = asked(weights)
    total = sum(weights.values())
    frame = pd.DataFrame(
        [
            {
                "label": f"<b>{cause.name}</b>",
                "kind": BY_STATEMENT if cause.lesser or key == GOVERNANCE else BY_READERS,
                "value": weights[key],
                "text": f"{weights[key]} ({prose.percent(weights[key] / total)})" if total else "0",
            }
            for key, cause in CAUSES.items()
        ]
    )
    true = [claim for claim, (what, _) in found.items() if what == TRUE]
    return Exhibit(
        name=f"explorer-{NAME}",
        figure=bars.level_bars(frame, TOKENS, MOST),
        title=f"With these weights {prose.words(len(true)) if true else 'none'} of the statement's "
        f"{prose.words(len(found))} claims on causes must be true",
        subtitle=f"Your weights, from 0 to {MOST}, and each as a share of all you gave",
        caption="The weights are yours. No table here measures how deep a cause goes, so nothing "
        "is scored: the words above say only what your order takes for granted. Causes can also "
        "work through each other, which no list of weights can say. " + TO_COME,
        summary=_in_words(found, weights, debates),
        source="claims in our words, with our verdicts; which cause a claim bears on is our "
        "reading. Positions from the table debates.",
        tables=("claims", "debates", "sources"),
        data=_table(claims, sources, found),
        keys=bars.level_keys(frame, TOKENS),
    )


def _in_words(found: dict[str, Any], weights: Mapping[str, int], debates: pd.DataFrame) -> str:
    lesser = {cause.lesser: in_words(key) for key, cause in CAUSES.items() if cause.lesser}
    said = [
        f"{claim}, that {_said_by(claim, lesser)}, {what}: {why}"
        for claim, (what, why) in found.items()
    ]
    text = f"What your weights ask of the claims. {' '.join(f'{line}.' for line in said)}"
    # Equal weights are where the explorer starts: nobody has given an answer yet.
    if len(set(weights.values())) == 1:
        return text
    position = answer(weights)
    if not position:
        return text + " Nobody in our table of debates gives your answer to the deepest cause."
    row = debates.set_index("position_id").loc[position]
    return f"{text} Closest in our table of debates, {row['held_by']}: {row['position']}"


def _said_by(claim: str, lesser: Mapping[str, str]) -> str:
    if claim == DEEPEST_CLAIM:
        return f"{in_words(GOVERNANCE)} lie deepest"
    return f"{lesser[claim]} weighs less"


def _table(claims: pd.DataFrame, sources: pd.DataFrame, found: dict[str, Any]) -> pd.DataFrame:
    rows = claims.set_index("claim_id").loc[list(found)]
    return pd.DataFrame(
        {
            "Claim": rows.index,
            "In our words": rows["claim"],
            "By your weights it": [what for what, _ in found.values()],
            "because": [why for _, why in found.values()],
            "Our verdict": [verdict or NO_VERDICT for verdict in rows["verdict"]],
            "Our reason": rows["verdict_reason"],
            "Evidence that could test it": rows["evidence_to_test"],
            "Sources": [named(ids, sources) for ids in rows["source_ids"]],
        }
    ).reset_index(drop=True)


def named(source_ids: str, sources: pd.DataFrame) -> str:
    """Name the sources of a row: author and year."""
    rows = sources.set_index("source_id")
    return "; ".join(
        "{author}, {year}".format(**record(rows, one)[["author", "year"]])
        for one in source_ids.split(";")
        if one
    )


def closer_look(
    claims: pd.DataFrame, debates: pd.DataFrame, sources: pd.DataFrame, key: str
) -> str:
    """Return which claims and which positions bear on a cause, as HTML."""
    cause = CAUSES[key]
    ids = [claim for claim in (cause.lesser, *cause.claims) if claim]
    rows = claims.set_index("claim_id").loc[ids]
    positions = debates.set_index("position_id").loc[list(cause.debated)]
    found = pd.DataFrame(
        {
            "Id": [*ids, *cause.debated],
            "Who": [*["the statement"] * len(ids), *positions["held_by"]],
            "What": [*rows["claim"], *positions["position"]],
            "Our verdict": [*(v or NO_VERDICT for v in rows["verdict"]), *[""] * len(positions)],
            "Evidence that could test it": [*rows["evidence_to_test"], *[""] * len(positions)],
            "Sources": [named(i, sources) for i in [*rows["source_ids"], *positions["source_ids"]]],
        }
    )
    title = f"What bears on {in_words(key)}"
    return (
        f'<p class="casebook-title">{escape(title)}</p>'
        f'<div class="casebook-table">{html_table(found, title, hidden_caption=True)}</div>'
    )
