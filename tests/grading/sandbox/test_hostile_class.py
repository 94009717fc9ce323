"""A hostile class, run in sandboxes: nobody gains a mark, reads a secret or stops the run.

These tests need bubblewrap (on Debian: apt-get install bubblewrap) and fail without it.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import tempfile
import threading
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from casebook.checks.keys import parts
from casebook.grading.course.folder import Course
from casebook.grading.course.machine_marks import MachineMarks
from casebook.grading.intake import sorting
from casebook.grading.marks import gradebook
from casebook.grading.marks.marking_run import MarkingRun
from casebook.grading.sandbox import bubblewrap, replay
from casebook.grading.sandbox.bubblewrap import Limits
from casebook.grading.sandbox.kernel import Kernel

from ..conftest import PART, ROOT, cell, written
from .hostile import CONNECT, FORGE, READ, STOP

pytestmark = pytest.mark.release

LIMITS = Limits(cell=12, whole=60, memory=700 * 2**20, restarts=2)
SECRET = "SECRET-of-the-instructor"
HOW = "These tests run hostile notebooks and need bubblewrap: sudo apt-get install bubblewrap"


@pytest.fixture(scope="module", autouse=True)
def machine_with_bubblewrap():
    assert shutil.which("bwrap"), HOW
    assert bubblewrap.refusal() == ""


@dataclass
class Listener:
    """A server of this machine that nobody should reach."""

    heard: list[bytes] = field(default_factory=list)

    def __post_init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                link, _ = self.socket.accept()
            except OSError:
                return
            with link:
                self.heard.append(link.recv(100))


@pytest.fixture
def listener():
    made = Listener()
    yield made
    made.socket.close()


@pytest.fixture
def secret(tmp_path, monkeypatch) -> Path:
    """A secret in a file, and in the environment of this process."""
    file = tmp_path / "gradebook.db"
    file.write_text(SECRET)
    monkeypatch.setenv("CASEBOOK_TEST_SECRET", SECRET)
    return file


@pytest.fixture
def leftovers() -> Callable[[], list[str]]:
    """Return a way to list what was left behind since: folders of sockets, and processes.

    Other tests have processes of their own in this one: a browser's driver stays to the end, and
    so does what Python starts to tidy up after `multiprocessing`.
    """

    def there() -> set[object]:
        folders = Path(tempfile.gettempdir()).glob(f"cb-{os.getpid()}-*")
        return {*folders, *psutil.Process().children(recursive=True)}

    before = there()
    return lambda: sorted(map(str, there() - before))


def marked(tmp_path, notebooks: dict[str, dict]) -> dict[str, MachineMarks]:
    """Hand notebooks in as Moodle does, and mark them in sandboxes."""
    archive = tmp_path / "moodle.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for number, (name, notebook) in enumerate(notebooks.items()):
            path = f"{name}_{number}_assignsubmission_file_/{PART}.ipynb"
            made.writestr(path, written(notebook))
    course = Course(tmp_path / "course")
    found, lines = sorting.sorted_out(archive, parts())
    assert lines == []
    for submission in found:
        course.take(submission)
    at_a_time = os.cpu_count() or 1
    with ThreadPoolExecutor(at_a_time) as pool, gradebook.opened(course) as book:
        marking = MarkingRun(course, book, ROOT, LIMITS)
        outcomes = list(marking.all(course.submissions(), pool, at_a_time))
    unmarked = [str(outcome) for outcome in outcomes if outcome.marked is None]
    assert unmarked == []
    assert all("\n" not in str(outcome) for outcome in outcomes)
    return {outcome.marked.name: outcome.marked for outcome in outcomes}


def right(found: MachineMarks) -> list[str]:
    return [task.task for task in found.tasks if task.points]


def test_nobody_stops_the_run_and_the_honest_get_exactly_their_marks(
    tmp_path, answer, solved, leftovers
):
    class_ = {name: answer("q1", then=source) for name, source in STOP.items()}
    class_["honest"] = solved
    class_["honest in part"] = answer("q1", "q5", "q9")
    everything = [f"q{n}" for n in range(1, 10)]
    for accident in ("import os; os._exit(1)", "exit()"):
        name = f"honest with {accident}"
        class_[name] = answer(*everything, then=accident, after="q5")
    found = marked(tmp_path, class_)
    for name in [name for name in found if name.startswith("honest with ")]:
        assert right(found.pop(name)) == everything
    assert right(found.pop("honest")) == everything
    assert right(found.pop("honest in part")) == ["q1", "q5", "q9"]
    assert {name: right(m) for name, m in found.items()} == {name: ["q1"] for name in STOP}
    assert leftovers() == []


def test_nobody_gains_a_mark(tmp_path, answer, leftovers):
    class_ = {name: answer("q1", then=source) for name, source in FORGE.items()}
    tagged = answer("q1")
    for name in ("q2", "q3"):
        about = cell(tagged, f"{name}-check")["metadata"]
        about["tags"] = ["skip-execution"]
        about["nbgrader"] |= {"points": 1000, "locked": False, "solution": True}
        cell(tagged, f"{name}-check")["outputs"] = []
    class_["skip tags and points"] = tagged
    found = marked(tmp_path, class_)
    assert {name: right(m) for name, m in found.items()} == {name: ["q1"] for name in class_}
    assert all(m.points == 1 and m.out_of == 15 for m in found.values())
    assert not Path("/tmp", "opened-by-grader").exists()
    assert leftovers() == []


def read(secret: Path, port: int, *, trust: bool) -> dict[str, str]:
    """Return what code that is after secrets has got, as it left."""
    sources = {
        name: source.replace("{place!r}", repr(str(secret))) for name, source in READ.items()
    }
    sources = {name: source.replace("{place}", str(secret)) for name, source in sources.items()}
    for file in (f"instructor/masters/{PART}.md", Path(__file__).relative_to(ROOT).as_posix()):
        telling = "'SECRET' in line or 'BEGIN SOL' in line"
        sources[file] = f"got = [line for line in open({str(ROOT / file)!r}) if {telling}]"
    sources["the network"] = CONNECT.format(port=port)
    steps = []
    for number, (name, source) in enumerate(sources.items()):
        steps.append(replay.Step(name, re.sub(r"\bgot\b", f"got{number}", source)))
        steps.append(replay.Step("", variable=f"got{number}"))
    ran = replay.run(steps, Limits(), trust=trust)
    assert ran.notes == []
    return {name: ran.answers[f"got{number}"] for number, name in enumerate(sources)}


def test_nobody_reads_a_secret_or_reaches_the_network(secret, listener):
    got = read(secret, listener.port, trust=False)
    assert [name for name, text in got.items() if "SECRET" in text or "BEGIN SOL" in text] == []
    assert listener.heard == []
    # It ran at all: what does not fail has found nothing.
    assert got["the network"] == "0"
    assert "OMP_NUM_THREADS" in got["environments of others"]


def test_the_same_code_reads_all_that_without_a_sandbox(secret, listener):
    # Without this, the test above could pass because its code is wrong.
    got = read(secret, listener.port, trust=True)
    theirs = {name for name, text in got.items() if "SECRET" in text or "BEGIN SOL" in text}
    # Not as every user may one look into the first process, and make a namespace.
    maybe = {"a file by way of the root", "a file by way of a parent's folder"}
    maybe |= {"a namespace of its own"}
    assert theirs >= set(got) - maybe
    assert b"SECRET" in listener.heard


def test_a_sandbox_holds_the_package_and_its_tables_and_nothing_to_mark_by(leftovers):
    with Kernel(LIMITS) as kernel:
        kernel.execute(
            "import os, pathlib\n"
            "seen = sorted(os.listdir('/opt/casebook'))\n"
            "names = [p.name for p in pathlib.Path('/').rglob('*.md') if 'site-packages' not in "
            "p.parts and 'share' not in p.parts]\n"
            "writable = [d for d in ('/', '/dev', '/usr', '/opt/casebook', '/opt', '/etc', '/sys') "
            "if os.path.isdir(d) and os.access(d, os.W_OK)]\n",
            60,
        )
        assert kernel.answer("seen", 10) == '{"is":"list","v":["casebook","data"]}'
        assert "warm-up.md" not in kernel.answer("names", 10)
        assert kernel.answer("writable", 10) == '{"is":"list","v":[]}'
    assert leftovers() == []


def test_a_kernel_that_is_closed_leaves_nothing_behind(leftovers):
    kernel = Kernel(LIMITS)
    kernel.execute("import subprocess; subprocess.Popen(['sleep', '600'])", 30)
    kernel.close()
    assert leftovers() == []
