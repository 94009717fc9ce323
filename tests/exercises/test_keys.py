"""What an author is told when an answer cannot be sealed."""

from __future__ import annotations

import pytest

from casebook import module_map
from casebook.authoring.exercises import keys
from casebook.authoring.exercises.master import Key, Master, MasterError, Task
from casebook.authoring.exercises.running import Answers
from casebook.checks.shapes import shape

from .conftest import ROOT


def test_wrong_answer_that_cannot_be_read_is_named():
    key = Key("word", shape({"name": ["a", "b"]}), {"name": ["a", "b"]}, ("1", "2", "3"), "Shown.")
    task = Task("part", "q1", 1, "One", key=key)
    master = Master("part", "Part", 60, None, (task,))
    answers = [Answers(task, "a", ["a"], [("slip", "Said.", "c")])]
    with pytest.raises(MasterError, match=r"part\.q1: slip cannot be read"):
        keys.sealed(master, answers, module_map.current(ROOT))
