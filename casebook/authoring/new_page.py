"""The skeleton of a new page (``python -m casebook.authoring new-page PART/SLUG``).

It writes the page, the module of its exhibits and their test from `skeleton/`, and the page's
entries in `_toc.yml` and `module.yml`. Both files keep their comments: lines are put between
lines. What an author must replace begins with ``WRITE``, and fails the tests until it is gone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from casebook import module_map

SKELETON = Path(__file__).with_name("skeleton")
BEFORE = "exercises"
"""Part before whose pages a new part is put."""


class NewPageError(ValueError):
    """A page that cannot be begun as asked; the message says why."""


def begin(root: Path, place: str, title: str, claims: Sequence[str] = ()) -> list[Path]:
    """Write the skeleton of a page into a checkout.

    Parameters
    ----------
    root : pathlib.Path
        The checkout.
    place : str
        Part and slug, such as ``origins/land-and-water``.
    title : str
        Heading of the page, and its name in the book.
    claims : sequence of str
        Claims that the page will judge, such as ``C010``; each gets an evidence check.

    Returns
    -------
    list of pathlib.Path
        Files that were written or changed.

    Raises
    ------
    NewPageError
        If the place is no part and slug, is taken, or a claim is judged elsewhere.
    """
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*", place):
        raise NewPageError(f"{place}: write PART/SLUG in small letters, as origins/land-and-water.")
    part, slug = place.split("/")
    path, module = f"chapters/{place}", slug.replace("-", "_")
    if '"' in title:
        raise NewPageError(f"{title}: leave double quotes out of the title.")
    known = module_map.read(root / "module.yml")
    for claim in claims:
        if taught := known.page_of_claim(claim):
            raise NewPageError(f"{claim} is judged on {taught.path} already.")
    written = {
        root / f"{path}.md": _page(claims),
        root / "casebook" / "exhibits" / f"{module}.py": _skeleton("exhibits.py"),
        root / "tests" / "casebook" / f"test_{module}.py": _skeleton("tests.py"),
    }
    if taken := [file for file in written if file.exists()]:
        raise NewPageError(f"{taken[0].relative_to(root)} is there already: choose another slug.")
    first = _next_objective(known, part)
    words = {
        "The Title": title,
        "the/page": path,
        "the-slug": slug,
        "the_module": module,
        "O-AAA-1": first[0],
        "O-AAA-2": first[1],
    }
    before = _page_after(known, part)
    toc, pages = root / "_toc.yml", root / "module.yml"
    changed = {
        toc: _with_line(toc, part, path, known, before),
        pages: _with_entry(pages, part, path, title, claims, first, before),
    }
    for file, text in written.items():
        for word, meant in words.items():
            text = text.replace(word, meant)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for file, text in changed.items():
        file.write_text(text, encoding="utf-8")
    return [*written, *changed]


def _skeleton(name: str) -> str:
    return (SKELETON / name).read_text(encoding="utf-8")


def _page(claims: Sequence[str]) -> str:
    box = (
        f":::{{evidence}} {' '.join(claims)}\n"
        "What the data show\n: WRITE: what the figure and its sources let one say.\n\n"
        "What the data cannot show\n: WRITE: what no table tells.\n:::\n\n"
    )
    return _skeleton("page.md").replace("<!-- evidence -->\n", box if claims else "")


def _next_objective(known: module_map.ModuleMap, part: str) -> tuple[str, str]:
    """Return the next two ids of objectives of a part."""
    head = f"O-{part[:3].upper()}-"
    ids = [o.id for page in known.pages for o in page.objectives if o.id.startswith(head)]
    last = max((int(i.removeprefix(head)) for i in ids), default=0)
    return f"{head}{last + 1}", f"{head}{last + 2}"


def _page_after(known: module_map.ModuleMap, part: str) -> str:
    """Return the path of the page before which a new page of a part stands."""
    parts = [page.part for page in known.pages]
    if part not in parts:
        return known.pages[parts.index(BEFORE)].path
    last = len(parts) - 1 - parts[::-1].index(part)
    return known.pages[last + 1].path if last + 1 < len(parts) else ""


def _with_line(toc: Path, part: str, path: str, known: module_map.ModuleMap, before: str) -> str:
    """Return `_toc.yml` with the page, under a caption of its own if its part is new."""
    lines = toc.read_text(encoding="utf-8").splitlines(keepends=True)
    own = [page.path for page in known.pages if page.part == part]
    if own:
        after = next(i for i, line in enumerate(lines) if line.strip() == f"- file: {own[-1]}")
        return "".join([*lines[: after + 1], f"      - file: {path}\n", *lines[after + 1 :]])
    at = next(i for i, line in enumerate(lines) if line.strip() == f"- file: {before}") - 2
    caption = part.replace("-", " ").capitalize()
    entry = f"  - caption: {caption}\n    chapters:\n      - file: {path}\n"
    return "".join([*lines[:at], entry, *lines[at:]])


def _with_entry(
    pages: Path,
    part: str,
    path: str,
    title: str,
    claims: Sequence[str],
    objectives: tuple[str, str],
    before: str,
) -> str:
    """Return `module.yml` with the entry of the page."""
    # What the page reads as it is begun; evidence checks read their claims.
    tables = ["events", "conflict_events", *(["claims"] if claims else [])]
    entry = [
        f"  - path: {path}",
        f'    title: "{title}"',
        f"    part: {part}",
        "    minutes: 15",
        "    prerequisites: [chapters/start/reading-data]",
        '    question: "WRITE: the question that the page answers?"',
        "    objectives:",
        f"      - id: {objectives[0]}",
        "        verb: Compare",
        '        text: "Compare WRITE: what a reader can do after the page."',
        f"      - id: {objectives[1]}",
        "        verb: Judge",
        '        text: "Judge WRITE: what else a reader can do."',
        *([f"    claims: [{', '.join(claims)}]"] if claims else []),
        f"    tables: [{', '.join(tables)}]",
    ]
    lines = pages.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(
        (i for i, line in enumerate(lines) if line.strip() == f"- path: {before}"), len(lines)
    )
    return "".join([*lines[:at], "\n".join(entry) + "\n", *lines[at:]])
