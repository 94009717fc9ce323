"""The built book, a server for it, a browser, and the visits that the chosen tests need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .site import SITE, served
from .visit import Seen, Visits, started_browser


@pytest.fixture(scope="package")
def site() -> Path:
    assert (SITE / "index.html").is_file(), f"No book in {SITE}: run `make book` first."
    return SITE


@pytest.fixture(scope="package")
def server(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


# A package's fixture, not the session's: Playwright can be started only once in a thread, and
# the tests of other folders start it too.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with started_browser() as browser:
        yield browser


@pytest.fixture(scope="package")
def visits(request: pytest.FixtureRequest, site: Path, server: str) -> Iterator[Visits]:
    items = [item for item in request.session.items if "visits" in item.fixturenames]
    ways = [item.callspec.params["way"] for item in items]
    # Axe's look at colours waits for the release run, which sees every page in both themes.
    colours = request.config.option.markexpr != "not release"
    made = Visits(ways, {"http": server, "file": f"{site.as_uri()}/"}, colours)
    yield made
    made.close()


@pytest.fixture
def seen(way, visits: Visits) -> Seen:
    """What was seen on the visit that a test's parameter names."""
    return visits[way]
