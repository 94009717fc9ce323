"""Exhibit of the page on the source itself (`chapters/start/the-statement`)."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd

from casebook import prose
from casebook.analysis.claims import KINDS, NOT_TESTED
from casebook.figures import matrix
from casebook.records import records
from casebook.show import Control, Exhibit, State


def claim_tiles(claims: pd.DataFrame) -> Exhibit:
    """Draw every claim of the statement as a tile, by paragraph and kind."""
    frame = claims.sort_values("claim_id").reset_index(drop=True)
    frame["position"] = frame.groupby("paragraph").cumcount() + 1
    frame = frame.rename(columns={"paragraph": "row"})
    frame["label"] = frame["kind"].map(KINDS)
    frame["text"] = [_pointed(claim) for claim in records(frame)]

    counts = frame["kind"].value_counts()
    explained = int(counts.get("fact", 0) + counts.get("causal_claim", 0))
    advice = frame.loc[frame["kind"].eq("recommendation"), "row"]
    states = {"all": State(_counted(frame, "The whole statement"), matrix.only_kind(frame, None))}
    for kind, label in KINDS.items():
        chosen = frame[frame["kind"].eq(kind)]
        spread = [
            f"{count} in paragraph {row}"
            for row, count in chosen["row"].value_counts().sort_index().items()
        ]
        states[kind] = State(
            f"{prose.capitalised(label)}: {len(chosen)} of {len(frame)} claims; "
            f"{prose.listing(spread)}.",
            matrix.only_kind(frame, kind),
        )
    return Exhibit(
        name="claim-tiles",
        figure=matrix.tiles(frame, row_title="Paragraph"),
        title=f"{explained} of the {len(frame)} claims are facts or causal claims; "
        f"{len(advice)} are recommendations",
        subtitle=f"Every claim of the statement in reading order, paragraphs {frame['row'].min()} "
        f"to {frame['row'].max()}, by kind",
        caption="One tile is one claim; colour and shape tell its kind. How a sentence is split "
        "into claims, and which kind each is, is our coding: others would count otherwise.",
        summary=f"{_counted(frame, 'The statement')} Recommendations begin in paragraph "
        f"{advice.min()} and are most frequent in paragraph {advice.mode().iloc[0]}.",
        source="the statement, split and coded for this book.",
        tables=("claims",),
        data=_rows(frame),
        controls=(Control("kind", "Show", (("all", "all kinds"), *KINDS.items()), "all"),),
        states=states,
        keys=matrix.claim_keys(KINDS),
        narrow_height=260,
    )


def _pointed(claim: Any) -> str:
    wording = "<br>".join(textwrap.wrap(claim.claim, 46))
    return f"<b>{claim.claim_id}</b> ({claim.label})<br>{wording}<br>{claim.verdict or NOT_TESTED}"


def _counted(frame: pd.DataFrame, what: str) -> str:
    counts = frame["label"].value_counts()
    parts = [f"{counts[label]} {label}s" for label in KINDS.values() if label in counts]
    return f"{what}: {prose.listing(parts)}."


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(frame["row"], frame["label"]).reindex(columns=list(KINDS.values()))
    return counts.fillna(0).astype(int).reset_index().rename(columns={"row": "Paragraph"})
