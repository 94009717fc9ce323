"""What is executed can be sent away and knows no key; what comes back is JSON."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys

import pytest

from casebook.grading.answers.encoding import encoded
from casebook.grading.execution import job
from casebook.grading.sandbox import replay
from casebook.grading.sandbox.bubblewrap import Limits, NoSandbox
from casebook.grading.sandbox.kernel import NotStarted

from ..conftest import ROOT, written


@pytest.fixture
def execute(release, monkeypatch):
    """Execute as a machine elsewhere does: all that it is given has been pickled."""
    monkeypatch.setattr(
        replay, "run", lambda steps, limits, *, trust: replay.Ran({"a": encoded(3)}, ["said"])
    )

    def there(submitted: bytes) -> job.Executed:
        sent = pickle.dumps((job.execute, submitted, release, Limits(), False))
        function, *given = pickle.loads(sent)
        return job.read(function(*given))

    return there


def test_what_comes_back_is_json_with_notebook_answers_and_notes(execute, blank, release):
    blank["cells"].pop()
    done = execute(written(blank))
    assert done.notebook == release
    assert done.answers == {"a": encoded(3)}
    assert [note.split()[0] for note in done.notes] == ["restored", "said"]
    assert done.why_not == ""


def test_what_cannot_be_read_comes_back_as_a_sentence(execute):
    assert execute(b"").why_not == "it is empty"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NotStarted("no answer"), "run this again: no answer"),
        (RecursionError("deep"), "an error of the grader (RecursionError): mark it by hand"),
    ],
)
def test_nothing_that_a_submission_brings_about_is_raised(
    execute, solved, monkeypatch, error, said
):
    monkeypatch.setattr(replay, "run", raising(error))
    assert execute(written(solved)).why_not == said


def test_a_machine_without_a_sandbox_says_nothing_about_a_submission(execute, solved, monkeypatch):
    monkeypatch.setattr(replay, "run", raising(NoSandbox("none here")))
    with pytest.raises(NoSandbox):
        execute(written(solved))


def raising(error: Exception):
    def run(*_, **__):
        raise error

    return run


def test_nothing_that_knows_the_masters_or_the_course_is_imported():
    source = (
        "import casebook.grading.execution.job, json, sys; print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = json.loads(done.stdout)
    assert "casebook.grading.sandbox.replay" in loaded
    knowing = ("casebook.authoring", "casebook.grading.marks", "casebook.grading.course")
    assert [name for name in loaded if name.startswith(knowing)] == []
