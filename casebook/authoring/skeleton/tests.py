"""The page The Title: its figures say what the tables hold."""

EVENTS = "the_module.events_by_year"
DEATHS = "the_module.deaths_by_year"


def test_bars_count_the_events_of_a_year(exhibit_from, rows):
    (bars,) = exhibit_from(EVENTS).figure.data
    years = [int(row["date"][:4]) for row in rows("events")]
    assert [years.count(year) for year in bars.x] == list(bars.y)


def test_bars_add_up_the_deaths_of_a_year(exhibit_from, rows):
    (bars,) = exhibit_from(DEATHS).figure.data
    for year, deaths in zip(bars.x, bars.y, strict=True):
        recorded = [row for row in rows("conflict_events") if int(row["year"]) == year]
        assert sum(int(row["deaths_best"]) for row in recorded) == deaths


def test_titles_name_the_highest_bar(exhibit_from):
    for name in (EVENTS, DEATHS):
        (bars,) = exhibit_from(name).figure.data
        highest = max(zip(bars.y, bars.x, strict=True))[1]
        assert str(highest) in exhibit_from(name).title
