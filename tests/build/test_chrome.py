"""The browser is found where machines have one."""

import sys
from pathlib import Path

import pytest

from casebook.chrome import find_browser


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch, tmp_path):
    for variable in ("CASEBOOK_BROWSER", "BROWSER_PATH", "CHROME", "PLAYWRIGHT_BROWSERS_PATH"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "platform", "linux")


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_no_browser_is_none():
    assert find_browser() is None


def test_a_command_is_found(tmp_path):
    chrome = program(tmp_path / "bin" / "google-chrome")
    assert find_browser() == chrome
    chromium = program(tmp_path / "bin" / "chromium")
    assert find_browser() == chromium


def test_a_named_browser_comes_first(tmp_path, monkeypatch):
    program(tmp_path / "bin" / "chromium")
    mine = program(tmp_path / "mine")
    monkeypatch.setenv("BROWSER_PATH", str(mine))
    assert find_browser() == mine


def test_a_named_browser_that_is_not_there_is_said(tmp_path, monkeypatch):
    program(tmp_path / "bin" / "chromium")
    monkeypatch.setenv("CASEBOOK_BROWSER", str(tmp_path / "nothing"))
    with pytest.raises(FileNotFoundError, match=r"CASEBOOK_BROWSER=.*nothing is not a program"):
        find_browser()


def test_the_newest_browser_of_playwright_is_found(tmp_path):
    cache = tmp_path / "home" / ".cache" / "ms-playwright"
    program(cache / "chromium-990" / "chrome-linux" / "chrome")
    newest = program(cache / "chromium-1190" / "chrome-linux64" / "chrome")
    assert find_browser() == newest


def test_playwrights_folder_may_be_elsewhere(tmp_path, monkeypatch):
    shell = program(
        tmp_path / "p" / "chromium_headless_shell-1190" / "chrome-linux" / "headless_shell"
    )
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "p"))
    assert find_browser() == shell
