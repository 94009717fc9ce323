"""What a sandbox is: a command line of bubblewrap, and whether this machine can run it.

Inside there is Python with its packages, the `casebook` package with its tables (and its sealed
keys, which every learner has) and nothing else of the checkout: no master, no open key, no other
submission, no file of the instructor. There is no network, and nothing can be written but small
temporary folders in memory and the folder of the kernel's sockets.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
INSIDE = "/opt/casebook"
"""Where the package lies in the sandbox."""
HOME = "/home/learner"
NOBODY = "65534"
WAYS_OUT = (
    "Ways out: a Linux machine; on Windows, WSL; a container that allows user namespaces. Your own "
    "notebooks, and only those, run without a sandbox with --trust YOUR-NAME."
)
_MIB = 2**20


class NoSandbox(RuntimeError):  # noqa: N818  (the message is for instructors)
    """No sandbox can run on this machine; the message says why and names the ways out."""


@dataclass(frozen=True)
class Limits:
    """How much a submission may take.

    Attributes
    ----------
    cell, whole : float
        Seconds for one cell, and for all of a submission with its restarts.
    start : float
        Seconds that Python may take to start.
    memory : int
        Bytes of all processes of a sandbox together; address space of each is twice that.
    processes : int
    disk : int
        Bytes of the home folder and of the temporary folder, each.
    sockets : int
        Bytes of the folder of the kernel's sockets, the one place on the machine's own disk.
    restarts : int
        How often Python is started anew after a cell has ended it.
    """

    cell: float = 30.0
    whole: float = 180.0
    start: float = 60.0
    memory: int = 1536 * _MIB
    processes: int = 64
    disk: int = 64 * _MIB
    sockets: int = 1 * _MIB
    restarts: int = 4


def refusal() -> str:
    """Return why no sandbox can run here, or nothing if one can."""
    if not sys.platform.startswith("linux"):
        return (
            f"Submissions run in a sandbox, and bubblewrap, which makes it, needs Linux. {WAYS_OUT}"
        )
    if shutil.which("bwrap") is None:
        return (
            "Submissions run in a sandbox, and bubblewrap, which makes it, is not installed: "
            f"sudo apt-get install bubblewrap (or dnf, pacman, zypper). {WAYS_OUT}"
        )
    probe = subprocess.run(
        [*command(Path("/nonexistent"), Limits(), bind_sockets=False), sys.executable, "-c", ""],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if probe.returncode:
        said = (probe.stderr.strip().splitlines() or ["no reason given"])[-1]
        return f"bubblewrap cannot make a sandbox here ({said[:200]}). {WAYS_OUT}"
    return ""


@functools.cache
def require() -> None:
    """Do nothing where a sandbox can run.

    Raises
    ------
    NoSandbox
    """
    reason = refusal()
    if reason:
        raise NoSandbox(reason)


def command(sockets: Path, limits: Limits, *, bind_sockets: bool = True) -> list[str]:
    """Return what to put before a command so that it runs in a sandbox.

    Parameters
    ----------
    sockets : Path
        Folder of a kernel's connection file and sockets: the one that both sides see.
    limits : Limits
    bind_sockets : bool
        False to try the sandbox without that folder.
    """
    words = [
        shutil.which("bwrap") or "bwrap",
        "--unshare-all",
        "--unshare-user",
        "--disable-userns",
        "--cap-drop",
        "ALL",
    ]
    words += ["--die-with-parent", "--new-session", "--hostname", "sandbox"]
    words += ["--uid", NOBODY, "--gid", NOBODY, "--clearenv"]
    for name, value in _environment().items():
        words += ["--setenv", name, value]
    words += ["--ro-bind", "/usr", "/usr"]
    for name in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        path = Path(name)
        if path.is_symlink():
            words += ["--symlink", str(path.readlink()), name]
        elif path.is_dir():
            words += ["--ro-bind", name, name]
    for name in ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime"):
        words += ["--ro-bind-try", name, name]
    words += ["--proc", "/proc", "--dev", "/dev"]
    for folder in ("/tmp", HOME, "/dev/shm"):
        words += ["--size", str(limits.disk), "--tmpfs", folder]
    for folder in _of_python():
        words += ["--ro-bind", folder, folder]
    for name, place in of_casebook().items():
        words += ["--ro-bind", str(place), name]
    if bind_sockets:
        words += ["--bind", str(sockets), str(sockets)]
    # bubblewrap leaves both writable, and without a limit.
    words += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME, "--"]
    # First to give way, so that whoever watches is never starved.
    return [*words, "/usr/bin/nice", "-n", "10", "/usr/bin/prlimit", *_prlimit(limits)]


def _environment() -> dict[str, str]:
    return {
        "PATH": f"{Path(sys.prefix) / 'bin'}:/usr/bin:/bin",
        "HOME": HOME,
        "LANG": "C.UTF-8",
        "PYTHONPATH": INSIDE,
        "PYTHONDONTWRITEBYTECODE": "1",
        # A thread counts as a process, and one core is all that a notebook needs.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _of_python() -> list[str]:
    """List the folders of Python and its packages that do not lie in /usr."""
    folders = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.base_prefix).resolve()}
    outside = sorted(folder for folder in folders if not folder.is_relative_to("/usr"))
    if Path("/") in outside or Path.home() in outside:
        raise NoSandbox("Python is installed over a whole disk or home folder: make a .venv.")
    return [str(folder) for folder in outside]


def of_casebook() -> dict[str, Path]:
    """Return the package and its tables, by their places inside."""
    found = {f"{INSIDE}/casebook": PACKAGE}
    if not (PACKAGE / "data").is_dir():  # a checkout: the tables lie beside the package
        found[f"{INSIDE}/data"] = PACKAGE.parent / "data"
    return found


def _prlimit(limits: Limits) -> list[str]:
    return [
        f"--as={2 * limits.memory}",
        f"--nproc={limits.processes}",
        f"--fsize={limits.disk}",
        f"--cpu={int(limits.whole) + 5}",
        "--nofile=256",
        "--core=0",
        "--",
    ]


def environment_without() -> dict[str, str]:
    """Return the environment of a trusted kernel, which runs without a sandbox."""
    return os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
