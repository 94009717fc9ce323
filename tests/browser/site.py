"""The built book as files: its pages, and what stands in them."""

from __future__ import annotations

import contextlib
import functools
import gzip
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml

ROOT = Path(__file__).parents[2]
SITE = Path(os.environ.get("CASEBOOK_SITE") or ROOT / "_build" / "html")
"""Where the book is; set ``CASEBOOK_SITE`` to test another copy of it."""


def pages_of_contents() -> list[str]:
    """Return the pages that the table of contents names, as files of the site."""
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))

    def files(entry: dict) -> Iterator[str]:
        if "file" in entry:
            yield entry["file"]
        for part in ("parts", "chapters", "sections"):
            for child in entry.get(part, []):
                yield from files(child)

    return [f"{name}.html" for name in [contents["root"], *files(contents)]]


def built_pages(folder: Path = SITE) -> list[str]:
    """Return all pages of a site, those of the contents first even if they are missing."""
    found = (path.relative_to(folder) for path in sorted(folder.rglob("*.html")))
    # JupyterLite's own pages are no pages of the book; `test_lite.py` opens them.
    others = [path.as_posix() for path in found if not {"_static", "lite"} & set(path.parts)]
    return list(dict.fromkeys([*pages_of_contents(), *others]))


def figures(page: str, folder: Path = SITE) -> list[str]:
    """Return the names of a page's figures."""
    path = folder / page
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return re.findall(r'<figure class="cb-figure" id="([^"]+)"', text)


PAGES = built_pages()
FIGURE_PAGES = [page for page in PAGES if figures(page)]
FILTER_PAGES = [
    page
    for page in PAGES
    if (SITE / page).is_file() and 'class="cb-filter' in (SITE / page).read_text("utf-8")
]
FIGURES = [(page, name) for page in FIGURE_PAGES for name in figures(page)]


def size(path: Path) -> int:
    """Return what a file costs to send, compressed as a server would, in bytes."""
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


@dataclass(frozen=True)
class Address:
    """Where a link of a page leads."""

    link: str
    file: Path
    anchor: str


OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def resolve(folder: Path, page: str, link: str) -> Address | None:
    """Return where a link leads, or None if it leaves the site or carries its content itself."""
    if OUTSIDE.match(link):
        return None
    parts = urlsplit(link)
    path = folder / page
    if parts.path:
        path = Path(os.path.normpath(path.parent / unquote(parts.path)))
    return Address(link, path, unquote(parts.fragment))


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing: the tests look at what the browser was told."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that leaves a page hangs up."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine, and yield its address."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
