"""What the tests of the package share: the tables read without its own reader, the exhibits."""

import csv
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from casebook import exhibits, facts, style, tables
from casebook.analysis import geography
from casebook.figures import canvas
from casebook.show import Exhibit
from casebook.show.building import BOOK_VARIABLE

ROOT = Path(__file__).parents[2]


@cache
def _read(table: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def rows() -> Callable[[str], list[dict[str, str]]]:
    """Read a table as plain text, by the standard library alone."""
    return _read


EXHIBITS = ("Exhibit", "TableExhibit")
OTHER_ARGUMENTS = {"ground": geography.ground, "days_held": facts.days_held_2012}


@cache
def _makers() -> dict[str, Callable]:
    """Return the public functions of `casebook.exhibits` that make an exhibit, by dotted name."""
    found = {}
    for module_info in pkgutil.iter_modules(exhibits.__path__):
        module = importlib.import_module(f"casebook.exhibits.{module_info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = f"{function.__module__}.".startswith(f"{module.__name__}.")
            if name.startswith("_") or not own:
                continue
            if function.__annotations__.get("return") in EXHIBITS:
                found[f"{module_info.name}.{name}"] = function
    return found


def make(name: str, **tables_given):
    """Make an exhibit from the tables its arguments are named after, but for those given."""
    maker = _makers()[name]
    arguments = {
        argument: OTHER_ARGUMENTS[argument]()
        if argument in OTHER_ARGUMENTS
        else tables.load(argument)
        for argument in inspect.signature(maker).parameters
        if argument not in tables_given
    }
    return maker(**arguments, **tables_given)


_made = cache(make)


@pytest.fixture(scope="session")
def exhibit_from() -> Callable:
    """Make an exhibit, with some of its tables exchanged or else as the book shows it."""
    return lambda name, **tables_given: make(name, **tables_given) if tables_given else _made(name)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for ``real_exhibit`` once for each exhibit of the book."""
    if "real_exhibit" in metafunc.fixturenames:
        metafunc.parametrize("real_exhibit", list(_makers()), indirect=True, scope="session")


@pytest.fixture(scope="session")
def real_exhibit(request: pytest.FixtureRequest):
    """Give an exhibit as the book shows it; do not change it."""
    return _made(request.param)


@pytest.fixture(scope="session")
def exhibit_names() -> list[str]:
    """Give the names of all exhibits."""
    return [_made(maker).name for maker in _makers()]


@pytest.fixture
def maker(request: pytest.FixtureRequest) -> str:
    """Give the dotted name of the function that makes ``real_exhibit``."""
    return request.node.callspec.params["real_exhibit"]


@pytest.fixture
def arguments(maker: str) -> set[str]:
    """Give the names of what ``real_exhibit`` is made from."""
    return set(inspect.signature(_makers()[maker]).parameters)


@pytest.fixture
def small_exhibit() -> Callable:
    """Make a small exhibit; whatever is given replaces a part of it."""
    parts = {
        "name": "two-towns",
        "title": "Gao fell after Kidal",
        "subtitle": "Towns, March 2012",
        "caption": "Read along a row.",
        "summary": "Two towns in one week.",
        "source": "compiled for a test.",
        "tables": ("control", "places"),
        "data": pd.DataFrame(
            {"Town": ["Kidal", "Gao"], "Day": pd.to_datetime(["2012-03-30", "2012-03-31"])}
        ),
    }

    def made(**changed) -> Exhibit:
        figure = canvas.empty(300)
        figure.add_bar(x=[1], y=["Gao"], name="MNLA", marker={"color": style.colour("actor-mnla")})
        return Exhibit(**{"figure": figure} | parts | changed)

    return made


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Take the browser away, and the pictures it has drawn before."""
    monkeypatch.setattr("casebook.show.twin.find_browser", lambda: None)
    monkeypatch.setenv(BOOK_VARIABLE, str(tmp_path))
