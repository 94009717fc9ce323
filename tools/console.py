"""What the scripts behind the Makefile say: steps, progress, and one clear sentence on failure.

Standard library only: this runs before the environment exists.
"""

from __future__ import annotations

import errno
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class MakeError(Exception):
    """Something a reader can act on; its text is one sentence."""


class Progress:
    """One line that tells how far a long step is: rewritten on a terminal, repeated in a log.

    Parameters
    ----------
    title : str
        What the step does, for instance ``"Installing 95 Python packages"``.
    """

    def __init__(self, title: str) -> None:
        self.title = title
        self.began = time.monotonic()
        self.live = sys.stdout.isatty()
        self.last = 0.0
        self.said = ""
        self._write(f"{title} ...", fresh=True)

    def update(self, text: str) -> None:
        """Show ``text`` as the state of the step, at most every ten seconds in a log."""
        now = time.monotonic()
        if text == self.said or (not self.live and now - max(self.last, self.began) < 10):
            return
        self.last, self.said = now, text
        self._write(f"{self.title}: {text}")

    def done(self, text: str = "done") -> None:
        """End the step with its time."""
        self._write(f"{self.title}: {text} ({time.monotonic() - self.began:.0f} s)")
        self.close()

    def close(self) -> None:
        """Leave the line as it is."""
        if self.live:
            sys.stdout.write("\n")
            sys.stdout.flush()

    def _write(self, line: str, fresh: bool = False) -> None:
        if self.live:
            width = os.get_terminal_size(sys.stdout.fileno()).columns or 80
            sys.stdout.write(("" if fresh else "\r\x1b[K") + line[: width - 1])
        else:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()


def say(text: str) -> None:
    """Print ``text`` at once."""
    print(text, flush=True)


def run(
    command: list[str],
    log: Path,
    *,
    env: dict[str, str] | None = None,
    folder: Path = ROOT,
    on_line: Callable[[str], None] = lambda line: None,
    on_tick: Callable[[], None] = lambda: None,
) -> tuple[int, str]:
    """Run a command quietly, keeping all it prints in ``log``.

    Parameters
    ----------
    command : list of str
        The program and its arguments.
    log : Path
        Where its output goes, after what is there already.
    env : dict, optional
        Its environment; ours if not given.
    folder : Path
        Where it runs.
    on_line : callable
        Gets every line as it comes.
    on_tick : callable
        Called about once a second.

    Returns
    -------
    tuple of int and str
        The exit code and everything printed.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    printed: list[str] = []
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        with log.open("a", encoding="utf-8") as kept, selectors.DefaultSelector() as selector:
            kept.write("$ " + " ".join(command) + "\n")
            for line in _lines(process, selector, on_tick):
                printed.append(line)
                kept.write(line + "\n")
                on_line(line)
        return process.wait(), "\n".join(printed)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _lines(
    process: subprocess.Popen[bytes],
    selector: selectors.BaseSelector,
    on_tick: Callable[[], None],
) -> Iterator[str]:
    """Yield the lines of a running process, ticking while none comes."""
    assert process.stdout is not None  # `run` asked for a pipe
    stream = process.stdout.fileno()
    selector.register(stream, selectors.EVENT_READ)
    rest = b""
    while True:
        if not selector.select(timeout=1):
            on_tick()
            continue
        chunk = os.read(stream, 65536)
        *whole, rest = (rest + chunk).replace(b"\r", b"\n").split(b"\n")
        if not chunk and rest:
            whole.append(rest)
        for line in whole:
            yield line.decode("utf-8", "replace").rstrip()
        if not chunk:
            return
        on_tick()


@contextmanager
def one_sentence() -> Iterator[None]:
    """Turn what may go wrong into one sentence and a non-zero exit; Ctrl-C ends quietly."""
    try:
        yield
    except MakeError as failure:
        sys.exit(f"\n{failure}" if sys.stdout.isatty() else str(failure))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            sys.exit("The disk is full: free about 1.5 GB and run this again.")
        if error.errno in (errno.EACCES, errno.EROFS):
            sys.exit(f"{error.filename} cannot be written: make it yours, or use your own clone.")
        raise
