"""Explorers: figures of the book that answer to controls, wherever Python runs.

>>> from casebook import explorers                      # doctest: +SKIP
>>> explorers.towns_by_date()                           # doctest: +SKIP

Each function returns one container of widgets (ipywidgets 8), drawn from the casebook's tables or
from tables given by name. Each is a thin layer over `casebook.analysis` and `casebook.figures`:

`towns`, `indicators`, `displacement`, `message`, `causes`, `overruling`
    One explorer each: what can be set, and which exhibits a setting gives. No widget in them.
`controls`
    What can be set, described plainly.
`explorer`
    An explorer, checked and drawn.
`board`
    Its widgets.
`spoken`
    Names for screen readers that the widgets themselves do not give.
`still`
    Its first view on a page of the book, where no Python runs.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from casebook.analysis import geography
from casebook.explorers import board, causes, displacement, indicators, message, overruling, towns
from casebook.explorers.explorer import Explorer, UnknownSetting
from casebook.explorers.still import Still
from casebook.show.building import book_folder
from casebook.tables import load

if TYPE_CHECKING:
    import pandas as pd
    from ipywidgets import VBox

__all__ = [
    "TITLES",
    "UnknownSetting",
    "any_indicator",
    "displacement_with_breaks",
    "made",
    "one_message",
    "overrule_the_scorecard",
    "towns_by_date",
    "weigh_the_causes",
]

TITLES = {
    towns.NAME: "Towns by date",
    indicators.NAME: "Any indicator",
    displacement.NAME: "Displacement with breaks",
    message.NAME: "One message",
    causes.NAME: "Weigh the causes",
    overruling.NAME: "Overrule the scorecard",
}
"""The explorers in the order of their notebook: the anchor of a heading, and the heading."""


def towns_by_date(day: str = "2012-04-01", **tables: pd.DataFrame) -> VBox:
    """Show who held which town on a day, and the deadly events of the days before.

    Parameters
    ----------
    day : str
        ISO date at the start, in 2012 or 2013.
    **tables : pandas.DataFrame
        Instead of the casebook's own: ``control``, ``places``, ``actors``, ``conflict_events``.
    """
    return shown(made(towns.explorer, tables, day=day))


def any_indicator(
    indicator: str = "wgi_cc",
    countries: Sequence[str] = ("NER", "SEN"),
    year: int = 2011,
    **tables: pd.DataFrame,
) -> VBox:
    """Show any indicator through time, Mali beside other countries, with intervals and gaps.

    Parameters
    ----------
    indicator : str
        Id at the start, as in the table ``indicators``.
    countries : sequence of str
        Beside Mali at the start, as ISO 3166-1 alpha-3.
    year : int
        The year that is put into words at the start.
    **tables : pandas.DataFrame
        Instead of the casebook's own: ``indicators``, ``vdem_indicators``,
        ``governance_indicators``, ``world_bank_indicators``, ``quoted_figures``.
    """
    start = {"indicator": indicator, "countries": tuple(countries), "year": year}
    return shown(made(indicators.explorer, tables, **start))


def displacement_with_breaks(
    series: Sequence[str] = ("MRT", "BFA"), **tables: pd.DataFrame
) -> VBox:
    """Show people in flight, and what a line claims that runs through a break.

    Parameters
    ----------
    series : sequence of str
        At the start: ``idps`` or the country of the refugees (``MRT``, ``NER``, ``BFA``).
    **tables : pandas.DataFrame
        Instead of the casebook's own: ``displacement_figures``, ``sources``.
    """
    return shown(made(displacement.explorer, tables, series=tuple(series)))


def one_message(view: str = "before", **tables: pd.DataFrame) -> VBox:
    """Show positions, and how far they agree, between bounds over all that is unknown.

    Parameters
    ----------
    view : str
        Positions at the start: ``statement``, ``before``, ``from`` or ``last``.
    **tables : pandas.DataFrame
        Instead of the casebook's own: ``positions``, ``positions_scale``, ``actors``, ``claims``,
        ``events``, ``sources``.
    """
    return shown(made(message.explorer, tables, view=view))


def weigh_the_causes(weights: Mapping[str, int] | None = None, **tables: pd.DataFrame) -> VBox:
    """Show which claims on causes must be true for one's own weights to be right.

    Parameters
    ----------
    weights : mapping of str to int
        At the start, by cause (`casebook.explorers.causes.CAUSES`), from 0 to 10.
    **tables : pandas.DataFrame
        Instead of the casebook's own: ``claims``, ``debates``, ``sources``.
    """
    return shown(made(causes.explorer, tables, weights=weights))


def overrule_the_scorecard(recommendation: str = "S01", **tables: pd.DataFrame) -> VBox:
    """Put verdicts of one's own beside ours, with the dated outcomes, and keep them as a file.

    Parameters
    ----------
    recommendation : str
        Id of the one that is looked at first, such as ``S18``.
    **tables : pandas.DataFrame
        Instead of the casebook's own: ``recommendations``, ``scorecard_verdicts``, ``outcomes``,
        ``sources``, ``events``.
    """
    return shown(made(overruling.explorer, tables, recommendation=recommendation))


def made(
    maker: Callable[..., Explorer], given: Mapping[str, Any] | None = None, **start: Any
) -> Explorer:
    """Make an explorer from the tables its arguments are named after, but for those given."""
    every = inspect.signature(maker).parameters.values()
    arguments = [p.name for p in every if p.default is inspect.Parameter.empty]
    tables = [name for name in arguments if name != "ground"]
    if strange := [name for name in given or () if name not in tables]:
        raise UnknownSetting(
            f"This explorer has no table {strange[0]!r}. It is drawn from: {', '.join(tables)}."
        )
    given = given or {}
    loaded = {name: given[name] if name in given else load(name) for name in tables}
    shapes = {"ground": geography.ground()} if "ground" in arguments else {}
    return maker(**shapes, **loaded, **start)


def shown(explorer: Explorer) -> VBox | Still:
    """Return its widgets; while the book is built, a still picture that says where it moves."""
    return Still(explorer) if book_folder() else board.container(explorer)
