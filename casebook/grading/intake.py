"""Take submissions in: from a folder or a download zip into a course's `submitted/`.

Everything here was named and written by strangers. Files are opened without following links and
read up to a limit, whatever their size is said to be; nothing is unpacked: what is accepted is
written anew, under a name made here. Each file gets one line in the report.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from casebook.grading import naming, repair

MIB = 2**20
LARGEST = 25 * MIB
"""A notebook with tables and plots has a few; more is a widget's state or a flood of output."""
LARGEST_WHOLE = 2000 * MIB
MOST_FILES = 20_000
MOST_CELLS = 2_000
LONGEST_PATH = 500
DEEPEST = 12
TAKEN, KEPT, LEFT, REFUSED = "accepted", "unchanged", "left out", "refused"


class Refused(ValueError):  # noqa: N818  (the message is the report's)
    """A file that is not taken in; the message is one sentence for the instructor."""


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


@dataclass(frozen=True)
class Submission:
    """A notebook that can be taken in."""

    path: str
    when: str
    sender: naming.Sender
    part: str
    content: bytes
    remark: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Student and part."""
        return self.sender.student, self.part

    @property
    def age(self) -> tuple[Any, ...]:
        """Grows with the time of handing in."""
        when, *rest = self.sender.order
        return (when or self.when, *rest, self.path)


@dataclass(frozen=True)
class Line:
    """What became of a file."""

    path: str
    became: str
    student: str = ""
    part: str = ""
    said: str = ""

    def __str__(self) -> str:
        where = f" -> {self.student}/{self.part}" if self.part else ""
        said = f": {self.said}" if self.said else ""
        return f"{self.became:9} {shown(self.path)}{where}{said}"


def shown(path: str) -> str:
    """Return a path fit for a line of a report."""
    plain = "".join(c if c.isprintable() else "?" for c in path[:200])
    return plain if len(plain) <= 120 else f"{plain[:60]}…{plain[-59:]}"


# --- Files of a download ------------------------------------------------------------------------


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
            content = _unwanted(path) or _content(Path(entry.path))
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
            content = _unwanted(entry.filename) or _unpacked(archive, entry)
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


def _unwanted(path: str) -> Refused | None:
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


# --- Notebooks ----------------------------------------------------------------------------------


def notebook(content: bytes) -> dict[str, Any]:
    """Return a notebook from its bytes.

    Raises
    ------
    Refused
        With the sentence that its author needs.
    """
    if not content.strip():
        raise Refused("is empty")
    if content[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff") or content[:2] in (
        b"\xff\xfe",
        b"\xfe\xff",
    ):
        raise Refused("is written in UTF-16 or UTF-32, and a notebook is UTF-8: save it in Jupyter")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            "is not written in UTF-8 (Latin-1 perhaps): some program has changed its encoding"
        ) from None
    if re.match(r"\s*<(!doctype|html|\?xml|head|body|!--)", text[:200], re.IGNORECASE):
        raise Refused("is a web page, such as a login page, saved under the name of a notebook")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("is not valid JSON: it was cut off or edited in a text editor") from None
    return _checked(found)


def _checked(found: Any) -> dict[str, Any]:
    if not isinstance(found, dict) or "nbformat" not in found:
        raise Refused("is JSON but not a notebook: it has no nbformat")
    version = found["nbformat"]
    if type(version) is not int:
        raise Refused("has an nbformat that is not a number")
    if version > 4:
        raise Refused(f"is in nbformat {version}, newer than 4: save it in JupyterLab 4")
    if version < 4:
        raise Refused(f"is in the old nbformat {version}: open it in Jupyter and save it again")
    cells = found.get("cells")
    if not isinstance(cells, list) or not all(map(_is_cell, cells)):
        raise Refused("is a notebook whose cells cannot be read")
    if len(cells) > MOST_CELLS:
        raise Refused(f"has {len(cells):,} cells, more than {MOST_CELLS:,}")
    return found


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        return False
    source = cell.get("source", "")
    lines = source if isinstance(source, list) else [source]
    return all(isinstance(line, str) for line in lines)


def part_of(cells: list[dict[str, Any]], file: str, parts: list[str]) -> tuple[str, str]:
    """Return the part that a notebook belongs to, and a remark where its name says another.

    Raises
    ------
    Refused
        If neither its cells nor its name tell.
    """
    signs = dict.fromkeys(parts, 0)
    for cell in cells:
        task = repair.checked_task(repair.text_of(cell)).split(".")[0]
        ident = str(cell.get("id", "")).rpartition("-")[0]
        for part in {task, ident} & set(parts):
            signs[part] += 1
    named = naming.part_named(file, parts)
    likeliest = max(parts, key=lambda part: (signs[part], part == named))
    if signs[likeliest]:
        other = named and named != likeliest
        return likeliest, f"named {named}, but its cells are of {likeliest}" if other else ""
    if not named:
        raise Refused(f"is an unknown notebook: neither its name nor a cell is of {_or(parts)}")
    return named, "only its name says which part it is"


def _or(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]


# --- All of it ----------------------------------------------------------------------------------


def sorted_out(source: Path, parts: list[str]) -> tuple[list[Submission], list[Line]]:
    """Return the newest notebook of each student and part, and a line for every other file."""
    newest: dict[tuple[str, str], Submission] = {}
    older: list[Submission] = []
    lines = []
    wanted = [path for path in paths(source) if _unwanted(path) is None]
    lms, around = naming.origin(wanted), naming.common_folder(wanted)
    for found in files(source):
        try:
            submission = _read(found, parts, lms, around)
        except Ignored as reason:
            lines.append(Line(found.path, LEFT, said=str(reason)))
        except Refused as reason:
            lines.append(Line(found.path, REFUSED, said=str(reason)))
        else:
            other = newest.get(submission.key)
            if other is None or submission.age > other.age:
                newest[submission.key] = submission
                submission = other
            if submission is not None:
                older.append(submission)
    for submission in older:
        new = newest[submission.key]
        said = f"{shown(new.path)} of the same student is newer"
        lines.append(Line(submission.path, LEFT, *submission.key, said))
    return list(newest.values()), lines


def _read(found: Found, parts: list[str], lms: str, around: str) -> Submission:
    if isinstance(found.content, Refused):
        raise found.content
    cells = notebook(found.content)["cells"]
    sender = naming.sender(found.path.removeprefix(around), parts, lms)
    part, remark = part_of(cells, sender.file, parts)
    return Submission(found.path, found.when, sender, part, found.content, remark)
