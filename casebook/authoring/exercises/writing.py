"""Write the sealed keys and the students' notebooks of all masters, and the plain notebooks."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat

from casebook import module_map
from casebook.authoring.exercises import keys, master, plain, release, running


def made_from(file: Path, root: Path) -> dict[Path, str]:
    """Return the files that a master gives, with their contents.

    Raises
    ------
    MasterError
        If the master cannot be read, run or sealed.
    """
    read = master.read(file)
    sealed = keys.sealed(read, running.run(read), module_map.current(root))
    text = json.dumps(sealed, ensure_ascii=False, indent=1) + "\n"
    return {
        root / "casebook" / "checks" / "keys" / f"{read.part}.json": text,
        root / "exercises" / f"{read.part}.ipynb": nbformat.writes(release.released(read)) + "\n",
    }


def release_all(root: Path, only: list[str]) -> list[Path]:
    """Write keys and notebooks of all masters, or of some parts; return what changed."""
    changed = []
    makers = [(file, made_from) for file in master.files(root)]
    makers += [(file, plain.made_from) for file in plain.files(root)]
    for file, make in makers:
        if only and file.stem not in only:
            continue
        for path, text in make(file, root).items():
            if path.is_file() and path.read_text(encoding="utf-8") == text:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed
