"""HTML elements as nodes of a page's tree, where docutils has none that carries data and an id.

Text inside them is text of the page: it is searched, and references in it are resolved. Formats
other than HTML show what is inside, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

Classes = tuple[str, ...] | list[str]


class Element(nodes.General, nodes.Element):
    """An element named by ``tag``, with the attributes of the dictionary ``html``."""


class Details(nodes.General, nodes.Element):
    """A folded block of HTML; its ``summary`` child is what shows."""


class Summary(nodes.General, nodes.TextElement):
    """The visible line of `Details`."""


def element(tag: str, *content: nodes.Node, **attributes: str) -> Element:
    """Make an element.

    Parameters
    ----------
    tag : str
        Its name, such as ``tr``.
    *content : docutils.nodes.Node
        What stands in it.
    **attributes : str
        What it carries; ``class_`` and ``data_actor`` stand for ``class`` and ``data-actor``.
    """
    html = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    made = Element(tag=tag, html=html)
    if "id" in html:
        made["ids"].append(html["id"])
    made += list(content)
    return made


def line(*content: nodes.Node | str, classes: Classes = ()) -> nodes.paragraph:
    """Make a paragraph of nodes and text."""
    paragraph = nodes.paragraph(classes=list(classes))
    paragraph += [nodes.Text(part) if isinstance(part, str) else part for part in content]
    return paragraph


def separated(items: Sequence[nodes.Node], by: str = ", ") -> list[nodes.Node]:
    """Put text between nodes."""
    return [part for item in items for part in (nodes.Text(by), item)][1:]


def link(text: str, address: str, classes: Classes = (), title: str = "") -> nodes.reference:
    """Make a link to a place in the book."""
    made = nodes.reference("", text, internal=True, refuri=address, classes=list(classes))
    if title:
        made["reftitle"] = title
    return made


def _visit(translator: HTML5Translator, node: Element) -> None:
    attributes = "".join(
        f' {name}="{translator.attval(value)}"' for name, value in node["html"].items()
    )
    translator.body.append(f"<{node['tag']}{attributes}>")


def _depart(translator: HTML5Translator, node: Element) -> None:
    translator.body.append(f"</{node['tag']}>\n")


def _open(tag: str) -> Callable[[HTML5Translator, nodes.Element], None]:
    def visit(translator: HTML5Translator, node: nodes.Element) -> None:
        classes = f' class="{" ".join(node["classes"])}"' if node["classes"] else ""
        translator.body.append(f"<{tag}{classes}>")

    return visit


def _close(tag: str) -> Callable[[HTML5Translator, nodes.Element], None]:
    def depart(translator: HTML5Translator, node: nodes.Element) -> None:
        translator.body.append(f"</{tag}>\n")

    return depart


def _nothing(translator: nodes.NodeVisitor, node: Element) -> None:
    """Show what is inside."""


def setup(app: Sphinx) -> None:
    """Register the nodes."""
    plain: dict[str, Any] = dict.fromkeys(("latex", "text", "texinfo", "man"), (_nothing, _nothing))
    app.add_node(Element, html=(_visit, _depart), **plain)
    app.add_node(Details, html=(_open("details"), _close("details")), **plain)
    app.add_node(Summary, html=(_open("summary"), _close("summary")), **plain)
