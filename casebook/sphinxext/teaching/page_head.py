"""``{page-head}``: question, minutes and objectives of a page, from `module.yml`."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from casebook import module_map
from casebook.sphinxext.site.base import Directive


class PageHead(Directive):
    """Question, time and objectives of the page it stands on."""

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the role or directive."""
        page = module_map.current(Path(self.env.srcdir)).page(self.env.docname)
        if page is None:
            raise self.error(f"module.yml does not list {self.env.docname}")
        if not page.question or not page.objectives:
            raise self.error(f"module.yml gives {page.path} no question or no objectives")
        head = nodes.container(classes=["cb-page-head"], is_div=True)
        head += nodes.paragraph("", page.question, classes=["cb-question"])
        head += nodes.paragraph(
            "", f"{page.minutes} minutes. After this page you can:", classes=["cb-minutes"]
        )
        objectives = nodes.bullet_list(classes=["cb-objectives"])
        for objective in page.objectives:
            item = nodes.list_item(ids=[objective.id.lower()])
            item += nodes.paragraph("", objective.text)
            objectives += item
        head += objectives
        return [head]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("page-head", PageHead)
