"""As many at a time as there are processors to use: not all that the machine has."""

from __future__ import annotations

import os

import pytest

from casebook.grading.execution import machine


def processors(monkeypatch, tmp_path, files: dict[str, str], usable: int = 8) -> int:
    """What is found where the system has these files and lets us on so many processors."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(usable)), raising=False)
    for name, content in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content + "\n", encoding="utf-8")
    return machine.processors(tmp_path)


def test_a_process_confined_to_some_processors_uses_those(monkeypatch, tmp_path):
    assert processors(monkeypatch, tmp_path, {}, usable=3) == 3


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"cpu.max": "max 100000"}, 8),
        ({"cpu.max": "400000 100000"}, 4),
        ({"cpu.max": "150000 100000"}, 2),
        ({"cpu.max": "10000 100000"}, 1),
        ({"a/b/cpu.max": "max 100000", "a/cpu.max": "300000 100000"}, 3),
        ({"elsewhere/cpu.max": "100000 100000"}, 8),
        ({"cpu.max": "nonsense"}, 8),
    ],
)
def test_a_container_with_a_share_of_their_time_uses_that(monkeypatch, tmp_path, files, expected):
    system = {f"sys/fs/cgroup/{name}": content for name, content in files.items()}
    system["proc/self/cgroup"] = "0::/a/b"
    assert processors(monkeypatch, tmp_path, system) == expected


@pytest.mark.parametrize(("quota", "expected"), [("200000", 2), ("-1", 8)])
def test_so_does_one_of_an_older_kind(monkeypatch, tmp_path, quota, expected):
    system = {
        "proc/self/cgroup": "4:cpu,cpuacct:/docker/17\n3:cpuset:/docker/17",
        "sys/fs/cgroup/cpu/cpu.cfs_quota_us": quota,
        "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000",
    }
    assert processors(monkeypatch, tmp_path, system) == expected


def test_other_systems_say_only_how_many_there_are(monkeypatch, tmp_path):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    assert machine.processors(tmp_path) == 6
