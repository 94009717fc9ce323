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
position_actors.csv       the same for positions, where Chad is the state and not its contingent
added_actors.csv          actors that positions need and the extracts lack
alternative_names.csv     what else sources call an actor, and which sources
short_names.csv           the label of an actor in charts
spellings.csv             one spelling a name
registration.csv          how the people behind a displacement figure were counted
indicators.csv            which indicators are carried, in which table, and how to read them
quoted_figures.csv        which values are quoted from publishers who allow no more
resolutions.csv           the event of a text of the Security Council
scorecard.csv             our verdicts on the statement's recommendations at four dates
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
