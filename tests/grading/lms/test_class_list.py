"""Tables of classes: whatever an LMS or a spreadsheet made of them, people match submissions."""

from __future__ import annotations

import csv
import datetime
import io

import pytest

from casebook.checks.keys import parts
from casebook.grading.errors import Refused
from casebook.grading.lms import class_list, delimited
from casebook.grading.lms.dates import moment
from casebook.grading.people import identity
from casebook.grading.people.roster import Person, Roster

from .. import lms_tables

LATE = datetime.datetime(2026, 10, 5, 23, 58)


def read(tmp_path, content: bytes, name: str = "grades.csv") -> class_list.ClassList:
    (tmp_path / name).write_bytes(content)
    return class_list.read(tmp_path / name)


def senders(names) -> list[str]:
    lms = identity.origin(list(names))
    return [identity.sender(name, parts(), lms).student for name in names]


@pytest.mark.parametrize(
    ("content", "names", "lms"),
    [
        (lms_tables.moodle(), lms_tables.MOODLE_NAMES, "Moodle"),
        (lms_tables.CANVAS, lms_tables.CANVAS_NAMES, "Canvas"),
        (lms_tables.blackboard(), lms_tables.BOARD_NAMES, "Blackboard"),
        (lms_tables.blackboard(",", "utf-8-sig"), lms_tables.BOARD_NAMES, "Blackboard"),
    ],
)
def test_students_are_called_as_in_the_download_of_their_lms(tmp_path, content, names, lms):
    found = read(tmp_path, content)
    assert found.lms == lms
    assert found.remarks == ()
    people = [person.student for person in found.everybody()]
    assert people[:2] == senders(names.values())


def test_names_email_and_times_of_moodle(tmp_path):
    first, second, third = read(tmp_path, lms_tables.moodle()).everybody("warm-up")
    assert first == Person("Awa-Keïta-17", "Awa Keïta", "awa@example.org", "warm-up", "17", LATE)
    assert second.handed_in == datetime.datetime(2026, 10, 6, 0, 3)
    assert third.handed_in is None


def test_moodle_in_french_with_semicolons(tmp_path):
    found = read(tmp_path, lms_tables.FRENCH)
    assert found.lms == "Moodle"
    assert found.everybody()[0].handed_in == LATE


def test_anonymous_marking_of_moodle_matches_its_zip(tmp_path):
    content = b"Identifier,Status,Grade,Maximum grade\nParticipant 17,Submitted,,15.00\n"
    [person] = read(tmp_path, content).everybody()
    assert [person.student] == senders(["Participant_17_assignsubmission_file_/warm-up.ipynb"])


def test_canvas_lists_neither_points_possible_nor_its_test_student(tmp_path):
    names = [person.name for person in read(tmp_path, lms_tables.CANVAS).everybody()]
    assert names == ["Awa Keïta", "Boubacar Touré", "Coumba Traoré"]


def test_list_of_ones_own_matches_a_folder(tmp_path):
    found = read(tmp_path, b"student,name,email\nAwa K,Awa Keita,a@b.org\nbob,Bob,\n")
    assert [p.student for p in found.everybody()] == senders(
        ["Awa K/warm-up.ipynb", "bob/warm-up.ipynb"]
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Latin-1", "student,name\nawa,Awa Keïta\n".encode("latin-1")),
        ("a mark", "student,name\nawa,Awa Keïta\n".encode("utf-8-sig")),
        ("semicolons", "student;name\nawa;Awa Keïta\n".encode()),
        ("tabs", "student\tname\r\nawa\tAwa Keïta\r\n".encode("utf-16")),
        ("UTF-16 without a mark", "student\tname\nawa\tAwa Keïta\n".encode("utf-16-le")),
        ("sep=", "sep=;\nstudent;name\nawa;Awa Keïta\n".encode()),
        ("empty lines and columns", "\n;;;\nstudent;name;;\n;;;\nawa;Awa Keïta;;\n\n".encode()),
        ("old line ends", "student,name\rawa,Awa Keïta\r".encode()),
        ("all quoted", '"student","name"\n"awa","Awa Keïta"\n'.encode()),
        ("protected", "student,name\nawa,'=Awa Keïta\n".encode()),
    ],
)
def test_whatever_a_spreadsheet_saved_is_read(tmp_path, name, content):
    found = read(tmp_path, content)
    assert [(p.student, p.name.lstrip("=")) for p in found.everybody()] == [("awa", "Awa Keïta")]
    assert bool(found.remarks) == (name == "Latin-1")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04xl", "save it as CSV"),
        (b"\xd0\xcf\x11\xe0rest", "save it as CSV"),
        (b"<!DOCTYPE html><title>Log in</title>", "web page"),
        (b"a,b\n1,2\n", "no table that is known here"),
        (b"Student,Section\nAwa,1\n", None),
        (b'student,name\nawa,"Awa\nbob,Bob\n', "quotation mark in line 2 is not closed"),
        (b"student,name\n", "lists nobody"),
        (b"student\n" + b"a\n" * 50_001, "50,000 lines"),
        (b"student\n" + b"a" * (delimited.LARGEST + 1), "larger than 25 MB"),
        (b"\xff\xfea", "is damaged"),
        (b"stud\0ent\xff,name", "no table"),
    ],
)
def test_what_is_no_table_of_a_class_gets_one_sentence(tmp_path, content, said):
    if said is None:
        assert read(tmp_path, content).lms == "a list"
        return
    with pytest.raises(Refused, match=said) as refused:
        read(tmp_path, content)
    assert str(refused.value).startswith("grades.csv")
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Refused, match=r"gone\.csv cannot be read"):
        class_list.read(tmp_path / "gone.csv")


def test_odd_lines_are_said_once_and_cost_no_other(tmp_path):
    rows = [
        lms_tables.MOODLE_ROWS[0],
        "somebody,X,,,,,,,,",
        "else,Y,,,,,,,,",
        lms_tables.MOODLE_ROWS[0].replace("a@", "b@"),
        'Participant 21,Z,,,,,,"05/10/2026 23:58",-,',
        "Participant 22,ZZ,,,,,,soon,-,",
    ]
    found = read(tmp_path, lms_tables.moodle(*rows))
    assert [p.number for p in found.everybody()] == ["17", "21", "22"]
    said = "\n".join(found.remarks)
    assert "line 3: its identifier" in said
    assert "1 more lines: its identifier" in said
    assert "2 times of handing in cannot be read" in said
    assert "lists Awa-Keïta-17 twice" in said
    assert len(found.remarks) == 4


def test_canvas_id_that_a_spreadsheet_rounded_is_said(tmp_path):
    content = lms_tables.CANVAS.replace(b",4321,", b",1.0E+13,")
    found = read(tmp_path, content)
    assert len(found.everybody()) == 2
    (remark,) = found.remarks
    assert remark.startswith("grades.csv, line 4: its ID ")
    assert "rounded" in remark


SAME = LATE.isoformat()


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Monday, 5 October 2026, 11:58 PM", SAME),
        ("Monday, October 5, 2026, 11:58 PM", SAME),
        ("lundi 5 octobre 2026, 23:58", SAME),
        ("lundi, 5 octobre 2026, 23 h 58", SAME),
        ("Montag, 5. Oktober 2026, 23:58", SAME),
        ("lunes, 5 de octubre de 2026, 11:58 p. m.", SAME),
        ("2026-10-05 23:58", SAME),
        ("2026-10-05-23-58-00", SAME),
        ("mercredi 5 août 2026, 00:05", "2026-08-05T00:05:00"),
        ("Wednesday, 5 August 2026, 12:05\u202fAM", "2026-08-05T00:05:00"),
        ("16 févr. 2026, 8:00", "2026-02-16T08:00:00"),
    ],
)
def test_moments_are_read_in_the_language_of_the_lms(text, iso):
    assert moment(text).isoformat() == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "05/10/2026 23:58",
        "2026-10-05",
        "31 February 2026, 10:00",
        "5 October 2026",
        "5 October 2026, 13:00 PM",
        "5 6 October 2026, 10:00",
        "٥ October 2026, 1:0",
        "9" * 9999,
    ],
)
def test_moment_that_cannot_be_read_for_certain_is_none(text):
    assert moment(text) is None


TRICKY = 'a,"b ""c"", d",\r\n"two\nlines",,x"y\r\n,"z"\r\n'


def test_cells_are_those_that_python_reads():
    found, _ = delimited.read(TRICKY.encode(), "t")
    assert [[cell.value for cell in row] for row in found.rows] == list(
        csv.reader(io.StringIO(TRICKY, newline=""))
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_changing_a_cell_leaves_every_other_byte(encoding):
    content = TRICKY.replace("x", "é").encode(encoding)
    found, _ = delimited.read(content, "t")
    assert found.changed({}) == content
    changed = found.changed({(0, 1): "7.5", (1, 1): "a,b", (2, 3): "new"})
    text = changed.decode(encoding)
    assert text == 'a,"7.5",\r\n"two\nlines","a,b",é"y\r\n,"z",,new\r\n'


def test_submission_is_found_by_number_when_moodle_shows_a_group_before_the_name():
    awa, bob = Person("Awa-17", "Awa", "", "warm-up", "17"), Person("bob", "Bob", "", "warm-up")
    roster = Roster([awa, bob])
    assert roster.find("Group-1-Awa-17", "warm-up") is awa
    assert roster.find("Awa-18", "warm-up") is None
    assert roster.find("Awa-17", "origins") is None
    assert roster.missing("warm-up", ["Group-1-Awa-17"]) == [bob]


def test_list_of_a_part_counts_before_the_list_of_the_course():
    anyone, one = Person("a", "A"), Person("b", "B", "", "origins")
    roster = Roster([anyone, one])
    assert roster.missing("origins", []) == [one]
    assert roster.missing("warm-up", []) == [anyone]
