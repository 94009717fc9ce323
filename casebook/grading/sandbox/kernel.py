"""One Python that runs a submission's cells: started, spoken to, watched and ended.

It is a plain ipykernel in a sandbox. Only its shell channel is opened: what cells print or draw is
sent to nobody, so no amount of it does harm. The grader connects before any cell of the student
has run and never again, so that a socket that the student replaces leads nowhere. Messages may be
forged by the student, and say then what the student says; they are capped in size and number.
"""

from __future__ import annotations

import base64
import contextlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import psutil
import zmq
from jupyter_client.connect import write_connection_file
from jupyter_client.session import Session

from casebook.grading.answers import encoding
from casebook.grading.sandbox import bubblewrap

LARGEST_MESSAGE = 4 * encoding.MOST_BYTES
WATCHED_EVERY = 0.1
MOST_SOCKET_FILES = 40
_MODULE = encoding.__name__


class Gone(Exception):  # noqa: N818  (what happened, and to be expected)
    """Python ended or had to be ended; the message says why."""


class NotStarted(RuntimeError):  # noqa: N818  (the machine's failure, not the student's)
    """Python did not start: nothing is known about the submission."""


class Kernel:
    """A running Python.

    Parameters
    ----------
    limits : Limits
    trust : bool
        Whether to do without the sandbox: for one's own notebooks only.

    Raises
    ------
    NoSandbox, NotStarted
    """

    def __init__(self, limits: bubblewrap.Limits, *, trust: bool = False) -> None:
        if not trust:
            bubblewrap.require()
        self.limits = limits
        self._trust = trust
        self._why = ""
        self._ending = threading.Event()
        # A short name: addresses of sockets may have a hundred letters only.
        self.folder = Path(tempfile.mkdtemp(prefix=f"cb-{os.getpid()}-"))
        self._context = zmq.Context()
        self._socket: zmq.Socket[bytes] | None = None
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- Starting and ending --------------------------------------------------------------------

    def _start(self) -> None:
        file = self.folder / "k.json"
        key = uuid.uuid4().hex.encode()
        # Sockets in a folder, but for Windows, where trusted notebooks run too.
        local = os.name == "posix"
        ports: dict[str, Any] = {}
        if local:
            ports = {f"{name}_port": at for at, name in enumerate(_CHANNELS, 1)}
        _, about = write_connection_file(
            str(file),
            ip=str(self.folder / "k") if local else "127.0.0.1",
            transport="ipc" if local else "tcp",
            key=key,
            **ports,
        )
        self._session = Session(key=key)
        before = [] if self._trust else bubblewrap.command(self.folder, self.limits)
        # Not in the folder of the package, where a name of the student's could hide a module.
        start = [sys.executable, "-P", "-m", "ipykernel_launcher", "-f", str(file)]
        self._process = subprocess.Popen(
            [*before, *start],
            cwd=self.folder,
            # An empty one for bubblewrap: inside, its own may be read in /proc/1.
            env=bubblewrap.environment_without() if self._trust else {},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._watch = threading.Thread(target=self._watching, daemon=True)
        self._watch.start()
        address = (
            f"ipc://{about['ip']}-{about['shell_port']}"
            if local
            else f"tcp://{about['ip']}:{about['shell_port']}"
        )
        self._connect(address, Path(address.removeprefix("ipc://")) if local else None)
        # Before the student's first cell: nothing of it can stand in the place of this module.
        try:
            self.execute(f"__import__({_MODULE!r})", seconds=self.limits.start, remembered=False)
        except Gone as gone:
            raise NotStarted(f"Python did not start ({gone})") from gone

    def _connect(self, address: str, file: Path | None) -> None:
        until = time.monotonic() + self.limits.start
        while time.monotonic() < until and self._process.poll() is None:
            if file is not None and not file.exists():
                time.sleep(0.02)
                continue
            self._socket = self._context.socket(zmq.DEALER)
            for option, value in (
                (zmq.LINGER, 0),
                (zmq.RECONNECT_IVL, -1),
                (zmq.MAXMSGSIZE, LARGEST_MESSAGE),
                (zmq.RCVHWM, 10),
            ):
                self._socket.setsockopt(option, value)
            self._socket.connect(address)
            try:
                self._ask("kernel_info_request", {}, seconds=min(5.0, self.limits.start))
            except Gone:
                if self._why:
                    break
                self._socket.close()
                self._socket = None
            else:
                return
        raise NotStarted(f"Python did not start ({self._why or 'no answer'})")

    def close(self) -> None:
        """End Python and everything it started; remove its folder."""
        self._ending.set()
        process = getattr(self, "_process", None)
        if process is not None:
            self._kill()
            process.wait()
            self._watch.join()
        if self._socket is not None:
            self._socket.close()
        self._context.term()
        _remove(self.folder)

    def _kill(self) -> None:
        # With bubblewrap its child, the first process inside, dies, and with that one all others.
        with contextlib.suppress(psutil.NoSuchProcess):
            for process in psutil.Process(self._process.pid).children(recursive=self._trust):
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
        self._process.kill()

    def _watching(self) -> None:
        while not self._ending.wait(WATCHED_EVERY):
            if self._process.poll() is not None:
                self._why = self._why or "it ended Python"
                return
            if self._trust:
                continue
            why = self._too_much()
            if why:
                self._why = why
                self._kill()
                return

    def _too_much(self) -> str:
        try:
            inside = psutil.Process(self._process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return ""
        if len(inside) > self.limits.processes:
            return "it started too many processes"
        memory = 0
        for process in inside:
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                memory += process.memory_info().rss
        if memory > self.limits.memory:
            return "it took too much memory"
        if _too_full(self.folder, self.limits.sockets):
            return "it filled the folder of its sockets"
        return ""

    # --- Speaking -------------------------------------------------------------------------------

    def execute(self, source: str, seconds: float, *, remembered: bool = True) -> str:
        """Run a cell; return the name of the error it ended with, or nothing.

        Raises
        ------
        Gone
            If Python ended, or was ended because the cell took too long or too much.
        """
        content = _request(source, silent=not remembered)
        reply = self._ask("execute_request", content, seconds)
        payload = reply.get("payload")
        if isinstance(payload, list) and {"source": "ask_exit", "keepkernel": False} in payload:
            # A kernel that is told to exit answers first and ends a few cells later.
            raise Gone("it ended Python")
        error = reply.get("ename", "") if reply.get("status") == "error" else ""
        return "".join(c for c in str(error)[:40] if c.isalnum() or c == "_")

    def answer(self, name: str, seconds: float) -> str:
        """Return what a name of the notebook stands for, as JSON that nobody has looked at yet.

        Raises
        ------
        Gone
        """
        expression = f"__import__({_MODULE!r}, fromlist=['leave']).leave({name!r})"
        content = _request("", silent=True) | {"user_expressions": {"answer": expression}}
        reply = self._ask("execute_request", content, seconds)
        try:
            text = reply["user_expressions"]["answer"]["data"]["text/plain"]
            return base64.b64decode(text.strip("'"), validate=True).decode()
        except (AttributeError, KeyError, TypeError, ValueError):
            return ""

    def _ask(self, kind: str, content: dict[str, Any], seconds: float) -> dict[str, Any]:
        socket = self._socket
        if socket is None:
            raise Gone("it was never reached")
        until = time.monotonic() + seconds
        request = self._session.send(socket, kind, content)
        if request is None:  # as a process that forked away from the one that connected
            raise Gone("it cannot be spoken to from here")
        while True:
            if self._why:
                raise Gone(self._why)
            left = until - time.monotonic()
            if left <= 0:
                raise Gone(f"it ran longer than {seconds:.0f} seconds")
            if not socket.poll(int(min(left, WATCHED_EVERY) * 1000)):
                continue
            try:
                _, reply = self._session.recv(socket)
                if reply is None:
                    continue
                if reply["parent_header"]["msg_id"] == request["header"]["msg_id"]:
                    return reply["content"] if isinstance(reply["content"], dict) else {}
            # Whatever is sent here may be the student's: what cannot be read was not said.
            except (Exception, RecursionError):
                continue


_CHANNELS = ("shell", "iopub", "stdin", "hb", "control")


def _request(source: str, *, silent: bool) -> dict[str, Any]:
    return {
        "code": source,
        "silent": silent,
        "store_history": not silent,
        "user_expressions": {},
        "allow_stdin": False,
        "stop_on_error": False,
    }


def _too_full(folder: Path, most: int) -> bool:
    """Tell whether a folder holds more bytes, or more files, than it may; follow no link."""
    size = count = 0
    folders = [folder]
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                count += 1
                if count > MOST_SOCKET_FILES:
                    return True
                about = entry.stat(follow_symlinks=False)
                size += about.st_size
                if stat.S_ISDIR(about.st_mode):
                    folders.append(Path(entry.path))
    return size > most


def _remove(folder: Path) -> None:
    """Remove a folder in which a student may have locked folders away."""
    folder.chmod(0o700)
    for path, folders, _ in os.walk(folder):
        for name in folders:
            inner = Path(path) / name
            if not inner.is_symlink():
                inner.chmod(0o700)
    for _ in range(20):
        # The last process inside may still be dying, and writing.
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)
    shutil.rmtree(folder)
