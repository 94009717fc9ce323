"""What is taken in and what is not: each file gets one line, and nothing is written elsewhere."""

import json
import os
import stat
import zipfile

import pytest

from casebook.checks.keys import parts
from casebook.grading.__main__ import main
from casebook.grading.course.folder import Course
from casebook.grading.course.submission import KEPT, LEFT, REFUSED, TAKEN, Line
from casebook.grading.errors import Refused
from casebook.grading.intake import download, sorting

from ..conftest import code, written


def lines_of(source, course_folder) -> dict[str, Line]:
    """Collect a source; return the lines by path."""
    course = Course(course_folder)
    found, lines = sorting.sorted_out(source, parts())
    return {line.path: line for line in [*map(course.take, found), *lines]}


def tree(folder) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def zipped(file, entries: dict[str, bytes]):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 10, 1, 12, 0, 0)), content)
    return file


UNREADABLE = {
    "empty": (b" \n", "is empty"),
    "cut off": (b'{"nbformat": 4, "cells": [', "not valid JSON"),
    "login page": (b"<!DOCTYPE html><title>Log in</title>", "web page"),
    "latin": ('{"nbformat": 4, "cells": [], "x": "é"}'.encode("latin-1"), "UTF-8"),
    "utf-16": ('{"nbformat": 4, "cells": []}'.encode("utf-16"), "UTF-16"),
    "old": (b'{"nbformat": 3, "worksheets": []}', "old nbformat 3"),
    "newer": (b'{"nbformat": 5, "cells": []}', "nbformat 5, newer"),
    "unknown format": (b'{"nbformat": "four", "cells": []}', "not a number"),
    "other JSON": (b'{"colour": "red"}', "no nbformat"),
    "no cells": (b'{"nbformat": 4, "cells": "none"}', "cells cannot be read"),
    "odd cells": (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": 3}]}', "cells"),
    "deep": (b"[" * 200_000, "not valid JSON"),
    "long number": (b'{"nbformat": ' + b"9" * 10_000 + b"}", "not valid JSON"),
    "many cells": (
        json.dumps({"nbformat": 4, "cells": [{"cell_type": "raw", "source": ""}] * 2001}).encode(),
        "2,001 cells",
    ),
    "unknown": (json.dumps({"nbformat": 4, "cells": [code("1 + 1")]}).encode(), "unknown notebook"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_notebook_is_refused_with_one_sentence(name, tmp_path):
    content, said = UNREADABLE[name]
    (tmp_path / "in" / "awa").mkdir(parents=True)
    (tmp_path / "in" / "awa" / "work.ipynb").write_bytes(content)
    line = lines_of(tmp_path / "in", tmp_path / "course")["awa/work.ipynb"]
    assert line.became == REFUSED
    assert said in line.said
    assert "\n" not in str(line)
    assert not (tmp_path / "course" / "submitted").exists()


def test_a_class_in_a_folder_is_taken_in_byte_for_byte(tmp_path, solved):
    content = written(solved)
    for name in ("awa/warm-up.ipynb", "boubacar_warm-up.ipynb", "warm_up-coumba.ipynb"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(content)
    lines = lines_of(tmp_path / "in", tmp_path / "course")
    assert {line.student for line in lines.values()} == {"awa", "boubacar", "coumba"}
    for student in ("awa", "boubacar", "coumba"):
        kept = tmp_path / "course" / "submitted" / student / "warm-up" / "warm-up.ipynb"
        assert kept.read_bytes() == content


def test_a_folder_around_the_class_is_no_student(tmp_path, blank):
    names = [f"class of 2026/{student}/warm-up.ipynb" for student in ("awa", "boubacar")]
    file = zipped(tmp_path / "all.zip", dict.fromkeys(names, written(blank)))
    lines = lines_of(file, tmp_path / "course").values()
    assert {line.student for line in lines} == {"awa", "boubacar"}


def test_the_cells_say_which_part_it_is_whatever_the_name(tmp_path, blank):
    (tmp_path / "awa").mkdir()
    (tmp_path / "awa" / "origins.ipynb").write_bytes(written(blank))
    line = lines_of(tmp_path, tmp_path.with_name("course"))["awa/origins.ipynb"]
    assert (line.part, line.became) == ("warm-up", TAKEN)
    assert "named origins" in line.said


def test_links_are_not_followed(tmp_path, blank):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(written(blank))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "soft-warm-up.ipynb").symlink_to(secret)
    os.link(secret, folder / "hard-warm-up.ipynb")
    (folder / "elsewhere").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe-warm-up.ipynb")
    lines = lines_of(folder, tmp_path / "course")
    assert {line.became for line in lines.values()} == {REFUSED, LEFT}
    assert "link" in lines["soft-warm-up.ipynb"].said
    assert "hard link" in lines["hard-warm-up.ipynb"].said
    assert "pipe" in lines["pipe-warm-up.ipynb"].said
    assert len(lines) == 4
    assert not (tmp_path / "course" / "submitted").exists()


def test_a_zip_writes_nothing_outside_the_course(tmp_path, blank):
    content = written(blank)
    names = ["../../out/warm-up.ipynb", "/tmp-warm-up.ipynb", "C:\\warm-up.ipynb"]
    names += ["awa/../../../warm-up.ipynb", "..\\warm-up.ipynb", f"{'a' * 600}/warm-up.ipynb"]
    archive = tmp_path / "deep" / "er" / "all.zip"
    archive.parent.mkdir(parents=True)
    zipped(archive, dict.fromkeys([*names, "awa/warm-up.ipynb"], content))
    before = set(tree(tmp_path))
    lines = lines_of(archive, tmp_path / "deep" / "er" / "course")
    assert lines.pop("awa/warm-up.ipynb").became == TAKEN
    assert {line.became for line in lines.values()} == {REFUSED}
    assert len(lines) == len(names)
    new = set(tree(tmp_path)) - before
    assert new
    assert {name.split("/")[2] for name in new} == {"course"}


def test_link_in_a_zip_is_refused(tmp_path):
    entry = zipfile.ZipInfo("awa/warm-up.ipynb")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    assert "link" in lines_of(tmp_path / "all.zip", tmp_path / "course")["awa/warm-up.ipynb"].said


def test_bomb_is_read_up_to_the_limit_whatever_it_says_of_its_size(tmp_path, monkeypatch):
    monkeypatch.setattr(download, "LARGEST", 100_000)
    file = zipped(tmp_path / "all.zip", {"awa/warm-up.ipynb": b"\0" * 3_000_000})
    line = lines_of(file, tmp_path / "course")["awa/warm-up.ipynb"]
    assert line.became == REFUSED
    assert "MB" in line.said
    lying = bytearray(file.read_bytes())
    at = lying.rindex(b"PK\x01\x02") + 24
    lying[at : at + 4] = (10).to_bytes(4, "little")
    (tmp_path / "lying.zip").write_bytes(lying)
    line = lines_of(tmp_path / "lying.zip", tmp_path / "course")["awa/warm-up.ipynb"]
    assert line.became == REFUSED


def test_zip_of_many_bombs_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(download, "LARGEST_WHOLE", 1_000_000)
    bombs = {f"s{n}/warm-up.ipynb": b" " * 400_000 for n in range(5)}
    with pytest.raises(Refused, match="unpacks to more"):
        sorting.sorted_out(zipped(tmp_path / "all.zip", bombs), parts())


def test_widget_state_of_fifty_megabytes_is_refused(tmp_path, blank):
    blank["metadata"]["widgets"] = {"state": "x" * 50_000_000}
    (tmp_path / "awa_warm-up.ipynb").write_bytes(written(blank))
    assert "clear its outputs" in lines_of(tmp_path, tmp_path / "c")["awa_warm-up.ipynb"].said


def test_of_two_files_the_newest_counts_and_it_is_said(tmp_path, blank, solved):
    entries = {
        "Quiz_awa_attempt_2026-10-02-09-00-00_warm-up.ipynb": written(solved),
        "Quiz_awa_attempt_2026-10-01-09-00-00_warm-up.ipynb": written(blank) + b" ",
    }
    lines = lines_of(zipped(tmp_path / "all.zip", entries), tmp_path / "course")
    new, old = (lines[name] for name in entries)
    assert (new.became, old.became) == (TAKEN, LEFT)
    assert "newer" in old.said
    assert Course(tmp_path / "course").submitted("awa", "warm-up") == written(solved)


def test_collecting_twice_changes_nothing(tmp_path, solved):
    file = zipped(tmp_path / "all.zip", {"awa/warm-up.ipynb": written(solved)})
    lines_of(file, tmp_path / "course")
    before = tree(tmp_path / "course")
    assert lines_of(file, tmp_path / "course")["awa/warm-up.ipynb"].became == KEPT
    assert tree(tmp_path / "course") == before


def test_a_newer_notebook_replaces_and_keeps_the_earlier_and_an_older_one_does_not(
    tmp_path, blank, solved
):
    first = {"Quiz_awa_attempt_2026-10-02-09-00-00_warm-up.ipynb": written(blank)}
    later = {"Quiz_awa_attempt_2026-10-03-09-00-00_warm-up.ipynb": written(solved)}
    lines_of(zipped(tmp_path / "1.zip", first), tmp_path / "course")
    (line,) = lines_of(zipped(tmp_path / "2.zip", later), tmp_path / "course").values()
    assert "replaces" in line.said
    (line,) = lines_of(tmp_path / "1.zip", tmp_path / "course").values()
    assert line.became == LEFT
    assert Course(tmp_path / "course").submitted("awa", "warm-up") == written(solved)
    aside = tmp_path / "course" / "earlier" / "awa" / "warm-up" / "1" / "warm-up.ipynb"
    assert aside.read_bytes() == written(blank)


def test_command_says_one_line_a_file_and_logs_it(tmp_path, blank, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "=cmd()_warm-up.ipynb").write_bytes(written(blank))
    (tmp_path / "in" / "notes.txt").write_text("hello")
    assert main(["collect", str(tmp_path / "course"), str(tmp_path / "in")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("accepted  =cmd()_warm-up.ipynb")
    assert said[1] == "left out  notes.txt: not a notebook (.ipynb)"
    log = (tmp_path / "course" / "collected.csv").read_text(encoding="utf-8")
    assert ",'=cmd()_warm-up.ipynb," in log
    assert main(["collect", str(tmp_path / "course"), str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err
