"""What a person looks at: rubrics beside the answers, and nothing of a student that can act."""

from __future__ import annotations

import base64
import contextlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, sync_playwright

from casebook.chrome import LAUNCH_ARGUMENTS, find_browser
from casebook.grading.course.folder import Course
from casebook.grading.course.machine_marks import MachineMarks
from casebook.grading.course.outline import outline
from casebook.grading.marks import comparison, gradebook
from casebook.grading.notebooks import repair, structure
from casebook.grading.review import formgrader, layout
from casebook.grading.review.layout import shown

from ..conftest import PART, cell, code, text, written

RUN = "document.title = 'taken over'; fetch('/formgrader/api/grades')"
HOSTILE = [
    f"<script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f'<svg onload="{RUN}"></svg>',
    f"[click](javascript:{RUN})",
    f"<a href='javascript:{RUN}'>click</a>",
    f'<iframe srcdoc="<script>{RUN}</script>"></iframe>',
    f'<details open ontoggle="{RUN}">',
    f"```\n</pre><script>{RUN}</script>\n```",
    "$\\href{javascript:document.title=1}{x}$",
]
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 40).decode()


def outputs() -> list[dict]:
    """Return what a hostile notebook may say that its cells had printed."""
    page = "".join(HOSTILE)
    shown = [
        {"text/html": f"<table onclick='x'><tr><td>{page}</td></tr></table>"},
        {"text/html": page, "text/plain": "words"},
        {"image/svg+xml": page},
        {"application/javascript": RUN},
        {"image/png": "not a picture"},
        {"image/png": PNG},
    ]
    return [
        *({"output_type": "display_data", "metadata": {}, "data": data} for data in shown),
        {"output_type": "stream", "name": "stdout", "text": page},
        "no output",
    ]


@pytest.fixture
def hostile(blank) -> dict:
    """A notebook with scripts wherever a notebook has room for one."""
    cell(blank, "q10-answer")["source"] = "\n\n".join(HOSTILE)
    cell(blank, "q1-answer")["source"] += f"\n# {HOSTILE[0]}"
    cell(blank, "q1-answer")["outputs"] = outputs()[:5]
    blank["cells"].insert(3, text("\n\n".join(HOSTILE)))
    blank["cells"].insert(3, code("print('added')") | {"outputs": outputs()[3:]})
    return blank


@pytest.fixture
def course(tmp_path, key, hostile, release, empty_gradebook) -> Course:
    """A course with the hostile notebook, under a name that is markup, and marked."""
    course = Course(tmp_path / "course")
    empty_gradebook(course)
    place = course.folder / "submitted" / "awa-17" / PART
    place.mkdir(parents=True)
    (place / f"{PART}.ipynb").write_bytes(written(hostile))
    name = f"{HOSTILE[1]} Keita"
    (place / "about.json").write_text(json.dumps({"when": "", "name": name}))
    repaired = repair.repair(hostile, release)
    tasks = comparison.mark(key, {}, comparison.written_answers(key, repaired.notebook))
    course.keep_repaired("awa-17", PART, repaired.notebook)
    course.keep_marked(MachineMarks("awa-17", name, PART, "first", ("restored x",), tuple(tasks)))
    return course


def laid_out(course: Course) -> dict:
    file = course.folder / "autograded" / "awa-17" / PART / f"{PART}.ipynb"
    return json.loads(file.read_text("utf-8"))


def test_of_outputs_stay_text_pictures_and_plain_tables(course):
    assert layout.prepare(course) == 1
    cells = laid_out(course)["cells"]
    kinds = {
        kind
        for cell in cells
        for output in cell.get("outputs", [])
        for kind in output.get("data", {"stream": ""})
    }
    assert kinds == {"stream", "text/html", "text/plain", "image/png"}
    pages = [
        output["data"]["text/html"]
        for cell in cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    assert pages
    assert all(re.findall(r"<(?!/?(table|tr|td|tbody|div|p)>)", page) == [] for page in pages)
    assert sum(PNG in json.dumps(cell) for cell in cells) == 1


def test_the_rubric_follows_each_written_answer_and_the_diagnosis_each_check(course):
    layout.prepare(course)
    cells = laid_out(course)["cells"]
    at = {structure.grade_id(cell): number for number, cell in enumerate(cells)}
    for task in outline(PART).tasks:
        if task.written:
            said = cells[at[f"{task.name}-answer"] + 1]["source"]
            assert all(criterion.full in said for criterion in task.criteria)
            assert all(example.text in said for example in task.examples)
            assert task.teacher in said
        else:
            [output] = cells[at[f"{task.name}-check"]]["outputs"]
            assert "0 of" in output["text"]


def test_a_notebook_is_laid_out_again_only_when_its_marks_were_made_again(course):
    assert [layout.prepare(course), layout.prepare(course)] == [1, 0]
    course.keep_marked(replace(course.marked("awa-17", PART), made_from="second"))
    assert layout.prepare(course) == 1
    # As `mark --again` does.
    course.keep_marked(replace(course.marked("awa-17", PART), notes=()))
    assert layout.prepare(course) == 1


def test_markdown_becomes_a_page_without_html_or_addresses_that_act():
    page = formgrader.Exporter().markdown2html({}, "\n\n".join(HOSTILE))
    assert re.findall(r"<(?!/?(p|pre|code|em)>)", page) == []
    assert 'href="javascript' not in page
    assert "<img" not in formgrader.Exporter().markdown2html({}, "![](/logout)")
    assert '<a href="#q1-answer">' in formgrader.Exporter().markdown2html({}, "[q1](#q1-answer)")


def test_a_table_of_many_cells_stays_text():
    table = "|a" * 300 + "\n" + "|-" * 300 + "\n" + "|x\n" * 3000
    assert "<table" not in formgrader.Exporter().markdown2html({}, table)
    assert "<table" in formgrader.Exporter().markdown2html({}, "|a|b|\n|-|-|\n|1|2|")


def test_outputs_of_cells_with_the_same_text_are_each_shown_once(course, hostile, key, release):
    same = [code("df") | {"outputs": [{"output_type": "stream", "text": f"<{n}>"}]} for n in (1, 2)]
    hostile["cells"] += [*same, *(code("df") for _ in range(5)), text("word " * 200_000)]
    repaired = repair.repair(hostile, release).notebook
    marked = course.marked("awa-17", PART)
    notebook = shown(repaired, hostile, marked, outline(PART))
    found = [cell.outputs for cell in notebook.cells if cell.source == "df"]
    assert [[output.text for output in outputs] for outputs in found[:3]] == [["<1>"], ["<2>"], []]
    assert len(json.dumps(notebook)) < 2 * layout.LONGEST_WHOLE


def test_a_submission_that_cannot_be_shown_stops_no_other(course):
    for kind in ("submitted", "repaired", "marked"):
        shutil.copytree(course.folder / kind / "awa-17", course.folder / kind / "aaa")
    file = course.folder / "marked" / "aaa" / PART / "marks.json"
    file.write_text(file.read_text().replace("awa-17", "aaa"))
    (course.folder / "submitted" / "aaa" / PART / f"{PART}.ipynb").write_text("{}")
    told: list[str] = []
    assert layout.prepare(course, told.append) == 1
    assert [line.split()[0] for line in told] == [f"aaa/{PART}"]


def test_the_policy_lets_run_what_the_page_brings_and_nothing_else():
    said = formgrader.policy(
        '<script src="a.js"></script><script>one()</script><i onclick="two()">'
    )
    assert said.count("sha256-") == 2
    assert "'unsafe-inline'" not in said.split("style-src")[0]


@pytest.fixture
def browser() -> Iterator[Browser]:
    program = find_browser()
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=str(program) if program else None, args=list(LAUNCH_ARGUMENTS)
        )


@contextlib.contextmanager
def served(course: Course, port: int) -> Iterator[str]:
    """Serve the formgrader as an instructor does, and say where."""
    command = [sys.executable, "-m", "casebook.grading", "review", str(course.folder)]
    command += ["--no-browser", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            lines = iter(server.stdout.readline, "")
            yield next(line.split()[1] for line in lines if line.startswith("Review: "))
        finally:
            server.terminate()
            server.wait(20)


def test_in_a_browser_no_script_runs_and_marks_and_comments_are_kept(course, unused_port, browser):
    with served(course, unused_port) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        failed: list[str] = []
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(address)
        page.click("text=Submission #1")
        page.wait_for_selector("#q10-answer.needs_manual_grade")
        for link in page.locator("a", has_text="click").all():
            link.click(timeout=2000)
        assert page.title() == PART
        answer = page.locator(".nbgrader_cell", has=page.locator("#q10-answer"))
        assert "<script>" in answer.inner_text()
        rubric = page.locator("table", has_text=outline(PART).task("q10").criteria[0].full)
        beside = rubric.bounding_box()
        assert beside["x"] > answer.bounding_box()["x"] + answer.bounding_box()["width"]
        with page.expect_response(lambda response: response.request.method == "PUT"):
            page.fill("#q10-answer", "2.5")
            page.press("#q10-answer", "Tab")
        with page.expect_response(lambda response: response.request.method == "PUT"):
            page.fill("#q10-answer-comment", "Say who counted.")
            page.press("#q10-answer-comment", "Tab")
        assert failed == []
        refused = page.evaluate(
            """() => fetch('/formgrader/api/submission/warm-up/awa-17/autograde', {method: 'POST',
               headers: {'X-CSRFToken': document.cookie.match(/_xsrf=([^;]*)/)[1]}})
               .then(response => response.status)"""
        )
        assert refused == 403
    gradebook.bring_up_to_date(course)
    [graded] = gradebook.graded(course)
    given = {grade.task: grade for grade in graded.grades}["q10"]
    assert (given.points, given.by_hand, given.comment) == (2.5, True, "Say who counted.")
