"""A book of three short pages, built with this book's settings and theme."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]

PAGES = {
    "index.md": """\
# A landing page

Go to [the text](text.md) or [the code](code.md).
""",
    "text.md": """\
# A page of text

Words about Kidal.

## A section

:::{note}
Something to know.
:::

{cite}`somebody2012`

```{bibliography}
```
""",
    "code.md": """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  name: python3
---
# A page with code

```{code-cell}
:tags: [hide-input]
import pandas as pd
pd.DataFrame({"town": ["Gao"], "days": [3]})
```

:::{dropdown} More
Unfolded.
:::
""",
}
SOURCES = "@misc{somebody2012, author={Some, Body}, title={A title}, year={2012}}\n"


@dataclass
class Book:
    """A small book: its folder, and how to build it."""

    folder: Path

    @property
    def html(self) -> Path:
        """Where the built pages are."""
        return self.folder / "_build" / "html"

    def build(self) -> str:
        """Build what changed, warnings as errors, and return what was printed."""
        start = "from jupyter_book.cli.main import main; main()"
        command = [sys.executable, "-c", start, "build", str(self.folder), "-W", "--keep-going"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def page(self, name: str) -> str:
        """Return a built page."""
        return (self.html / name).read_text(encoding="utf-8")


def make_book(folder: Path) -> Book:
    """Write the pages and settings of a small book."""
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "references.bib").write_text(SOURCES, encoding="utf-8")
    shutil.copytree(ROOT / "assets", folder / "assets")
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    # The theme alone: the rest of the extension belongs to the pages and tables of the real book.
    config["sphinx"]["local_extensions"] = {"casebook.sphinxext.site.theme": "."}
    config["sphinx"]["config"]["bibtex_reference_style"] = "author_year"
    (folder / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    toc = {"format": "jb-book", "root": "index", "chapters": [{"file": "text"}, {"file": "code"}]}
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    return Book(folder)


@pytest.fixture(scope="session")
def book(tmp_path_factory) -> Book:
    """A built book that no test changes."""
    made = make_book(tmp_path_factory.mktemp("book"))
    made.build()
    return made


@pytest.fixture
def own_book(tmp_path) -> Book:
    """A book that a test may change; not built yet."""
    return make_book(tmp_path)
