"""Execute submissions on the machines of a cluster, with dask.distributed.

On each machine, in a checkout of the same commit after ``make cluster``::

    .venv/bin/dask scheduler --host 10.0.0.1        on one of them
    .venv/bin/dask worker tcp://10.0.0.1:8786       on each that executes

and where the course is ``python -m casebook.grading mark COURSE --scheduler tcp://10.0.0.1:8786``.
Workers make their own sandboxes, hold no key and see nothing of the course but the notebook that
they execute. If one ends, dask has its submissions executed elsewhere; each is recorded once, here.

**Trust.** What a student wrote reaches nothing but the sandbox of a worker, and what leaves that is
JSON. Scheduler, workers and this machine, however, trust one another, as dask is made: whoever
reaches the port of one can run code on all. Let them listen in a private network or through ssh
tunnels, or use dask's own encryption with a certificate that all of them share: an address with
``tls://``, and the settings ``distributed.comm.tls`` (https://distributed.dask.org/en/stable/tls.html).
"""

from __future__ import annotations

import functools
import hashlib
import logging
import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any, ParamSpec, TypeVar

from casebook.grading.errors import Refused
from casebook.grading.execution import job
from casebook.grading.sandbox import bubblewrap

SECONDS = 10
"""How long to wait for the scheduler, and for its first worker."""
NOT_INSTALLED = "Marking on a cluster needs dask: run `make cluster`, here and on each machine."
SAME = "bring both to the same commit, run `make cluster` on both, and start it anew"
Identity = dict[str, str]
Given = ParamSpec("Given")
Result = TypeVar("Result")


class Cluster(Executor):
    """Executes on the workers of a cluster; made by `opened`.

    Parameters
    ----------
    client : distributed.Client
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._identity = identity()
        # Not pure: dask would execute one only of notebooks that are the same, all of a class's
        # untouched ones, and what befell it would befall all.
        self._pool = client.get_executor(pure=False)

    @property
    def at_a_time(self) -> int:
        """How many submissions the workers execute at a time."""
        return sum(self._client.nthreads().values())

    def submit(
        self, function: Callable[Given, Result], /, *given: Given.args, **named: Given.kwargs
    ) -> Future[Result]:
        """Have a function executed; a worker that is not fit for it refuses."""
        there = self._pool.submit(on_worker, self._identity, function, *given, **named)
        here: Future[Any] = Future()
        here.set_running_or_notify_cancel()
        there.add_done_callback(lambda done: _hand_on(done, here))
        return here

    def require_fit(self) -> None:
        """Look at the scheduler, which reads what it hands on, and at the workers there are.

        Raises
        ------
        Refused
        """
        found = {}
        try:
            found["scheduler"] = self._client.run_on_scheduler(differs, self._identity)
        except Exception as error:
            found["scheduler"] = _not_asked(error)
        workers = self._client.run(unfit, self._identity, on_error="return")
        for address, said in workers.items():
            name = f"worker {address}"
            found[name] = _not_asked(said) if isinstance(said, BaseException) else said
        for name, said in found.items():
            if said:
                raise Refused(f"The {name} {said}.")


@contextmanager
def opened(address: str) -> Iterator[Cluster]:
    """Find a cluster by the address of its scheduler, and see whether it is fit.

    Raises
    ------
    Refused
    """
    try:
        from distributed import Client
    except ImportError:
        raise Refused(NOT_INSTALLED) from None
    # What dask would say of a lost scheduler, with pages of traceback, is said here in a sentence.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=SECONDS)
    except (OSError, ValueError) as error:
        why = error or type(error).__name__
        said = f"No scheduler at {address} ({why}): start one, or correct the address."
        raise Refused(said) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=SECONDS)
        except TimeoutError:
            start = f".venv/bin/dask worker {address}"
            raise Refused(f"The scheduler has no workers: start some with `{start}`.") from None
        cluster = Cluster(client)
        cluster.require_fit()
        yield cluster


def _hand_on(there: Future[Any], here: Future[Any]) -> None:
    """Hand a result on, in the words of those who do not know what a cluster is."""
    from distributed import KilledWorker

    try:
        here.set_result(there.result())
    except KilledWorker as killed:
        # As often as the scheduler's setting distributed.scheduler.allowed-failures lets it.
        times = killed.allowed_failures + 1
        why = f"{times} workers ended while they executed it: run this again, or mark it by hand"
        here.set_result(job.not_executed(why))
    except CancelledError:
        here.set_exception(
            Refused("The scheduler has gone. What is marked is kept: run this again.")
        )
    except Exception as error:
        here.set_exception(error)


# --- What runs on a worker ------------------------------------------------------------------------


def on_worker(
    wanted: Identity,
    function: Callable[Given, Result],
    *given: Given.args,
    **named: Given.kwargs,
) -> Result:
    """Call a function, unless this worker, which may have joined since, is not fit for it.

    Raises
    ------
    Refused
    """
    said = unfit(wanted)
    if said:
        from distributed import get_worker

        raise Refused(f"The worker {get_worker().address} {said}.")
    return function(*given, **named)


def unfit(wanted: Identity) -> str:
    """Return why this process should execute nothing, or an empty text."""
    return differs(wanted) or _without_sandbox()


def differs(wanted: Identity) -> str:
    """Return what is not as it is where the course is, or an empty text."""
    ours = identity()
    names = [name for name in wanted if ours.get(name) != wanted[name]]
    if not names:
        return ""
    listed = ", ".join(f"{name} {ours.get(name)} in place of {wanted[name]}" for name in names)
    return f"has {listed}: {SAME}"


@functools.cache
def identity() -> Identity:
    """Return what answers depend on, as it was when this process first asked.

    The released notebook is sent with each submission; package and tables are those of a machine.
    """
    whole = hashlib.sha256()
    for place in bubblewrap.of_casebook().values():
        for file in sorted(place.rglob("*")):
            name = file.relative_to(place).as_posix()
            # Neither what Python compiled nor what an editor left.
            if file.is_file() and not re.search(r"(^|/)(__pycache__|[.])", name):
                for part in (name.encode(), file.read_bytes()):
                    whole.update(hashlib.sha256(part).digest())
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    found = {"casebook": whole.hexdigest()[:8], "Python": python}
    return found | {name: version(name) for name in ("numpy", "pandas")}


def _without_sandbox() -> str:
    try:
        bubblewrap.require()
    except bubblewrap.NoSandbox as reason:
        # Its ways out are for those who mark on their own machine.
        why = str(reason).removesuffix(bubblewrap.WAYS_OUT).rstrip(" .")
        return f"has no sandbox: {why}"
    return ""


def _not_asked(error: BaseException) -> str:
    return f"cannot say what it has ({type(error).__name__}: {error}): {SAME}"
