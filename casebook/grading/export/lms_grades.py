"""Grades into the LMS's own table: its grade cells filled in, and nothing else of it changed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from casebook.grading.errors import Refused
from casebook.grading.lms import class_list
from casebook.grading.lms.class_list import ClassList
from casebook.grading.marks.grades import GradedSubmission
from casebook.grading.people.identity import clean
from casebook.grading.people.roster import Roster

_CANVAS = re.compile(r"(?P<title>.+?) \((?P<number>\d+)\)")
_BLACKBOARD = re.compile(
    r"(?P<title>.+?) \[Total Pts: (?P<maximum>[\d.,]+) Score\](?: ?\|(?P<number>\d+))?"
)
# A cell with one of these says more than a grade could: excused, and not assigned.
_KEPT = {"ex", "n/a"}


@dataclass(frozen=True)
class Column:
    """A column of grades.

    Attributes
    ----------
    place : int
    title : str
        As the LMS shows it, without its number.
    header : str
        The whole of it.
    maximum : str
        As the LMS writes it; empty if it stands in every line (Moodle) or nowhere.
    """

    place: int
    title: str
    header: str
    maximum: str = ""


@dataclass
class Filled:
    """A table with grades.

    Attributes
    ----------
    content : bytes
    said : list of str
        What was filled in, and what was not and why.
    """

    content: bytes
    said: list[str]


@dataclass
class _Counts:
    """Students by what became of their cells; a list of names each."""

    filled: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)


def filled(
    table: ClassList,
    all_graded: Sequence[GradedSubmission],
    *,
    part: str = "",
    column: str = "",
    unfinished: bool = False,
    comments: bool = False,
) -> Filled:
    """Return an LMS's table with the points of all students who have some.

    Parameters
    ----------
    table : ClassList
    all_graded : sequence of GradedSubmission
    part : str
        The one to fill in; found out from students or titles if not given.
    column : str
        Title or number of its column, where that cannot be found out.
    unfinished : bool
        Whether to fill in also who has a written answer that waits for a mark.
    comments : bool
        Whether to write comments into Moodle's column for them, where it is empty.

    Raises
    ------
    Refused
        If it is not clear what belongs where.
    """
    if table.lms == class_list.LIST:
        raise Refused(f"{table.file} is a list without grades: without --worksheet you get one.")
    by_part = {
        p: [s for s in all_graded if s.part == p] for p in sorted({s.part for s in all_graded})
    }
    if part:
        by_part = {part: by_part.get(part, [])}
    if not any(by_part.values()):
        raise Refused(f"Nothing{f' of {part}' if part else ''} is marked yet.")
    cells: dict[tuple[int, int], str] = {}
    said: list[str] = []
    people = Roster(table.everybody())
    if not any(people.find(s.student, s.part) for of in by_part.values() for s in of):
        raise Refused(f"Nobody who has handed in is in {table.file}: is it of another class?")
    for one, place in _columns(table, by_part, column, said):
        said += _fill(table, one, place, by_part[one], cells, unfinished, comments)
    return Filled(table.table.changed(cells), said)


# --- Which part goes into which column ----------------------------------------------------------


def _columns(
    table: ClassList, by_part: Mapping[str, list[GradedSubmission]], column: str, said: list[str]
) -> Iterable[tuple[str, Column]]:
    if table.lms == class_list.MOODLE:
        place = table.columns.get("grade")
        if place is None or "maximum" not in table.columns:
            raise Refused(
                f"{table.file} has no column for a grade with a maximum: let the assignment be "
                "graded with points, not with a scale."
            )
        return [(_part_of(table, by_part), Column(place, "Grade", "Grade"))]
    there = _grade_columns(table)
    if column:
        fitting = [c for c in there if column in (c.title, c.header) or _number(c) == column]
        if len(by_part) > 1:
            raise Refused(f"Say with --part which part goes into {column}: {_or(by_part)}.")
        if len(fitting) != 1:
            titles = _or(c.title for c in there)
            raise Refused(f"{table.file} has no one column {column}; it has {titles or 'none'}.")
        return [(next(iter(by_part)), fitting[0])]
    found = {p: _named(there, p, given) for p, given in by_part.items()}
    if len(there) == len(by_part) == 1:
        found = {next(iter(by_part)): there}
    clear = [(p, fitting[0]) for p, fitting in found.items() if len(fitting) == 1]
    unclear = [p for p, fitting in found.items() if len(fitting) != 1]
    if not clear:
        titles = _or(c.title for c in there)
        raise Refused(
            f"{table.file} has no column whose title names {_or(by_part)}: say --part and --column "
            f"({titles or 'it has no column of an assignment with points'})."
        )
    if unclear:
        said.append(f"No column for {', '.join(unclear)}: --part and --column say which it is.")
    return clear


def _part_of(table: ClassList, by_part: Mapping[str, list[GradedSubmission]]) -> str:
    if len(by_part) == 1:
        return next(iter(by_part))
    people = Roster(table.everybody())
    there = {p: sum(bool(people.find(s.student, p)) for s in of) for p, of in by_part.items()}
    return max(there, key=lambda p: there[p])


def _grade_columns(table: ClassList) -> list[Column]:
    pattern = _CANVAS if table.lms == class_list.CANVAS else _BLACKBOARD
    maxima: Mapping[int, str] = {}
    if table.lms == class_list.CANVAS:
        rows = range(table.header + 1, len(table.table.rows))
        named = (r for r in rows if "points possible" in table.table.value(r, 0).casefold())
        row = next(named, None)
        maxima = dict(enumerate(table.table.values(row))) if row is not None else {}
    columns = []
    for place, header in enumerate(table.table.values(table.header)):
        found = pattern.fullmatch(header)
        maximum = maxima.get(place, "")
        if not found or "read only" in maximum.casefold():
            continue
        maximum = found.groupdict().get("maximum") or maximum
        columns.append(Column(place, found["title"], header, maximum))
    return columns


def _number(column: Column) -> str:
    return re.findall(r"\d+", column.header)[-1] if column.header != column.title else ""


def _named(columns: list[Column], part: str, all_graded: list[GradedSubmission]) -> list[Column]:
    names = {_letters(part), *(_letters(graded.title) for graded in all_graded[:1])} - {""}
    return [column for column in columns if any(n in _letters(column.title) for n in names)]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")


def _or(names: Iterable[str]) -> str:
    return " or ".join(names)


# --- Filling in ---------------------------------------------------------------------------------


def _fill(
    table: ClassList,
    part: str,
    column: Column,
    all_graded: list[GradedSubmission],
    cells: dict[tuple[int, int], str],
    unfinished: bool,
    comments: bool,
) -> list[str]:
    rows = {person: row for row, person in reversed(table.people.items())}
    people = Roster(table.everybody())
    counts, scales, commented = _Counts(), set(), 0
    for graded in sorted(all_graded, key=lambda s: s.student):
        person, name = people.find(graded.student, part), clean(graded.name)
        row = rows.get(person) if person else None
        if row is None:
            counts.unlisted.append(name)
            continue
        if not graded.complete and not unfinished:
            counts.waiting.append(name)
            continue
        old = table.table.value(row, column.place)
        if old.casefold() in _KEPT:
            counts.kept.append(f"{name} ({old})")
            continue
        if _locked(table, row):
            counts.locked.append(name)
            continue
        maximum = _value(column.maximum or _of(table, row, "maximum"))
        points = graded.points
        if maximum and graded.out_of and maximum != graded.out_of:
            scales.add((graded.out_of, maximum))
            points *= maximum / graded.out_of
        if maximum and points > maximum:
            counts.above.append(name)
        _put(cells, (row, column.place), old, _written(points, table, row, column), counts, name)
        if comments and (text := _comments(graded)) and "comments" in table.columns:
            place = (row, table.columns["comments"])
            if not table.table.value(*place):
                cells[place] = text
                commented += 1
    return _said(table, part, column, counts, scales, commented, unfinished)


def _put(
    cells: dict[tuple[int, int], str],
    place: tuple[int, int],
    old: str,
    new: str,
    counts: _Counts,
    name: str,
) -> None:
    before = _value(old)
    if before is not None and before == _value(new):
        counts.same.append(name)
        return
    if old.strip("-"):
        counts.replaced.append(f"{name} ({old} to {new})")
    counts.filled.append(name)
    cells[place] = new


def _locked(table: ClassList, row: int) -> bool:
    return _of(table, row, "changeable").casefold() in ("no", "non")


def _of(table: ClassList, row: int, what: str) -> str:
    place = table.columns.get(what)
    return table.table.value(row, place) if place is not None else ""


def _value(text: str) -> float | None:
    """Return a number as an LMS writes it, with a point or a comma, or None."""
    found = re.fullmatch(r"\d+(?:[.,]\d+)?", text.replace("\xa0", "").replace(" ", ""))
    return float(found[0].replace(",", ".")) if found else None


def _written(points: float, table: ClassList, row: int, column: Column) -> str:
    """Return points as the LMS writes numbers."""
    written = f"{points:.2f}"
    shown = column.maximum or _of(table, row, "maximum")
    if re.search(r",\d", shown):
        return written.replace(".", ",")
    return written if "." in shown else written.removesuffix("0").removesuffix(".0")


def _comments(graded: GradedSubmission) -> str:
    """Return what a person wrote who marked; Moodle takes it for HTML."""
    written = [(grade.title, grade.comment.strip()) for grade in graded.grades]
    lines = [f"<b>{_html(title)}</b><br>{_html(said)}" for title, said in written if said]
    return "<br><br>".join(lines)


def _html(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")


def _said(
    table: ClassList,
    part: str,
    column: Column,
    counts: _Counts,
    scales: set[tuple[float, float]],
    commented: int,
    unfinished: bool,
) -> list[str]:
    new = len(counts.filled) - len(counts.replaced)
    said = [
        f"{part}: {new} new grades in {column.title}, {len(counts.replaced)} replaced, "
        f"{len(counts.same)} unchanged"
        + (f", {commented} comments" if commented else "")
        + (", unfinished ones too" if unfinished else "")
    ]
    said += [
        f"{part}: points are scaled from {out_of:g} to the LMS's maximum of {maximum:g}"
        for out_of, maximum in sorted(scales)
    ]
    for names, why in (
        (counts.replaced, "had another grade in the LMS, which is replaced"),
        (counts.waiting, "left as they were, for a written answer waits for a mark"),
        (counts.kept, "left as they were, for the LMS says more than a grade"),
        (counts.locked, "left as they were, for the LMS lets nobody change their grade"),
        (counts.above, "above the maximum, which the LMS may refuse"),
        (counts.unlisted, f"not in {table.file}"),
    ):
        if names:
            said.append(f"{part}: {len(names)} {why}: {_some(names)}")
    return said


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more
