"""How many processors of this machine are ours to use."""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Iterator
from pathlib import Path


def processors(root: Path = Path("/")) -> int:
    """Return how many processors this process may use.

    The operating system may confine a process to some of them, and a container to a share of their
    time; both are looked at, the latter on Linux only.

    Parameters
    ----------
    root : Path
        Where the files of the system begin.
    """
    # Linux alone can tell to which processors a process is confined.
    usable = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))
    return max(1, min([len(usable(0)), *map(math.ceil, _shares(root))]))


def _shares(root: Path) -> Iterator[float]:
    """Return the processors' time that each group of processes around this one may use."""
    with contextlib.suppress(OSError):
        for line in (root / "proc/self/cgroup").read_text("utf-8").splitlines():
            _, controllers, path = line.split(":", 2)
            if controllers and "cpu" not in controllers.split(","):
                continue
            top = root / "sys/fs/cgroup" / ("cpu" if controllers else "")
            group = top / path.lstrip("/")
            for folder in (group, *group.parents):
                if folder.is_relative_to(top):
                    yield from _share(folder)


def _share(folder: Path) -> Iterator[float]:
    """Return what a group may use, if that is limited."""
    # As version 2 of the control groups writes it, and as version 1 does.
    for names in (["cpu.max"], ["cpu.cfs_quota_us", "cpu.cfs_period_us"]):
        with contextlib.suppress(OSError, ValueError):
            words = " ".join((folder / name).read_text("utf-8") for name in names).split()
            quota, period = map(int, words)
            if quota > 0:
                yield quota / period
