"""Static twins: each figure as an SVG that follows the page's theme.

A twin is what a reader sees first, on paper, or without JavaScript. It is drawn by plotly itself in
a headless browser (kaleido) and kept by the hash of its figure, so that an unchanged figure is
never drawn twice. Without a browser the book still builds; the extension says what is missing.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import tempfile
from importlib.metadata import version
from pathlib import Path

import plotly.graph_objects as go

from casebook.chrome import find_browser
from casebook.show.building import book_folder
from casebook.style import css_variables, themed_svg

_OWN_TEXT = Path(__file__).read_text(encoding="utf-8")
WIDE, NARROW = 720, 350  # pixels: the width of the text column, and of a phone


def svg(figure: go.Figure, width: int) -> str | None:
    """Return the figure as inline SVG, or None where no browser can draw it.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        With a height of its own.
    width : int
        Pixels.
    """
    # What draws, and what becomes of the drawing: a token may be renamed, this module may change.
    tools = f"{version('plotly')} {version('kaleido')} {css_variables()} {_OWN_TEXT}"
    described = f"{tools} {width} {_canonical(figure)}"
    kept = _folder() / f"{hashlib.sha256(described.encode()).hexdigest()[:32]}.svg"
    if kept.exists():
        return kept.read_text(encoding="utf-8")
    raw = _draw(figure, width)
    if raw is None:
        return None
    picture = inline(raw, kept.stem[:8])
    kept.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and moved, so that a build cut short leaves no half picture.
    with tempfile.NamedTemporaryFile(
        "w", dir=kept.parent, suffix=".part", delete=False, encoding="utf-8"
    ) as part:
        part.write(picture)
    Path(part.name).replace(kept)
    return picture


def inline(raw: str, prefix: str) -> str:
    """Make a stand-alone SVG fit to stand inside a page.

    Ids get a prefix, for two pictures of one page must not share one; colours become the theme's;
    the fixed size becomes a view box.
    """
    picture = raw[raw.index("<svg") :]
    width, height = (
        float(re.findall(rf'<svg[^>]*\b{side}="([\d.]+)', picture)[0])
        for side in ("width", "height")
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        'focusable="false" aria-hidden="true">'
    )
    picture = re.sub(r"<svg[^>]*>", head, picture, count=1)
    # Only the tags: what stands between them is read, and 0.25 on an axis must not become 0.2.
    return themed_svg(re.sub(r"<[^>]+>", lambda tag: _lean(tag[0], prefix), picture))


def _lean(tag: str, prefix: str) -> str:
    """Return a tag with its ids prefixed and without what a page does not need."""
    tag = re.sub(r'\bid="([^"]+)"', rf'id="t{prefix}-\1"', tag)
    tag = re.sub(r"url\((&quot;|'|\")?#([^)\"'&]+)(&quot;|'|\")?\)", rf"url(#t{prefix}-\2)", tag)
    tag = re.sub(r'(xlink:)?href="#([^"]+)"', rf'href="#t{prefix}-\2"', tag)
    tag = re.sub(r' (?:class|data-[\w-]+|xmlns:xlink)="[^"]*"', "", tag)
    tag = re.sub(r"font-family: [^;\"]*;?", "", tag)
    # Coordinates to a tenth of a pixel; how solid a mark is keeps its second digit.
    return re.sub(r"(?<!opacity: )(?<!opacity=.)(?<![\d.])(\d+\.\d)\d+", r"\1", tag)


def _canonical(figure: go.Figure) -> str:
    return str(figure.to_json(engine="json"))


def _folder() -> Path:
    return (book_folder() or Path(tempfile.gettempdir())) / "_build" / "twins"


def _draw(figure: go.Figure, width: int) -> str | None:
    browser = find_browser()
    if browser is None:
        return None
    os.environ["BROWSER_PATH"] = str(browser)
    import kaleido

    for name in ("kaleido", "choreographer"):
        logging.getLogger(name).setLevel(logging.ERROR)
    kaleido.start_sync_server(silence_warnings=True)
    options = {"format": "svg", "width": width, "height": int(figure.layout.height)}
    picture: bytes = kaleido.calc_fig_sync(figure.to_plotly_json(), opts=options)
    return picture.decode("utf-8")
