"""Write grades for the LMS, and a report of the class for each part."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from casebook.checks.keys import parts
from casebook.grading import filling, gradebook, intake, report, worksheet
from casebook.grading.course import Course
from casebook.grading.outline import outline
from casebook.grading.sheets import Sheet

HELP = "write grades for the LMS and a report of the class"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("course", type=Path)
    parser.add_argument(
        "--worksheet",
        type=Path,
        metavar="FILE",
        help="table of Moodle, Canvas or Blackboard to fill in; the file itself is not changed",
    )
    parser.add_argument("--part", choices=parts(), default="", help="the one to fill in")
    parser.add_argument(
        "--column", default="", metavar="TITLE", help="column to fill in, if its title is unlike"
    )
    parser.add_argument(
        "--unfinished",
        action="store_true",
        help="also who has a written answer that waits for a mark",
    )
    parser.add_argument(
        "--comments", action="store_true", help="write comments into Moodle's column, where empty"
    )


def run(chosen: argparse.Namespace) -> int:
    """Export; return the exit code."""
    course = Course(chosen.course)
    if not course.submissions():
        raise intake.Refused(f"{course.folder} holds no submissions: collect some first.")
    sheets = gradebook.sheets(course)
    said = []
    if chosen.worksheet:
        said += _fill(course, sheets, chosen)
    said.append(course.write_export("marks.csv", marks(sheets)))
    for part in sorted({part for _, part in course.submissions()}):
        found = class_report(course, part, sheets)
        said.append(course.write_export(f"report-{part}.csv", report.rows(found)))
        said.append(course.write_export(f"report-{part}.html", report.page(found)))
    for line in filter(None, said):
        print(line)
    print(f"\nAll marks are in {course.folder / 'export' / 'marks.csv'}, reports beside it.")
    return 0


def _fill(course: Course, sheets: Sequence[Sheet], chosen: argparse.Namespace) -> list[str]:
    name = chosen.worksheet.name
    # Names of our own files are left to them.
    name = f"lms-{name}" if name == "marks.csv" or name.startswith("report-") else name
    file = course.folder / "export" / name
    if file.exists() and chosen.worksheet.exists() and file.samefile(chosen.worksheet):
        raise intake.Refused(f"{file} would be written over: give the file that the LMS gave you.")
    table = worksheet.read(chosen.worksheet)
    done = filling.filled(
        table,
        sheets,
        part=chosen.part,
        column=chosen.column,
        unfinished=chosen.unfinished,
        comments=chosen.comments,
    )
    remarks = [f"{remark}." for remark in table.remarks]
    aside = course.write_export(name, done.content)
    return [*remarks, *done.said, aside, f"Upload {file} to {table.lms}."]


def marks(sheets: Sequence[Sheet]) -> list[tuple]:
    """Return the marks of all as a table, a line for each submission."""
    numbers = {grade.task for sheet in sheets for grade in sheet.grades}
    tasks = sorted(numbers, key=lambda task: (len(task), task))
    header = ("student", "name", "part", "points", "out_of", "penalty", "late", "complete")
    made: list[tuple] = [(*header, *tasks)]
    for sheet in sorted(sheets, key=lambda s: (s.part, s.student)):
        points = {g.task: g.points if g.points is None else _number(g.points) for g in sheet.grades}
        late = report.lateness(sheet.late) if sheet.late else ""
        about = (
            sheet.student,
            sheet.name,
            sheet.part,
            _number(sheet.points),
            _number(sheet.out_of),
        )
        done = "yes" if sheet.complete else "no"
        made.append(
            (*about, _number(sheet.penalty), late, done, *(points.get(task) for task in tasks))
        )
    return made


def _number(points: float) -> float:
    """Return points without the dust of adding tenths, and whole ones as such."""
    rounded = round(points, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def class_report(course: Course, part: str, sheets: Sequence[Sheet]) -> report.Report:
    """Return the report of a part, with who is missing and who is not marked yet."""
    people, about = course.roster(), outline(part)
    students = [student for student, of in course.submissions() if of == part]
    marked = {sheet.student for sheet in sheets if sheet.part == part}
    names = {s: course.about(s, part).get("name", s) for s in students}
    expected = people.of(part)
    return report.made(
        part,
        about.title,
        sheets,
        expected=expected,
        missing=people.missing(part, students),
        unmarked=[names[s] for s in students if s not in marked],
        strangers=[names[s] for s in students if expected and not people.find(s, part)],
    )
