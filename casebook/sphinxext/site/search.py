"""The book's search: events and actors are found by their names, and accents do not matter.

Sphinx splits a page into words when the book is built, and a query when a reader asks. Both take
accents off, so "menaka" finds "Ménaka" and the other way round. Events and actors are objects of a
domain: a search for a name leads to the row of a table, not to the top of a long page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.search.en import SearchEnglish

PRIORITIES = {"actor": 1, "event": 2}
"""Which of Sphinx's ranks: an actor stands before the pages that name it, an event after them."""

NUMBERED = re.compile(r"[a-z]{1,3}\d{1,3}|\d{1,2}[a-z]{2}", re.IGNORECASE)
"""Words with digits that are names: C013, G5, 1st."""

BETWEEN_BLOCKS = re.compile(r"(</(?:td|th|tr|p|li|dt|dd|div|option|summary|caption|h\d)>)(?=<)")


def folded(text: str) -> str:
    """Return a text without accents."""
    return re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", text))


def words(text: str) -> list[str]:
    """Return the words of a text as the search index holds them."""
    return re.findall(r"\w+", folded(text))


class PlainEnglish(SearchEnglish):
    """English without accents."""

    js_splitter_code = r"""
function splitQuery(query) {
  return query
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .split(/[^\p{Letter}\p{Number}_]+/u)
    .filter(function (word) { return word; });
}
"""

    def split(self, input: str) -> list[str]:
        """Split a text into words without their accents; addresses of other sites are no words."""
        return words(re.sub(r"https?://\S+", " ", input))

    def word_filter(self, word: str) -> bool:
        """Leave out numbers: a query leaves out bare ones, and nobody asks for a value's digits."""
        return super().word_filter(word) and (
            not re.search(r"\d", word) or bool(NUMBERED.fullmatch(word))
        )


class CasebookDomain(Domain):
    """Events and actors, as far as search and inventory are concerned."""

    name = "casebook"
    label = "Mali Casebook"
    # Sphinx declares both for instances, and reads them from the class.
    object_types = {kind: ObjType(kind) for kind in PRIORITIES}  # noqa: RUF012
    initial_data: dict[str, Any] = {"objects": {}}  # noqa: RUF012
    data_version = 1

    def clear_doc(self, docname: str) -> None:
        """Forget what stood on a page."""
        self.data["objects"].pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        for docname in docnames:
            if docname in otherdata["objects"]:
                self.data["objects"][docname] = otherdata["objects"][docname]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield name, title, kind, page, place on the page and rank of each."""
        for docname, objects in self.data["objects"].items():
            for kind, ident, title, anchor in objects:
                # Sphinx would take a name made like the anchor for the anchor itself.
                yield f"{kind}.{ident}", title, kind, docname, anchor, PRIORITIES[kind]

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:
        """Return what the search calls a kind of thing."""
        return type.lname

    def resolve_any_xref(self, *arguments: Any) -> list[Any]:
        """Resolve nothing: pages link by roles of their own."""
        return []


def note(env: BuildEnvironment, kind: str, ident: str, title: str, anchor: str) -> None:
    """Have the search find something on the page that is being read.

    Parameters
    ----------
    env : sphinx.environment.BuildEnvironment
    kind : {"event", "actor"}
    ident : str
        Its id in the tables.
    title : str
        What a reader may look for, and sees among what was found.
    anchor : str
        The id of its place on the page.
    """
    if CasebookDomain.name in env.domains:
        objects = env.domains[CasebookDomain.name].data["objects"]
        objects.setdefault(env.docname, []).append((kind, ident, title, anchor))


def separate_words(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put a line break between blocks of raw HTML, where Sphinx would index two cells as one word.

    A browser shows no difference.
    """
    for raw in doctree.findall(nodes.raw):
        if "html" in raw.get("format", ""):
            apart = BETWEEN_BLOCKS.sub(r"\1\n", raw.astext())
            raw.children = []
            raw += nodes.Text(apart)


def setup(app: Sphinx) -> None:
    """Register the domain, and the language of the index."""
    app.connect("doctree-resolved", separate_words, priority=900)
    app.add_domain(CasebookDomain)
    app.add_search_language(PlainEnglish)
