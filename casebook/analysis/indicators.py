"""Indicators read the same way round, and the places of countries on them.

Indicators point both ways: V-Dem's indices of corruption rise with corruption, the others with
its absence. Nothing here turns a value round; only the order of the countries is made the same:
first is the best by the direction that the dictionary of indicators gives.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable

import pandas as pd

# The countries that the tables of indicators cover, as the maps call them.
COUNTRIES = {
    "DZA": "Algeria",
    "BEN": "Benin",
    "BFA": "Burkina Faso",
    "TCD": "Chad",
    "CIV": "Côte d'Ivoire",
    "GHA": "Ghana",
    "GIN": "Guinea",
    "LBY": "Libya",
    "MLI": "Mali",
    "MRT": "Mauritania",
    "NER": "Niger",
    "NGA": "Nigeria",
    "SEN": "Senegal",
    "TGO": "Togo",
}
MALI = "MLI"
NEIGHBOURS = ("DZA", "BFA", "CIV", "GIN", "MRT", "NER", "SEN")

# Standard errors on each side of an estimate that hold 90 % of a normal distribution.
NINETY_PERCENT = 1.645


def readings(
    indicators: pd.DataFrame,
    vdem_indicators: pd.DataFrame,
    governance_indicators: pd.DataFrame,
    world_bank_indicators: pd.DataFrame,
    quoted_figures: pd.DataFrame,
) -> pd.DataFrame:
    """Put the values of all indicators into one shape.

    Parameters
    ----------
    indicators, vdem_indicators, governance_indicators, world_bank_indicators, quoted_figures
        The tables of these names.

    Returns
    -------
    pandas.DataFrame
        ``indicator_id``, ``iso3``, ``year``, ``value``, ``low``, ``high`` (empty where the copy
        read has no interval) and, from the dictionary, ``direction_good``, ``comparable_from``,
        ``comparable_to``. Of the Worldwide Governance Indicators the value is the percentile
        rank with its published 90 % bounds; of quoted figures the bounds are 90 % too, computed
        from the standard error.
    """
    vdem = vdem_indicators[["indicator_id", "iso3", "year", "value", "low", "high"]]
    wgi = governance_indicators.rename(
        columns={
            "dimension": "indicator_id",
            "percentile_rank": "value",
            "percentile_rank_low": "low",
            "percentile_rank_high": "high",
        }
    )[vdem.columns]
    bank = world_bank_indicators[["indicator_id", "iso3", "year", "value"]]
    margin = NINETY_PERCENT * quoted_figures["standard_error"]
    quoted = pd.DataFrame(
        {
            "indicator_id": quoted_figures["indicator"],
            "iso3": quoted_figures["subject"],
            "year": quoted_figures["period"].str[:4].astype(int),
            "value": quoted_figures["value"],
            "low": quoted_figures["value"] - margin,
            "high": quoted_figures["value"] + margin,
        }
    )
    dictionary = indicators[
        ["indicator_id", "direction_good", "comparable_from", "comparable_to", "vintage"]
    ]
    # Rows of the World Bank have no bounds: let concat fill them without guessing a type.
    bank = bank.assign(low=float("nan"), high=float("nan"))
    found = pd.concat([vdem, wgi, bank, quoted], ignore_index=True)
    return found.merge(dictionary, on="indicator_id", how="inner", validate="many_to_one")


def places(readings: pd.DataFrame, among: Collection[str] | None = None) -> pd.DataFrame:
    """Rank countries on one indicator in one year, best first.

    Parameters
    ----------
    readings : pandas.DataFrame
        Rows of `readings` of one indicator and one year.
    among : collection of str, optional
        Countries to rank (ISO 3166-1 alpha-3); all with a value unless told.

    Returns
    -------
    pandas.DataFrame
        Best first, with ``first`` and ``last`` (the places of the value: equal values share
        them), ``open_first`` and ``open_last`` (the places that the intervals leave open: as
        many countries stand before or behind as have an interval wholly on that side; the same
        as ``first`` and ``last`` where a country has no interval), ``overlaps`` (countries whose
        interval meets this one's) and ``of`` (how many countries have a value).

    Raises
    ------
    ValueError
        If the rows mix indicators or years, or the indicator has no good direction.
    """
    if readings[["indicator_id", "year"]].drop_duplicates().shape[0] != 1:
        raise ValueError("Places need the values of one indicator in one year")
    direction = readings["direction_good"].iloc[0]
    if direction not in ("up", "down"):
        raise ValueError(f"{readings['indicator_id'].iloc[0]} has no good direction")
    rows = readings if among is None else readings[readings["iso3"].isin(among)]
    sign = 1 if direction == "up" else -1
    goodness = sign * rows["value"]
    # The bound on the good side is the upper one, whichever way the indicator points.
    upper = sign * (rows["high"] if sign > 0 else rows["low"])
    lower = sign * (rows["low"] if sign > 0 else rows["high"])
    ranked = rows.assign(
        first=[int((goodness > own).sum()) + 1 for own in goodness],
        last=[int((goodness >= own).sum()) for own in goodness],
        of=len(rows),
    )
    ranked["open_first"], ranked["open_last"] = ranked["first"], ranked["last"]
    overlaps: dict[Hashable, tuple[str, ...]] = dict.fromkeys(rows.index, ())
    for index in rows.index[rows["low"].notna()]:
        before, behind = lower > upper[index], upper < lower[index]
        ranked.loc[index, "open_first"] = int(before.sum()) + 1
        ranked.loc[index, "open_last"] = len(rows) - int(behind.sum())
        met = rows.loc[~before & ~behind & (rows.index != index), "iso3"]
        overlaps[index] = tuple(met)
    ranked["overlaps"] = list(overlaps.values())
    order = goodness.sort_values(ascending=False, kind="stable").index
    return ranked.loc[order].reset_index(drop=True)


def joined(years: pd.Series, comparable_from: int | None, comparable_to: int | None) -> list[bool]:
    """Tell for each year whether a line may join it to the row before.

    Parameters
    ----------
    years : pandas.Series
        Ascending.
    comparable_from, comparable_to : int or None
        Span in which values may be compared with each other, by the dictionary; missing where
        they never may.

    Returns
    -------
    list of bool
        False for the first row, after a missing year, and outside of the span.
    """
    if comparable_from is None or comparable_to is None or pd.isna(comparable_from):
        return [False] * len(years)
    inside = years.between(int(comparable_from), int(comparable_to))
    return (years.diff().eq(1) & inside & inside.shift(fill_value=False)).tolist()
