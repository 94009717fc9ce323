"""Courses through the module: `syllabi.yml`, read and checked against pages and tasks.

Only what happens in class has its minutes written down. Reading takes what `module.yml` says of a
page. A task takes its share of its notebook's minutes, by points: an estimate, told as "about".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from casebook import module_map
from casebook.authoring.objectives import Assessment, Assessments, assessments, name
from casebook.module_map import ModuleMap, Objective, Page
from casebook.prose import listing

FILE = "syllabi.yml"
_TASKS = re.compile(r"([a-z-]+)(?:\.q(\d+)(?:-q(\d+))?)?")


class SyllabusError(ValueError):
    """A syllabus that nobody can teach; the message names the session."""


@dataclass(frozen=True)
class Work:
    """Tasks of one notebook, worked together.

    Attributes
    ----------
    notebook : Page
    tasks : tuple of Assessment
    minutes : float
        Their share of the notebook's minutes, by points.
    """

    notebook: Page
    tasks: tuple[Assessment, ...]
    minutes: float

    @property
    def told(self) -> str:
        """Which tasks, as ``tasks 1 to 4 and 6``."""
        numbers = sorted(int(task.name.removeprefix("q")) for task in self.tasks)
        spans: list[list[int]] = []
        for number in numbers:
            if spans and spans[-1][-1] == number - 1:
                spans[-1].append(number)
            else:
                spans.append([number])
        parts: list[str] = []
        for span in spans:
            parts += [f"{span[0]} to {span[-1]}"] if len(span) > 2 else map(str, span)
        return f"{'task' if len(numbers) == 1 else 'tasks'} {listing(parts)}"


@dataclass(frozen=True)
class HandIn:
    """Written tasks, the day they are due, and the number of the session that sets them."""

    day: int
    work: tuple[Work, ...]
    session: int

    @property
    def minutes(self) -> float:
        """What they take to write, about."""
        return sum(work.minutes for work in self.work)

    @property
    def in_class(self) -> int:
        """Nothing of it happens in class."""
        return 0


@dataclass(frozen=True)
class Session:
    """One meeting, with what is done before it.

    Attributes
    ----------
    number : int
    title : str
    day : int
        Days after the first session.
    read : tuple of Page
        Pages without minutes are for reference.
    work : tuple of Work
    activities : tuple of tuple
        Minutes, and one sentence.
    hand_in : HandIn or None
    objectives : tuple of Objective
        Those of the pages read, and those that the tasks ask for.
    """

    number: int
    title: str
    day: int
    read: tuple[Page, ...]
    work: tuple[Work, ...]
    activities: tuple[tuple[int, str], ...]
    hand_in: HandIn | None
    objectives: tuple[Objective, ...]

    @property
    def in_class(self) -> int:
        """Minutes in class."""
        return sum(minutes for minutes, _ in self.activities)

    @property
    def before(self) -> float:
        """Minutes of reading and tasks before it."""
        return sum(page.minutes for page in self.read) + sum(work.minutes for work in self.work)

    @property
    def minutes(self) -> float:
        """All minutes: before it and in class."""
        return self.before + self.in_class


@dataclass(frozen=True)
class Week:
    """A week of a syllabus, counted from the first session, with what falls into it."""

    number: int
    entries: tuple[Session | HandIn, ...]

    @property
    def minutes(self) -> float:
        """All minutes that it asks for."""
        return sum(entry.minutes for entry in self.entries)

    @property
    def in_class(self) -> int:
        """Minutes in class."""
        return sum(entry.in_class for entry in self.entries)


@dataclass(frozen=True)
class Syllabus:
    """A course: its name on the command line, its title, what it is, and its sessions."""

    name: str
    title: str
    about: str
    minutes: int
    sessions: tuple[Session, ...]

    @property
    def entries(self) -> list[Session | HandIn]:
        """Sessions and deadlines by day; what is due on the day of a session comes before it."""
        due = [session.hand_in for session in self.sessions if session.hand_in]
        return sorted([*due, *self.sessions], key=lambda entry: entry.day)

    @property
    def weeks(self) -> list[Week]:
        """The weeks that ask for anything."""
        of: dict[int, list[Session | HandIn]] = {entry.day // 7 + 1: [] for entry in self.entries}
        for entry in self.entries:
            of[entry.day // 7 + 1].append(entry)
        return [Week(number, tuple(entries)) for number, entries in of.items()]


def about(minutes: float) -> str:
    """Write an estimate of minutes, to the nearest five: ``about 1 h 35 min``."""
    return f"about {duration(max(5, round(minutes / 5) * 5))}"


def duration(minutes: int) -> str:
    """Write minutes as ``45 min``, ``2 h`` or ``1 h 30 min``, on one line."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}\u00a0h"] * bool(hours) + [f"{rest}\u00a0min"] * bool(rest or not hours)
    return "\u00a0".join(parts)


def current(root: Path) -> dict[str, Syllabus]:
    """Return the syllabi of a checkout by name."""
    content = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))
    return read(content, module_map.current(root), assessments(root))


def read(content: dict[str, Any], pages: ModuleMap, found: Assessments) -> dict[str, Syllabus]:
    """Read and check syllabi.

    Raises
    ------
    SyllabusError
        If a page or a task is unknown or asked for twice; if a page comes before one that it
        builds upon; if what is handed in is not written; if days go back; if activities take
        longer than a session.
    """
    return {key: _Reader(key, pages, found).syllabus(entry) for key, entry in content.items()}


class _Reader:
    """Reads one syllabus, remembering what its earlier sessions asked for."""

    def __init__(self, key: str, pages: ModuleMap, found: Assessments) -> None:
        self.key = key
        self.pages = pages
        self.written = {(one.where, one.name) for one in found.written}
        self.tasks: dict[str, list[Assessment]] = {}
        for one in (*found.checked, *found.written):
            self.tasks.setdefault(one.where, []).append(one)
        self.done: set[str] = set()
        self.asked: set[tuple[str, str]] = set()
        self.where = key

    def syllabus(self, entry: dict[str, Any]) -> Syllabus:
        sessions = []
        for number, session in enumerate(entry["sessions"], 1):
            self.where = f"{FILE}: {self.key}, session {number}"
            sessions.append(self._session(number, session, entry["minutes"]))
            if number > 1 and sessions[-1].day <= sessions[-2].day:
                raise self._error("its day is not after that of the session before")
        return Syllabus(self.key, entry["title"], entry["about"], entry["minutes"], tuple(sessions))

    def _session(self, number: int, entry: dict[str, Any], length: int) -> Session:
        read = tuple(self._page(path) for path in entry.get("read", ()))
        work = tuple(self._work(entry.get("tasks", ())))
        activities = tuple(pair for one in entry["in_class"] for pair in one.items())
        if (taken := sum(minutes for minutes, _ in activities)) > length:
            raise self._error(f"{taken} minutes in class, but a session has {length}")
        hand_in = None
        if entry.get("hand_in"):
            own = tuple(self._work(entry["hand_in"]))
            for task in (task for one in own for task in one.tasks):
                if (task.where, task.name) not in self.written:
                    raise self._error(f"{name(task)} is checked, not handed in")
            hand_in = HandIn(entry["day"] + entry["due"], own, number)
        tasks = [task for one in (*work, *(hand_in.work if hand_in else ())) for task in one.tasks]
        reached = {task.objective for task in tasks}
        reached |= {objective.id for page in read for objective in page.objectives}
        objectives = tuple(o for page in self.pages.pages for o in page.objectives)
        return Session(
            number,
            entry["title"],
            entry["day"],
            read,
            work,
            activities,
            hand_in,
            tuple(objective for objective in objectives if objective.id in reached),
        )

    def _page(self, path: str) -> Page:
        if path in self.done:
            raise self._error(f"{path} was read before")
        return self._begun(path)

    def _begun(self, path: str) -> Page:
        """Take a page or a notebook as begun, if all that comes before it was."""
        page = self.pages.page(path)
        if page is None:
            raise self._error(f"module.yml has no page {path}")
        if missing := [before for before in page.prerequisites if before not in self.done]:
            raise self._error(f"{path} comes before {', '.join(missing)}")
        self.done.add(path)
        return page

    def _work(self, names: Sequence[str]) -> Iterator[Work]:
        chosen: dict[str, list[Assessment]] = {}
        for asked in names:
            for task in self._tasks(asked):
                if (task.where, task.name) in self.asked:
                    raise self._error(f"{name(task)} is asked for twice")
                self.asked.add((task.where, task.name))
                chosen.setdefault(task.where, []).append(task)
        for where, tasks in chosen.items():
            notebook = self._begun(where)
            points = sum(task.points for task in self.tasks[where])
            share = sum(task.points for task in tasks) / points
            yield Work(notebook, tuple(tasks), notebook.minutes * share)

    def _tasks(self, asked: str) -> list[Assessment]:
        named = _TASKS.fullmatch(asked)
        if named and (own := self.tasks.get(f"exercises/{named[1]}", [])):
            if not named[2]:
                return own
            wanted = [f"q{n}" for n in range(int(named[2]), int(named[3] or named[2]) + 1)]
            found = [task for task in own if task.name in wanted]
            if found and len(found) == len(wanted):
                return found
        raise self._error(f"there are no tasks {asked}")

    def _error(self, said: str) -> SyllabusError:
        return SyllabusError(f"{self.where}: {said}")
