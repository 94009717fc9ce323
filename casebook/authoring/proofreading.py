"""Proofreading: what a page must not say, checked in its source.

A number in prose comes from a table through a role, a date is in a table, and whatever a page
names exists. Sphinx finds some of this while building; this finds all of it without building, and
says where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pandas as pd

from casebook import tables
from casebook.authoring.naming import misspelt

# Numbers that are names, each with the reason why no table holds them.
NUMBERS_IN_NAMES = {
    r"[Rr]esolution \d{4}": "name of a Security Council text",
    r"\bG5 Sahel\b": "name of an organisation",
    r"\bCC BY(?:-SA)? \d\.\d\b": "name of a licence",
    r"\bCC0 1\.0\b": "name of a licence",
    r"\b25-death threshold\b": "name of a rule of UCDP",
    r"\b(?:at least )?25 deaths(?: in a year)?\b": "that rule's wording",
    r"\bAfrica Report \d+\b": "name of a publication",
    r"^- \*\*\d+ minutes\.\*\*": "length of a step of a seminar, in the teaching notes",
    r"\(O-[A-Z]{3}-\d+\)": "objective that a question of a quiz asks for",
}

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
FULL_DATE = re.compile(rf"\b(\d{{1,2}})[ \u00a0]({MONTHS})(?:[ \u00a0](\d{{4}}))?\b")
YEAR = re.compile(r"\b(?:19\d\d|20[0-2]\d|2030)(?:[-–]\d{2}|s)?\b")
FIGURE = re.compile(r"\d[\d,.\u00a0]*\d|\d")
WORD = re.compile(
    r"\b(?:eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|billion|dozen)\b",
    re.IGNORECASE,
)
ROLE = re.compile(r"\{([\w:-]+)\}`([^`]*)`")


@dataclass(frozen=True)
class Problem:
    """Something a reader of the source must mend."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def proofread(text: str, file: str) -> list[Problem]:
    """Return everything wrong in a page.

    Parameters
    ----------
    text : str
        Source of the page (MyST Markdown).
    file : str
        Its name, for the messages.

    Returns
    -------
    list of Problem
        In order of lines; empty for a clean page.
    """
    problems = [
        *unwritten(text, file),
        *_names(text, file),
        *_spelling(text, file),
        *_prose(text, file),
        *_uncited(text, file),
    ]
    return sorted(problems, key=lambda problem: (problem.line, problem.message))


def unwritten(text: str, file: str) -> Iterator[Problem]:
    """Find what the skeleton of a page leaves to its author."""
    for line, content in enumerate(text.splitlines(), start=1):
        if found := re.search(r"\bWRITE:? ([^\"]*)", content):
            yield Problem(file, line, f"still to be written: {found[1]}")


# --- What a page names --------------------------------------------------------------------------


def _names(text: str, file: str) -> Iterator[Problem]:
    known = {
        "event": set(tables.load("events")["event_id"]),
        "claim": set(tables.load("claims")["claim_id"]),
        "cite": set(tables.load("sources")["source_id"]),
        "term": glossary_terms(tables.folder().parent),
    }
    for line, content in enumerate(text.splitlines(), start=1):
        for role, argument in ROLE.findall(content):
            kind = "event" if role.startswith("event") else role.split(":")[0]
            if kind not in known:
                continue
            wanted = argument.split(",") if kind == "cite" else [_target(argument)]
            for name in wanted:
                if name.strip() not in known[kind]:
                    yield Problem(file, line, f"no {kind} {name.strip()!r} exists")
        if found := re.match(r"\s*:{3,}\{evidence\}\s*(.*)", content):
            for claim in re.split(r"[\s,]+", found[1].strip()):
                if claim not in known["claim"]:
                    yield Problem(file, line, f"no claim {claim!r} exists")


def _target(argument: str) -> str:
    named = re.fullmatch(r".*<([^>]+)>", argument)
    return named[1] if named else argument


def glossary_terms(root: Path) -> set[str]:
    """Return the terms of the glossary page of a checkout."""
    source = (root / "chapters/reference/glossary.md").read_text(encoding="utf-8")
    block = source.split("```{glossary}", 1)[1].split("```", 1)[0]
    lines = [line for line in block.splitlines() if line.strip()]
    return {
        term
        for term, definition in pairwise(lines)
        if definition.startswith(" ") and not term.startswith((" ", ":"))
    }


def _spelling(text: str, file: str) -> Iterator[Problem]:
    """Find names in another spelling than the tables', except in titles, which are in italics."""
    for line, content in prose_lines(text):
        for written, spelled in misspelt(re.sub(r"\*[^*]+\*", " ", content)):
            yield Problem(file, line, f"the book writes {spelled!r}, not {written!r}")


# --- Numbers and dates in prose -----------------------------------------------------------------


def prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines a reader reads as prose, without front matter, code, roles and addresses."""
    fence = None
    front = text.startswith("---\n")
    for line, content in enumerate(text.splitlines(), start=1):
        if front:
            front = not (line > 1 and content == "---")
            continue
        mark = re.match(r"\s*(`{3,})(\{[\w-]+\})?", content)
        if fence:
            fence = None if mark and mark[1] == fence else fence
            continue
        if mark:
            fence = None if mark[2] == "{glossary}" else mark[1]
            continue
        if re.match(r"\s*:{3,}|\s*:[\w-]+:", content):
            continue
        content = ROLE.sub(" ", content)
        content = re.sub(r"`[^`]*`", " ", content)
        content = re.sub(r"\]\([^)]*\)", "]", content)
        content = re.sub(r"<https?://[^>]*>", " ", content)
        yield line, re.sub(r"^\s*\d+\.\s", "", content)


def _prose(text: str, file: str) -> Iterator[Problem]:
    for line, content in prose_lines(text):
        for name in NUMBERS_IN_NAMES:
            content = re.sub(name, " ", content)
        for found in FULL_DATE.finditer(content):
            if not _dated(*found.groups()):
                yield Problem(file, line, f"the date {found[0]!r} is in no table")
        content = YEAR.sub(" ", FULL_DATE.sub(" ", content))
        for found in (*FIGURE.finditer(content), *WORD.finditer(content)):
            yield Problem(
                file, line, f"the figure {found[0]!r} is typed: take it from a table with {{n}}"
            )


def _dated(day: str, month: str, year: str | None) -> bool:
    return (int(day), month, int(year) if year else None) in known_dates()


@lru_cache(maxsize=1)
def known_dates() -> frozenset[tuple[int, str, int | None]]:
    """Return the days the tables know, with and without their year."""
    columns = {
        "events": ("date", "date_end"),
        "event_dates": ("reported_date",),
        "control": ("start_date", "end_date"),
        "displacement_figures": ("as_of_date",),
    }
    days: set[pd.Timestamp] = set()
    for name, dated in columns.items():
        table = tables.load(name)
        if "date_precision" in table:
            table = table[table["date_precision"].eq("day")]
        for column in dated:
            days |= set(table[column].dropna())
    exact = {(day.day, day.month_name(), day.year) for day in days}
    return frozenset(exact | {(day, month, None) for day, month, _ in exact})


# --- Sections without a source ------------------------------------------------------------------


def _uncited(text: str, file: str) -> Iterator[Problem]:
    """Find sections that state facts of the tables and cite nobody."""
    start, heading, body = 1, "", []
    lines = [*text.splitlines(), "## "]
    for line, content in enumerate(lines, start=1):
        if not content.startswith("## "):
            body.append(content)
            continue
        section = "\n".join(body)
        states = any(role in {"n", "event", "event-day"} for role, _ in ROLE.findall(section))
        if heading and states and "{cite" not in section and "{code-cell}" not in section:
            yield Problem(file, start, f"the section {heading!r} states facts and cites nobody")
        start, heading, body = line, content.removeprefix("## "), []
