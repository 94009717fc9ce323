"""Tables of the guide for instructors: grouped rows that become paragraphs on a phone.

`assets/guide.css` is their style; a page without such a table does not load it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casebook.module_map import Page
from casebook.sphinxext.site.elements import Classes, Details, Element, Summary, element, link

CLASS = "cb-plan"
Cell = Sequence[nodes.Node]
Group = tuple[Cell, Sequence[Sequence[Cell]]]
"""The line above some rows, and the rows; the first cell of a row is its heading."""


def table(caption: str, heads: Sequence[str], groups: Sequence[Group], wide: int = 0) -> Element:
    """Make a table.

    Parameters
    ----------
    caption : str
    heads : sequence of str
        Names of the columns; on a phone the name stands before a cell's content.
    groups : sequence of Group
    wide : int
        Which column gets most of the room.
    """
    names = [element("th", nodes.Text(name), scope="col") for name in heads]
    names[wide]["html"]["class"] = "cb-plan-wide"
    bodies = []
    for line, rows in groups:
        over = element("th", *line, scope="rowgroup", colspan=str(len(heads)))
        body = element("tbody", element("tr", over, class_="cb-plan-group"))
        for first, *others in rows:
            # An empty cell keeps its column, but has no name to tell on a phone.
            cells = [
                element("td", *cell, data_label=name) if cell else element("td")
                for name, cell in zip(heads[1:], others, strict=True)
            ]
            body += element("tr", element("th", *first, scope="row"), *cells)
        bodies.append(body)
    return element(
        "div",
        element(
            "table",
            element("caption", nodes.Text(caption)),
            element("thead", element("tr", *names)),
            *bodies,
            class_="cb-table",
        ),
        class_=CLASS,
    )


def fold(name: str, items: Sequence[str]) -> Details:
    """Make a fold with a list in it."""
    folded = Details()
    folded += Summary("", name)
    folded += bullets(items)
    return folded


def bullets(items: Sequence[str]) -> Element:
    """Make a list of short items."""
    return element("ul", *(element("li", nodes.Text(item)) for item in items))


def page_link(
    env: BuildEnvironment, page: Page, place: str = "", text: str = "", classes: Classes = ()
) -> nodes.Node:
    """Make a link from the page that is read to another, or to a place on it."""
    address = env.app.builder.get_relative_uri(env.docname, page.path)
    return link(text or page.title, f"{address}#{place}" if place else address, classes)


def _on_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    if f'class="{CLASS}"' in context.get("body", ""):
        app.add_css_file("guide.css")


def setup(app: Sphinx) -> None:
    """Load the style where it is needed."""
    app.connect("html-page-context", _on_page)
