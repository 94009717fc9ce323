"""Who took which position when, as a matrix of actors and issues."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from casebook import prose

SCALE = (-2, -1, 0, 1, 2)
MESSAGE_CLAIM = "C079"  # names those who should speak with one voice
STATEMENT = "2013-04-11"  # its day, as in the table events
VIEWS = ("statement", "before", "from", "last")
AGREEMENT = "ouagadougou-agreement"
# From the question that divided most to the one that divided least.
ISSUES = ("talks_with_mnla", "disarm_before_talks", "army_in_kidal", "july_election", "un_mission")
SHORT_ISSUES = {
    "talks_with_mnla": "Talks",
    "disarm_before_talks": "Disarm<br>first",
    "army_in_kidal": "Army in<br>Kidal",
    "july_election": "July<br>vote",
    "un_mission": "UN<br>force",
}
CODING = (
    "compiled for this book from speeches, communiqués and press reports, most of them read in "
    "their opening only; every value is our coding, without a second coder."
)


def voices(positions: pd.DataFrame, claims: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Return those who are asked to speak with one voice, and the other actors of the table."""
    named = claims.loc[claims["claim_id"].eq(MESSAGE_CLAIM), "actor_ids"].iloc[0].split(";")
    coded = list(positions["actor_id"].unique())
    return [a for a in named if a in coded], [a for a in coded if a not in named]


def positions_in_view(positions: pd.DataFrame, view: str) -> pd.DataFrame:
    """Return one row for each actor and issue: the position that a view shows.

    Parameters
    ----------
    positions : pandas.DataFrame
        The table of that name.
    view : {"statement", "before", "from", "last"}
        Documented by the day of the statement; documented before 18 June 2013; documented on that
        day or later, nothing carried over; or the last that is documented, whatever its date.

    Returns
    -------
    pandas.DataFrame
        The columns of the table, indexed by actor and issue; where the view has nothing, value is
        missing and the other columns are empty.
    """
    periods = {
        "statement": ["before_agreement"],
        "before": ["before_agreement"],
        "from": ["from_agreement"],
        "last": ["before_agreement", "from_agreement"],
    }
    if view not in periods:
        raise ValueError(f"view is one of {', '.join(VIEWS)}, not {view!r}")
    key = ["actor_id", "issue"]
    everyone = positions[key].drop_duplicates()
    shown = positions[positions["value"].notna() & positions["period"].isin(periods[view])]
    if view == "statement":
        shown = shown[shown["date"].map(by_statement)]
    latest = shown.sort_values("observation", kind="stable").groupby(key, as_index=False).tail(1)
    joined = everyone.merge(latest, on=key, how="left")
    words = ["period", "date", "value_label", "evidence", "confidence", "source_ids"]
    joined[words] = joined[words].fillna("")
    return joined.set_index(key)


def by_statement(date: str) -> bool:
    """Tell whether a date, perhaps a month only, is surely no later than the statement."""
    return date <= STATEMENT if len(date) == len(STATEMENT) else date < STATEMENT[: len(date)]


def after_statement(date: str) -> bool:
    """Tell whether a date, perhaps a month only, is surely later than the statement."""
    return date > STATEMENT[: len(date)]


# --- The matrix ---


@dataclass(frozen=True)
class PositionMatrix:
    """Actors by issues, in the order in which every figure and the page's table show them.

    Attributes
    ----------
    asked, others : tuple of str
        Ids of those whom the statement asks to speak with one voice, and of the other actors.
    issues : tuple of str
        Ids.
    names, titles : dict of str
        Short names of actors, titles of issues.
    day : str
        When the agreement was signed.
    """

    asked: tuple[str, ...]
    others: tuple[str, ...]
    issues: tuple[str, ...]
    names: dict[str, str]
    titles: dict[str, str]
    day: str

    @property
    def actors(self) -> tuple[str, ...]:
        """Return all actors, those asked first."""
        return self.asked + self.others

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Whose agreement can be measured: ids by group."""
        return {"asked": self.asked, "all": self.actors}

    @property
    def group_labels(self) -> dict[str, str]:
        """What the controls call each group."""
        return {
            "asked": f"the {prose.words(len(self.asked))} asked",
            "all": f"all {prose.words(len(self.actors))} actors",
        }


def position_matrix(
    positions: pd.DataFrame,
    positions_scale: pd.DataFrame,
    actors: pd.DataFrame,
    claims: pd.DataFrame,
    events: pd.DataFrame,
) -> PositionMatrix:
    """Return the order and the names of the matrix."""
    asked, others = voices(positions, claims)
    # Those who are to hear the message stand last.
    others = sorted(others, key=["tcd_gov", "mli_gov", "mnla"].index)
    coded = set(positions["issue"])
    return PositionMatrix(
        asked=tuple(asked),
        others=tuple(others),
        issues=tuple(issue for issue in ISSUES if issue in coded),
        names=dict(zip(actors["actor_id"], actors["short_name"], strict=True)),
        titles=dict(zip(positions_scale["issue"], positions_scale["issue_title"], strict=True)),
        day=prose.day(events.set_index("event_id").loc[AGREEMENT, "date"]),
    )


def dated(date: str) -> str:
    """Write the date of a position, and that it is later than the statement, if it is."""
    day = prose.partial_day(date)
    return f"{day}, after the statement" if after_statement(date) else day


def view_labels(order: PositionMatrix) -> dict[str, str]:
    """Return what the controls call each view."""
    return {
        "statement": f"by {prose.day(STATEMENT)}",
        "before": f"before {order.day}",
        "from": "from that day on",
        "last": "last known",
    }


def cited(source_ids: str, sources: pd.DataFrame) -> str:
    """Name the sources of a row: author and date."""
    rows = sources.set_index("source_id")
    named = []
    for source_id in source_ids.split(";") if source_ids else []:
        source = rows.loc[source_id]
        date = source["date"] or source["year"]
        named.append(f"{source['author']}, {prose.partial_day(str(date))}")
    return "; ".join(named)


def in_sentence(title: str) -> str:
    """Write the title of an issue within a sentence."""
    return title if title[:2].isupper() else title[0].lower() + title[1:]
