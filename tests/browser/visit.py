"""One visit to a page: open it in a stated way, make its figures live, note all there is to see.

The visits that the tests need are made in two or more browsers at once, each only once; the tests
then look at what was noted.
"""

from __future__ import annotations

import contextlib
import os
import queue
import re
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, TimeoutError, sync_playwright

from casebook.chrome import LAUNCH_ARGUMENTS, find_browser

PROBES = (Path(__file__).parent / "probes.js").read_text(encoding="utf-8")
COLOUR_RULES = ("color-contrast", "link-in-text-block")
"""Most of what axe costs. Our own probe sees text that is too faint on every visit."""


def axe_options(theme: str, colours: bool) -> dict[str, Any]:
    """Return what axe shall look for, with or without its rules on colours."""
    if not colours:
        rules = {rule: {"enabled": False} for rule in COLOUR_RULES}
        return {"rules": rules | {"label-content-name-mismatch": {"enabled": True}}}
    if theme == "dark":  # the same page in other colours
        return {"runOnly": {"type": "rule", "values": list(COLOUR_RULES)}}
    return {"rules": {"label-content-name-mismatch": {"enabled": True}}}


A4 = 718
"""Pixels between the margins that a browser leaves by itself."""

BLOCKED_STORAGE = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("Access is denied for this document.", "SecurityError"); },
});
"""
NOTE_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
STILL = """
const style = document.createElement("style");
style.textContent =
  "*, ::before, ::after { animation: none !important; transition: none !important; }";
document.head.append(style);
"""


@dataclass(frozen=True)
class Way:
    """How a page is visited.

    Attributes
    ----------
    page : str
        Its file in the site.
    theme : {"light", "dark"}
        What the reader's system asks for.
    width : int
        Of the window, in pixels.
    by : {"http", "file"}
        From a server, or from the disk.
    live : bool
        Whether plotly arrives.
    scripts, storage : bool
        Whether the browser runs scripts, and lets pages keep anything.
    axe : bool
        Whether to run axe, which takes most of the time.
    paper : bool
        Whether to print the page, once its figures are live.
    """

    page: str
    theme: str = "light"
    width: int = 1280
    by: str = "http"
    live: bool = True
    scripts: bool = True
    storage: bool = True
    axe: bool = False
    paper: bool = False

    def __str__(self) -> str:
        parts = [Path(self.page).stem, self.theme, str(self.width)]
        parts += ["from-disk"] if self.by == "file" else []
        parts += [] if self.live or not self.scripts else ["static"]
        parts += [] if self.scripts else ["without-scripts"]
        parts += [] if self.storage else ["without-storage"]
        parts += ["paper"] if self.paper else []
        return "-".join(parts)


@dataclass
class FigureSeen:
    """What was seen of a figure."""

    name: str
    live: bool
    twins: list[int]
    marks: int
    height: float
    height_before: float
    faint: list[str]
    clipped: list[str]
    colliding: list[str]


@dataclass
class Seen:
    """What was seen, heard and asked for on a visit."""

    way: Way
    base: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    figures: list[FigureSeen] = field(default_factory=list)
    faint: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    scroll_width: int = 0
    shifted: float = 0
    theme: str = ""
    pdf: bytes = b""
    cut: list[str] = field(default_factory=list)
    faded: list[str] = field(default_factory=list)
    hovering: list[str] = field(default_factory=list)
    on_paper: list[str] = field(default_factory=list)

    def elsewhere(self) -> list[str]:
        """Return the requests that left the site."""
        own = (self.base, "data:", "blob:")
        return [url for url in self.requests if not url.startswith(own)]


@contextlib.contextmanager
def started_browser() -> Iterator[Browser]:
    """Start the machine's browser, or Playwright's own where there is no other."""
    program = find_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(program) if program else None, args=list(LAUNCH_ARGUMENTS)
        )
        yield browser
        browser.close()


def note(page: Page, seen: Seen) -> None:
    """Have a page's complaints and requests noted."""

    def on_response(response: Any) -> None:
        if response.status >= 400:
            seen.failures.append(f"{response.status} {response.url}")

    def on_failed(request: Request) -> None:
        seen.failures.append(f"{request.failure} {request.url}")

    page.on("pageerror", lambda error: seen.complaints.append(f"exception: {error}"))
    page.on(
        "console",
        lambda said: (
            seen.complaints.append(f"{said.type}: {said.text}")
            if said.type in ("error", "warning")
            else None
        ),
    )
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("websocket", lambda socket: seen.requests.append(socket.url))
    page.on("requestfailed", on_failed)
    page.on("response", on_response)


def prepare(page: Page) -> None:
    """Load our probes into a page, and end its animations."""
    page.evaluate(PROBES)
    # Not `add_style_tag`: without scripts it would wait for an event for ever.
    page.evaluate(STILL)


def go_live(page: Page) -> None:
    """Scroll to each figure of a page until all are live."""
    for figure in page.locator(".cb-figure").all():
        figure.evaluate("figure => figure.scrollIntoView({ behavior: 'instant' })")
        figure.locator(".cb-plot.cb-is-live").wait_for()


@contextlib.contextmanager
def opened(browser: Browser, base: str, way: Way) -> Iterator[tuple[Page, Seen]]:
    """Open a page in a fresh context, and note what it asks for and complains of."""
    context = browser.new_context(
        color_scheme=way.theme,
        viewport={"width": way.width, "height": 900},
        java_script_enabled=way.scripts,
    )
    try:
        # Noted as asked for, but never fetched.
        context.route(re.compile(rf"^(?!{re.escape(base)}|data:|blob:)"), lambda r: r.abort())
        if not way.live:
            context.route("**/plotly-basic.min.js", lambda route: route.abort())
        if not way.storage:
            context.add_init_script(BLOCKED_STORAGE)
        context.add_init_script(NOTE_SHIFTS)
        context.set_default_timeout(15_000)
        page = context.new_page()
        seen = Seen(way, base)
        note(page, seen)
        page.goto(base + way.page)
        yield page, seen
    finally:
        context.close()


def look(browser: Browser, base: str, way: Way, colours: bool = True) -> Seen:
    """Visit a page and note all there is to see.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        Any Chromium.
    base : str
        The site's address, with a slash at its end.
    way : Way
        How to visit.
    colours : bool
        Whether axe looks at colours too.

    Returns
    -------
    Seen
        Plain data; the page is closed.
    """
    with opened(browser, base, way) as (page, seen):
        prepare(page)
        if way.live and way.scripts:
            with contextlib.suppress(TimeoutError):
                go_live(page)
        if way.paper:
            lay_out_for_paper(page)
        for figure in page.locator(".cb-figure").all():
            noted = figure.evaluate(
                """figure => ({
                    name: figure.id,
                    twins: probes.twinShapes(figure),
                    live: probes.isSeen(figure.querySelector(".cb-live")),
                    marks: probes.marks(figure),
                    height: figure.getBoundingClientRect().height,
                    height_before: probes.heightBefore(figure),
                    faint: probes.faintInPicture(figure),
                    clipped: probes.clippedInPicture(figure),
                    colliding: probes.collidingInPicture(figure),
                })"""
            )
            seen.figures.append(FigureSeen(**noted))
        if way.by == "file":
            # On other visits, axe or paper take longer than whatever a page might ask for late.
            page.wait_for_load_state("networkidle")
        if way.paper:
            seen.cut = page.evaluate("probes.cutOnPaper()")
            seen.hovering = page.evaluate("probes.hoveringOnPaper()")
            seen.faded = page.evaluate("probes.fadedOnPaper()")
            seen.on_paper = page.evaluate("probes.partsOnPaper()")
            seen.pdf = page.pdf(format="A4")
        seen.shifted = page.evaluate("window.shifted || 0")
        if not way.paper:
            page.evaluate("probes.openDetails()")
        seen.theme = page.evaluate("document.documentElement.dataset.theme")
        seen.faint = page.evaluate("probes.faintText()")
        seen.beyond = page.evaluate("probes.beyondTheEdge()")
        seen.markup = page.evaluate("probes.leftOverMarkup()")
        seen.scroll_width = page.evaluate("document.documentElement.scrollWidth")
        if way.axe:
            page.evaluate("probes.leaveOutForAxe()")
            # Until figures are live, a page differs from itself later in their plots alone.
            part = None if way.live else ".cb-figure"
            seen.violations = violations(page, part, axe_options(way.theme, colours))
    return seen


def lay_out_for_paper(page: Page) -> None:
    """Show a page as a browser prints it, without backgrounds unless told to keep them."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4, "height": 1000})
    page.evaluate("probes.leaveOutBackgrounds()")
    # Down and up, for parts that come and go with it.
    for distance in (1500, -500):
        page.evaluate("distance => scrollBy({ top: distance, behavior: 'instant' })", distance)
        page.wait_for_timeout(80)


def violations(page: Page, part: str | None, options: dict[str, Any]) -> list[str]:
    """Return what axe finds wrong on a page or a part of it, one line an element."""
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in Axe().run(page, part, options).response["violations"]
        for node in violation["nodes"]
    ]


class Visits:
    """Visits made side by side, in the order in which they will be asked for."""

    def __init__(self, ways: Iterable[Way], bases: dict[str, str], colours: bool) -> None:
        self._bases = bases
        self._colours = colours
        self._seen: dict[Way, Future[Seen]] = {way: Future() for way in ways}
        self._waiting: queue.SimpleQueue[Way] = queue.SimpleQueue()
        for way in self._seen:
            self._waiting.put(way)
        count = min(os.cpu_count() or 1, 4, len(self._seen))
        self._workers = [threading.Thread(target=self._work) for _ in range(count)]
        for worker in self._workers:
            worker.start()

    def __getitem__(self, way: Way) -> Seen:
        """Return what was seen, waiting for it if need be."""
        return self._seen[way].result(timeout=300)

    def _next(self) -> Way | None:
        with contextlib.suppress(queue.Empty):
            return self._waiting.get_nowait()
        return None

    def _work(self) -> None:
        try:
            with started_browser() as browser:
                while way := self._next():
                    try:
                        seen = look(browser, self._bases[way.by], way, self._colours)
                        self._seen[way].set_result(seen)
                    except Exception as error:
                        self._seen[way].set_exception(error)
        except Exception as error:
            # No browser: every test says so, none waits for ever.
            while way := self._next():
                self._seen[way].set_exception(error)

    def close(self) -> None:
        """Leave undone what nobody waits for any more."""
        while way := self._next():
            self._seen[way].cancel()
        for worker in self._workers:
            worker.join()
