"""What a page must not say: the real pages are clean, and each planted mistake is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casebook.authoring.naming import misspelt
from casebook.authoring.proofreading import NUMBERS_IN_NAMES, known_dates, proofread, unwritten

ROOT = Path(__file__).parents[2]
NOTES = sorted((ROOT / "instructor" / "notes").glob("*.md"))
PAGES = [ROOT / "index.md", *sorted((ROOT / "chapters").rglob("*.md")), *NOTES]


def name_of(page: Path) -> str:
    return f"{'notes-' if page in NOTES else ''}{page.stem}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_page_is_clean(page: Path) -> None:
    found = proofread(page.read_text(encoding="utf-8"), str(page.relative_to(ROOT)))
    assert not found, "\n" + "\n".join(map(str, found))


@pytest.mark.parametrize("name", ["module.yml", "README.md", "data/README.md", "CHANGELOG.md"])
def test_other_texts_write_every_name_in_one_way(name: str) -> None:
    text = re.sub(r"`[^`]*`", " ", (ROOT / name).read_text(encoding="utf-8"))
    assert list(misspelt(text)) == []


def test_entries_of_pages_are_written() -> None:
    found = unwritten((ROOT / "module.yml").read_text(encoding="utf-8"), "module.yml")
    assert not (problems := list(found)), "\n" + "\n".join(map(str, problems))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("WRITE: what the reader sees.", "still to be written: what the reader sees."),
        ("About 108,953 people fled.", "'108,953' is typed"),
        ("Some 65.6 per cent of the land.", "'65.6' is typed"),
        ("They took fifteen towns.", "'fifteen' is typed"),
        ("A hundred soldiers died.", "'hundred' is typed"),
        ("It fell on 3 May 2012.", "'3 May 2012' is in no table"),
        ("It fell on 30 February.", "'30 February' is in no table"),
        ("See {event}`gao-fals`.", "no event 'gao-fals'"),
        ("See {claim}`C099`.", "no claim 'C099'"),
        ("So it was {cite:p}`reuters2012_timeline,nobody_2012`.", "no cite 'nobody_2012'"),
        ("The {term}`Azawat` question.", "no term 'Azawat'"),
        ("The {term}`register <registrations>`.", "no term 'registrations'"),
        (":::{evidence} C013 C999", "no claim 'C999'"),
        ("They entered Tombouctou.", "the book writes 'Timbuktu', not 'Tombouctou'"),
        ("The Mujao held Gao.", "the book writes 'MUJAO', not 'Mujao'"),
    ],
)
def test_planted_mistake_is_found(line: str, expected: str) -> None:
    found = proofread(f"# Title\n\nA clean line.\n\n{line}\n", "page.md")
    assert any(expected in str(problem) for problem in found), found
    assert all(str(problem).startswith("page.md:5: ") for problem in found)


@pytest.mark.parametrize(
    "line",
    [
        "In 2012, and again in 2012-13, nine towns fell.",
        "Gao fell on 31 March 2012, Timbuktu on 1 April.",
        "Resolution 2085 endorsed the plan.",
        "A Malian paper, *Les rebelles ont repris Tombouctou*, said so.",
        "1. A numbered question",
        "`control.csv` has 59 rows in code only: `59`.".replace(" 59 rows", " rows"),
        "[A link](https://example.org/2013/04/11/999)",
        "{n}`deaths('2012-01', '2012-12')` people died.",
    ],
)
def test_honest_line_passes(line: str) -> None:
    assert not proofread(f"# Title\n\n{line}\n", "page.md")


def test_section_that_states_facts_and_cites_nobody_is_found() -> None:
    page = "# Title\n\n## Deaths\n\n{n}`deaths('2012-01', '2012-12')` people died.\n"
    (problem,) = proofread(page, "page.md")
    assert "cites nobody" in problem.message
    assert problem.line == 3


def test_code_is_not_prose() -> None:
    page = "# Title\n\n```{code-cell} ipython3\nx = 12345\n```\n\n```python\ny = 678\n```\n"
    assert not proofread(page, "page.md")


def test_every_exception_says_why() -> None:
    assert all(reason.strip() for reason in NUMBERS_IN_NAMES.values())


def test_dates_known_only_to_the_month_are_no_days() -> None:
    # The displacement event of April 2012 is stored on the first, and is no event of that day.
    assert (1, "April", 2012) in known_dates(), "Timbuktu fell on that day"
    assert (1, "February", 2013) not in known_dates()
