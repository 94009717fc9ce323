"""Python for the browser: what is taken, from where, and what is not taken."""

from __future__ import annotations

import hashlib
import http.client
import io
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVED = ROOT / "_build" / "lite" / "site" / "static" / "pyodide"
# The browser's Python is Pyodide 0.27.7: what it was built with cannot be chosen.
OLDER = {
    "asttokens": "2.4.1",
    "executing": "2.0.1",
    "ipython": "8.23.0",
    "jedi": "0.19.1",
    "jsonschema": "4.17.3",
    "matplotlib-inline": "0.1.7",
    "numpy": "2.0.2",
    "packaging": "24.2",
    "pandas": "2.2.3",
    "parso": "0.8.4",
    "prompt-toolkit": "3.0.43",
    "pure-eval": "0.2.3",
    "pygments": "2.17.2",
    "python-dateutil": "2.9.0.post0",
    "six": "1.16.0",
    "traitlets": "5.14.3",
    "wcwidth": "0.2.13",
}
"""Every package whose version in the browser differs from the one pinned for the book."""


@pytest.fixture
def tools(monkeypatch):
    """The scripts behind make, which import one another by name."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    yield
    for name in ("pyodide", "lite"):
        sys.modules.pop(name, None)


@pytest.fixture
def pyodide(tools):
    import pyodide

    return pyodide


@pytest.fixture
def cache(pyodide, tmp_path, monkeypatch) -> Path:
    """An empty cache, and no source but those that a test gives."""
    monkeypatch.setattr(pyodide, "CACHE", tmp_path)
    monkeypatch.setattr(pyodide, "WANTED", ("thing",))
    monkeypatch.setattr(pyodide, "from_server", lambda version: nothing)
    monkeypatch.setattr(pyodide, "from_mirror", lambda folder: nothing)
    monkeypatch.delenv("CASEBOOK_PYODIDE", raising=False)
    return tmp_path


class Silent:
    """A progress line that nobody reads."""

    def update(self, text: str) -> None:
        """Say nothing."""


def nothing(file: str, target: Path) -> bool:
    """Offer no file."""
    return False


def giving(content: bytes):
    """Return a source that has every file, with this content."""

    def fetch(file: str, target: Path) -> bool:
        target.write_bytes(content)
        return True

    return fetch


def lock(content: bytes) -> dict:
    """Return an official lock of one package with this content."""
    entry = {
        "name": "thing",
        "file_name": "thing-1-py3-none-any.whl",
        "sha256": hashlib.sha256(content).hexdigest(),
        "depends": [],
    }
    return {"info": {"version": "0.27.7"}, "packages": {"thing": entry}}


def test_file_with_the_wrong_hash_stops_the_build_and_is_not_kept(pyodide, cache, monkeypatch):
    monkeypatch.setattr(pyodide, "from_server", lambda version: giving(b"something else"))
    monkeypatch.setattr(pyodide, "from_mirror", lambda folder: giving(b"right"))
    with pytest.raises(pyodide.MakeError, match=r"thing-1-py3-none-any\.whl from Pyodide's own"):
        list(pyodide.official_files(lock(b"right"), Silent()))
    assert list(cache.rglob("*.whl*")) == []


def test_sources_are_asked_in_turn(pyodide, cache, monkeypatch, tmp_path_factory):
    folder = tmp_path_factory.mktemp("folder")
    (folder / "thing-1-py3-none-any.whl").write_bytes(b"right")
    monkeypatch.setenv("CASEBOOK_PYODIDE", str(folder))
    (wheel,) = pyodide.official_files(lock(b"right"), Silent())
    assert wheel.path.read_bytes() == b"right"
    (folder / "thing-1-py3-none-any.whl").unlink()
    (again,) = pyodide.official_files(lock(b"right"), Silent())
    assert again.path == wheel.path, "taken from the cache"


def test_damaged_file_of_the_cache_is_fetched_again(pyodide, cache, monkeypatch):
    (cache / "thing-1-py3-none-any.whl").write_bytes(b"rig")
    monkeypatch.setattr(pyodide, "from_mirror", lambda folder: giving(b"right"))
    (wheel,) = pyodide.official_files(lock(b"right"), Silent())
    assert wheel.path.read_bytes() == b"right"


def test_network_that_offers_nothing_leaves_python_out_in_one_sentence(pyodide, cache):
    with pytest.raises(pyodide.NoSupplyError) as told:
        list(pyodide.official_files(lock(b"right"), Silent()))
    assert str(told.value).startswith("Python in the browser is left out: thing-1-py3")
    assert str(told.value).count(". ") == 0


def test_server_out_of_reach_is_asked_once(pyodide, tmp_path, monkeypatch):
    asked = []

    def refuse(address: str, timeout: float):
        asked.append(address)
        raise pyodide.urllib.error.URLError("no route")

    monkeypatch.setattr(pyodide.urllib.request, "urlopen", refuse)
    fetch = pyodide.from_server("0.27.7")
    assert [fetch("a.whl", tmp_path / "a"), fetch("b.whl", tmp_path / "b")] == [False, False]
    assert len(asked) == 1


@pytest.mark.parametrize("cut", [http.client.IncompleteRead(b""), TimeoutError()])
def test_answer_cut_short_is_asked_for_elsewhere(pyodide, tmp_path, monkeypatch, cut):
    class Answer(io.BytesIO):
        def read(self) -> bytes:
            raise cut

    monkeypatch.setattr(pyodide.urllib.request, "urlopen", lambda address, timeout: Answer())
    assert not pyodide.from_server("0.27.7")("a.whl", tmp_path / "a")


def test_size_of_a_package_counts_what_it_needs(pyodide):
    known = pyodide.sizes(SERVED)
    assert {"pandas", "numpy", "pytz", "six"} <= {
        file.split("-")[0] for file in known["packages"]["casebook"]
    }
    assert known["core"]["pyodide.asm.wasm"] == (SERVED / "pyodide.asm.wasm").stat().st_size
    assert json.loads((SERVED.parents[2] / "sizes.json").read_text("utf-8")) == known


def test_dependencies_follow_however_they_are_spelt(pyodide):
    packages = {
        "a": {"depends": ["b_c"]},
        "b-c": {"depends": ["d"]},
        "d": {"depends": ["a"]},
        "e": {"depends": []},
    }
    assert pyodide.closure(packages, ["a"]) == ["a", "b-c", "d"]


def served() -> dict[str, dict]:
    """The packages that the built book offers to the browser."""
    return json.loads((SERVED / "pyodide-lock.json").read_text("utf-8"))["packages"]


def test_every_served_file_is_the_one_that_its_lock_names():
    for entry in served().values():
        content = (SERVED / entry["file_name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["file_name"]


def test_packages_of_pyodide_are_those_it_released(pyodide):
    official = pyodide.official_lock()["packages"]
    ours = served()
    listed = dict(line.split("==") for line in pyodide.pins("requirements/browser.txt"))
    for name in sorted(set(ours) - set(listed) - {"casebook"}):
        assert ours[name] == official[name]


def test_every_difference_from_the_pinned_versions_is_listed(pyodide):
    pinned = dict(
        line.split("==")
        for line in pyodide.pins("requirements/lite.txt")
        if "==" in line and ";" not in line
    )
    pinned = {pyodide.canonical(name): version for name, version in pinned.items()}
    ours = {name: entry["version"] for name, entry in served().items()}
    differing = {n: v for n, v in ours.items() if n in pinned and pinned[n] != v}
    assert differing == OLDER
