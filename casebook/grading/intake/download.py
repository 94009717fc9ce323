"""The files of a download: a folder, a zip or a single notebook.

Everything here was named and written by strangers. Files are opened without following links and
read up to a limit, whatever their size is said to be; nothing is unpacked.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from casebook.grading.errors import Refused

MIB = 2**20
LARGEST = 25 * MIB
"""A notebook with tables and plots has a few; more is a widget's state or a flood of output."""
LARGEST_WHOLE = 2000 * MIB
MOST_FILES = 20_000
LONGEST_PATH = 500
DEEPEST = 12


class Ignored(Refused):
    """A file that nobody handed in as a notebook."""


@dataclass(frozen=True)
class Found:
    """A file of a download, not read yet or unreadable.

    Attributes
    ----------
    path : str
        Inside the download, with ``/``.
    when : str
        When it was changed last, in ISO format; empty if unknown.
    content : bytes or Refused
    """

    path: str
    when: str
    content: bytes | Refused


def files(source: Path) -> Iterator[Found]:
    """Go through a folder, a zip or a single notebook.

    Raises
    ------
    Refused
        If the source as a whole cannot be read.
    """
    if source.is_dir():
        yield from _of_folder(source)
    elif not source.is_file():
        raise Refused(f"There is no folder or file {source}.")
    elif source.suffix.casefold() == ".ipynb":
        yield Found(source.name, _time(source.stat().st_mtime), _content(source))
    else:
        yield from _of_zip(source)


def paths(source: Path) -> Iterator[str]:
    """Go through the names of a folder or zip, opening no file in it."""
    if source.is_dir():
        for place, _, names in os.walk(source):
            yield from (_within(source, Path(place, name)) for name in names)
    elif zipfile.is_zipfile(source):
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(source) as archive:
            yield from (entry.filename for entry in archive.infolist())


def _time(seconds: float) -> str:
    return datetime.datetime.fromtimestamp(seconds).isoformat(timespec="seconds")


def _of_folder(folder: Path) -> Iterator[Found]:
    whole = count = 0
    waiting = [(folder, 0)]
    while waiting:
        place, depth = waiting.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            yield Found(_within(folder, place), "", Refused(f"cannot be read ({error.strerror})"))
            continue
        for entry in entries:
            path = _within(folder, Path(entry.path))
            count += 1
            if count > MOST_FILES:
                yield Found(path, "", Refused(f"the folder holds more than {MOST_FILES:,} files"))
                return
            if entry.is_dir(follow_symlinks=False):
                if depth < DEEPEST:
                    waiting.append((Path(entry.path), depth + 1))
                else:
                    yield Found(path, "", Refused("lies too deep in folders"))
                continue
            content = unwanted(path) or _content(Path(entry.path))
            whole += len(content) if isinstance(content, bytes) else 0
            if whole > LARGEST_WHOLE:
                yield Found(path, "", Refused(f"the files before are {_size(LARGEST_WHOLE)}"))
                return
            yield Found(path, _time(entry.stat(follow_symlinks=False).st_mtime), content)


def _within(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix().encode(errors="replace").decode()


def _content(path: Path) -> bytes | Refused:
    """Read a file that is nothing else than a file of its own."""
    # Without O_NONBLOCK, a pipe somebody laid here would be waited for.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        if path.is_symlink():
            return Refused("is a link to another file, and links are not followed")
        with os.fdopen(os.open(path, flags), "rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                return Refused("is not a file but a device or a pipe")
            if about.st_nlink > 1:
                return Refused("is a hard link: the same file has another name elsewhere")
            content = file.read(LARGEST + 1)
    except OSError as error:
        return Refused(f"cannot be read ({error.strerror})")
    return content if len(content) <= LARGEST else _too_large(about.st_size)


def _too_large(size: int) -> Refused:
    return Refused(
        f"is {_size(size)}, and a notebook may have {_size(LARGEST)}: clear its outputs and hand "
        "it in again"
    )


def _size(size: int) -> str:
    return f"{size / MIB:,.0f} MB"


def _of_zip(source: Path) -> Iterator[Found]:
    whole = 0
    try:
        archive = zipfile.ZipFile(source)
    # Beside a bad zip: a name that is no UTF-8 (ValueError), a version of zip that Python does not
    # know (NotImplementedError), a file that may not be read (OSError).
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused(f"{source.name} is neither a folder nor a zip that can be read.") from error
    with archive:
        entries = archive.infolist()
        if len(entries) > MOST_FILES:
            raise Refused(f"{source.name} holds more than {MOST_FILES:,} files.")
        for entry in entries:
            if entry.is_dir():
                continue
            content = unwanted(entry.filename) or _unpacked(archive, entry)
            whole += len(content) if isinstance(content, bytes) else 0
            if whole > LARGEST_WHOLE:
                raise Refused(f"{source.name} unpacks to more than {_size(LARGEST_WHOLE)}.")
            yield Found(entry.filename, _zip_time(entry), content)


def _zip_time(entry: zipfile.ZipInfo) -> str:
    year, month, day, *clock = entry.date_time
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}".format(year, month, day, *clock)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | Refused:
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Refused("is a link to another file, and links are not followed")
    if entry.flag_bits & 1:
        return Refused("is encrypted")
    try:
        with archive.open(entry) as file:
            # What the entry says of its size may be a lie: this is what limits it.
            content = file.read(LARGEST + 1)
    # A damaged or deliberately odd archive fails in any of the decompressors.
    except Exception:
        return Refused("is damaged inside the zip")
    return content if len(content) <= LARGEST else _too_large(max(entry.file_size, LARGEST + 1))


def unwanted(path: str) -> Refused | None:
    """Return why a file is refused for its name alone."""
    if len(path) > LONGEST_PATH:
        return Refused(f"has a name of more than {LONGEST_PATH} letters")
    if "\0" in path or "\\" in path or path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return Refused("has a name that leads elsewhere")
    pure = PurePosixPath(path)
    if ".." in pure.parts:
        return Refused("has a name that leads out of its folder (..)")
    if "__MACOSX" in pure.parts or pure.name.startswith("._"):
        return Ignored("a copy that macOS makes")
    if ".ipynb_checkpoints" in pure.parts:
        return Ignored("a copy that Jupyter makes")
    if pure.suffix.casefold() == ".zip":
        return Ignored("a zip inside: unpack it, or have the notebook itself handed in")
    if pure.suffix.casefold() != ".ipynb":
        return Ignored("not a notebook (.ipynb)")
    return None
