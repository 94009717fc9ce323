"""Aid to Mali by donor and year."""

from __future__ import annotations

import pandas as pd

from casebook import prose
from casebook.analysis.indicators import MALI
from casebook.figures import bars
from casebook.records import records
from casebook.show import Control, Exhibit, State

DONORS = {
    "DAC_OTHER": "other DAC donors, EU included",
    "FRA": "France",
    "USA": "United States",
}
AID_YEARS = (2011, 2012, 2013)
CURRENT, CONSTANT = "million US$, current prices", "million US$, constant prices"


def aid(aid_by_donor: pd.DataFrame, world_bank_indicators: pd.DataFrame) -> Exhibit:
    """Net aid to Mali by donor, 1990-2018; all donors in constant prices as another series."""
    amounts = aid_by_donor[aid_by_donor["donor_id"].isin(DONORS)]
    frame = pd.DataFrame(
        {
            "series": amounts["donor_id"],
            "label": amounts["donor_id"].map(DONORS),
            "year": amounts["year"],
            "value": amounts["net_aid"],
        }
    )
    bank = world_bank_indicators[world_bank_indicators["iso3"].eq(MALI)]
    worth = bank[bank["indicator_id"].eq("DT.ODA.ODAT.KD")]
    constant = pd.DataFrame(
        {
            "series": "ALL",
            "label": "all donors and agencies, constant prices",
            "year": worth["year"],
            "value": worth["value"] / 1e6,
        }
    )
    frame = pd.concat([frame, constant], ignore_index=True)
    frame["hover"] = [
        f"<b>{row.label}</b><br>{row.year}: {prose.number(row.value)} million US$"
        for row in records(frame)
    ]
    tokens = {series: f"donor-{series}" for series in (*DONORS, "ALL")}
    last = int(constant["year"].max())
    figure = bars.stacked_years(
        frame, tokens, (1990, last), title=CURRENT, mark=(2012, "2012: coup")
    )
    by_series = {str(key): rows.set_index("year")["value"] for key, rows in frame.groupby("series")}
    total = aid_by_donor[aid_by_donor["donor_id"].eq("DAC_TOTAL")].set_index("year")["net_aid"]
    before = AID_YEARS[0]
    at_first = bank[bank["year"].eq(before)].set_index("indicator_id")["value"]
    everything = float(at_first["DT.ODA.ODAT.PC.ZS"] * at_first["SP.POP.TOTL"]) / 1e6
    options = {"stack": "DAC donors, stacked", **DONORS, "ALL": "all donors, constant prices"}
    states = {
        key: _aid_state(key, label, total if key == "stack" else by_series[key], list(tokens))
        for key, label in options.items()
    }
    fell, rose = _split(by_series)
    return Exhibit(
        name="aid-by-donor",
        figure=figure,
        title=f"Net aid from DAC donors {_course(total)}",
        subtitle=f"Net bilateral aid to Mali a year, {int(total.index.min())} to "
        f"{int(total.index.max())}, million US dollars at the prices of each year",
        caption="Net disbursements, not promises: what was paid out in a year, less repayments. "
        "DAC donors are the members of the OECD's aid committee and the EU institutions. Not "
        f"in the bars: development banks, the UN, China, Arab funds. All aid together came to "
        f"about {prose.number(everything)} million dollars in {before} (aid per head times "
        "population). Prices are those of each "
        "year, so part of the long rise is inflation and the exchange rate. Only France and the "
        "United States are told apart in our table. Choose constant prices for another series: "
        "all donors, base year not stated in the copy we read.",
        summary=f"Net aid from DAC donors in million dollars: {_three(total)}. "
        f"In {AID_YEARS[1]}, the year of the coup, {prose.listing(fell)} gave less than in the "
        f"year before{f', {prose.listing(rose)} more' if rose else ''}. All donors together, in "
        f"constant prices: {_three(by_series['ALL'])}. By "
        f"{int(total.index.max())} aid from DAC donors was {prose.number(total.iloc[-1])} million. "
        "The bars show what was paid, not why.",
        source="World Bank, World Development Indicators, from OECD DAC: by donor, edition of "
        "2020; all donors, compilation of 1 March 2026. CC BY 4.0. Other DAC donors are computed "
        "as the total less France and the United States.",
        tables=("aid_by_donor", "world_bank_indicators"),
        data=_aid_rows(frame, total),
        controls=(Control("donor", "Show", tuple(options.items()), "stack"),),
        states=states,
        keys=bars.series_keys(frame, tokens),
    )


def _three(amounts: pd.Series) -> str:
    """Say three years: ``918 in 2011, 818 in 2012 and 1,020 in 2013``."""
    return prose.listing([f"{prose.number(amounts[year])} in {year}" for year in AID_YEARS])


def _course(amounts: pd.Series) -> str:
    """Say which way aid went: ``fell from 918 million dollars in 2011 to 818 in 2012, ...``."""
    before, coup, after = (amounts[year] for year in AID_YEARS)
    first, then = ("rose" if up else "fell" for up in (coup > before, after > coup))
    return (
        f"{first} from {prose.amount(before, 'million dollars')} in {AID_YEARS[0]} to "
        f"{prose.number(coup)} in {AID_YEARS[1]}, then {then} to {prose.number(after)} in "
        f"{AID_YEARS[2]}"
    )


def _split(by_series: dict[str, pd.Series]) -> tuple[list[str], list[str]]:
    """Tell which donors gave less, and which more, in the year of the coup."""
    change = {key: by_series[key][AID_YEARS[1]] - by_series[key][AID_YEARS[0]] for key in DONORS}
    named = {"DAC_OTHER": "the other DAC donors", "FRA": "France", "USA": "the United States"}
    return (
        [named[key] for key, by in change.items() if by < 0],
        [named[key] for key, by in change.items() if by > 0],
    )


def _aid_state(key: str, label: str, amounts: pd.Series, series: list[str]) -> State:
    visible = set(DONORS) if key == "stack" else {key}

    readout = (
        f"{prose.capitalised(label)}, million US$: {_three(amounts)}; the most in "
        f"{amounts.idxmax()}, {prose.number(amounts.max())}."
    )
    if key == "ALL":
        readout += " Another series: all donors and agencies, prices of one base year."
    return State(
        readout,
        traces={i: {"visible": name in visible} for i, name in enumerate(series)},
        layout={
            "yaxis.title.text": CONSTANT if key == "ALL" else CURRENT,
            "xaxis.range": [float(amounts.index.min()) - 0.8, float(amounts.index.max()) + 0.8],
        },
    )


def _aid_rows(frame: pd.DataFrame, total: pd.Series) -> pd.DataFrame:
    wide = frame.pivot_table(index="year", columns="series", values="value")
    return pd.DataFrame(
        {
            "Year": wide.index,
            "France": wide["FRA"].to_numpy(),
            "United States": wide["USA"].to_numpy(),
            "Other DAC donors": wide["DAC_OTHER"].to_numpy(),
            "DAC donors together": total.reindex(wide.index).to_numpy(),
            "All donors, constant prices (another series)": wide["ALL"].round(1).to_numpy(),
        }
    )
