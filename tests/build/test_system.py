"""What the machine must bring is installed where that may be done, and else named in a sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def system(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import system

    yield system
    for name in ("system", "book"):
        sys.modules.pop(name, None)


@pytest.fixture
def machine(system, monkeypatch, tmp_path):
    """A machine with Debian's apt-get and nothing else, which a test may change."""

    class Machine:
        root, name = False, "debian"
        browser = driver = False

        def __init__(self):
            self.commands, self.ran = {"apt-get"}, []

        def run(self, command, log, **options):
            self.ran.append(command)
            self.browser |= "chromium" in command
            self.driver |= "libatomic1" in command
            self.commands |= {"bwrap"} if "bubblewrap" in command else set()
            return 0, ""

    here = Machine()
    monkeypatch.setattr(system, "find_browser", lambda: tmp_path if here.browser else None)
    monkeypatch.setattr(system, "run", here.run)
    monkeypatch.setattr(system, "install", lambda file, purpose: here.ran.append([file]))
    monkeypatch.setattr(system.os, "geteuid", lambda: 0 if here.root else 1000)
    monkeypatch.setattr(system.shutil, "which", lambda name: name in here.commands or None)
    monkeypatch.setattr(system.platform, "freedesktop_os_release", lambda: {"ID": here.name})
    monkeypatch.setattr(
        system.subprocess,
        "run",
        lambda command, **options: subprocess.CompletedProcess(
            command, 0 if command[0] != sys.executable or here.driver else 127, "", ""
        ),
    )
    return here


def test_root_gets_a_browser_for_pictures(system, machine, capsys):
    machine.root = True
    assert system.browser_for_pictures()
    assert [command[-1] for command in machine.ran] == ["chromium"]
    assert "Installing Chromium" in capsys.readouterr().out


def test_user_is_told_once_that_pictures_are_missing_and_how_to_get_them(system, machine, capsys):
    assert system.browser_for_pictures() is None
    said = capsys.readouterr().out
    assert len(said.splitlines()) == 1
    assert "without pictures for print and for readers without JavaScript" in said
    assert "sudo apt-get install chromium" in said
    assert machine.ran == []


@pytest.mark.parametrize("name", ["ubuntu", ""])
def test_where_apt_has_no_chromium_it_is_not_named(system, machine, capsys, name):
    machine.name = name
    machine.commands = {"apt-get"} if name else set()
    assert system.browser_for_pictures() is None
    assert "install Chrome" in capsys.readouterr().out


def test_browser_that_is_there_is_used_without_a_word(system, machine, capsys):
    machine.browser = True
    assert system.browser_for_pictures()
    assert capsys.readouterr().out == ""


def test_root_gets_all_that_tests_need(system, machine):
    machine.root = True
    assert system.browser_for_tests(release=True)
    assert machine.ran[0][-3:] == ["chromium", "libatomic1", "bubblewrap"]


def test_root_on_ubuntu_gets_the_browser_of_playwright(system, machine):
    machine.root, machine.name = True, "ubuntu"
    assert system.browser_for_pictures()
    apt, packages, fetched = machine.ran
    assert apt[-1] == "libatomic1"
    assert packages == ["requirements/playwright.txt"]
    assert fetched[-2:] == ["--with-deps", "chromium"]


@pytest.mark.parametrize(
    ("release", "browser", "line"),
    [
        (False, False, "sudo apt-get install chromium libatomic1."),
        (True, False, "sudo apt-get install chromium libatomic1 bubblewrap."),
        (False, True, "sudo apt-get install libatomic1."),
    ],
)
def test_user_is_told_the_one_line_that_brings_all(system, machine, release, browser, line):
    machine.browser = browser
    with pytest.raises(system.MakeError) as told:
        system.browser_for_tests(release)
    assert str(told.value).endswith(line)
    assert machine.ran == []


def test_elsewhere_the_download_of_playwright_is_named(system, machine):
    machine.commands, machine.driver = set(), True
    with pytest.raises(system.MakeError, match=r"\.venv/bin/playwright install --with-deps chrom"):
        system.browser_for_tests(release=False)


def test_browser_that_does_not_start_is_said(system, tmp_path, monkeypatch):
    broken = tmp_path / "chrome"
    broken.write_text("#!/bin/sh\necho libnss3.so is missing >&2\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setenv("CASEBOOK_BROWSER", str(broken))
    with pytest.raises(system.MakeError, match=r"chrome does not start \(libnss3.so is missing\)"):
        system.browser_for_pictures()
    monkeypatch.setenv("CASEBOOK_BROWSER", "/nowhere")
    with pytest.raises(system.MakeError, match="/nowhere is not a program"):
        system.browser_for_pictures()


def test_book_built_without_pictures_is_built_again_when_a_browser_arrives(
    system, monkeypatch, tmp_path
):
    import book

    def build(command, log, **options):
        (edition.html).mkdir(parents=True, exist_ok=True)
        (edition.html / "index.html").touch()
        return 0, ""

    edition = book.Edition("public", "the book", tmp_path)
    monkeypatch.setattr(book, "run", build)
    kept = edition.html / "kept"
    for pictures, stays in [(False, False), (False, True), (True, False), (True, True)]:
        book.pages(False, False, pictures, edition)
        assert kept.exists() == stays, (pictures, stays)
        kept.touch()
