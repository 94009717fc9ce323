"""What the chapter on money states, recomputed from the CSV files."""

import pytest

from casebook import facts
from casebook.facts import UnknownFact

DOWN = {"v2x_corr"}


def values(rows, indicator: str, year: str, *columns: str) -> dict[str, tuple[float, ...]]:
    """Read one indicator in one year, by country."""
    places = {
        "v2": ("vdem_indicators", "indicator_id", "iso3", "year", "value"),
        "wg": ("governance_indicators", "dimension", "iso3", "year", "percentile_rank"),
        "IQ": ("world_bank_indicators", "indicator_id", "iso3", "year", "value"),
        "ti": ("quoted_figures", "indicator", "subject", "period", "value"),
    }
    table, ident, country, when, value = places[indicator[:2]]
    return {
        row[country]: tuple(float(row[c]) for c in (columns or (value,)))
        for row in rows(table)
        if row[ident] == indicator and row[when] == year
    }


def ordinal(number: int) -> str:
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number if number < 11 else 0, 'th') }"


def spoken(first: int, last: int) -> str:
    return ordinal(first) if first == last else f"{ordinal(first)} to {ordinal(last)}"


@pytest.mark.parametrize(
    "indicator", ["v2x_corr", "v2exbribe", "v2jucorrdc", "wgi_cc", "ti_cpi_0_10", "IQ.CPA.TRAN.XQ"]
)
def test_place_counts_the_countries_that_do_better(indicator, rows):
    found = {c: v[0] for c, v in values(rows, indicator, "2011").items()}
    sign = -1 if indicator in DOWN else 1
    better = sum(sign * v > sign * found["MLI"] for v in found.values())
    as_good = sum(sign * v >= sign * found["MLI"] for v in found.values())
    assert facts.place(indicator, 2011) == spoken(better + 1, as_good)
    assert facts.countries_ranked(indicator, 2011) == len(found)


def test_places_of_2011_are_those_the_chapter_argues_with():
    """A correction of the tables that moves them must change the argument too."""
    assert facts.place("v2x_corr", 2011) == "11th", "fourth from below of 14"
    for indicator in ("wgi_cc", "ti_cpi_0_10", "IQ.CPA.TRAN.XQ"):
        first = int(facts.place(indicator, 2011).split()[0].rstrip("stndrh"))
        assert first <= facts.countries_ranked(indicator, 2011) / 2, "in the better half"


def test_intervals_before_and_after_the_coup_are_as_the_chapter_says(rows):
    def meet(indicator: str, one: str, other: str, *bounds: str) -> bool:
        (low, high), (below, above) = (
            values(rows, indicator, year, *bounds)["MLI"] for year in (one, other)
        )
        return low <= above and below <= high

    vdem = ("v2x_corr", ("low", "high"))
    wgi = ("wgi_cc", ("percentile_rank_low", "percentile_rank_high"))
    assert meet(vdem[0], "2002", "2011", *vdem[1])
    assert not meet(vdem[0], "2011", "2013", *vdem[1])
    assert meet(wgi[0], "2005", "2011", *wgi[1])
    assert meet(wgi[0], "2011", "2013", *wgi[1])
    cpia = [values(rows, "IQ.CPA.TRAN.XQ", str(year))["MLI"][0] for year in range(2005, 2013)]
    assert len(set(cpia[:-1])) == 1
    assert cpia[-1] == cpia[-2] - 0.5


def test_aid_went_as_the_chapter_says(rows):
    aid = {(r["donor_id"], r["year"]): float(r["net_aid"]) for r in rows("aid_by_donor")}
    change = {d: aid[d, "2012"] - aid[d, "2011"] for d in ("FRA", "DAC_OTHER", "USA", "DAC_TOTAL")}
    assert {donor for donor, by in change.items() if by > 0} == {"USA"}
    everyone = {
        r["year"]: float(r["value"])
        for r in rows("world_bank_indicators")
        if r["indicator_id"] == "DT.ODA.ODAT.KD" and r["iso3"] == "MLI"
    }
    assert everyone["2012"] < everyone["2011"] < everyone["2013"]


def test_military_spending_of_mali_is_neither_high_nor_low(rows):
    spent = {
        r["subject"]: float(r["value"])
        for r in rows("quoted_figures")
        if r["indicator"] == "MS.MIL.XPND.GD.ZS" and r["period"] == "2011"
    }
    place = sorted(spent.values()).index(spent["MLI"])
    assert len(spent) / 4 < place < len(spent) * 3 / 4


def test_places_open_follow_from_the_bounds(rows):
    vdem = values(rows, "v2x_corr", "2011", "low", "high")
    low, high = vdem["MLI"]
    before = sum(h < low for _, h in vdem.values())  # less corrupt is lower
    behind = sum(lo > high for lo, _ in vdem.values())
    assert facts.places_open("v2x_corr", 2011) == spoken(before + 1, len(vdem) - behind)
    assert facts.overlapping("v2x_corr", 2011) == len(vdem) - 1 - before - behind

    wgi = values(rows, "wgi_cc", "2011", "percentile_rank_low", "percentile_rank_high")
    low, high = wgi["MLI"]
    before = sum(lo > high for lo, _ in wgi.values())  # less corrupt is higher
    behind = sum(h < low for _, h in wgi.values())
    assert facts.places_open("wgi_cc", 2011) == spoken(before + 1, len(wgi) - behind)


def test_wgi_leaves_the_place_of_vdem_open():
    """The chapter says so."""
    first, last = (int(p.rstrip("stndrh")) for p in facts.places_open("wgi_cc", 2011).split(" to "))
    assert first <= int(facts.place("v2x_corr", 2011).rstrip("th")) <= last


def test_measured_gives_value_and_bounds(rows):
    (row,) = [
        r
        for r in rows("vdem_indicators")
        if (r["indicator_id"], r["iso3"], r["year"]) == ("v2x_corr", "NER", "2013")
    ]
    for bound in ("value", "low", "high"):
        assert facts.measured("v2x_corr", 2013, "NER", bound) == float(row[bound])


def test_aid_audits_and_quoted_figures_are_those_of_the_tables(rows):
    for row in rows("aid_by_donor"):
        assert facts.net_aid(int(row["year"]), row["donor_id"]) == float(row["net_aid"])
    for row in rows("auditor_general"):
        assert facts.audited(int(row["report_year"])) == float(row["irregularities"])
    for row in rows("army_and_external_support"):
        assert facts.army_figure(row["figure_id"]) == float(row["value"])
    quoted = {row["figure_id"]: float(row["value"]) for row in rows("quoted_figures")}
    assert facts.quoted("armed-forces-mli-2011") == quoted["armed-forces-mli-2011"]


def test_parts_of_the_army_add_up_as_the_chapter_says():
    army, air, navy, other = (facts.army_figure(i) for i in ("M005", "M006", "M007", "M008"))
    assert army + air + navy == facts.quoted("armed-forces-mli-2012")
    assert army + other == facts.quoted("armed-forces-mli-2011")


def test_only_aid_of_the_united_states_grew_in_the_year_of_the_coup():
    grew = {d: facts.net_aid(2012, d) > facts.net_aid(2011, d) for d in ("FRA", "USA", "DAC_OTHER")}
    assert grew == {"FRA": False, "USA": True, "DAC_OTHER": False}


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: facts.measured("v2x_cor", 2011), "near: v2x_corr"),
        (lambda: facts.measured("v2x_corr", 1950), "no value in 1950"),
        (lambda: facts.measured("v2x_corr", 2011, "MLY"), "near: MLI"),
        (lambda: facts.measured("v2x_corr", 2011, bound="lo"), "near: low"),
        (lambda: facts.measured("v2exbribe", 2011, bound="low"), "no interval"),
        (lambda: facts.places_open("v2exbribe", 2011), "no interval"),
        (lambda: facts.overlapping("v2exbribe", 2011), "no interval"),
        (lambda: facts.place("IQ.CPA.TRAN.XQ", 2011, "DZA"), "No country with"),
        (lambda: facts.countries_ranked("wgi_c", 2011), "near: wgi_cc"),
        (lambda: facts.net_aid(2030), "runs from 1990 to 2018"),
        (lambda: facts.net_aid(2011, "US"), "near: USA"),
        (lambda: facts.audited(2012), "No total of 2012"),
        (lambda: facts.quoted("armed-forces-mli-1999"), "near: armed-forces-mli"),
        (lambda: facts.army_figure("M999"), "No figure on the army"),
    ],
)
def test_unknown_question_is_refused_and_what_was_meant_named(ask, message):
    with pytest.raises(UnknownFact, match=message):
        ask()
