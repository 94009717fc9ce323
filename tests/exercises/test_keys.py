"""What an author is told when an answer cannot be sealed."""

from __future__ import annotations

import pytest

from casebook import module_map
from casebook.authoring.exercises import keys
from casebook.authoring.exercises.master import Key, Master, MasterError, Task
from casebook.authoring.exercises.running import Answers
from casebook.checks.asking import compare
from casebook.checks.keys import Task as Seen
from casebook.checks.keys import parts
from casebook.checks.keys import tasks as tasks_of
from casebook.checks.shapes import shape

from .conftest import ROOT


def sealed(expected, right, wrongs, shows="Shown.") -> dict:
    """Return the sealed key of a master with one task."""
    key = Key("word", shape(expected), expected, ("1", "2", "3"), shows)
    task = Task("part", "q1", 1, "One", key=key)
    answers = [Answers(task, right, [right], wrongs)]
    made = keys.sealed(Master("part", "Part", 60, None, (task,)), answers, module_map.current(ROOT))
    return made["tasks"]["q1"]


def test_wrong_answer_that_cannot_be_read_is_named():
    with pytest.raises(MasterError, match=r"part\.q1: slip cannot be read"):
        sealed({"name": ["a", "b"]}, "a", [("slip", "Said.", "c")])


def test_fraction_where_something_is_counted_is_named():
    with pytest.raises(MasterError, match=r"15\.5 is no whole number"):
        sealed("number", 15.5, [])
    assert sealed({"number": {"decimals": 1}}, 15.5, [])


def test_two_editions_of_a_key_have_nothing_in_common():
    first = sealed("number", 3, [("slip", "Said.", 4)])
    assert first == sealed("number", 3, [("slip", "Said.", 4)])
    for other in (
        sealed("number", 3, [("slip", "Said otherwise.", 4)]),
        sealed("number", 3, [("slip", "Said.", 4)], shows="Shown otherwise."),
        sealed("number", 3, [("slip", "Said.", 5)]),
        sealed("number", 2, [("slip", "Said.", 4)]),
    ):
        assert not set(first["entries"]) & set(other["entries"])
        assert not set(first["entries"].values()) & set(other["entries"].values())
        assert first["salt"] != other["salt"]


def test_average_that_was_rounded_is_the_same_mistake():
    entries = sealed("number", 3, [("average", "Said.", 4.4)])
    seen = Seen("part.q1", "", "", shape("number"), {}, entries["salt"], (), entries["entries"])
    assert [compare(seen, value).kind for value in (3, 4.4, 4, 3.4, 5)] == [
        "right", "diagnosed", "diagnosed", "wrong", "wrong",
    ]  # fmt: skip


def test_no_two_tasks_share_a_salt_or_an_entry():
    tasks = [task for part in parts() for task in tasks_of(part).values()]
    assert len({task.salt for task in tasks}) == len(tasks)
    for seen in ("keys", "values"):
        found = [entry for task in tasks for entry in getattr(task.entries, seen)()]
        assert len(set(found)) == len(found)
