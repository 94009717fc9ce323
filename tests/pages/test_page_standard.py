"""The standard every page keeps: one title, small cells, the parts a chapter must have."""

from __future__ import annotations

import re
import statistics
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from casebook import module_map
from casebook.tables import load

ROOT = Path(__file__).parents[2]
MAP = module_map.read(ROOT / "module.yml")
PAGES = {
    page.path: (ROOT / page.file).read_text(encoding="utf-8")
    for page in MAP.pages
    if not page.is_notebook
}
CHAPTERS = [page for page in MAP.pages if page.claims]
CELL = re.compile(r"```\{code-cell\}[^\n]*\n(.*?)```", re.DOTALL)


def cells(source: str) -> list[list[str]]:
    """Lines of code of each cell, without tags and blank lines."""
    return [
        [line for line in cell.splitlines() if line.strip() and not line.startswith(":")]
        for cell in CELL.findall(source)
    ]


def test_map_and_table_of_contents_name_the_same_pages() -> None:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    listed = [toc["root"], *(c["file"] for part in toc["parts"] for c in part["chapters"])]
    assert listed == [page.path for page in MAP.pages]


@pytest.mark.parametrize("path", PAGES)
def test_page_has_one_title_and_no_skipped_heading_level(path: str) -> None:
    without_code = re.sub(r"```.*?```", "", PAGES[path], flags=re.DOTALL)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", without_code, re.MULTILINE)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", PAGES)
def test_code_cells_are_short_and_plain(path: str) -> None:
    lengths = [len(cell) for cell in cells(PAGES[path])]
    assert max(lengths, default=0) <= 25
    assert statistics.median(lengths or [0]) <= 5
    assert "import *" not in PAGES[path]


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.path)
def test_chapter_has_every_part_of_the_standard(page: module_map.Page) -> None:
    source = PAGES[page.path]
    assert page.question.endswith("?")
    assert 2 <= len(page.objectives) <= 4
    assert source.count("```{page-head}") == 1
    assert source.count(":::{quiz}") == 1
    for heading in ("## Check yourself", "## Argue it", "## Key terms and further reading"):
        assert heading in source
    assert source.count("{code-cell}") >= 2


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.path)
def test_chapter_judges_exactly_the_claims_it_teaches(page: module_map.Page) -> None:
    judged = [
        claim
        for ids in re.findall(r":::\{evidence\} ([^\n]+)", PAGES[page.path])
        for claim in ids.split()
    ]
    assert sorted(judged) == sorted(page.claims)


@pytest.mark.release
@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.path)
def test_chapter_is_as_long_as_a_quarter_of_an_hour(page: module_map.Page) -> None:
    # Neither what stands before the page, nor code, nor what tables put in.
    aside = r"\A---.*?\n---\n|```.*?```|\{[\w:-]+\}`[^`]*`"
    prose = re.sub(aside, " ", PAGES[page.path], flags=re.DOTALL)
    main = prose.split("## Check yourself")[0]
    words = len(re.findall(r"[A-Za-zÀ-ÿ]{2,}", main))
    assert 700 <= words <= 1400, f"{page.path} has {words} words before the quiz"


def test_verdict_is_given_for_taught_claims_and_only_for_them() -> None:
    claims = load("claims").set_index("claim_id")["verdict"]
    taught = {claim for page in MAP.pages for claim in page.claims}
    judged = set(claims[claims.ne("")].index)
    assert not judged - taught, (
        f"{', '.join(sorted(judged - taught))}: judged in claims.csv and taught nowhere. Name it "
        "under claims: of a page in module.yml and box it there with {evidence}, or empty its "
        "verdict and reason until a page does"
    )
    assert not taught - judged, (
        f"{', '.join(sorted(taught - judged))}: taught by a page and not judged. Write verdict and "
        "verdict_reason in claims.csv"
    )


def test_objective_ids_name_their_part() -> None:
    for page in MAP.pages:
        for objective in page.objectives:
            assert re.fullmatch(rf"O-{page.part[:3].upper()}-\d+", objective.id)
