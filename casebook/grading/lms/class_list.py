"""The table of a class that an instructor downloads from an LMS, and sends back with grades.

Four kinds are read. What they look like was looked up in the source code of the LMSes and in
files that others published; nothing was tried on a running LMS.

Moodle, "grading worksheet" of one assignment
    Identifier (``Participant 1234``), Full name, Email address, Status, Grade, Maximum grade,
    Grade can be changed, Last modified (submission), Last modified (grade), Feedback comments.
    Confirmed in Moodle's code: headers and dates are in the language of whoever downloads; the
    upload needs the columns of identifier, grade and last grading and takes commas, semicolons or
    tabs in any encoding that is named there; the number after ``Participant`` is the one in the
    names of the zip (``Awa Keita_1234_assignsubmission_file_``), and the same person has another
    number in another assignment. With anonymous marking there is no name, and in the zip each is
    called Participant. In a file of a real Moodle: UTF-8 with a byte-order mark, CRLF. Headers in
    other languages than English and French are not known here.
Canvas, "export entire gradebook"
    Student (or LastName, FirstName), ID, SIS User ID, SIS Login ID, Section, assignments as
    ``Title (12345)``; then a line "Manual Posting" perhaps, a line "    Points Possible", and the
    students. Confirmed in Canvas's code: so are commas or semicolons, decimal commas, a mark if
    it is asked for, EX for the excused, N/A for whom it is not assigned, "(read only)" under
    totals, and the zip's names: the sortable name in small letters without what is no letter
    (``keitaawa``), ``_LATE`` perhaps, and the ID. An anonymous assignment's zip has no ID: its
    files match nobody here.
Blackboard, "work offline"
    Last Name, First Name, Username, Student ID, ..., ``Title [Total Pts: 15 Score] |123456``.
    Confirmed in files that others read and in Blackboard's help: comma-separated with a mark, or
    tab-separated with the ending .xls; the number after the bar is what an upload goes by. That
    the tab-separated one is in UTF-16 is reported, not confirmed; it is read either way. That the
    zip's names hold the Username is from memory. One with ``_`` in it cannot be told there from
    the title before it.
A list of one's own
    student and, if wanted, name, email, part.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.grading.errors import Refused
from casebook.grading.lms import delimited
from casebook.grading.lms.dates import moment
from casebook.grading.lms.delimited import Table
from casebook.grading.people import identity
from casebook.grading.people.identity import shown
from casebook.grading.people.roster import HEADER, Person

MOODLE, CANVAS, BLACKBOARD, LIST = "Moodle", "Canvas", "Blackboard", "a list"
# English and French; without accents and in small letters.
_MOODLE = {
    "identifier": "number",
    "identifiant": "number",
    "full name": "name",
    "nom complet": "name",
    "email address": "email",
    "adresse de courriel": "email",
    "grade": "grade",
    "note": "grade",
    "maximum grade": "maximum",
    "note maximale": "maximum",
    "grade can be changed": "changeable",
    "la note peut etre modifiee": "changeable",
    "last modified (submission)": "handed_in",
    "derniere modification (travail remis)": "handed_in",
    "last modified (grade)": "graded",
    "derniere modification (note)": "graded",
    "feedback comments": "comments",
    "feedback par commentaires": "comments",
}
_CANVAS = {"student": "name", "lastname": "last", "firstname": "first", "id": "number"}
_BLACKBOARD = {"last name": "last", "first name": "first", "username": "student"}
_LIST = {column: column for column in HEADER}
_TEST_STUDENTS = {"student, test", "test student"}


@dataclass(frozen=True)
class ClassList:
    """A table of a class.

    Attributes
    ----------
    file : str
        Its name, for messages.
    lms : str
        `MOODLE`, `CANVAS`, `BLACKBOARD` or `LIST`.
    table : Table
    header : int
        Row with the names of columns.
    columns : dict
        What is in which column; the names are those of `Person`, and ``grade``, ``maximum``,
        ``changeable``, ``comments`` in Moodle's.
    people : dict
        Row to person.
    remarks : tuple of str
    """

    file: str
    lms: str
    table: Table
    header: int
    columns: dict[str, int]
    people: dict[int, Person]
    remarks: tuple[str, ...]

    @property
    def of_one_part(self) -> bool:
        """Whether it is about one assignment alone."""
        return self.lms == MOODLE

    def everybody(self, part: str = "") -> list[Person]:
        """List the people, each once, as the roster keeps them for a part."""
        each = {person.student: person for person in reversed(self.people.values())}
        return [replace(p, part=p.part or part) for p in reversed(each.values())]


def read(file: Path) -> ClassList:
    """Read a table of a class.

    Raises
    ------
    Refused
        With the one sentence that its reader needs.
    """
    name = shown(file.name)
    try:
        with file.open("rb") as opened:
            content = opened.read(delimited.LARGEST + 1)
    except OSError as error:
        raise Refused(f"{name} cannot be read ({error.strerror}).") from None
    found, remarks = delimited.read(content, name)
    header = next(n for n in range(len(found.rows)) if any(found.values(n)))
    if found.value(header, 0).casefold().startswith("sep="):  # Excel's own first line
        header += 1
    if header >= len(found.rows):
        raise Refused(f"{name} has no line with the names of columns.")
    lms, columns = _recognised([_plain(value) for value in found.values(header)], name)
    read_row = {MOODLE: _moodle, CANVAS: _canvas, BLACKBOARD: _blackboard, LIST: _listed}[lms]
    people: dict[int, Person] = {}
    odd: Counter[str] = Counter()
    for row in range(header + 1, len(found.rows)):
        if not any(found.values(row)):
            continue
        given = {what: found.value(row, column) for what, column in columns.items()}
        try:
            person = read_row(given)
        except _Odd as why:
            odd[str(why)] += 1
            if odd[str(why)] == 1:
                remarks.append(f"{name}, line {_line(found, row)}: {why}")
            continue
        if person is None:
            continue
        if given.get("handed_in", "").strip("-") and person.handed_in is None:
            odd[_TIMES] += 1
        people[row] = person
    if odd[_TIMES]:
        remarks.append(f"{name}: {odd[_TIMES]} {_TIMES}")
    remarks += [
        f"{name}: so are {n - 1} more lines: {why}"
        for why, n in odd.items()
        if n > 1 and why != _TIMES
    ]
    remarks += _repeated(people, name)
    if not people:
        raise Refused(f"{name} lists nobody: there is no line of a student in it.")
    return ClassList(name, lms, found, header, columns, people, tuple(remarks))


_TIMES = (
    "times of handing in cannot be read (set Moodle to English and download it again, and do not "
    "save it in a spreadsheet); the times of the files count for these"
)


class _Odd(Exception):  # noqa: N818  (the message is the remark)
    """A line that cannot be used; the message says why."""


def _recognised(header: list[str], name: str) -> tuple[str, dict[str, int]]:
    """Return which LMS a table is from and where its columns are."""

    def columns(known: dict[str, str]) -> dict[str, int]:
        # The first counts: an assignment may be called "Note".
        found = [(known[title], n) for n, title in enumerate(header) if title in known]
        return dict(reversed(found))

    moodle, canvas, board = columns(_MOODLE), columns(_CANVAS), columns(_BLACKBOARD)
    if "number" in moodle and {"grade", "handed_in", "graded", "maximum"} & moodle.keys():
        return MOODLE, moodle
    if "number" in canvas and "section" in header and {"name", "last"} & canvas.keys():
        return CANVAS, canvas
    if {"last", "first", "student"} <= board.keys():
        return BLACKBOARD, board
    if "student" in header:
        return LIST, columns(_LIST)
    raise Refused(
        f"{name} is no table that is known here: Moodle's grading worksheet (in English or "
        "French), Canvas's or Blackboard's gradebook, or a list with a column student."
    )


def _moodle(given: dict[str, str]) -> Person | None:
    number = re.fullmatch(r"(?P<word>\D*?)\s*(?P<number>\d{1,18})", given["number"])
    if not number:
        raise _Odd("its identifier is not like Participant 1234")
    # Anonymous marking: no name here, and the word alone in the names of the zip.
    name = given.get("name") or number["word"] or "Participant"
    student = identity.student(name.replace("_", " "), number["number"])
    when = moment(given.get("handed_in", ""))
    return Person(student, identity.clean(name), given.get("email", ""), "", number["number"], when)


def _canvas(given: dict[str, str]) -> Person | None:
    name = given.get("name") or ", ".join(filter(None, (given.get("last"), given.get("first"))))
    if not given["number"]:
        if not name or re.match(r"points possible", name, re.IGNORECASE):
            return None
        raise _Odd("it has no ID")
    if not given["number"].isascii() or not given["number"].isdigit():
        raise _Odd("its ID is no whole number any more: a spreadsheet has rounded it")
    if name.casefold() in _TEST_STUDENTS:
        return None
    # Canvas protects spreadsheets so: ="=name".
    name = re.sub(r'^="(.*)"$', r"\1", name)
    in_files = re.sub(r"\W", "", name.lower())
    student = identity.student(in_files, given["number"])
    last, comma, first = name.partition(",")
    full = f"{first.strip()} {last.strip()}" if comma and first.strip() else name
    return Person(student, identity.clean(full), number=given["number"])


def _blackboard(given: dict[str, str]) -> Person | None:
    if not given["student"]:
        raise _Odd("it has no Username")
    name = f"{given['first']} {given['last']}".strip() or given["student"]
    return Person(identity.student(given["student"]), identity.clean(name))


def _listed(given: dict[str, str]) -> Person | None:
    given = {what: _without_quote(value) for what, value in given.items()}
    if not given["student"]:
        raise _Odd("it names no student")
    # With a number it is the roster that was written here, where students have their folder's name.
    ours = "number" in given
    return Person(
        given["student"] if ours else identity.student(given["student"]),
        identity.clean(given.get("name") or given["student"]),
        given.get("email", ""),
        given.get("part", ""),
        given.get("number", ""),
        moment(given.get("handed_in", "")),
    )


def _without_quote(value: str) -> str:
    """Return a value without the mark that keeps spreadsheets from taking it for a formula."""
    return value[1:] if re.match(r"'[=+\-@]", value) else value


def _repeated(people: dict[int, Person], name: str) -> list[str]:
    counts = Counter((person.student, person.part) for person in people.values())
    twice = [student for (student, _), n in counts.items() if n > 1]
    if not twice:
        return []
    more = f" and {len(twice) - 1} more" if len(twice) > 1 else ""
    return [f"{name} lists {twice[0]}{more} twice: the first line counts"]


def _line(found: Table, row: int) -> int:
    """Return the number of the line that a row begins in; cells may hold line ends."""
    return found.text.count("\n", 0, found.rows[row][0].start) + 1


def _plain(title: str) -> str:
    letters = unicodedata.normalize("NFKD", title.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())
