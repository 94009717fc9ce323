"""A syllabus can be taught: what it names exists, comes in order, and fits the time there is."""

from __future__ import annotations

import copy

import pytest
import yaml

from casebook import module_map
from casebook.authoring import objectives, syllabi
from casebook.authoring.syllabi import SyllabusError

from .conftest import ROOT

CONTENT = yaml.safe_load((ROOT / syllabi.FILE).read_text(encoding="utf-8"))
MAP = module_map.current(ROOT)
FOUND = objectives.assessments(ROOT)
SYLLABI = syllabi.read(CONTENT, MAP, FOUND)
TERM = SYLLABI["term"]
TASKS = [*FOUND.checked, *FOUND.written]


def set_in(session: syllabi.Session) -> list[objectives.Assessment]:
    due = session.hand_in.work if session.hand_in else ()
    return [task for work in (*session.work, *due) for task in work.tasks]


def test_there_are_a_seminar_two_weeks_and_a_term():
    assert list(SYLLABI) == ["seminar", "two-weeks", "term"]
    assert len(SYLLABI["seminar"].sessions) == 1
    assert max(session.day for session in SYLLABI["two-weeks"].sessions) < 14


@pytest.mark.release
def test_term_covers_every_page():
    read = {page.path for session in TERM.sessions for page in session.read}
    asked = {task.where for session in TERM.sessions for task in set_in(session)}
    course = {page.path for page in MAP.pages if page.part != "teaching"} - {"index"}
    left_out = ", ".join(sorted(course - read - asked))
    assert not left_out, f"give them a session of the term in syllabi.yml: {left_out}"
    assert read | asked == course


@pytest.mark.release
def test_term_asks_for_every_task_and_reaches_every_objective():
    given = [task for session in TERM.sessions for task in set_in(session)]
    given, wanted = (sorted(map(objectives.name, tasks)) for tasks in (given, TASKS))
    left_out = ", ".join(task for task in wanted if task not in given)
    assert not left_out, f"give them a session of the term in syllabi.yml: {left_out}"
    assert given == wanted, "a task stands twice in the term"
    reached = {one.id for session in TERM.sessions for one in session.objectives}
    assert reached == {one.id for page in MAP.pages for one in page.objectives}


@pytest.mark.parametrize("syllabus", SYLLABI.values(), ids=list(SYLLABI))
def test_class_time_is_filled_and_not_more(syllabus):
    assert {session.in_class for session in syllabus.sessions} == {syllabus.minutes}


@pytest.mark.parametrize(
    ("name", "before", "week"), [("seminar", 60, 180), ("two-weeks", 75, 450), ("term", 90, 240)]
)
def test_load_is_humane(name, before, week):
    assert max(session.before for session in SYLLABI[name].sessions) <= before
    assert max(one.minutes for one in SYLLABI[name].weeks) <= week


@pytest.mark.release
def test_minutes_of_tasks_add_up_to_their_notebooks():
    per_notebook: dict[str, float] = {}
    for session in TERM.sessions:
        for work in (*session.work, *(session.hand_in.work if session.hand_in else ())):
            path = work.notebook.path
            per_notebook[path] = per_notebook.get(path, 0) + work.minutes
    assert per_notebook == {
        page.path: pytest.approx(page.minutes) for page in MAP.pages if page.is_exercise
    }


def test_weeks_hold_all_sessions_and_deadlines():
    for syllabus in SYLLABI.values():
        assert [entry for week in syllabus.weeks for entry in week.entries] == syllabus.entries
        days = [entry.day for entry in syllabus.entries]
        assert days == sorted(days)


def test_due_work_comes_before_the_session_of_its_day():
    day = TERM.sessions[2].hand_in.day
    kinds = [type(entry) for entry in TERM.entries if entry.day == day]
    assert kinds == [syllabi.HandIn, syllabi.Session]


def test_tasks_are_told_as_a_sentence_tells_them():
    assert TERM.sessions[4].work[0].told == "tasks 6 to 10 and 12"
    assert TERM.sessions[2].hand_in.work[0].told == "tasks 10 and 11"
    assert SYLLABI["seminar"].sessions[0].hand_in.work[0].told == "task 10"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(1, "about 5 min"), (57.4, "about 55 min"), (60, "about 1 h"), (94, "about 1 h 35 min")],
)
def test_estimates_are_told_to_five_minutes(minutes, told):
    assert syllabi.about(minutes).replace("\u00a0", " ") == told


def broken(change) -> dict:
    content = copy.deepcopy(CONTENT)
    change(content["term"]["sessions"])
    return content


BREAKS = {
    "unknown page": (lambda s: s[0]["read"].append("chapters/a"), "session 1: .* no page chapters"),
    "page twice": (
        lambda s: s[1]["read"].append("chapters/start/how-to-use"),
        "session 2: chapters/start/how-to-use was read before",
    ),
    "before what it builds upon": (
        lambda s: s[0]["read"].append("chapters/governance/money"),
        "session 1: chapters/governance/money comes before chapters/start/reading-data",
    ),
    "notebook before its chapter": (
        lambda s: s[2]["tasks"].append("origins.q1"),
        "session 3: exercises/origins comes before chapters/origins/collapse-2012",
    ),
    "unknown task": (lambda s: s[1]["tasks"].append("warm-up.q99"), "no tasks warm-up.q99"),
    "unknown tasks": (lambda s: s[1]["tasks"].append("warm-up.q9-q99"), "no tasks warm-up.q9-q99"),
    "unknown notebook": (lambda s: s[1]["tasks"].append("warm"), "no tasks warm"),
    "badly written": (lambda s: s[1]["tasks"].append("warm-up q1"), "no tasks warm-up q1"),
    "task twice": (lambda s: s[2]["tasks"].append("warm-up.q5"), "warm-up.q5 is asked for twice"),
    "whole notebook and a task": (
        lambda s: s[2]["tasks"].append("warm-up"),
        "warm-up.q1 is asked for twice",
    ),
    "checked task handed in": (
        lambda s: s[1].update(tasks=[], hand_in=["warm-up.q1"], due=7),
        "session 2: warm-up.q1 is checked, not handed in",
    ),
    "days that go back": (lambda s: s[1].update(day=0), "session 2: its day is not after"),
    "too long": (lambda s: s[0]["in_class"].append({1: "More."}), "91 minutes in class, but .* 90"),
}


@pytest.mark.parametrize(("change", "said"), BREAKS.values(), ids=list(BREAKS))
def test_syllabus_that_nobody_can_teach_is_refused(change, said):
    with pytest.raises(SyllabusError, match=f"syllabi.yml: term, {said}|{said}"):
        syllabi.read(broken(change), MAP, FOUND)
