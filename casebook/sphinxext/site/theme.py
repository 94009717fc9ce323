"""Make the theme's pages light, self-contained and clean.

A text page of the theme as shipped asks for 850 kB, most of it icons, and has errors in the
browser's console. Here each page keeps only the scripts and styles that its content uses, the icons
become the few masks of ``assets/icons.css``, and parts without an accessible name get one.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydata_sphinx_theme
from sphinx.application import Sphinx
from sphinx.util import logging

from casebook import style

logger = logging.getLogger(__name__)

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Part:
    """Scripts and styles that a page needs only where its content has something for them.

    Attributes
    ----------
    asset : str
        A pattern of their file names, or of an inline script's text.
    content : str
        A pattern of the HTML that needs them.
    """

    asset: str
    content: str


def _of_class(name: str) -> str:
    """Return a pattern of an element with a class whose name begins so."""
    return rf'class="(?:[^"]*\s)?(?:{name})'


NEVER = r"(?!)"
PARTS = (
    Part(r"sphinx-thebe|THEBE_JS_URL", NEVER),  # runs cells on someone else's server
    Part(r"togglebutton|toggleHint|toggleOpenOnPrint", _of_class(r'(?:toggle|dropdown)[\s"]')),
    Part(r"design-tabs", _of_class("sd-tab-set")),
    Part(r"sphinx-design", _of_class("sd-")),
    Part(r"mystnb\.", _of_class(r'cell[\s"]')),
    Part(r"clipboard|copybutton", _of_class("highlight")),
    Part(r"pygments\.css", _of_class("highlight")),
)
"""What comes with extensions for every page, and what on a page makes it needed."""

THEBE = re.compile(
    r'\s*<script type="text/x-thebe-config">.*?</script>|\s*<script>kernelName = [^<]*</script>',
    re.DOTALL,
)
VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')
CONTENT = (
    (' aria-label="Toggle hidden content"', ""),  # a folded cell's own text says more
    ('role="doc-biblioentry"', 'role="listitem"'),  # deprecated, and not allowed in a list
    ("<th></th>", "<td></td>"),  # pandas' empty corner is no heading
)
"""What docutils, myst-nb and pandas write, and what assistive devices understand."""

LEFT_OUT = (
    "_static/book",  # `book.css` is made of it
    "_static/scripts/fontawesome.js",
    "_static/scripts/fontawesome.js.LICENSE.txt",
    "_static/sphinx-thebe.css",
    "_static/sphinx-thebe.js",
    "_static/vendor/fontawesome",
)
"""What no page asks for any more, so the built book need not carry it."""


def keep(asset: str, body: str) -> bool:
    """Tell whether a page needs a script or style.

    Parameters
    ----------
    asset : str
        Its file name, or its text where it is an inline script.
    body : str
        The HTML of the page's content.
    """
    for part in PARTS:
        if re.search(part.asset, asset):
            return re.search(part.content, body) is not None
    return True


def lighten(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Leave out of a page what its content does not use, and refuse what is not ours."""
    # thebe's settings stand in the text of the page.
    body = THEBE.sub("", context.get("body") or "")
    for written, meant in CONTENT:
        body = body.replace(written, meant)
    if "body" in context:
        context["body"] = body
    for kind in ("css_files", "script_files"):
        assets = context.get(kind, [])
        # In place: the functions that write the tags hold this very list.
        assets[:] = [asset for asset in assets if keep(_text(asset), body)]
        for asset in assets:
            if re.match(r"(https?:)?//", _text(asset)):
                logger.warning(
                    "The page would fetch %s from another server; serve the file with the book.",
                    _text(asset),
                    location=pagename,
                )
    # docutils writes a second one.
    context["metatags"] = VIEWPORT.sub("", context.get("metatags", ""))
    context["name_parts"] = name_parts
    context["theme_release"] = pydata_sphinx_theme.__version__


def _text(asset: object) -> str:
    """Return what identifies an asset: its file name, or the text of an inline script."""
    name = getattr(asset, "filename", None) or ""
    return str(name or getattr(asset, "attributes", {}).get("body") or asset)


SIDEBAR = '<div id="pst-primary-sidebar"'
SEARCH_FIELD = re.compile(
    r'(<button class="btn search-button-field[^>]*?) aria-label="[^"]*"([^>]*>)'
    r'(.*?)<span class="search-button__kbd-shortcut">',
    re.DOTALL,
)


def name_parts(html: str) -> str:
    """Give the page's own parts the names that assistive devices need.

    The sidebar becomes a landmark, because it holds the book's title; the search button is named
    by its text (its keyboard shortcut is for the eye); the buttons for the two sidebars are named
    by what they do and tell what they control.

    Parameters
    ----------
    html : str
        The content part of a page.

    Returns
    -------
    str
        The same, with roles and labels.
    """
    html = html.replace(SIDEBAR, f'{SIDEBAR} role="complementary" aria-label="The book"')
    html = SEARCH_FIELD.sub(
        r'\1\2\3<span class="search-button__kbd-shortcut" aria-hidden="true">', html
    )
    for side in ("primary", "secondary"):
        html = html.replace(
            f'title="Toggle {side} sidebar"',
            f'title="Toggle {side} sidebar" aria-label="Toggle {side} sidebar" '
            f'aria-controls="pst-{side}-sidebar"',
        )
    # Icons are drawings beside or inside named buttons.
    return re.sub(
        r'<(i|span) class="((?:theme-switch )?fa[a-z]* )', r'<\1 aria-hidden="true" class="\2', html
    )


def without_icon_font(css: str) -> str:
    """Return a style sheet without its icon font: the faces, the classes, the animations."""
    css = re.sub(r"@font-face\{[^}]*Font Awesome[^}]*\}", "", css)
    css = re.sub(r"@keyframes fa-[^{]*\{(?:[^{}]*\{[^{}]*\})*\}", "", css)
    css = re.sub(r"/\*!\s*\* Font Awesome.*?\*/", "", css, flags=re.DOTALL)
    icons = r"\.fa[a-z]?(?:-[\w-]+)?(?::[\w:-]+)?"
    css = re.sub(rf"(?<=[{{}}/])\s*{icons}(?:\s*,\s*{icons})*\{{[^{{}}]*\}}", "", css)
    return re.sub(r"@media[^{}]*\{\s*\}", "", css)


def finish(app: Sphinx, failed: Exception | None) -> None:
    """Take the icon font out of the built book, and files that no page asks for."""
    if failed or app.builder.format != "html":
        return
    built = Path(app.outdir)
    sheet = built / "_static" / "styles" / "pydata-sphinx-theme.css"
    css = sheet.read_text(encoding="utf-8")
    lighter = without_icon_font(css)
    if lighter != css:
        sheet.write_text(lighter, encoding="utf-8")
    for name in LEFT_OUT:
        _remove(built / name)
    for source_map in (built / "_static").rglob("*.map"):
        source_map.unlink()


def _remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it."""
    if path.is_dir():
        for child in path.iterdir():
            _remove(child)
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


def write_again_when_assets_change(app: Sphinx) -> None:
    """Have all pages written again, without running them again, after an edit in the assets.

    Sphinx copies styles and scripts only when it writes a page; alone, an edited style sheet would
    never reach the built book.
    """
    if app.builder.format != "html":
        return
    # Colours and the template of figures become assets too.
    seen = hashlib.sha256(Path(__file__).read_bytes() + Path(style.__file__).read_bytes())
    for folder in app.config.html_static_path:
        for file in sorted(Path(app.confdir, folder).rglob("*")):
            if file.is_file():
                seen.update(str(file).encode() + file.read_bytes())
    stamp = Path(app.doctreedir) / "assets.sha256"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == seen.hexdigest():
        return
    for page in Path(app.outdir).rglob("*.html"):
        page.unlink()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(seen.hexdigest(), encoding="utf-8")


def add_templates(app: Sphinx, config: Any) -> None:
    """Put our page templates before the theme's."""
    if str(TEMPLATES) not in config.templates_path:
        config.templates_path.append(str(TEMPLATES))


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect everything above; ``casebook.sphinxext`` calls this."""
    app.connect("config-inited", add_templates)
    app.connect("builder-inited", write_again_when_assets_change)
    # Late: after the extensions have added what they bring.
    app.connect("html-page-context", lighten, priority=900)
    app.connect("build-finished", finish)
    app.add_css_file("icons.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
