"""nbgrader's formgrader as a server of its own, in which no word of a student can act.

It shows the notebooks that `casebook.grading.review.layout` made and writes to the gradebook. Of
nbgrader's other doings (releasing, collecting, marking, feedback) it does none: they would run
notebooks outside a sandbox.
"""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jupyter_server.serverapp import ServerApp
from markdown_it import MarkdownIt
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_notebook
from nbgrader.server_extensions.formgrader import formgrader as nbgrader_formgrader
from nbgrader.server_extensions.formgrader import handlers
from nbgrader.server_extensions.formgrader.base import BaseHandler
from tornado import web
from traitlets.config import Config

from casebook.grading.course.folder import Course
from casebook.grading.marks import gradebook

TEMPLATES = Path(__file__).parent / "templates"
START = "/formgrader/gradebook"
REFUSED = (
    r"/formgrader/api/(?:assignment|submission)/.*"
    r"/(?:assign|release|unrelease|collect|autograde|generate_feedback|release_feedback)"
)
HOW = "Not done here: python -m casebook.grading marks in a sandbox and writes feedback."
LARGEST_TABLE = 2_000
"""Rows are filled up to the width of the first: few letters can make millions of cells."""
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_ON = re.compile(r'\bon\w+="([^"]*)"')


class Exporter(HTMLExporter):
    """Writes a notebook as a page; Markdown may not hold HTML, nor addresses that are scripts."""

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Return Markdown as HTML."""
        lines = source.splitlines()
        cells = max((line.count("|") for line in lines), default=0) * len(lines)
        page: str = (_markdown if cells <= LARGEST_TABLE else _without_tables).render(source)
        return page


# Without pictures: one at the address /logout would sign out whoever looks at it.
_without_tables = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable("image")
_markdown = MarkdownIt("commonmark", _without_tables.options).disable("image").enable("table")


# nbgrader, which these three extend, has no types.
class Refusal(BaseHandler):  # type: ignore[misc]
    """The answer to what is done elsewhere."""

    @web.authenticated
    def post(self) -> None:
        """Refuse."""
        raise web.HTTPError(403, HOW, reason=HOW)


class Submission(handlers.SubmissionHandler):  # type: ignore[misc]
    """A submission's page; it may run the scripts of the empty page and no other."""

    @property
    def exporter(self) -> Submission:
        """Return what writes the page: this, since only here its policy can be sent."""
        return self

    def from_filename(self, filename: str, resources: dict[str, Any]) -> tuple[str, Any]:
        """Return a notebook's page, and send with it which scripts it may run."""
        exporter = super().exporter
        empty, _ = exporter.from_notebook_node(new_notebook(), resources=dict(resources))
        self.set_header("Content-Security-Policy", policy(empty))
        page: tuple[str, Any] = exporter.from_filename(filename, resources=dict(resources))
        return page


def policy(page: str) -> str:
    """Return the content security policy that lets the scripts of a page run, and no others."""
    own = [_script_hash(text) for text in (*_SCRIPT.findall(page), *_ON.findall(page))]
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' 'unsafe-hashes' {' '.join(own)}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
        ]
    )


def _script_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


class Review(nbgrader_formgrader.FormgradeExtension):  # type: ignore[misc]
    """The formgrader of one course, with our settings and no others."""

    def __init__(self, course: Course, **more: Any) -> None:
        self.course = course
        super().__init__(**more)

    @property
    def settings(self) -> Config:
        """What nbgrader has to know."""
        settings = Config()
        settings.CourseDirectory.root = str(self.course.folder.resolve())
        settings.CourseDirectory.db_url = gradebook.address(self.course)
        settings.CourseDirectory.source_directory = "assigned"
        settings.FormgradeExtension.debug = False
        return settings

    @property
    def url_prefix(self) -> str:
        """Where notebooks can be opened: nowhere."""
        return "."

    def load_config_file(self, **_: Any) -> None:
        """Take our settings in place of a file's."""
        self.update_config(self.settings)

    def load_config(self) -> Config:
        """Return our settings in place of a file's."""
        return self.settings

    def init_tornado_settings(self, webapp: web.Application) -> None:
        """Let submissions be written by `Exporter`."""
        super().init_tornado_settings(webapp)
        settings = Config()
        settings.HTMLExporter.template_name = "review"
        settings.HTMLExporter.template_file = "review.html.j2"
        settings.HTMLExporter.extra_template_basedirs = [str(TEMPLATES), handlers.template_path]
        # nbconvert says no types of its exporters.
        webapp.settings["nbgrader_exporter"] = Exporter(config=settings)  # type: ignore[no-untyped-call]

    def init_handlers(self, webapp: web.Application) -> None:
        """Answer first what nbgrader would answer otherwise."""
        base = webapp.settings["base_url"].rstrip("/")
        own = [(REFUSED, Refusal), (r"/formgrader/submissions/([^/]+)/?", Submission)]
        webapp.add_handlers(".*$", [(base + path, handler) for path, handler in own])
        super().init_handlers(webapp)


class Server(ServerApp):
    """A Jupyter server with a formgrader and nothing else: no files, terminals or notebooks."""

    def __init__(self, course: Course, **more: Any) -> None:
        self.course = course
        super().__init__(**more)

    def load_server_extensions(self) -> None:
        """Add the formgrader in place of what the machine has installed."""
        review = Review(self.course, parent=self)
        review.root_dir = self.root_dir
        review.log = self.log
        review.initialize([])
        review.init_tornado_settings(self.web_app)
        review.init_handlers(self.web_app)


def serve(course: Course, port: int, start: str, *, browser: bool) -> None:
    """Serve the formgrader of a course on this machine until it is stopped.

    Parameters
    ----------
    course : Course
    port : int
        If it is taken, one of the next.
    start : str
        Part to begin with; empty to choose among all.
    browser : bool
        Whether to open it in a browser.
    """
    settings = Config()
    settings.ServerApp.ip = "127.0.0.1"
    settings.ServerApp.port = port
    settings.ServerApp.open_browser = browser
    settings.ServerApp.default_url = f"{START}/{start}/{start}" if start else START
    # Else the cookie would hold for the folder of the first page alone.
    settings.IdentityProvider.cookie_options = {"path": "/", "samesite": "Strict"}
    settings.ServerApp.terminals_enabled = False
    settings.ServerApp.allow_root = True
    settings.ServerApp.log_level = "ERROR"
    settings.ServerApp.answer_yes = True
    # Jupyter serves the files of its root: there are none in an empty folder.
    with tempfile.TemporaryDirectory() as empty:
        settings.ServerApp.root_dir = empty
        server = Server(course, config=settings)
        server.initialize([], find_extensions=False)
        server.log.addFilter(lambda record: "To access the server" not in record.getMessage())
        print(f"Review: {server.display_url.split()[0]}\nStop it with Ctrl+C.", flush=True)
        server.start()
