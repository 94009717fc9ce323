"""What a learner has done: kept in a file beside the notebook, shown, and handed in.

The file is plain JSON. If it cannot be written, checks go on without it; if it cannot be read, it
is put aside under another name and a new one is begun, so nothing is lost.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from casebook import __version__
from casebook.checks.card import Card
from casebook.checks.keys import UnknownTask, parts, tasks
from casebook.checks.values import shown

FILE = "casebook-progress.json"
MOST_BYTES = 1_000_000
LONGEST_NAME = 120
STALE = 5.0
"""Seconds after which a lock is taken for one that a stopped kernel has left."""
CHECKSUM_NOTE = (
    "The checksum shows whether this page was changed by accident. It does not prove who did the "
    "work, nor how."
)


def _read() -> dict[str, Any]:
    file = Path(FILE)
    try:
        if file.stat().st_size <= MOST_BYTES:
            kept = json.loads(file.read_text(encoding="utf-8"))
            if isinstance(kept, dict) and all(map(_is_entry, kept.values())):
                return kept
    except FileNotFoundError:  # not begun, or the folder itself is gone
        return {}
    except (OSError, ValueError, RecursionError):
        pass
    _put_aside(file)
    return {}


def _is_entry(entry: Any) -> bool:
    """Whether an entry holds what `record` and `record_hint` write, and perhaps more."""
    return (
        isinstance(entry, dict)
        and all(type(entry.get(count, 0)) is int for count in ("tries", "hints"))
        and isinstance(entry.get("done", ""), str)
    )


def _put_aside(file: Path) -> None:
    for number in range(1, 100):
        aside = file.with_suffix(f".unreadable-{number}.json")
        if not aside.exists():
            with contextlib.suppress(OSError):
                file.rename(aside)
            return


def _write(kept: dict[str, Any]) -> bool:
    file = Path(FILE)
    draft = file.with_suffix(f".{os.getpid()}.tmp")
    try:
        draft.write_text(json.dumps(kept, indent=1, sort_keys=True), encoding="utf-8")
        draft.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
        return False
    return True


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Keep other notebooks of the folder from writing in between; wait for none for long."""
    lock = Path(FILE).with_suffix(".lock")
    taken = False
    for _ in range(50):
        try:
            lock.touch(exist_ok=False)
            taken = True
            break
        except FileExistsError:
            with contextlib.suppress(OSError):
                if time.time() - lock.stat().st_mtime > STALE:
                    lock.unlink()
            time.sleep(0.01)
        except OSError:  # a folder in which nothing can be written
            break
    try:
        yield
    finally:
        if taken:
            with contextlib.suppress(OSError):
                lock.unlink()


def _now() -> str:
    return datetime.datetime.now().astimezone().isoformat(timespec="minutes")


def record(task_id: str, kind: str) -> None:
    """Note that a task was checked and how that ended."""
    if kind in ("open", "unreadable"):
        return
    with _alone():
        kept = _read()
        entry = kept.setdefault(task_id, {})
        if "done" in entry:
            return
        entry["tries"] = entry.get("tries", 0) + 1
        if kind == "right":
            entry["done"] = _now()
        _write(kept)


def hints_seen(task_id: str) -> int:
    """Return how many hints for a task were shown."""
    return int(_read().get(task_id, {}).get("hints", 0))


def record_hint(task_id: str, step: int) -> None:
    """Note that a hint was shown."""
    with _alone():
        kept = _read()
        entry = kept.setdefault(task_id, {})
        entry["hints"] = max(step, entry.get("hints", 0))
        _write(kept)


def progress(part: str | None = None, name: str = "", save: bool = False) -> Card:
    """Show which tasks are done, and on request write a page to hand in.

    Parameters
    ----------
    part : str, optional
        Such as ``"origins"``; all parts that were begun unless told.
    name : str
        Your name, for the page.
    save : bool
        Whether to write the page ``progress-<part>.html`` beside the notebook.
    """
    if part is not None and not isinstance(part, str):
        text = f"Write one part in quotation marks, such as progress({parts()[0]!r})."
        return Card("unreadable", "progress", text)
    kept = _read()
    begun = [p for p in parts() if any(task.startswith(f"{p}.") for task in kept)]
    chosen = [part] if part else begun
    if not chosen:
        return Card("progress", "all parts", "No task was checked yet in this folder.")
    try:
        lines = [line for p in chosen for line in _lines(p, kept)]
    except UnknownTask as error:
        return Card("unreadable", shown(part), str(error))
    text = "\n\n".join(lines)
    if save:
        text += f"\n\n{_save('-'.join(chosen), name, lines)}"
    return Card("progress", part or "all parts", text)


def _lines(part: str, kept: dict[str, Any]) -> list[str]:
    known = tasks(part)
    done = [task for task in known if "done" in kept.get(task, {})]
    lines = [f"{part}: {len(done)} of {len(known)} tasks done."]
    for ident, task in known.items():
        entry = kept.get(ident, {})
        state = f"done on {entry['done'][:10]}" if "done" in entry else "open"
        tries, hints = entry.get("tries", 0), entry.get("hints", 0)
        counts = [f"{tries} {'try' if tries == 1 else 'tries'}"] if tries else []
        counts += [f"{hints} {'hint' if hints == 1 else 'hints'}"] if hints else []
        after = f" ({', '.join(counts)})" if counts else ""
        lines.append(f"{'✓' if 'done' in entry else '·'} {ident} {task.title}: {state}{after}")
    return lines


def _save(what: str, name: str, lines: list[str]) -> str:
    file = Path(f"progress-{what}.html")
    # On one line, so that a name cannot pass for a task that is done.
    name = " ".join(str(name or "").split())[:LONGEST_NAME]
    head = [f"Name: {name or '(not given)'}", f"Written: {_now()}", f"Casebook {__version__}"]
    content = "\n".join([*head, *lines])
    checksum = hashlib.blake2b(content.encode(errors="replace"), digest_size=8).hexdigest()
    items = "".join(f"<p>{escape(line)}</p>" for line in content.splitlines())
    page = (
        "<!doctype html><html lang='en'><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        "<title>Progress in the Mali Casebook</title>"
        "<style>body{font:16px/1.5 sans-serif;max-width:44em;margin:2em auto;padding:0 1em}"
        "p{margin:.3em 0}</style>"
        f"<h1>Progress in the Mali Casebook</h1>{items}"
        f"<p>Checksum: <code>{checksum}</code></p><p><small>{CHECKSUM_NOTE}</small></p></html>\n"
    )
    try:
        file.write_text(page, encoding="utf-8", errors="replace")
    except OSError as error:
        return f"The page could not be written ({error.strerror}). Copy these lines instead."
    return f"Written to `{file.name}`, checksum {checksum}. {CHECKSUM_NOTE}"
