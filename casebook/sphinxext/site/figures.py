"""What the figure blocks need from the site: style, scripts, CSV files, links.

Blocks come out of a page's kernel, which knows neither the output folder nor the address of other
pages. They carry placeholders instead (``casebook-table:name``, ``casebook-csv:name``), resolved
here when the page is written.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import plotly
from sphinx.application import Sphinx
from sphinx.util import logging

import casebook
from casebook import style
from casebook.show.building import BOOK_VARIABLE
from casebook.sphinxext.site.scripts import add_scripts

log = logging.getLogger(__name__)

PLOTLY = Path("node_modules/plotly.js-basic-dist-min/plotly-basic.min.js")
# The same version with every kind of chart, in the Python package.
WHOLE_PLOTLY = Path(plotly.__file__).with_name("package_data") / "plotly.min.js"
STYLES = Path("assets/book")
STYLE_PARTS = (
    "page",
    "column",
    "head",
    "figures",
    "tables",
    "filters",
    "positions",
    "exercises",
    "entries",
    "evidence",
    "bibliography",
    "data",
    "quiz",
    "recommendations",
    "code",
    "landing",
    "paper",
)
"""In the order in which a browser reads them: of two rules of the same weight the later holds."""
DATA_PAGE = "chapters/reference/data"
_CSV = re.compile(r'<script type="text/csv" data-csv="([^"]+)">(.*?)</script>', re.DOTALL)
_TABLE = re.compile(r'href="casebook-table:([^"]+)"')


def _prepare(app: Sphinx) -> None:
    os.environ[BOOK_VARIABLE] = str(app.srcdir)
    # For the kernels of pages: what Jupyter Book found through _config.yml is not installed.
    found = [str(Path(casebook.__file__).parents[1]), os.environ.get("PYTHONPATH")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, found))
    if app.builder.format != "html":
        return
    bundle = Path(app.srcdir) / PLOTLY
    if not bundle.exists():
        bundle = WHOLE_PLOTLY
        log.info(
            "Without node_modules the figures are drawn by the whole of plotly, %.1f MB for each "
            "reader; `make book` fetches a bundle of 1.2 MB.",
            bundle.stat().st_size / 1e6,
        )
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(bundle, static / "plotly-basic.min.js")
    (static / "tokens.css").write_text(style.css_variables(), encoding="utf-8")
    (static / "book.css").write_text(book_style(Path(app.srcdir)), encoding="utf-8")
    tokens = {token.light: f"--cb-{name}" for name, token in style.TOKENS.items()}
    content = json.dumps({"template": style.template(), "tokens": tokens})
    (static / "figure-style.js").write_text(
        f"// The book's plotly template, and which CSS variable stands for which colour.\n"
        f"window.casebookStyle = {content};\n",
        encoding="utf-8",
    )


def book_style(root: Path) -> str:
    """Return the book's style, one file for readers from one for each subject."""
    return "".join((root / STYLES / f"{part}.css").read_text("utf-8") for part in STYLE_PARTS)


def finish(body: str, app: Sphinx, pagename: str) -> str:
    """Return a page's HTML with CSV files written and placeholders resolved."""
    builder = app.builder
    folder = Path(app.outdir) / "_downloads"

    def write(match: re.Match[str]) -> str:
        folder.mkdir(exist_ok=True)
        text = unescape(match[2])
        (folder / f"{match[1]}.csv").write_text(text, encoding="utf-8")
        return ""

    root = builder.get_relative_uri(pagename, "index").removesuffix("index.html")
    body = _CSV.sub(write, body)
    body = re.sub(
        r'href="casebook-csv:([^"]+)"', lambda m: f'href="{root}_downloads/{m[1]}.csv"', body
    )
    body = re.sub(
        r'href="casebook-data:([^"]+)"', lambda m: f'href="{root}_downloads/data/{m[1]}"', body
    )
    page = builder.get_relative_uri(pagename, DATA_PAGE)
    return _TABLE.sub(lambda m: f'href="{page}#table-{m[1].replace("_", "-")}"', body)


def _on_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    body = context.get("body", "")
    if 'class="cb-filter"' in body:
        add_scripts(app, "filter.js")
    if 'class="cb-overrule"' in body:
        add_scripts(app, "overrule.js")
    if "casebook-" not in body:
        return
    context["body"] = finish(body, app, pagename)
    if 'class="cb-figure"' in body:
        add_scripts(app, "figure-style.js", "figures.js")
    if missing := body.count('class="cb-no-twin"'):
        log.info(
            "%s: %d static pictures are missing. They need a browser: install Chromium or Chrome, "
            "or set CASEBOOK_BROWSER.",
            pagename,
            missing,
        )


def setup(app: Sphinx) -> None:
    """Register assets and page handler."""
    app.add_css_file("tokens.css")
    app.add_css_file("book.css")
    app.connect("builder-inited", _prepare)
    app.connect("html-page-context", _on_page)
