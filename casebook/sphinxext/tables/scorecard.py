"""The record behind the scorecard: one fold a recommendation, read without a script.

``{record} S`` writes the folds of a set: what is asked, of whom, how one would know; our verdicts
with their reasons, where the set has verdicts; every dated outcome with its sources.

``{overrule}`` lets a reader put verdicts of their own in the place of ours, and keep them as CSV.

``{rec}`S18` `` names a recommendation of the page, and opens its fold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx

from casebook import prose
from casebook.analysis.verdicts import (
    DOCUMENTS,
    SHORT_VERDICTS,
    dated_outcomes,
    numbered_name,
    short_names,
)
from casebook.records import records
from casebook.sphinxext.site.base import Directive, Role
from casebook.sphinxext.site.elements import Details, Summary
from casebook.tables import load

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>$|#~])")


class RecommendationRole(Role):
    """Write the id of a recommendation, with its short name, linked to its fold below."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return what stands in the place of the role."""
        short = short_names()
        if self.text not in short:
            problem = self.inliner.reporter.error(
                f"{{rec}}`{self.text}`: there is no such recommendation", line=self.lineno
            )
            return [nodes.problematic(self.rawtext, self.rawtext)], [problem]
        shown = nodes.abbreviation(
            self.text, self.text, explanation=short[self.text], classes=["cb-claim-id"]
        )
        return [nodes.reference("", "", shown, internal=True, refuri=f"#{anchor(self.text)}")], []


def anchor(rec_id: str) -> str:
    """Return the id of a recommendation's fold: inside it, so that a link opens it."""
    return f"record-{rec_id.lower()}"


class Record(Directive):
    """``{record} S``: the recommendations of a set, each with its verdicts and outcomes."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the directive."""
        letter = self.arguments[0]
        if letter not in DOCUMENTS:
            raise self.error(f"There is no set {letter!r}; there are {', '.join(DOCUMENTS)}")
        recommendations = load("recommendations")
        frame = dated_outcomes(recommendations, load("outcomes"))
        verdicts = load("scorecard_verdicts").sort_values(["rec_id", "at"])
        events = load("events").set_index("event_id")
        folds: list[nodes.Node] = []
        for row in records(recommendations[recommendations["set"].eq(letter)]):
            outcomes = frame[frame["rec_id"].eq(row.rec_id)]
            judged = verdicts[verdicts["rec_id"].eq(row.rec_id)]
            folds.append(self._fold(row, judged, outcomes, events))
        if letter in set(verdicts["rec_id"].str[0]):
            return folds
        name = f"{prose.capitalised(DOCUMENTS[letter])}: no verdicts, only what is on record"
        return [_folded(name, folds)]

    def _fold(
        self, row: Any, judged: pd.DataFrame, outcomes: pd.DataFrame, events: pd.DataFrame
    ) -> Details:
        body = nodes.container(ids=[anchor(row.rec_id)], is_div=True)
        text = StringList(markdown(row, judged, outcomes, events), source="record")
        self.state.nested_parse(text, self.content_offset, body)
        fold = _folded(numbered_name(row.rec_id), [body])
        if len(judged):
            course = ", ".join(v.replace("partly fulfilled", "partly") for v in judged["verdict"])
            head = next(iter(fold.findall(Summary)))
            head += nodes.inline("", f" {course}", classes=["cb-course"])
        return fold


def _folded(name: str, inside: Sequence[nodes.Node]) -> Details:
    fold = Details(classes=["cb-recommendation"])
    head = Summary()
    head += nodes.strong("", name)
    fold += head
    fold += inside
    return fold


def markdown(
    row: Any, judged: pd.DataFrame, outcomes: pd.DataFrame, events: pd.DataFrame
) -> list[str]:
    """Return the inside of a fold as lines of MyST Markdown.

    Parameters
    ----------
    row : tuple
        Of the table ``recommendations``.
    judged : pandas.DataFrame
        Its verdicts in order of time; empty where the set has none.
    outcomes : pandas.DataFrame
        Its outcomes, from `casebook.analysis.verdicts.dated_outcomes`.
    events : pandas.DataFrame
        The table of that name, by id.
    """
    asked = row.addressees.replace(";", ", ")
    lines = [
        f"{plain(row.recommendation)} {cited(row.source_ids)}. *Asked of:* {plain(asked)}. "
        f"*Indicator, ours:* {plain(row.progress_indicator)}. *Horizon, ours:* "
        f"{plain(row.horizon)}.",
        "",
    ]
    for verdict in records(judged):
        lines.append(f"- **End of {verdict.at.year}: {verdict.verdict}.** {plain(verdict.reason)}")
    if len(judged):
        lines += ["", "On record:", ""]
    found = [
        (
            outcome.date,
            f"- {prose.day_of(outcome.date, outcome.precision)}, {outcome.direction} "
            f"({plain(outcome.why_coded_so)}): {plain(outcome.what_happened)} "
            f"{cited(outcome.source_ids)}",
        )
        for outcome in records(outcomes)
    ]
    # A verdict may rest on an event that nobody coded as seen from this recommendation.
    named = {event for ids in judged["event_ids"] for event in ids.split(";") if event}
    for event_id in sorted(named - set(outcomes["event_id"])):
        event = events.loc[event_id]
        date = prose.day_of(event["date"], event["date_precision"])
        told = f"- {date}, not coded from here: {plain(event['title'])}. "
        found.append((event["date"], told + cited(event["source_ids"])))
    return lines + [line for _, line in sorted(found, key=lambda pair: pair[0])]


class Overrule(Directive):
    """``{overrule}``: choices, a reason, and a file. Shown where scripts run."""

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the directive."""
        return [nodes.raw("", overrule_html(load("scorecard_verdicts")), format="html")]


def overrule_html(verdicts: pd.DataFrame) -> str:
    """Return the block in which a reader overrules a verdict."""
    verdicts = verdicts.sort_values(["rec_id", "at"])
    ours = {f"{row.rec_id}|{row.at.year}": row.verdict for row in records(verdicts)}
    ids = [(rec_id, numbered_name(rec_id)) for rec_id in verdicts["rec_id"].unique()]
    years = [(f"{at.year}", f"{at.year}") for at in sorted(verdicts["at"].unique())]
    words = [(word, word) for word in SHORT_VERDICTS]
    return (
        f'<div class="cb-overrule" data-ours="{escape(json.dumps(ours))}">'
        '<form class="cb-controls">'
        + _select("recommendation", "Recommendation", ids)
        + _select("year", "End of", years)
        + _select("verdict", "Your verdict", words)
        + '<p class="cb-words"><label for="overrule-reason">Your reason, with an outcome and its '
        'date</label><input type="text" id="overrule-reason" name="reason" maxlength="300" '
        'autocomplete="off"></p><p><button class="cb-reset">Overrule</button></p></form>'
        '<p class="cb-readout" aria-live="polite"></p><ul></ul>'
        '<p><button type="button" class="cb-reset cb-save" disabled>Download your scorecard (CSV)'
        "</button></p></div>"
    )


def _select(name: str, label: str, options: list[tuple[str, str]]) -> str:
    choices = "".join(f'<option value="{escape(v)}">{escape(text)}</option>' for v, text in options)
    return (
        f'<p class="cb-select"><label for="overrule-{name}">{label}</label>'
        f'<select id="overrule-{name}" name="{name}">{choices}</select></p>'
    )


def plain(text: str) -> str:
    """Return text in which nothing is markup."""
    return _SPECIAL.sub(r"\\\1", text)


def cited(source_ids: str) -> str:
    """Return sources as a citation."""
    return f"{{cite:p}}`{source_ids.replace(';', ',')}`"


def setup(app: Sphinx) -> None:
    """Register role and directive."""
    app.add_role("rec", RecommendationRole())
    app.add_directive("record", Record)
    app.add_directive("overrule", Overrule)
