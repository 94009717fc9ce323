"""The map of the module refuses what would mislead a reader or a teacher."""

import os
from pathlib import Path

import pytest
import yaml

from casebook import module_map
from casebook.module_map import ModuleMapError, read

ROOT = Path(__file__).parents[2]


def objective(number: int = 1, **changed) -> dict:
    made = {"id": f"O-TST-{number}", "verb": "Compare", "text": "Compare two counts."}
    return {key: value for key, value in (made | changed).items() if value is not None}


def page(path: str = "chapters/a", **changed) -> dict:
    made = {"path": path, "title": "A page", "part": "origins", "objectives": [objective()]}
    return {key: value for key, value in (made | changed).items() if value is not None}


@pytest.fixture
def read_pages(tmp_path):
    """Write pages into a map and read it."""

    def written(*pages: dict, **top):
        file = tmp_path / "module.yml"
        content = {"title": "A module", "pages": list(pages)} | top
        file.write_text(yaml.safe_dump(content), encoding="utf-8")
        return read(file)

    return written


def test_page_is_read_with_all_its_parts(read_pages):
    found = read_pages(
        page(minutes="20", question="Why?", claims=["C013"], tables=["control"])
    ).page("chapters/a")
    assert found == module_map.Page(
        path="chapters/a",
        title="A page",
        part="origins",
        minutes=20,
        question="Why?",
        objectives=(module_map.Objective("O-TST-1", "Compare", "Compare two counts."),),
        claims=("C013",),
        tables=("control",),
    )


def test_addresses_may_be_empty(read_pages):
    found = read_pages(page(), site_url=None)
    assert (found.site_url, found.repository_url) == ("", "")


def test_claim_leads_to_its_page(read_pages):
    found = read_pages(page(claims=["C013"]), page("chapters/b", objectives=[], claims=["C014"]))
    assert found.page_of_claim("C014").path == "chapters/b"
    assert found.page_of_claim("C099") is None
    assert found.page("chapters/c") is None


@pytest.mark.parametrize("part", ["path", "title", "part"])
def test_page_without_a_part_is_refused(read_pages, part):
    with pytest.raises(ModuleMapError, match=f"no {part}"):
        read_pages(page(**{part: None}))


@pytest.mark.parametrize("part", ["id", "verb", "text"])
@pytest.mark.parametrize("value", [None, ""], ids=["absent", "empty"])
def test_objective_without_a_part_is_refused_with_its_page(read_pages, part, value):
    changed = objective(**{part: value})
    with pytest.raises(ModuleMapError, match=f"chapters/a: an objective has no {part}"):
        read_pages(page(objectives=[changed]))


@pytest.mark.parametrize("text", ["You compare two counts.", "Comparing two counts."])
def test_objective_that_does_not_start_with_its_verb_is_refused(read_pages, text):
    with pytest.raises(ModuleMapError, match=r"chapters/a: O-TST-1 must start with its verb"):
        read_pages(page(objectives=[objective(text=text)]))


def test_objective_may_write_its_verb_small(read_pages):
    read_pages(page(objectives=[objective(verb="compare")]))


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ((page(claims=["C013"]), page("chapters/b", objectives=[], claims=["C013"])), "claim C013"),
        ((page(claims=["C013", "C013"]),), "claim C013"),
        ((page(), page("chapters/b")), "objective O-TST-1"),
        ((page(objectives=[]), page(objectives=[])), "page chapters/a"),
    ],
    ids=["claim on two pages", "claim twice on one", "objective", "page"],
)
def test_what_stands_there_twice_is_refused(read_pages, pages, said):
    with pytest.raises(ModuleMapError, match=rf"module.yml: {said} stands there twice"):
        read_pages(*pages)


def test_edited_map_is_read_again(tmp_path):
    file = tmp_path / "module.yml"
    for seconds, title in ((1, "First"), (2, "Second")):
        file.write_text(yaml.safe_dump({"title": title, "pages": []}), encoding="utf-8")
        os.utime(file, (seconds, seconds))
        assert module_map.current(tmp_path).title == title


def test_map_of_the_book_is_sound(rows):
    found = read(ROOT / "module.yml")
    claims = {row["claim_id"] for row in rows("claims")}
    for entry in found.pages:
        assert set(entry.claims) <= claims
        assert (ROOT / entry.file).is_file()


def test_prerequisites_are_read(read_pages):
    found = read_pages(page(), page("chapters/b", objectives=[], prerequisites=["chapters/a"]))
    assert found.page("chapters/b").prerequisites == ("chapters/a",)


def test_prerequisite_that_is_no_page_is_refused(read_pages):
    with pytest.raises(ModuleMapError, match="chapters/a comes after chapters/c, which is not"):
        read_pages(page(prerequisites=["chapters/c"]))


@pytest.mark.parametrize("first", [["chapters/b"], ["chapters/a"]], ids=["another", "itself"])
def test_pages_that_come_before_one_another_are_refused(read_pages, first):
    pages = (
        page(prerequisites=first),
        page("chapters/b", objectives=[], prerequisites=["chapters/a"]),
    )
    with pytest.raises(ModuleMapError, match=r"come before one another: chapters/.*chapters/a"):
        read_pages(*pages)
