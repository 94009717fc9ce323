"""Decisions made by hand where two extracts overlap or spell a name differently.

========================  =====================================================================
file                      what it decides
========================  =====================================================================
events.csv                the id of every event; which are one; our coding where an extract has none
event_dates.csv           what each source says about the date of a disputed event
sources.csv               source keys that name the same document
source_types.csv          kind of each source; which stay although no row cites them
authors.csv               authors written as people or as an organisation, never both
actor_names.csv           actor names as claims write them -> actor ids
short_names.csv           the label of an actor in charts
spellings.csv             one spelling a name
registration.csv          how the people behind a displacement figure were counted
========================  =====================================================================

An empty cell in events.csv means: as the extract has it. A ``-`` means: nothing here.
"""

from __future__ import annotations

from pathlib import Path

from casebook.authoring.csvfile import Row, read_rows

FOLDER = Path(__file__).resolve().parent


def decisions(name: str, folder: Path = FOLDER) -> list[Row]:
    """Read the rows of one reconciliation file, such as ``decisions("events")``."""
    return read_rows(folder / f"{name}.csv")
