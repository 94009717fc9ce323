"""What only instructors may read, and whether any of it stands in a file that others get.

A text of a master or a note is cut into sentences, code into lines. A sentence is *telling* if it
has at least `SHORTEST` words and learners are not given it anyway. It is looked for by its words
alone, so that no markup, escape, encoding or archive hides it.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from casebook.authoring.exercises import master
from casebook.authoring.exercises.master import AUTHORS_ONLY, PAGE_LINK, Task

SHORTEST = 7
"""Words of a sentence that no page says by chance."""
LONGEST = 14
"""Words of a sentence that are looked for: enough of it has leaked by then."""
SAID_IN_A_CHAPTER = (
    "For 2010 to 2012, the years that matter here, we found no total",
    "Most sources in the table give the later day",
    "Somebody claimed many more dead than could be confirmed",
)
"""What an author of a task repeats from the chapter: no secret."""

_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n\s*\n|\{[\w:-]+\}`[^`]*`")
_TAG = re.compile(r"<[^>]*>")
_CHARACTER = re.compile(r"\\u([0-9a-fA-F]{4})")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{80,}={0,2}")

Run = tuple[str, ...]


def words(text: str) -> list[str]:
    """Return the words of a text and nothing else."""
    return _WORD.findall(text.lower())


class Telltales:
    """Telling sentences of what only instructors may read.

    Parameters
    ----------
    root : Path
        The checkout.
    """

    def __init__(self, root: Path) -> None:
        self._known: dict[Run, list[tuple[str, str]]] = defaultdict(list)
        self.kinds: dict[str, int] = defaultdict(int)
        masters = [master.read(file) for file in master.files(root)]
        free = " ".join(_free(masters))
        for where, kind, piece in _secrets(root, masters):
            found = words(piece)
            telling = " ".join(found[:LONGEST])
            if len(found) >= SHORTEST and telling not in free:
                self._known[tuple(found[:SHORTEST])].append((telling, f"{where}, {kind}"))
                self.kinds[kind] += 1

    def told_by(self, data: bytes) -> set[tuple[str, str]]:
        """Return the sentences that a file holds, each with where it comes from."""
        found = set()
        for text in readings(data):
            said = words(text)
            begun = set(zip(*(said[i:] for i in range(SHORTEST)), strict=False))
            for run in begun & self._known.keys():
                joined = " ".join(said)
                found |= {known for known in self._known[run] if known[0] in joined}
        return found

    def told_in(self, folder: Path) -> dict[str, set[tuple[str, str]]]:
        """Return the sentences that the files of a folder hold, by file."""
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        told = {
            path.relative_to(folder).as_posix(): self.told_by(path.read_bytes())
            for path in files
            if not _is_from_elsewhere(path)
        }
        return {name: found for name, found in told.items() if found}


def _free(masters: Iterable[master.Master]) -> Iterator[str]:
    """Yield the words of all that learners are given, and of what chapters say themselves."""
    for sentence in SAID_IN_A_CHAPTER:
        yield from words(sentence)
    for part in masters:
        for cell in part.notebook.cells:
            if not {*AUTHORS_ONLY, "answer", "written"} & set(cell.metadata.get("tags", [])):
                yield from words(cell.source)
        for task in part.checked:
            yield from words(" ".join(task.key.hints[:2]))


def _secrets(root: Path, masters: Iterable[master.Master]) -> Iterator[tuple[str, str, str]]:
    """Yield every sentence and line that is for instructors: where, of what kind, what."""
    for part in masters:
        for task in part.tasks:
            for kind, text in _texts(task):
                shown = PAGE_LINK.sub(r"\1", text)
                yield from ((task.id, kind, piece) for piece in _SENTENCE.split(shown))
            for kind, code in _codes(task):
                yield from ((task.id, kind, piece) for piece in code.splitlines())
    for file in sorted((root / "instructor" / "notes").glob("*.md")):
        text = file.read_text(encoding="utf-8")
        yield from ((file.name, "teaching notes", piece) for piece in _SENTENCE.split(text))


def _texts(task: Task) -> Iterator[tuple[str, str]]:
    if task.rubric:
        yield "model answer", task.model
        yield "teacher's note", task.rubric["teacher"]
        yield from (("graded example", example["text"]) for example in task.rubric["examples"])
        for criterion in task.rubric["criteria"]:
            yield from (("rubric", criterion.get(grade, "")) for grade in ("full", "part", "none"))
    else:
        yield "what it shows", task.key.shows
        yield "last hint", task.key.hints[2]
        yield from (("diagnosis", wrong.message) for wrong in task.wrongs)


def _codes(task: Task) -> Iterator[tuple[str, str]]:
    yield "solution", task.solution
    yield from (("other right way", code) for code in task.alternatives)
    yield from (("code of a mistake", wrong.source) for wrong in task.wrongs)


def _is_from_elsewhere(path: Path) -> bool:
    """Tell whether a file is Pyodide's, checked against its lock, and not the book's package."""
    return path.parent.name == "pyodide" and not path.name.startswith("casebook-")


def readings(data: bytes, depth: int = 3) -> Iterator[str]:
    """Yield every text that a file can be read as: unpacked, decoded, without markup."""
    if depth and data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from readings(archive.read(name), depth - 1)
        return
    if depth and data[:2] == b"\x1f\x8b":
        yield from readings(gzip.decompress(data), depth - 1)
        return
    text = data.decode("utf-8", errors="ignore")
    text = _CHARACTER.sub(lambda found: chr(int(found[1], 16)), text)
    text = text.replace("\\n", " ").replace("\\t", " ")
    yield text
    if "<" in text:
        yield html.unescape(_TAG.sub("", text))
    if "&" in text:
        yield html.unescape(text)
    if "%20" in text:
        yield unquote(text)
    for found in _BASE64.finditer(text) if depth else ():
        try:
            hidden = base64.b64decode(found[0] + "=" * (-len(found[0]) % 4))
        except binascii.Error:
            continue
        yield from readings(hidden, depth - 1)
