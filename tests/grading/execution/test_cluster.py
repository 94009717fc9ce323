"""A cluster executes and one writer records, whatever becomes of the workers."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import tempfile
from pathlib import Path

import dask
import psutil
import pytest
from distributed import LocalCluster

from casebook.grading import __main__ as command
from casebook.grading.answers.encoding import encoded
from casebook.grading.course.folder import Course
from casebook.grading.errors import Refused
from casebook.grading.execution import cluster, job
from casebook.grading.marks import gradebook, marking_run
from casebook.grading.marks.marking_run import MarkingRun
from casebook.grading.sandbox import bubblewrap, replay
from casebook.grading.sandbox.bubblewrap import Limits

from ..conftest import PART, ROOT, written

LOCAL = {"host": "127.0.0.1", "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}


def course_of(folder, notebooks: dict[str, dict]) -> Course:
    for student, notebook in notebooks.items():
        (folder / "in" / student).mkdir(parents=True)
        (folder / "in" / student / f"{PART}.ipynb").write_bytes(written(notebook))
    assert command.main(["collect", str(folder / "course"), str(folder / "in")]) == 0
    return Course(folder / "course")


@pytest.fixture
def threads(monkeypatch):
    """A cluster whose workers are threads of this process and answer 3 to everything."""
    runs = []

    def run(steps, limits, *, trust):
        runs.append(1)
        return replay.Ran({step.variable: encoded(3) for step in steps if step.variable})

    monkeypatch.setattr(replay, "run", run)
    monkeypatch.setattr(bubblewrap, "require", lambda: None)
    with LocalCluster(n_workers=2, processes=False, protocol="tcp", **LOCAL) as made:
        yield made.scheduler_address, runs


def test_a_course_is_marked_on_a_cluster(threads, tmp_path, blank, key, monkeypatch, capsys):
    monkeypatch.setattr(marking_run.answer_key, "open_key", lambda part, root: key)
    course = course_of(tmp_path, {"awa": blank, "boubacar": blank, "coumba": blank})
    address, runs = threads
    mark = ["mark", str(course.folder), "--scheduler", address]
    assert command.main(mark) == 0
    said = capsys.readouterr().out
    assert "Marking 3 submissions, 2 at a time." in said
    assert "3 of 3 executed" in said
    assert "[3/3]" in said
    # All three are the same notebook, and each has a run of its own.
    assert len(runs) == 3
    assert [course.marked(*s).points for s in course.submissions()] == [0, 0, 0]
    assert command.main(mark) == 0
    assert "0 of 3 executed" in capsys.readouterr().out
    assert command.main([*mark, "--again"]) == 0
    assert len(runs) == 6


def test_a_worker_without_a_sandbox_or_with_another_casebook_is_refused(threads, monkeypatch):
    address, _ = threads

    def refuse():
        raise bubblewrap.NoSandbox(f"bubblewrap is not installed. {bubblewrap.WAYS_OUT}")

    with monkeypatch.context() as patch:
        patch.setattr(bubblewrap, "require", refuse)
        why = r"worker tcp://\S+ has no sandbox: bubblewrap is not installed\.$"
        with pytest.raises(Refused, match=why), cluster.opened(address):
            pass
    with cluster.opened(address) as found:
        # One that joins later is found out by what it is asked to execute.
        found._identity = cluster.identity() | {"casebook": "deadbeef"}
        with pytest.raises(Refused, match=r"^The worker tcp://\S+ has casebook \w{8} in place "):
            found.submit(job.execute, b"", {}, Limits(), False).result()
        with pytest.raises(
            Refused, match=r"^The scheduler has casebook \w{8} in place of deadbeef"
        ):
            found.require_fit()


def test_answers_depend_on_code_tables_and_versions(tmp_path, monkeypatch):
    code, tables = tmp_path / "casebook", tmp_path / "data"
    for folder in (code, tables, code / "__pycache__"):
        folder.mkdir(parents=True)
    seen = []

    def look(place, content: str) -> None:
        place.write_text(content, encoding="utf-8")
        seen.append(cluster.identity.__wrapped__()["casebook"])

    monkeypatch.setattr(bubblewrap, "of_casebook", lambda: {"a": code, "b": tables})
    look(code / "a.py", "1")
    look(code / "a.py", "2")
    look(tables / "a.csv", "1")
    look(tables / "a.csv", "2")
    assert len(set(seen)) == 4
    look(code / "__pycache__" / "a.pyc", "1")
    look(code / ".a.py.swp", "1")
    assert seen[3:] == [seen[3]] * 3
    other = cluster.identity() | {"numpy": "1.0"}
    assert cluster.differs(cluster.identity()) == ""
    assert cluster.differs(other).startswith("has numpy 2.")


def test_where_no_scheduler_or_no_worker_is_there_is_a_sentence(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(cluster, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(Refused, match=f"No scheduler at {nobody} "), cluster.opened(nobody):
        pass
    with LocalCluster(n_workers=0, processes=False, protocol="tcp", **LOCAL) as made:
        address = made.scheduler_address
        why = f"no workers: start some with `.venv/bin/dask worker {address}`"
        with pytest.raises(Refused, match=why), cluster.opened(address):
            pass


def test_trust_is_for_this_machine_alone(tmp_path, capsys):
    mark = ["mark", str(tmp_path), "--scheduler", "tcp://127.0.0.1:1", "--trust", "awa"]
    assert command.main(mark) == 2
    assert "leave out --scheduler" in capsys.readouterr().err


@pytest.fixture
def processes():
    """A cluster whose workers are processes, and which bears with one that ends once."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(n_workers=2, processes=True, silence_logs="CRITICAL", **LOCAL) as made,
    ):
        yield made


@pytest.mark.release
def test_a_worker_killed_midway_costs_nothing(processes, tmp_path, answer, solved, monkeypatch):
    course = course_of(
        tmp_path,
        {
            "awa": solved,
            "boubacar": answer("q1", "q5"),
            "coumba": answer("q1", then="import os; os._exit(1)"),
            "djeneba": solved,
        },
    )
    recorded = []
    keep = MarkingRun.record

    def record(self, marked, *more):
        recorded.append(marked.student)
        keep(self, marked, *more)

    monkeypatch.setattr(MarkingRun, "record", record)
    killed, executing_there = 0, []
    with cluster.opened(processes.scheduler_address) as pool, gradebook.opened(course) as book:
        run = MarkingRun(course, book, ROOT, Limits())
        for outcome in run.all(course.submissions(), pool, pool.at_a_time):
            assert outcome.marked, str(outcome)
            if not killed:
                killed, executing_there = kill_one_at_work(processes)
    # A process that is killed leaves the folder of its sockets behind.
    for left in Path(tempfile.gettempdir()).glob(f"cb-{killed}-*"):
        shutil.rmtree(left)
    assert executing_there
    assert sorted(recorded) == ["awa", "boubacar", "coumba", "djeneba"]
    found = {student: course.marked(student, PART) for student in recorded}
    right = {s: [t.task for t in m.tasks if t.points] for s, m in found.items()}
    everything = [f"q{n}" for n in range(1, 10)]
    assert right == {
        "awa": everything,
        "boubacar": ["q1", "q5"],
        "coumba": ["q1"],
        "djeneba": everything,
    }


def kill_one_at_work(processes) -> tuple[int, list[str]]:
    """Kill a worker in whose sandbox something runs; return its id and what it was executing."""
    for nanny in processes.workers.values():
        worker = psutil.Process(nanny.process.pid)
        if "bwrap" in [child.name() for child in worker.children()]:
            state = processes.scheduler.workers[nanny.worker_address]
            executing_there = [task.key for task in state.processing]
            worker.kill()
            return worker.pid, executing_there
    return 0, []


@pytest.mark.release
def test_what_ends_its_workers_is_not_executed_for_ever(processes, tmp_path):
    with cluster.opened(processes.scheduler_address) as pool:
        done = json.loads(pool.submit(signal.raise_signal, signal.SIGKILL).result(timeout=60))
        assert done["why_not"].startswith("2 workers ended while they executed it: ")
        # The others are none the worse for it.
        ours = pool.submit(job.execute, b"", {}, Limits(), False)
        assert job.read(ours.result(timeout=60)).why_not == "it is empty"
