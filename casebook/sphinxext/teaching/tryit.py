"""Lines of Python that a reader changes and runs in the page.

The lines stand in the chapter as they are read; what to change and what to look for is said in the
text before them::

    ```{try} Another year
    from casebook import load

    events = load("conflict_events")
    events[events["year"] == 2012]["deaths_best"].sum()
    ```

The page holds them as a block of code with a button. Nothing else is there, and nothing is loaded,
before the button is pressed (`assets/tryit.js`); without scripts, on paper and in a book without
Python in the browser the block of code is what there is.
"""

from __future__ import annotations

import ast
import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from casebook.checks import keys
from casebook.sphinxext.site import live
from casebook.sphinxext.site.base import Directive
from casebook.sphinxext.site.elements import element
from casebook.sphinxext.site.scripts import add_scripts

BASE = ("pandas", "casebook")
"""What every cell has at hand."""
WITHOUT = "This copy of the book comes without Python in the page: run these lines in a notebook."
CHECKED = re.compile(r"\b(?:check|hint)\(\s*[\"']([\w.-]+)")


class Try(Directive):
    """A block of Python that can be changed and run in the page."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the directive."""
        title = self.arguments[0]
        code = "\n".join(self.content)
        try:
            packages = [*BASE, *sorted(imported(code) & {"plotly"})]
        except SyntaxError as error:
            raise self.error(f"Python cannot read line {error.lineno}: {error.msg}") from error
        for task in CHECKED.findall(code):
            try:
                keys.task(task)
            except keys.UnknownTask as error:
                raise self.error(str(error)) from error
        place = f"try-{nodes.make_id(title)}"
        heading = nodes.paragraph("", title, classes=["cb-try-title"], ids=[f"{place}-title"])
        lines = nodes.literal_block(code, code, language="python")
        attributes = {"id": place, "role": "group", "aria_labelledby": f"{place}-title"}
        if not live.has_python(self.env.app):
            end = nodes.paragraph("", WITHOUT, classes=["cb-try-without"])
            return [element("div", heading, lines, end, class_="cb-try", **attributes)]
        size = live.size(self.env.app, packages)
        up = "../" * self.env.docname.count("/")
        attributes |= {
            "data_python": f"{up}{live.FOLDER}/static/pyodide/",
            "data_packages": " ".join(packages),
            "data_bytes": str(size),
        }
        words = f"Try it: run Python here (about {round(size / 1e6)} MB once)"
        start = nodes.raw(
            "",
            '<p class="cb-try-start"><button type="button" class="cb-button">'
            f"{escape(words)}</button></p>",
            format="html",
        )
        return [element("div", heading, lines, start, class_="cb-try", **attributes)]


def imported(code: str) -> set[str]:
    """Return the packages that lines import.

    Raises
    ------
    SyntaxError
        If Python cannot read them.
    """
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def _on_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    body = context.get("body", "")
    if 'class="cb-try"' not in body:
        return
    app.add_css_file("tryit.css")
    if 'class="cb-try-start"' in body:
        # The page's own bundle draws the plots of the lines.
        add_scripts(app, "figure-style.js", "figures.js", "tryit.js")


def setup(app: Sphinx) -> None:
    """Register the directive, and the assets of pages that use it."""
    app.add_directive("try", Try)
    app.connect("html-page-context", _on_page)
