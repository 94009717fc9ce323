"""Write grades for the LMS, and a report of the class for each part."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from casebook.checks.keys import parts
from casebook.grading.course.folder import Course
from casebook.grading.errors import Refused
from casebook.grading.export import class_report, lms_grades, table_of_all
from casebook.grading.lms import class_list
from casebook.grading.marks import gradebook
from casebook.grading.marks.grades import GradedSubmission

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
        raise Refused(f"{course.folder} holds no submissions: collect some first.")
    gradebook.bring_up_to_date(course)
    all_graded = gradebook.graded(course)
    said = []
    if chosen.worksheet:
        said += _fill(course, all_graded, chosen)
    said.append(course.write_export("marks.csv", table_of_all.rows(all_graded)))
    for part in sorted({part for _, part in course.submissions()}):
        found = class_report.of_part(course, part, all_graded)
        said.append(course.write_export(f"report-{part}.csv", class_report.rows(found)))
        said.append(course.write_export(f"report-{part}.html", class_report.page(found)))
    for line in filter(None, said):
        print(line)
    print(f"\nAll marks are in {course.folder / 'export' / 'marks.csv'}, reports beside it.")
    return 0


def _fill(
    course: Course, all_graded: Sequence[GradedSubmission], chosen: argparse.Namespace
) -> list[str]:
    name = chosen.worksheet.name
    # Names of our own files are left to them.
    name = f"lms-{name}" if name == "marks.csv" or name.startswith("report-") else name
    file = course.folder / "export" / name
    if file.exists() and chosen.worksheet.exists() and file.samefile(chosen.worksheet):
        raise Refused(f"{file} would be written over: give the file that the LMS gave you.")
    table = class_list.read(chosen.worksheet)
    done = lms_grades.filled(
        table,
        all_graded,
        part=chosen.part,
        column=chosen.column,
        unfinished=chosen.unfinished,
        comments=chosen.comments,
    )
    remarks = [f"{remark}." for remark in table.remarks]
    aside = course.write_export(name, done.content)
    return [*remarks, *done.said, aside, f"Upload {file} to {table.lms}."]
