"""The files at the root say what they must, and nothing that does not belong there."""

import json
import re
import subprocess
from pathlib import Path

import plotly.offline
import pytest
import yaml

ROOT = Path(__file__).parents[2]
REQUIREMENTS = [
    "requirements.txt",
    *sorted(f"requirements/{p.name}" for p in (ROOT / "requirements").iterdir()),
]
LOCKS = [*REQUIREMENTS, "package-lock.json", "package.json", ".npmrc", "pyproject.toml"]
# A host of any package index or registry: something with a scheme, or a dotted name of theirs.
HOST = re.compile(r"https?://|\b(?:pypi|npmjs|pythonhosted|registry\.)[\w.-]*", re.IGNORECASE)


def committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    assert ROOT / "LICENSE" in paths
    return [path for path in paths if path.is_file()]


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return dict(
        line.split(";")[0].strip().split("==")
        for line in lines
        if line and not line.startswith(("#", "-r "))
    )


@pytest.mark.parametrize(
    "folder",
    [
        ".github",
        ".venv",
        "node_modules",
        "_build",
        "tests",
        "instructor",
        "tools",
        "data",
        "casebook",
    ],
)
def test_sphinx_does_not_look_through_folders_that_hold_no_pages(folder):
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert folder in config["exclude_patterns"]


def test_pages_run_anew_and_never_come_from_a_cache():
    execute = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["execute"]
    assert execute["execute_notebooks"] == "force"
    assert not execute["cache"]
    assert execute["stderr_output"] == "error"


@pytest.mark.parametrize("name", LOCKS)
def test_files_that_pin_versions_name_no_host(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert HOST.findall(text.replace("omit-lockfile-registry-resolved", "")) == []


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_to_one_version(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith(("#", "-r ")):
            assert re.fullmatch(r"[\w.-]+==[\w.]+(; platform_system == \"\w+\")?", line), line


def test_no_package_is_pinned_twice():
    # The browser's Python is another one: `test_pyodide.py` compares its versions with these.
    files = [file for file in REQUIREMENTS if file != "requirements/browser.txt"]
    names = [name for file in files for name in pins(file)]
    assert sorted(names) == sorted(set(names))


def test_the_bundled_plotly_is_the_one_that_the_python_package_speaks_to():
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    wanted = package["dependencies"]["plotly.js-basic-dist-min"]
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    locked = lock["packages"]["node_modules/plotly.js-basic-dist-min"]["version"]
    assert wanted == locked == plotly.offline.get_plotlyjs_version()


def test_front_end_packages_are_checked_by_hash():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())


def test_no_committed_file_outside_the_data_is_large():
    large = [
        str(path.relative_to(ROOT))
        for path in committed()
        if path.stat().st_size > 400_000 and path.relative_to(ROOT).parts[0] != "data"
    ]
    assert large == []


def test_nothing_that_is_fetched_or_built_is_committed():
    made = re.compile(
        r"(^|/)(node_modules|_build|\.venv|dist|__pycache__)/|\.min\.(js|css)$|\.whl$"
    )
    names = [path.relative_to(ROOT).as_posix() for path in committed()]
    assert [name for name in names if made.search(name)] == []


def test_no_committed_file_names_a_path_of_the_machine_it_was_written_on():
    private = re.compile(r"(?<![\w.])/(?:work|root|farm)/\w|/tmp/[a-z]")
    found = []
    for path in committed():
        if path != Path(__file__) and path.suffix in {
            ".py",
            ".md",
            ".yml",
            ".toml",
            ".json",
            ".txt",
        }:
            found += private.findall(path.read_text(encoding="utf-8"))
    assert found == []


def test_licence_and_citation_say_who_may_do_what():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "SPDX-License-Identifier: MIT" in licence
    assert "SPDX-License-Identifier: CC-BY-4.0" in licence
    assert "Permission is hereby granted, free of charge" in licence
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["license"] == ["MIT", "CC-BY-4.0"]


def test_versions_agree():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    project = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert citation["version"] == package["version"] == project[1]


def test_the_build_server_runs_the_same_command_as_everyone():
    script = ROOT / ".ci" / "run"
    assert script.read_text(encoding="utf-8").rstrip().endswith("make test")
    assert script.stat().st_mode & 0o111
