"""Execute a submission: from what was handed in to answers, and to nothing else.

What is executed and what comes of it can both be sent to another machine: bytes, JSON and limits
go in, JSON comes out. Neither the course's folder nor a key is at hand here; what is to be kept
is kept by `casebook.grading.marks.marking_run`, where the course is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from casebook.grading.errors import Refused
from casebook.grading.notebooks import reading, repair
from casebook.grading.sandbox import replay
from casebook.grading.sandbox.bubblewrap import Limits, NoSandbox
from casebook.grading.sandbox.kernel import NotStarted

BY_HAND = "an error of the grader ({}): mark it by hand"


@dataclass(frozen=True)
class Executed:
    """What came of a submission.

    Attributes
    ----------
    why_not : str
        Why it was not executed; nothing else is given then.
    notebook : dict
        The submission in the frame of the release.
    answers : dict
        Variable to JSON, not decoded; a variable that nobody reached is missing.
    notes : list of str
        What was repaired, what ended with an error; in sentences without a full stop.
    """

    why_not: str = ""
    notebook: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def execute(submitted: bytes, released: Mapping[str, Any], limits: Limits, trust: bool) -> str:
    """Execute a submission; return an `Executed` in JSON, and raise nothing that it brings about.

    Parameters
    ----------
    submitted : bytes
        The notebook as it was handed in.
    released : mapping
        The notebook that learners were given.
    limits : Limits
    trust : bool
        Whether to run without a sandbox.

    Raises
    ------
    NoSandbox
        If this machine has none: that would be so for the next submission too.
    """
    try:
        executed = _executed(submitted, released, limits, trust)
    except NoSandbox:
        raise
    except NotStarted as error:
        executed = Executed(f"run this again: {error}")
    except Refused as reason:
        executed = Executed(f"it {reason}")
    # Whatever one submission brings about, the others are executed.
    except Exception as error:
        executed = Executed(BY_HAND.format(type(error).__name__))
    return json.dumps(asdict(executed))


def not_executed(why: str) -> str:
    """Return in JSON, as `execute` does, that a submission was not executed."""
    return json.dumps(asdict(Executed(why)))


def _executed(
    submitted: bytes, released: Mapping[str, Any], limits: Limits, trust: bool
) -> Executed:
    repaired = repair.repair(reading.notebook(submitted), released)
    ran = replay.run(replay.steps(repaired.notebook), limits, trust=trust)
    notes = [*repaired.notes, *ran.said()]
    return Executed("", repaired.notebook, ran.answers, notes)


def read(text: str) -> Executed:
    """Return what `execute` wrote."""
    return Executed(**json.loads(text))
