"""What a page says about notebooks: the head of a notebook's page, the links of a chapter.

The notebooks are built untouched. Their pages gain a head with time, tasks and a file to download;
a chapter that `module.yml` gives ``exercises`` ends with a link to each of them.

``{explore} towns-by-date`` links a figure to the explorer that makes it answer to the reader.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx

from casebook import explorers, module_map
from casebook.checks import keys
from casebook.sphinxext.site import live
from casebook.sphinxext.site.base import Directive, uses

CHECKED = "Answers are checked as you work, by the notebook itself."
HOW = (
    "This page only shows it: to work it, open the file in Jupyter or in any editor of notebooks, "
    "with the package casebook installed."
)
HOW_LIVE = (
    "This page only shows it: work it in the browser, where nothing has to be installed, or on "
    "your own machine in Jupyter with the package casebook. In the browser {size} MB come once, "
    "then Python starts within half a minute; your work stays in this browser, and can be "
    "downloaded to hand in."
)
GUIDE = "chapters/start/how-to-use"
WRITE_HERE = "Write your answer here"
"""How a notebook marks the place of an answer in words."""


def _add(app: Sphinx, doctree: nodes.document) -> None:
    pages = module_map.current(Path(app.srcdir))
    page = pages.page(app.env.docname)
    if page is None:
        return
    if page.is_notebook:
        uses(app.env, "home")
        uses(app.env, "code", keys.__name__)
        uses(app.env, "file", f"casebook/checks/keys/{page.path.split('/')[-1]}.json")
        title = next(iter(doctree.findall(nodes.title)))
        title.parent.insert(title.parent.index(title) + 1, _head(app, page))
        _leave_room(doctree)
    for name in page.exercises:
        last = doctree.children[-1]
        assert isinstance(last, nodes.Element)  # a page ends with a section
        last += _link(app, pages, name)


def _head(app: Sphinx, page: module_map.Page) -> nodes.Node:
    file = Path(app.srcdir) / page.file
    up = "../" * page.path.count("/")
    buttons = [
        f'<a class="cb-button" href="{up}_sources/{page.file}" download="{file.name}">'
        "Download the notebook</a>"
    ]
    if live.has_python(app):
        address = f"{up}{live.FOLDER}/open.html?notebook={file.name}"
        buttons.insert(0, f'<a class="cb-button" href="{address}">Open in the browser</a>')
    repository = module_map.current(Path(app.srcdir)).repository_url
    buttons += [
        f'<a class="cb-exercise-guide" href="{address}">{name}</a>'
        for name, address in elsewhere(repository, page)
    ]
    how = HOW
    if live.has_python(app):
        how = HOW_LIVE.format(size=round(live.size(app) / 1e6))
    if elsewhere(repository, page):
        how += f" In Colab, first run: %pip install git+{repository}"
    return nodes.raw(
        "",
        f'<div class="cb-exercise-head"><p>{page.minutes} minutes. {_tasks(file, page)}'
        f"{escape(how)}</p><p>{' '.join(buttons)} "
        f'<a class="cb-exercise-guide" href="{up}{GUIDE}.html#working-the-exercises">How to begin'
        f"</a></p></div>",
        format="html",
    )


def elsewhere(repository: str, page: module_map.Page) -> list[tuple[str, str]]:
    """Return where others run a notebook: name and address, none while the book has no home."""
    home = "https://github.com/"
    if not repository.startswith(home):
        return []
    name = repository.removeprefix(home).strip("/")
    return [
        ("Colab", f"https://colab.research.google.com/github/{name}/blob/main/{page.file}"),
        ("Binder", f"https://mybinder.org/v2/gh/{name}/main?labpath={page.file}"),
    ]


def _leave_room(doctree: nodes.document) -> None:
    """Mark where an answer in words goes: on paper it needs room."""
    for paragraph in doctree.findall(nodes.paragraph):
        if paragraph.astext().startswith(WRITE_HERE):
            paragraph["classes"].append("cb-write-here")


def _tasks(file: Path, page: module_map.Page) -> str:
    if not page.is_exercise:
        return ""
    checked = len(keys.tasks(file.stem))
    written = file.read_text(encoding="utf-8").count('"grade_id": "q') - 3 * checked
    return f"{checked} checked tasks and {written // 2} written answers. {escape(CHECKED)} "


def _link(app: Sphinx, pages: module_map.ModuleMap, name: str) -> nodes.Node:
    page = pages.page(f"exercises/{name}")
    uses(app.env, "page", f"exercises/{name}")
    if page is None:
        raise ValueError(f"module.yml has no page exercises/{name}")
    address = app.builder.get_relative_uri(app.env.docname, page.path)
    line = nodes.paragraph(classes=["cb-exercise-link"])
    line += nodes.Text("Exercises: ")
    line += nodes.reference("", page.title, refuri=address, internal=True)
    line += nodes.Text(f", {page.minutes} minutes.")
    return line


class Explore(Directive):
    """``{explore} towns-by-date``: a link to an explorer, below the figure that it steers."""

    required_arguments = 1
    rests_on: ClassVar = ()

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the directive."""
        name = self.arguments[0]
        uses(self.env, "explorer", name)
        if name not in explorers.TITLES:
            raise self.error(
                f"There is no explorer {name!r}; there are {', '.join(explorers.TITLES)}"
            )
        page = self.env.app.builder.get_relative_uri(self.env.docname, module_map.EXPLORERS)
        line = nodes.paragraph(classes=["cb-explore"])
        line += nodes.reference(
            "", "Explore this in Python", refuri=f"{page}#{name}", internal=True
        )
        line += nodes.Text(f": {explorers.TITLES[name]}.")
        if live.has_python(self.env.app):
            root = "../" * self.env.docname.count("/")
            file = f"{Path(module_map.EXPLORERS).name}.ipynb"
            address = f"{root}{live.FOLDER}/open.html?notebook={file}#{name}"
            line += nodes.Text(" ")
            line += nodes.reference("", "Open it in the browser", refuri=address, internal=True)
            line += nodes.Text(".")
        return [line]


def setup(app: Sphinx) -> None:
    """Add heads and links as pages are read."""
    app.add_directive("explore", Explore)
    app.connect("doctree-read", _add)
