"""What was lost, doubled, moved or changed in a notebook does not cost the rest of the marks."""

import copy

from casebook.grading.marks import comparison
from casebook.grading.notebooks.repair import repair
from casebook.grading.sandbox import replay

from ..conftest import cell, code, place, text


def sources(notebook) -> list[str]:
    return [found["source"] for found in notebook["cells"]]


def test_untouched_notebook_is_left_as_it_is(release):
    assert repair(release, release).notebook == release
    assert repair(release, release).notes == []


def test_answers_are_kept(solved, release):
    repaired = repair(solved, release)
    assert sources(repaired.notebook) == sources(solved)
    assert repaired.notes == []


def test_reordered_cells_are_put_back(solved, release):
    shuffled = {**solved, "cells": solved["cells"][::-1]}
    repaired = repair(shuffled, release)
    assert sources(repaired.notebook) == sources(solved)
    assert repaired.notes == ["put the cells back into their order"]


def test_missing_cells_are_restored_and_named(solved, release):
    expected = sources(solved)
    del solved["cells"][place(solved, "q2-check")]
    del solved["cells"][1]
    repaired = repair(solved, release)
    assert sources(repaired.notebook) == expected
    assert repaired.notes == ["restored warm-up-1, q2-check"]


def test_locked_cells_get_their_text_back(solved, release):
    expected = sources(solved)
    cell(solved, "q2-check")["source"] = "print('right')"
    cell(solved, "q3-question")["source"] = "What is 1 + 1?"
    repaired = repair(solved, release)
    assert sources(repaired.notebook) == expected
    assert repaired.notes == ["restored the text of q2-check, q3-question"]


def test_an_untouched_copy_of_an_answer_does_not_undo_it(solved, release):
    stub = copy.deepcopy(cell(release, "q1-answer"))
    solved["cells"].insert(place(solved, "q1-answer") + 1, stub)
    solved["cells"].insert(0, copy.deepcopy(cell(solved, "q1-check")))
    repaired = repair(solved, release)
    assert [source for source in sources(repaired.notebook) if "density = ..." in source] == []
    assert any("found twice q1-answer, q1-check" in note for note in repaired.notes)


def test_both_halves_of_a_split_answer_are_run(solved, release):
    whole = cell(solved, "q1-answer")
    half = copy.deepcopy(whole)
    whole["source"], half["source"] = "people = 2", "density = people / 1"
    solved["cells"].insert(place(solved, "q1-answer") + 1, half)
    found = sources(repair(solved, release).notebook)
    at = found.index("people = 2")
    assert found[at + 1 : at + 3] == ["density = people / 1", 'check("warm-up.q1", density)']


def test_metadata_are_those_of_the_release(solved, release):
    about = cell(solved, "q1-check")["metadata"]
    about["tags"] = ["skip-execution"]
    about["nbgrader"]["points"] = 1000
    solved["metadata"] = {"kernelspec": {"name": "evil", "language": "bash"}}
    repaired = repair(solved, release)
    assert repaired.notebook["metadata"] == release["metadata"]
    assert cell(repaired.notebook, "q1-check") == cell(release, "q1-check")
    assert any("tag" in note and "q1-check" in note for note in repaired.notes)
    assert "set the language back to Python" in repaired.notes


def test_cells_without_ids_and_metadata_are_known_by_what_they_hold(solved, release):
    expected = sources(solved)
    for found in solved["cells"]:
        del found["id"]
        found["metadata"] = {}
    solved["cells"] = [
        # An answer in words cannot be told from an added text.
        c
        for c in solved["cells"]
        if "Write your answer" not in c["source"]
    ]
    repaired = repair(solved, release)
    assert sources(repaired.notebook) == expected


def test_code_answer_turned_into_text_is_code_again(solved, release):
    cell(solved, "q1-answer")["cell_type"] = "markdown"
    repaired = repair(solved, release)
    assert cell(repaired.notebook, "q1-answer")["cell_type"] == "code"
    assert repaired.notes == ["restored the kind of q1-answer"]


def test_added_cells_stay_where_they_stood(solved, release):
    solved["cells"].insert(place(solved, "q2-check"), code("mine = 1"))
    found = sources(repair(solved, release).notebook)
    assert found[found.index("mine = 1") + 1] == 'check("warm-up.q2", size)'


def test_odd_cells_and_metadata_do_not_stop_the_repair(release):
    odd = [
        {"cell_type": "code", "id": ["x"], "metadata": [], "source": ["a = 1\n", "b = 2"]},
        {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": {}}, "tags": 3}, "source": ""},
        {"cell_type": "heading", "metadata": {"nbgrader": 7}, "source": "\ud800"},
        {"cell_type": "code", "source": "\n" * 200_000 + "check("},
    ]
    repaired = repair({"cells": odd, "metadata": {"kernelspec": 3}}, release)
    assert [s for s in sources(repaired.notebook) if s == "a = 1\nb = 2"]
    assert len(repaired.notebook["cells"]) == len(release["cells"]) + len(odd)


def test_checks_are_places_where_answers_are_taken_and_are_not_run(solved, release, key):
    steps = replay.steps(repair(solved, release).notebook)
    taken = [step.variable for step in steps if step.variable]
    assert taken == [q.checked.variable for q in key.questions if q.checked]
    assert not any(step.source.startswith("check(") for step in steps)


def test_answers_in_words_are_found_also_in_a_cell_below(solved, release, key):
    cell(solved, "q10-answer")["source"] = "My first thought."
    solved["cells"].insert(place(solved, "q10-answer") + 1, text("And a second."))
    words = comparison.written_answers(key, repair(solved, release).notebook)
    assert words == {"q10": "My first thought.\n\nAnd a second.", "q11": ""}
