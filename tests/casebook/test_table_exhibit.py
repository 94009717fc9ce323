"""Tables: numbers and days as the book writes them, headers for every cell."""

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from casebook.show import TableExhibit
from casebook.show.building import BOOK_VARIABLE
from casebook.show.table import cell_text, html_table


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1165, "1,165"),
        (np.int64(1165), "1,165"),
        (np.int32(3), "3"),
        (2.0, "2"),
        (1234.56, "1,234.6"),
        (np.float32(1.5), "1.5"),
        (True, "yes"),
        (np.False_, "no"),
        (pd.Timestamp("2012-03-22"), "22\u00a0March 2012"),
        ("Gao", "Gao"),
        (None, "–"),
        (np.nan, "–"),
        (pd.NA, "–"),
        (pd.NaT, "–"),
        ("", "–"),
    ],
    ids=repr,
)
def test_cell_is_written_as_the_book_writes_it(value, text):
    assert cell_text(value) == text


def test_small_share_is_not_rounded_to_nothing():
    assert cell_text(0.45) == "0.45"
    assert cell_text(0.04) == "0.04"


DATA = pd.DataFrame(
    {
        "Town": ["Gao <b>", "Kidal"],
        "Year": [2012, 2013],
        "Deaths": pd.array([1165, None], dtype="Int64"),
        "Day": pd.to_datetime(["2012-03-31", None]),
    }
)


def table(data: pd.DataFrame = DATA, **options):
    return BeautifulSoup(html_table(data, 'Towns & "days"', **options), "html.parser")


def test_table_has_caption_and_headers_for_every_cell():
    page = table()
    assert page.caption.get_text() == 'Towns & "days"'
    assert [th.get_text() for th in page.thead.find_all("th")] == list(DATA.columns)
    assert {th["scope"] for th in page.thead.find_all("th")} == {"col"}
    assert [row.th.get_text() for row in page.tbody.find_all("tr")] == ["Gao <b>", "Kidal"]
    assert {row.th["scope"] for row in page.tbody.find_all("tr")} == {"row"}


def test_cells_stand_in_the_right_column():
    rows = [[td.get_text() for td in tr.find_all("td")] for tr in table().tbody.find_all("tr")]
    assert rows == [["2012", "1,165", "31\u00a0March 2012"], ["2013", "–", "–"]]


def test_numbers_and_days_are_marked_for_their_alignment():
    first = table().tbody.tr.find_all(["th", "td"])
    assert [cell.get("class") for cell in first] == [
        None,
        ["cb-number"],
        ["cb-number"],
        ["cb-day"],
    ]


@pytest.mark.parametrize(
    ("column", "aligned"),
    [
        (["8.8\u00a0%", "91\u00a0%"], True),
        (["8.8 %", ""], True),
        (["8.8 %", "about half"], False),
        (["", "–"], False),
        ([None, "8.8 %"], False),
    ],
    ids=repr,
)
def test_percentages_are_aligned_like_numbers(column, aligned):
    cell = table(pd.DataFrame({"Zone": ["a", "b"], "Share": column})).tbody.tr.td
    assert ("cb-number" in cell.get("class", [])) is aligned


def test_wide_table_is_a_region_that_the_keyboard_can_scroll():
    region = table().find(role="region")
    assert region["tabindex"] == "0"
    assert region["aria-label"] == 'Towns & "days"'


def test_hidden_caption_is_still_there():
    assert "cb-visually-hidden" in table(hidden_caption=True).caption["class"]
    assert table().caption.get("class") is None


def exhibit() -> TableExhibit:
    return TableExhibit("towns", "Towns & days", DATA, "A note <i>.", "a test & more.")


def test_table_in_the_book_has_note_and_source(monkeypatch, tmp_path):
    monkeypatch.setenv(BOOK_VARIABLE, str(tmp_path))
    page = BeautifulSoup(exhibit()._repr_mimebundle_()["text/html"], "html.parser")
    assert page.find(id="towns").caption.get_text() == "Towns & days"
    assert page.find(class_="cb-caption").get_text() == "A note <i>."
    assert page.find(class_="cb-source").get_text() == "Source: a test & more."


def test_table_outside_the_book_keeps_title_note_and_source(monkeypatch):
    monkeypatch.delenv(BOOK_VARIABLE, raising=False)
    bundle = exhibit()._repr_mimebundle_()
    page = BeautifulSoup(bundle["text/html"], "html.parser").get_text()
    for part in ("Towns & days", "A note <i>.", "a test & more."):
        assert part in page
        assert part in bundle["text/plain"]
