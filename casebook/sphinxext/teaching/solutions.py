"""The folds below the tasks of a notebook's page, in the instructors' edition only.

A checked task shows its solution, other right ways, known mistakes and hints; a written one its
model answer, its rubric and the graded examples. All of it is read from the master.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from docutils import nodes
from markdown_it import MarkdownIt
from sphinx.application import Sphinx

from casebook import module_map
from casebook.authoring.exercises import master
from casebook.authoring.exercises.master import PAGE_LINK, Task
from casebook.sphinxext.site import edition
from casebook.sphinxext.site.base import uses
from casebook.sphinxext.site.elements import Details, Summary, element, line

GRADES = ("full", "part", "none")
LEVELS = {"full": "Full marks", "half": "About half the points", "weak": "Weak"}
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def master_of(root: Path, part: str) -> Path:
    """Return the file of a part's master."""
    return root / "instructor" / "masters" / f"{part}.md"


def _add(app: Sphinx, doctree: nodes.document) -> None:
    page = module_map.current(Path(app.srcdir)).page(app.env.docname)
    if page is None or not page.is_exercise or not edition.for_instructors(app):
        return
    file = master_of(Path(app.srcdir), page.path.split("/")[-1])
    uses(app.env, "code", __name__)
    uses(app.env, "file", file.relative_to(app.srcdir).as_posix())
    sections = {
        section[0].astext().split(".")[0]: section for section in doctree.findall(nodes.section)
    }
    for task in master.read(file).tasks:
        number = task.name.removeprefix("q")
        if number not in sections:
            raise ValueError(f"{page.path} has no task {number}: release the masters again")
        sections[number] += fold(app, task)


def _add_style(app: Sphinx) -> None:
    if edition.for_instructors(app):
        app.add_css_file("instructor.css")


def fold(app: Sphinx, task: Task) -> nodes.Node:
    """Return all that an instructor should see of a task, folded.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application, reading the page that the fold is for.
    task : Task
        Of a master.
    """
    folded = Details(classes=["cb-instructor"])
    head = Summary()
    head += nodes.strong("", "For instructors")
    head += nodes.Text(f": {counted(task)}")
    folded += head
    folded += list(_written(app, task) if task.rubric else _checked(app, task))
    return folded


def counted(task: Task) -> str:
    """Say what there is on a task, in a few words."""
    points = _many(task.points, "point")
    if task.rubric:
        examples = _many(len(task.rubric["examples"]), "graded example")
        criteria = _many(len(task.rubric["criteria"]), "criterion", "criteria")
        return f"{points}, {criteria}, {examples}"
    ways = _many(len(task.alternatives), "other right way")
    return f"{points}, {ways}, {_many(len(task.wrongs), 'known mistake')}"


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or f'{one}s'}"


def _checked(app: Sphinx, task: Task) -> Iterator[nodes.Node]:
    yield _title("Solution")
    yield _code(task.solution)
    yield _title("What the right answer shows")
    yield prose(app, task.its_key.shows)
    if task.alternatives:
        yield _title("Other right ways")
        yield from map(_code, task.alternatives)
    yield _title("Known mistakes, and what the check says to them")
    mistakes = nodes.definition_list()
    for wrong in task.wrongs:
        name = nodes.term("", "", nodes.literal("", wrong.name))
        said = nodes.definition("", prose(app, wrong.message))
        mistakes += nodes.definition_list_item("", name, said)
    yield mistakes
    yield _title("Hints")
    hints = nodes.enumerated_list()
    hints += [nodes.list_item("", prose(app, hint)) for hint in task.its_key.hints]
    yield hints


def _written(app: Sphinx, task: Task) -> Iterator[nodes.Node]:
    yield _title("Model answer")
    yield prose(app, task.model)
    yield from assessment(app, task)


def assessment(app: Sphinx, task: Task) -> Iterator[nodes.Node]:
    """Yield the rubric of a written task as a table, its graded examples, and what to look out for.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application, reading the page that this is for.
    task : Task
        A written one.
    """
    yield _title("Rubric")
    rows = [
        element(
            "tr",
            element("th", nodes.Text(criterion["name"]), scope="row"),
            element("td", nodes.Text(str(criterion["points"]))),
            *(element("td", nodes.Text(criterion.get(grade, ""))) for grade in GRADES),
        )
        for criterion in task.its_rubric["criteria"]
    ]
    yield table(f"Rubric of {task.id}", ["Criterion", "Points", "Full", "In part", "None"], rows)
    yield _title("Graded examples")
    examples = nodes.definition_list()
    for example in task.its_rubric["examples"]:
        level = nodes.term("", LEVELS[example["level"]])
        text = nodes.definition("", nodes.block_quote("", prose(app, example["text"])))
        examples += nodes.definition_list_item("", level, text)
    yield examples
    yield _title("When you mark it")
    yield prose(app, task.its_rubric["teacher"])


def table(label: str, heads: list[str], rows: Sequence[nodes.Node]) -> nodes.Node:
    """Return a table that scrolls sideways where it is too wide.

    Parameters
    ----------
    label : str
        What it is called for those who do not see it.
    heads : list of str
        Of its columns.
    rows : list of docutils.nodes.Node
        Elements ``tr``.
    """
    head = element("tr", *(element("th", nodes.Text(name), scope="col") for name in heads))
    made = element("table", element("thead", head), element("tbody", *rows), class_="cb-table")
    scrolled = {"class_": "cb-table-scroll cb-whole", "tabindex": "0", "role": "region"}
    return element("div", made, aria_label=label, **scrolled)


def prose(app: Sphinx, text: str) -> nodes.Node:
    """Return a text of a master: paragraphs, lists, `code` and links to pages; HTML is text.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application, reading the page that the text is for.
    text : str
        In Markdown.
    """

    def link(match: re.Match[str]) -> str:
        address = app.builder.get_relative_uri(app.env.docname, match[2])
        return f"[{match[1]}]({address}{match[3] or ''})"

    made = nodes.container(classes=["cb-instructor-text"], is_div=True)
    made += nodes.raw("", _MARKDOWN.render(PAGE_LINK.sub(link, text)), format="html")
    return made


def _title(text: str) -> nodes.Node:
    return line(nodes.strong("", text), classes=["cb-instructor-title"])


def _code(source: str) -> nodes.Node:
    return nodes.literal_block(source, source, language="python")


def setup(app: Sphinx) -> None:
    """Add the folds as pages are read."""
    app.connect("doctree-read", _add)
    app.connect("builder-inited", _add_style)
