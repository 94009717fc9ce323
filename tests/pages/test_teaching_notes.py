"""Teaching notes: every flagship chapter has them, in one form, and a seminar lasts an hour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casebook import module_map
from casebook.sphinxext.roles.values import evaluate
from casebook.sphinxext.teaching import notes

ROOT = Path(__file__).parents[2]
NOTES = {path.stem: path.read_text(encoding="utf-8") for path in ROOT.glob("instructor/notes/*.md")}
MAP = module_map.read(ROOT / "module.yml")


@pytest.mark.release
def test_every_chapter_that_judges_claims_or_leads_into_the_data_has_notes() -> None:
    taught = {page.path for page in MAP.pages if page.objectives} - {"chapters/start/how-to-use"}
    found = {page.path for page in MAP.pages if notes.file_of(ROOT, page.path).is_file()}
    missing = [notes.file_of(ROOT, path).relative_to(ROOT) for path in sorted(taught - found)]
    assert not missing, f"instructors need notes: {', '.join(map(str, missing))}"
    assert found == taught


def test_notes_belong_to_a_page() -> None:
    assert {page.path.split("/")[-1] for page in MAP.pages} >= set(NOTES)


@pytest.mark.parametrize("name", NOTES)
def test_notes_have_a_plan_misconceptions_and_both_sides(name: str) -> None:
    parts = re.split(r"^### ", NOTES[name], flags=re.MULTILINE)
    assert parts[0].strip() == "## For instructors"
    plan, wrong, sides = parts[1:]
    minutes = [int(found) for found in re.findall(r"^- \*\*(\d+) minutes\.\*\*", plan, re.M)]
    assert plan.startswith("A seminar of one hour")
    assert sum(minutes) == 60
    assert wrong.startswith("What learners get wrong")
    assert len(re.findall(r"^- \*\*", wrong, re.M)) >= 3
    assert len(re.findall(r"^- \*\*", sides, re.M)) >= 2
    assert "{cite" in sides


@pytest.mark.parametrize("name", NOTES)
def test_notes_are_short_enough_to_be_read_before_a_class(name: str) -> None:
    prose = re.sub(r"\{[\w:-]+\}`[^`]*`", " ", NOTES[name])
    assert 300 <= len(re.findall(r"[A-Za-zÀ-ÿ]{2,}", prose)) <= 480


@pytest.mark.parametrize("name", NOTES)
def test_numbers_in_notes_come_from_tables(name: str) -> None:
    for asked in re.findall(r"\{n\}`([^`]+)`", NOTES[name]):
        assert evaluate(asked)


@pytest.mark.parametrize(
    "name", [page.path for page in MAP.pages if page.claims and page.path.split("/")[-1] in NOTES]
)
def test_every_side_that_the_chapter_cites_gets_its_case(name: str) -> None:
    chapter = (ROOT / f"{name}.md").read_text(encoding="utf-8")
    question = chapter.split("## Argue it")[1].split("\n## ")[0]
    cited = {
        key for keys in re.findall(r"\{cite:p\}`([^`]+)`", question) for key in keys.split(",")
    }
    told = NOTES[name.split("/")[-1]].split("### The best case for each side")[1]
    assert cited - set(re.findall(r"[\w-]+", told)) == set()
