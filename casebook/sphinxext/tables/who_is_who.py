"""All actors: what they are called, what they wanted, whom they met, and where the book names them.

``{who-is-who}`` writes one table a type of actor, with controls above. Which pages name an actor is
found while the pages are read, by the rule in `named_on`; an edited page or table changes the row
without another page being read again.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casebook import module_map, prose
from casebook.sphinxext.roles.addresses import (
    WHO_IS_WHO,
    address_of_events_with,
    anchor_of_actor,
)
from casebook.sphinxext.roles.citations import cite
from casebook.sphinxext.site import search
from casebook.sphinxext.site.base import Directive
from casebook.sphinxext.site.elements import Element, element, line, link, separated
from casebook.sphinxext.tables import filters
from casebook.sphinxext.tables.chronology import ids
from casebook.tables import load

TYPES = {
    "state": "The state of Mali",
    "state_army": "Armies and their operations",
    "armed_group_separatist": "Armed groups: separatist",
    "armed_group_jihadi": "Armed groups: jihadist",
    "armed_group_progovernment": "Armed groups: on the side of the state",
    "armed_group_mixed": "Armed groups, not told apart",
    "international_organisation": "International organisations and missions",
    "foreign_state": "Other states",
    "political": "Parties and political bodies",
    "civil_society": "Civil society",
}

FORTH = {
    "alliance": "Allied with {}",
    "split_from": "Split from {}",
    "merged_into": "Merged into {}",
    "rivalry": "Rival of {}",
    "combat": "Fought against {}",
    "support": "Supported {}",
    "negotiation": "Negotiated with {}",
    "mandate": "Gave {} its mandate",
}
"""A relation in words, from the side of its first actor."""

BACK = FORTH | {
    "split_from": "{} split from it",
    "merged_into": "{} merged into it",
    "support": "Was supported by {}",
    "mandate": "Had its mandate from {}",
}
"""The same from the side of its second actor."""

MOMENTS = {"split_from", "merged_into"}
"""Relations of one day: they have a date, not a beginning."""

LISTS = "chapters/reference/"
"""Pages here list everything, or all terms: that they name an actor tells a reader nothing."""


AS_SHOWN = "casebook_named_as_shown"
"""Where Sphinx's memory keeps which actors each page named when the page of all was written."""

NO_PROSE = (nodes.raw, nodes.literal, nodes.literal_block, nodes.comment)


class WhoIsWho(Directive):
    """``{who-is-who}``: controls, and a table for each type of actor."""

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the directive."""
        actors = load("actors")
        self.names = actors.set_index("actor_id")["short_name"]
        self.events = load("events")["actor_ids"].map(ids)
        self.relations = load("relations").to_dict("records")
        groups = [
            (actor_type, actors[actors["type"].eq(actor_type)])
            for actor_type in TYPES
            if actors["type"].eq(actor_type).any()
        ]
        types = filters.Choice("type", "Type", [(name, TYPES[name]) for name, _ in groups])
        form = filters.controls("actors", len(actors), [types], "AQMI, Azawad, Keïta ...")
        return [
            nodes.raw("", f'<div class="cb-filter" data-what="actors">{form}', format="html"),
            *(self._group(name, group) for name, group in groups),
            nodes.raw("", "</div>", format="html"),
        ]

    def _group(self, actor_type: str, actors: pd.DataFrame) -> nodes.section:
        title = TYPES[actor_type]
        anchor = f"type-{actor_type.replace('_', '-')}"
        section = nodes.section(ids=[anchor], classes=["cb-group"])
        section += nodes.title("", title)
        ordered = actors.sort_values(
            "short_name", key=lambda names: names.map(lambda name: search.folded(name).lower())
        )
        section += element(
            "table",
            nodes.raw(
                "",
                f'<caption class="cb-visually-hidden">{title}</caption><thead><tr>'
                '<th scope="col">Actor</th><th scope="col">What is known</th></tr></thead>',
                format="html",
            ),
            element("tbody", *map(self._row, ordered.to_dict("records"))),
            class_="cb-table cb-entries",
        )
        return section

    def _row(self, actor: dict[Hashable, Any]) -> Element:
        actor_id = actor["actor_id"]
        anchor = anchor_of_actor(actor_id)
        others = other_names(actor)
        names = [actor["short_name"], full_name(actor), others]
        if names[1].startswith(names[0]):
            del names[0]
        title = "; ".join(name for name in names if name)
        search.note(self.env, "actor", actor_id, title, anchor)
        return element(
            "tr",
            element("th", *self._called(actor, anchor, others), scope="row", class_="cb-who"),
            element("td", *self._known(actor)),
            id=anchor,
            data_type=actor["type"],
        )

    def _called(self, actor: dict[Hashable, Any], anchor: str, others: str) -> list[nodes.Node]:
        name = link(actor["short_name"], f"#{anchor}", ["cb-permalink"])
        shown: list[nodes.Node] = [line(name, classes=["cb-what"])]
        if full := full_name(actor):
            shown.append(line(full))
        if others:
            shown.append(line(f"Also: {others}"))
        if when := lifetime(actor["founded"], actor["ended"]):
            shown.append(line(when))
        return shown

    def _known(self, actor: dict[Hashable, Any]) -> list[nodes.Node]:
        actor_id = actor["actor_id"]
        known: list[nodes.Node] = [fact("Stated goal", actor["stated_goal"])]
        if actor["leaders"]:
            known.append(fact("Leaders named in the sources", actor["leaders"]))
        if relations := self._relations(actor_id):
            known += [fact("Relations"), relations]
        known.append(fact("In the chronology", self._in_events(actor_id)))
        known.append(NamedOn(actor=actor_id))
        known.append(line(cite(self, ids(actor["source_ids"])), classes=["cb-sources"]))
        return known

    def _in_events(self, actor_id: str) -> nodes.Node:
        count = int(self.events.map(lambda actors: actor_id in actors).sum())
        if not count:
            return nodes.inline("", "no event names it")
        text = "1 event" if count == 1 else f"{prose.words(count)} events"
        address = address_of_events_with(self.env, actor_id)
        return link(text, address) if address else nodes.inline("", text)

    def _relations(self, actor_id: str) -> nodes.bullet_list | None:
        listing = nodes.bullet_list(classes=["cb-relations"])
        for row in sorted(self.relations, key=lambda row: (row["start"], row["end"])):
            if actor_id == row["actor_a"]:
                words, other = FORTH[row["relation"]], row["actor_b"]
            elif actor_id == row["actor_b"]:
                words, other = BACK[row["relation"]], row["actor_a"]
            else:
                continue
            before, after = words.split("{}")
            sentence = line(
                before,
                link(self.names[other], f"#{anchor_of_actor(other)}"),
                f"{after}, {when_related(row)}",
                f": {row['note']} " if row["note"] else " ",
                cite(self, ids(row["source_ids"])),
            )
            listing += nodes.list_item("", sentence)
        return listing if len(listing) else None


def fact(label: str, *content: nodes.Node | str) -> nodes.paragraph:
    """Write a label, and what is known under it."""
    return line(nodes.strong("", f"{label}:"), " ", *content)


def full_name(actor: dict[Hashable, Any]) -> str:
    """Return the full name, empty where it adds nothing to the short one."""
    return "" if actor["name"] == actor["short_name"] else actor["name"]


def other_names(actor: dict[Hashable, Any]) -> str:
    """Return the acronym, where the short name is another, and what else sources write."""
    names = [name for name in (actor["acronym"], *ids(actor["alternative_names"])) if name]
    return ", ".join(name for name in names if name not in actor["short_name"])


def lifetime(founded: str, ended: str) -> str:
    """Write from when to when an actor existed, as far as the table knows."""
    if founded and ended:
        return prose.partial_range(founded, ended)
    if founded:
        return f"Since {prose.partial_day(founded)}"
    return f"Until {prose.partial_day(ended)}" if ended else ""


def when_related(relation: dict[Hashable, Any]) -> str:
    """Write the dates of a relation; an end that is not known stays open."""
    if relation["end"]:
        return prose.partial_range(relation["start"], relation["end"])
    start = prose.partial_day(relation["start"])
    return start if relation["relation"] in MOMENTS else f"from {start}"


# --- Which pages name an actor ------------------------------------------------------------------


class NamedOn(nodes.General, nodes.Element):
    """Stands for the pages that name an actor until all pages are read."""


@dataclass(frozen=True)
class Names:
    """What names an actor: patterns of prose, the events it has a part in, the claims about it."""

    patterns: dict[str, re.Pattern[str]]
    events: dict[str, list[str]]
    claims: dict[str, list[str]]


@dataclass(frozen=True)
class Said:
    """What of a page may name an actor: its prose, and the events whose dates it gives."""

    prose: str
    events: frozenset[str]


def all_names() -> Names:
    """Return what names an actor, by the tables.

    In prose these are short name, acronym, or the name before its brackets. The name of a country
    may mean the land, and not who governs it: it does not count.
    """
    patterns = {}
    for actor in load("actors").to_dict("records"):
        if actor["type"] == "foreign_state":
            continue
        plain = re.sub(r"\s*\(.*", "", actor["name"])
        called = {name for name in (actor["short_name"], actor["acronym"], plain) if name}
        either_case = (f"[{n[0].upper()}{n[0].lower()}]{re.escape(n[1:])}" for n in called)
        patterns[actor["actor_id"]] = re.compile(rf"(?<!\w)(?:{'|'.join(either_case)})(?!\w)")
    events, claims = load("events"), load("claims")
    return Names(
        patterns,
        dict(zip(events["event_id"], events["actor_ids"].map(ids), strict=True)),
        dict(zip(claims["claim_id"], claims["actor_ids"].map(ids), strict=True)),
    )


def said(doctree: nodes.document) -> Said:
    """Return what of a page may name an actor. Code, figures and generated tables do not count."""
    prose_of_page = "\n".join(
        text.astext()
        for text in doctree.findall(nodes.Text)
        if not isinstance(text.parent, NO_PROSE)
    )
    dated = {node["event"] for node in doctree.findall(nodes.inline) if "event" in node}
    return Said(prose_of_page, frozenset(dated))


def named_on(page: Said, claims: tuple[str, ...], by: Names) -> frozenset[str]:
    """Return the actors that a page names.

    It does so if its prose holds the short name, the acronym or the full name, if it gives the date
    of an event in which the actor has a part, or if it judges a claim about the actor.

    Parameters
    ----------
    page : Said
    claims : tuple of str
        Claims judged on the page.
    by : Names
    """
    named = {actor for claim in claims for actor in by.claims[claim]}
    named |= {actor for event in page.events for actor in by.events.get(event, ())}
    named |= {actor for actor, name in by.patterns.items() if name.search(page.prose)}
    return frozenset(named)


def _by_page(env: BuildEnvironment) -> dict[str, Said]:
    """Return what each page says; it lives as long as Sphinx's own memory."""
    pages: dict[str, Said] = vars(env).setdefault("casebook_said", {})
    return pages


def _named(env: BuildEnvironment) -> dict[str, frozenset[str]]:
    """Return which actors each page named when the page of all actors was written."""
    named: dict[str, frozenset[str]] = vars(env).setdefault("casebook_named", {})
    return named


def _note(app: Sphinx, doctree: nodes.document) -> None:
    if not app.env.docname.startswith(LISTS):
        _by_page(app.env)[app.env.docname] = said(doctree)


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _by_page(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    read = {page: what for page, what in _by_page(other).items() if page in docnames}
    _by_page(env).update(read)


def _write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the page of all actors written again when other pages name others than before."""
    pages = _by_page(env)
    if WHO_IS_WHO not in env.found_docs:
        return []
    listed = {page.path: page.claims for page in module_map.current(Path(app.srcdir)).pages}
    order = {page: position for position, page in enumerate(listed)}
    by = all_names()
    named = {
        page: named_on(pages[page], listed.get(page, ()), by)
        for page in sorted(pages, key=lambda page: (order.get(page, len(order)), page))
    }
    if list(named.items()) == list(_named(env).items()):
        return []
    vars(env)["casebook_named"] = named
    return [WHO_IS_WHO]


def _show(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    env = app.env
    for place in list(doctree.findall(NamedOn)):
        naming = [
            link(env.titles[page].astext(), app.builder.get_relative_uri(docname, page))
            for page, actors in _named(env).items()
            if place["actor"] in actors
        ]
        place.replace_self(fact("Named on", *separated(naming)) if naming else [])


def setup(app: Sphinx) -> None:
    """Register the directive, and what notes which pages name whom."""
    app.add_directive("who-is-who", WhoIsWho)
    app.add_node(NamedOn)
    app.connect("env-purge-doc", _forget)
    app.connect("doctree-read", _note)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _write_again)
    app.connect("doctree-resolved", _show)
