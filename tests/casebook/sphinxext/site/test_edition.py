"""The instructors' edition in a book of a few lines: what it adds, and that the public has none."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

from casebook.sphinxext.site import edition

MASTER = """---
kernelspec: {name: python3, display_name: Python 3}
casebook: {title: A part, minutes: 60}
---

# A part

+++ {"task": "q1", "points": 2}

## 1. How many?

```{code-cell}
:tags: [answer]
many = ...
### BEGIN SOLUTION
many = 1 < 2
### END SOLUTION
```

```{raw-cell}
:tags: [key]
variable: many
shape: number
objective: O-TST-1
hints: ["a nudge", "the method", "nearly <b>the code</b>"]
shows: "It shows <script>alert(1)</script> what [a page](page:chapters/page#there) says of `x`."
```

```{code-cell}
:tags: [alternative]
many = sum([1])
```

```{code-cell}
:tags: [wrong]
# off_by_one: You began to count at 0 & went on.
many = 0
```

+++ {"task": "q2", "points": 4}

## 2. In your *own* words

+++ {"tags": ["written"]}

A model answer with <img src=x onerror=alert(1)>.

```{raw-cell}
:tags: [rubric]
objective: O-TST-1
criteria:
  - {name: names a rule, points: 4, full: "All <of> it.", part: Some of it., none: Nothing.}
examples:
  - {level: full, text: "So & so."}
  - {level: half, text: Half an answer.}
  - {level: weak, text: Hardly one.}
teacher: Look out for rules without rows.
```
"""
PAGES = {
    "index": "# A book\n\n```{toctree}\nchapters/page\nexercises/part\n```\n",
    "chapters/page": "# A page\n\n(there)=\n## Argue it\n\n```{written-tasks}\n```\n",
    "exercises/part": "# A part\n\n## 1. How many?\n\nCount.\n\n## 2. In your *own* words\n\nDo.\n",
}
NOTES = "## For instructors\n\nIn {n}`words(towns())` towns, on {event}`gao-falls`.\n"
MODULE = {
    "title": "A module",
    "pages": [
        {
            "path": "chapters/page",
            "title": "A page",
            "part": "test",
            "objectives": [{"id": "O-TST-1", "verb": "Count", "text": "Count to two."}],
        },
        {"path": "exercises/part", "title": "Exercises: a part", "part": "test"},
    ],
}
EXTENSIONS = [
    "myst_parser",
    *(
        f"casebook.sphinxext.{part}"
        for part in (
            "site.edition",
            "site.elements",
            "roles.values",
            "roles.dates",
            "teaching.quiz",
            "teaching.solutions",
            "teaching.notes",
            "teaching.written_tasks",
        )
    ),
]


def build(folder: Path, name: str) -> dict[str, BeautifulSoup]:
    """Build an edition of the small book, and return its pages."""
    files = {f"{page}.md": text for page, text in PAGES.items()}
    files["conf.py"] = (
        f"extensions = {EXTENSIONS}\nhtml_theme = 'basic'\ncasebook_edition = {name!r}\n"
        "exclude_patterns = ['_build', 'instructor']\n"
    )
    files["module.yml"] = yaml.safe_dump(MODULE)
    files["instructor/masters/part.md"] = MASTER
    files["instructor/notes/page.md"] = NOTES
    for file, text in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    warnings = io.StringIO()
    app = SphinxTestApp("html", srcdir=folder, warning=warnings)
    try:
        app.build()
        options = dict(app.config.html_theme_options)
    finally:
        app.cleanup()
    # The basic theme has no place for a banner, and says so.
    said = [line for line in warnings.getvalue().splitlines() if "announcement" not in line]
    assert said == []
    assert options.get("announcement") == (edition.BANNER if name == "instructor" else None)
    html = {page: folder / "_build" / "html" / f"{page}.html" for page in PAGES}
    return {
        page: BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").find(class_="body")
        for page, file in html.items()
    }


@pytest.fixture(scope="module")
def instructors(tmp_path_factory) -> dict[str, BeautifulSoup]:
    return build(tmp_path_factory.mktemp("instructors"), "instructor")


@pytest.fixture(scope="module")
def public(tmp_path_factory) -> dict[str, BeautifulSoup]:
    return build(tmp_path_factory.mktemp("public"), "public")


def test_checked_task_is_followed_by_all_that_is_known_about_it(instructors):
    section = instructors["exercises/part"].find(id="how-many")
    fold = section.find("details", class_="cb-instructor")
    assert fold.summary.get_text() == (
        "For instructors: 2 points, 1 other right way, 1 known mistake"
    )
    assert [code.get_text().strip() for code in fold.find_all("pre")] == [
        "many = 1 < 2",
        "many = sum([1])",
    ]
    assert fold.dt.get_text() == "off_by_one"
    assert fold.dd.get_text().strip() == "You began to count at 0 & went on."
    hints = [hint.get_text().strip() for hint in fold.ol.find_all("li")]
    assert hints == ["a nudge", "the method", "nearly <b>the code</b>"]


def test_written_task_is_followed_by_model_rubric_and_graded_examples(instructors):
    fold = instructors["exercises/part"].find(id="in-your-own-words").details
    assert fold.summary.get_text() == ("For instructors: 4 points, 1 criterion, 3 graded examples")
    assert "A model answer with <img src=x onerror=alert(1)>." in fold.get_text()
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in fold.find_all("tr")]
    assert rows == [
        ["Criterion", "Points", "Full", "In part", "None"],
        ["names a rule", "4", "All <of> it.", "Some of it.", "Nothing."],
    ]
    levels = [level.get_text() for level in fold.find_all("dt")]
    assert levels == ["Full marks", "About half the points", "Weak"]
    texts = [quote.get_text().strip() for quote in fold.find_all("blockquote")]
    assert texts == ["So & so.", "Half an answer.", "Hardly one."]
    assert "Look out for rules without rows." in fold.get_text()


def test_texts_of_masters_are_text_and_lead_to_pages(instructors):
    page = instructors["exercises/part"]
    assert page.find("script") is None
    assert page.find("img") is None
    assert page.find("b") is None
    link = page.find("a", string="a page")
    assert link["href"] == "../chapters/page.html#there"
    assert page.find("code", string="x") is not None


def test_chapter_ends_with_its_notes_and_their_roles_work(instructors):
    notes = instructors["chapters/page"].find(id="for-instructors")
    assert "In 15 towns, on 31\u00a0March 2012." in notes.get_text()


def test_written_tasks_are_listed_for_all_and_their_rubrics_for_instructors(instructors, public):
    for pages in (instructors, public):
        row = pages["chapters/page"].tbody.find_all(["th", "td"])
        assert [cell.get_text().strip() for cell in row] == [
            "A part",
            "In your *own* words",
            "4",
            "1",
            "Count to two.",
        ]
    assert len(instructors["chapters/page"].find_all("details", class_="cb-instructor")) == 1
    assert public["chapters/page"].find("details") is None


def test_public_edition_has_nothing_for_instructors(public):
    text = " ".join(page.get_text() for page in public.values())
    assert "For instructors" not in text
    assert "many = 1" not in text
    assert "Look out for" not in text


def test_no_other_edition_exists(tmp_path):
    with pytest.raises(Exception, match="which is no edition"):
        build(tmp_path, "teachers")
