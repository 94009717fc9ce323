"""Build JupyterLite with the exercises into `_build/lite/site`, and place it in the book.

JupyterLite is a Jupyter that runs wholly in the browser. What is ours in it stands in `lite/`:
its settings, and the page that opens a notebook. The rest comes from packages.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

import pyodide
from console import ROOT, MakeError, Progress, run, say
from environment import LOG, fingerprint, pins, says

WORK = ROOT / "_build" / "lite"
SITE = WORK / "site"
STAMP = SITE / ".made-from"
EXTENSIONS = (
    "@jupyterlite/pyodide-kernel-extension",
    "@jupyter-widgets/jupyterlab-manager",
    "jupyterlab-plotly",
)
APPS = ("notebooks", "tree")
SOURCES = ("lite", "exercises", "casebook", "data")


def current() -> str:
    """Return the hash of everything that the site under `lite` is made from."""
    files = [path for name in SOURCES for path in sorted((ROOT / name).rglob("*"))]
    kept = [p for p in files if p.is_file() and "__pycache__" not in p.parts]
    parts = [f"{p.relative_to(ROOT)} {hashlib.sha256(p.read_bytes()).hexdigest()}" for p in kept]
    tools = [Path(__file__).read_text("utf-8"), Path(pyodide.__file__).read_text("utf-8")]
    lock = (ROOT / "package-lock.json").read_text("utf-8")
    return fingerprint(
        *parts, *tools, lock, *pins("requirements/lite.txt"), *pins("requirements/browser.txt")
    )


def application(target: Path) -> None:
    """Build JupyterLite itself with the notebooks, without Python."""
    # JupyterLite leaves its notes where it runs: not among the sources.
    (WORK / "settings").mkdir(parents=True)
    extensions = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    command += ["--lite-dir", str(WORK / "settings"), "--output-dir", str(target)]
    command += ["--contents", str(WORK / "notebooks")]
    command += ["--ignore-sys-prefix", "--no-sourcemaps", "--no-unused-shared-packages"]
    command += [part for app in APPS for part in ("--apps", app)]
    command += [f"--LiteBuildConfig.federated_extensions={extensions / e}" for e in EXTENSIONS]
    code, printed = run(command, LOG, folder=WORK / "settings")
    if code or not (target / "notebooks" / "index.html").exists():
        last = (printed.splitlines() or ["no reason given"])[-1]
        raise MakeError(
            f"JupyterLite could not be built ({last}); "
            f"see {LOG.relative_to(ROOT)}, or build without it: make serve LITE=0."
        )


def editions(target: Path) -> dict[str, dict[str, str]]:
    """Write the notebooks for the browser into ``target``, each with its edition.

    A notebook that a learner began carries the edition it was made from, so that `lite/open.js`
    can tell it from a later one.

    Returns
    -------
    dict
        Title and edition by file name.
    """
    target.mkdir(parents=True)
    found = {}
    for path in sorted((ROOT / "exercises").glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        notebook = json.loads(text)
        edition = fingerprint(text)[:12]
        notebook["metadata"].setdefault("casebook", {})["edition"] = edition
        (target / path.name).write_text(json.dumps(notebook, indent=1), encoding="utf-8")
        first = "".join(notebook["cells"][0]["source"]).splitlines()[0]
        found[path.name] = {"title": first.lstrip("# "), "edition": edition}
    return found


def opening(site: Path, notebooks: dict[str, dict[str, str]]) -> None:
    """Add the page that opens a notebook, and what it has to know."""
    for path in sorted((ROOT / "lite").glob("open.*")):
        shutil.copyfile(path, site / path.name)
    sizes = pyodide.sizes(site / "static" / "pyodide")
    files = dict(sizes["core"])
    for needed in sizes["packages"].values():
        files |= needed
    known = {"notebooks": notebooks, "files": files}
    (site / "open.json").write_text(json.dumps(known, indent=1), encoding="utf-8")
    # For the pages of the book, which say how much they fetch.
    (WORK / "sizes.json").write_text(json.dumps(sizes, indent=1), encoding="utf-8")


def configure(target: Path) -> None:
    """Merge our settings into those that JupyterLite wrote: its own merge drops parts of them."""
    path = target / "jupyter-lite.json"
    written = json.loads(path.read_text(encoding="utf-8"))
    ours = json.loads((ROOT / "lite" / "settings.json").read_text(encoding="utf-8"))
    options = written["jupyter-config-data"]
    plugins = options.setdefault("litePluginSettings", {})
    for plugin, settings in ours.pop("litePluginSettings").items():
        plugins.setdefault(plugin, {}).update(settings)
    options.update(ours)
    path.write_text(json.dumps(written, indent=1), encoding="utf-8")


def gather() -> bool:
    """Bring `_build/lite/site` up to date; tell whether there is Python for the browser."""
    wanted = current()
    if says(STAMP, wanted):
        return True
    progress = Progress("Building JupyterLite")
    shutil.rmtree(WORK, ignore_errors=True)
    notebooks = editions(WORK / "notebooks")
    application(SITE)
    configure(SITE)
    progress.done()
    try:
        pyodide.supply(SITE / "static" / "pyodide")
    except pyodide.NoSupplyError as reason:
        say(str(reason))
        return False
    opening(SITE, notebooks)
    STAMP.write_text(wanted, encoding="utf-8")
    return True


def place(book: Path) -> None:
    """Make the folder `lite` of a built book the same as `_build/lite/site`."""
    placed = book / "lite"
    if says(placed / STAMP.name, STAMP.read_text(encoding="utf-8")):
        return
    shutil.rmtree(placed, ignore_errors=True)
    shutil.copytree(SITE, placed)


def remove(book: Path) -> None:
    """Leave no Python in the browser beside a book that was built without it."""
    shutil.rmtree(book / "lite", ignore_errors=True)
