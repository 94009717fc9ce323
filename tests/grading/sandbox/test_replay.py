"""A run goes on after a cell that ends Python, and keeps what was answered before."""

from __future__ import annotations

import pytest

from casebook.grading.answers.encoding import UNDEFINED
from casebook.grading.sandbox import bubblewrap, replay
from casebook.grading.sandbox.bubblewrap import Limits
from casebook.grading.sandbox.kernel import Gone, NotStarted
from casebook.grading.sandbox.replay import Step


class Pretended:
    """Stands for a Python: `name = value` sets, `die` ends it, and all that was run is kept."""

    started = 0

    def __init__(self, limits, *, trust):
        type(self).started += 1
        self.names: dict[str, str] = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def execute(self, source, seconds):
        if source == "die":
            raise Gone("it ended Python")
        if source == "fail":
            return "NameError"
        name, value = source.split(" = ")
        self.names[name] = value
        return ""

    def answer(self, name, seconds):
        return self.names.get(name, UNDEFINED)


@pytest.fixture
def pretended():
    return type("Fresh", (Pretended,), {"started": 0})


def run(pretended, *steps: str, limits: Limits | None = None):
    made = [
        Step(f"cell {n}", variable=s[1:]) if s.startswith("?") else Step(f"cell {n}", s)
        for n, s in enumerate(steps, 1)
    ]
    return replay.run(made, limits or Limits(), start=pretended)


def test_answers_are_taken_at_their_checks(pretended):
    ran = run(pretended, "a = 1", "?a", "a = 2", "b = 3", "?b")
    assert ran.answers == {"a": "1", "b": "3"}
    assert ran.notes == []


def test_an_answer_given_below_its_check_counts(pretended):
    assert run(pretended, "?a", "a = 1").answers == {"a": "1"}


def test_cell_that_ends_python_is_left_out_and_the_rest_follows(pretended):
    ran = run(pretended, "a = 1", "?a", "die", "b = 2", "?b")
    assert ran.answers == {"a": "1", "b": "2"}
    assert ran.notes == ["cell 3 was left out: it ended Python"]
    assert pretended.started == 2


def test_cells_that_end_with_an_error_are_named_and_the_rest_follows(pretended):
    ran = run(pretended, "fail", "a = 1", "?a", "fail", "fail", "fail")
    assert ran.answers == {"a": "1"}
    (said,) = ran.said()
    assert said.startswith("ended with an error: cell 1 with NameError, cell 4 with NameError, ")
    assert said.endswith(" and 1 more")


def test_after_the_last_new_start_what_was_answered_counts(pretended):
    ran = run(pretended, "a = 1", "?a", "die", "die", "die", "?b", limits=Limits(restarts=1))
    assert ran.answers == {"a": "1"}
    assert ran.notes[-1] == "stopped after 1 new starts"
    assert pretended.started == 2


def test_time_is_limited_over_all_starts(pretended):
    ran = run(pretended, "a = 1", "?a", "die", "b = 1", "?b", limits=Limits(whole=0))
    assert ran.notes[-1] == "stopped after 0 seconds"
    assert pretended.started == 1


def test_machine_that_starts_nothing_says_nothing_about_the_submission():
    def fails(*_, **__):
        raise NotStarted("no answer")

    with pytest.raises(NotStarted):
        run(fails, "a = 1")


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_elsewhere_than_on_linux_the_refusal_names_the_ways_out(system, monkeypatch):
    monkeypatch.setattr(bubblewrap.sys, "platform", system)
    refusal = bubblewrap.refusal()
    for way in ("Linux machine", "WSL", "container", "--trust"):
        assert way in refusal


def test_without_bubblewrap_the_refusal_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(bubblewrap.sys, "platform", "linux")
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: None)
    assert "apt-get install bubblewrap" in bubblewrap.refusal()


def test_no_folder_of_the_checkout_enters_the_sandbox_but_package_and_tables(tmp_path, monkeypatch):
    monkeypatch.setattr(bubblewrap.sys, "platform", "linux")
    words = bubblewrap.command(tmp_path, Limits())
    root = bubblewrap.PACKAGE.parent
    bound = {words[at + 1] for at, word in enumerate(words) if "bind" in word}
    ours = {name for name in bound if name.startswith(str(root))}
    assert ours - {bubblewrap.sys.prefix} == {str(root / "casebook"), str(root / "data")}
    writable = [words[at + 1] for at, word in enumerate(words) if word == "--bind"]
    assert writable == [str(tmp_path)]
