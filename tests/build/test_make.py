"""What make says when it cannot do its work: one sentence, and a non-zero exit."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path) -> Path:
    """The files that make needs, without anything it has made."""
    folder = tmp_path / "a folder"
    folder.mkdir()
    for name in ["Makefile", "requirements.txt", "package.json", "package-lock.json", ".npmrc"]:
        shutil.copy(ROOT / name, folder)
    for name in ["requirements", "tools"]:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def make(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env=env | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def pythons(folder: Path, **verdicts: str) -> str:
    """Return a PATH on which the given commands answer as Pythons of some version would."""
    folder.mkdir()
    for name, verdict in verdicts.items():
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{verdict}'\n")
        program.chmod(0o755)
    for command in ("sh", "make", "id", "echo"):
        (folder / command).symlink_to(shutil.which(command))
    return str(folder)


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return what was said, without make's own closing line."""
    lines = (done.stdout + done.stderr).splitlines()
    return [line for line in lines if line and not line.startswith("make: ***")]


def test_make_alone_says_what_there_is(checkout):
    done = make(checkout)
    assert done.returncode == 0
    for target in ("serve", "test", "book", "data", "test-release", "lock", "clean"):
        assert f"make {target} " in done.stdout
    assert "make instructor-edition\n" in done.stdout


def test_a_taken_port_is_said_before_anything_is_made(checkout):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = make(checkout, "serve", f"PORT={port}")
    assert done.returncode != 0
    assert said(done) == [
        f"Port {port} is taken by another program: stop that, or choose another port "
        f"(make serve PORT={port + 1})."
    ]
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 80", "٨٠"])
def test_a_port_that_is_none_is_said(checkout, port):
    done = make(checkout, "serve", f"PORT={port}")
    assert done.returncode != 0
    assert said(done) == [f"PORT={port} is not a port: give a number from 1024 to 65535."]


def test_no_python_is_said_in_one_sentence(checkout, tmp_path):
    done = make(checkout, "serve", PATH=pythons(tmp_path / "bin"))
    assert done.returncode != 0
    assert len(said(done)) == 1
    assert "needs Python 3.11, 3.12 or 3.13 and found no Python;" in said(done)[0]


def test_pythons_of_other_versions_are_named(checkout, tmp_path):
    path = pythons(tmp_path / "bin", python3="new 3.14", python="old 3.9")
    done = make(checkout, "serve", PATH=path)
    assert done.returncode != 0
    assert len(said(done)) == 1
    assert "found only 3.14 3.9;" in said(done)[0]


def test_a_python_without_its_venv_part_names_the_package(checkout, tmp_path):
    done = make(checkout, "serve", PATH=pythons(tmp_path / "bin", python3="bare 3.11"))
    assert done.returncode != 0
    assert len(said(done)) == 1
    assert "sudo apt-get install python3.11-venv" in said(done)[0]


def test_a_whole_python_is_preferred_to_a_bare_one(checkout, tmp_path):
    path = pythons(tmp_path / "bin", python3="bare 3.11", **{"python3.12": "good 3.12"})
    found = subprocess.run(
        [checkout / "tools" / "find-python"],
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip().endswith("/python3.12")


@pytest.mark.release
def test_no_network_is_one_sentence_and_leaves_nothing_to_trip_over(checkout):
    nowhere = "http://127.0.0.1:9"
    env = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": nowhere,
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_FIND_LINKS": "",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_RETRIES": "0",
    }
    for _ in range(2):
        done = make(checkout, "book", **env)
        assert done.returncode != 0
        assert "The Python packages could not be fetched: no connection" in said(done)[-1]
        assert not list((checkout / ".venv").glob(".*.stamp"))
    assert "The last installation was interrupted: making .venv afresh." in said(done)
