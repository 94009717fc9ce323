"""The block of an exhibit: complete and valid HTML, whatever its texts hold."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from casebook.show import Control, Key, State
from casebook.show.block import html_block, payload
from casebook.show.parts import ExhibitError
from casebook.sphinxext.site.figures import finish

VOID = {"input", "br", "img", "hr", "meta", "link"}
AWKWARD = 'Half of "them" < 3 & rising </script> isn\'t é ∙ café'


class Balanced(HTMLParser):
    """Check that every tag is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} has an attribute twice"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def parsed(block: str) -> BeautifulSoup:
    parser = Balanced()
    parser.feed(block)
    parser.close()
    assert parser.open == []
    return BeautifulSoup(block, "html.parser")


CONTROLS = (
    Control("phase", AWKWARD, (("a", AWKWARD), ("b", "second")), "b"),
    Control("dates", "Show", (("x", "all"), ("y", AWKWARD)), "x", kind="radio"),
    Control("day", "Day", (("1", "1 March"), ("2", AWKWARD)), "2", kind="range"),
)
STATES = {
    f"{phase}|{dates}|{day}": State(f"{AWKWARD} {phase}{dates}{day}", traces={0: {"y": ["Gao"]}})
    for phase in "ab"
    for dates in "xy"
    for day in "12"
}


@pytest.fixture
def awkward(small_exhibit):
    """Give an exhibit with all kinds of controls, and texts that would break a careless page."""
    texts = dict.fromkeys(("title", "subtitle", "caption", "summary", "source"), AWKWARD)
    return small_exhibit(
        **texts,
        controls=CONTROLS,
        states=STATES,
        keys=(Key(AWKWARD, "hatch"),),
        data=pd.DataFrame({AWKWARD: ["a,b", AWKWARD, 'q"q'], "Year": [2012, 2013, 2014]}),
    )


@pytest.fixture
def page(awkward, no_browser):
    return parsed(html_block(awkward))


def check_complete(page: BeautifulSoup) -> None:
    """Assert what holds of the block of any exhibit."""
    (figure,) = page.find_all("figure")
    (caption,) = page.find_all("figcaption")
    assert caption.parent is figure
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
        for element in page.find_all(attrs={attribute: True}):
            named = " ".join(element.get_attribute_list(attribute)).split()
            assert set(named) <= set(ids), element
    for control in page.find_all(["input", "select"]):
        labelled = (
            page.find("label", attrs={"for": control.get("id")}) if control.get("id") else None
        )
        assert labelled or control.find_parent("label"), control
    for button in page.find_all("button"):
        assert button.get("aria-label") or button.get_text(strip=True)
        assert button["type"] == "button"
    (table,) = page.find_all("table")
    assert table.caption.get_text(strip=True)
    columns = table.thead.find_all("th")
    assert all(th["scope"] == "col" and th.get_text(strip=True) for th in columns)
    for row in table.tbody.find_all("tr"):
        assert len(row.find_all(["th", "td"])) == len(columns)
        assert row.th["scope"] == "row"
    assert page.find(class_="cb-source").get_text(strip=True).startswith("Source:")
    assert page.find(class_="cb-caption").get_text(strip=True)
    json.loads(page.find(class_="cb-json").string)


def test_block_is_complete_whatever_its_texts_hold(page):
    check_complete(page)


def test_block_is_complete_without_controls(small_exhibit, no_browser):
    page = parsed(html_block(small_exhibit()))
    check_complete(page)
    assert page.form is None
    assert page.find(class_="cb-readout") is None


def test_every_real_block_is_complete(real_exhibit, no_browser):
    if hasattr(real_exhibit, "figure"):
        check_complete(parsed(html_block(real_exhibit)))


@pytest.mark.parametrize(
    "css", [".cb-title", ".cb-subtitle", ".cb-caption", "p.cb-summary", ".cb-legend li:last-child"]
)
def test_text_is_shown_as_it_was_written(page, css):
    assert page.select_one(css).get_text() == AWKWARD


def test_nothing_in_the_block_ends_it_early(awkward, no_browser):
    block = html_block(awkward)
    assert "\n\n" not in block  # a blank line would end it for Markdown
    assert block.count("</script>") == 2  # JSON and CSV


def test_json_never_closes_its_script(awkward):
    text = payload(awkward)
    assert "<" not in text
    content = json.loads(text)
    assert set(content) == {"data", "layout", "narrow", "controls", "states"}
    assert content["controls"] == ["phase", "dates", "day"]
    assert content["states"]["b|x|2"]["readout"] == f"{AWKWARD} bx2"
    assert content["states"]["b|x|2"]["traces"] == {"0": {"y": ["Gao"]}}
    assert "template" not in content["layout"]


def test_missing_number_in_a_drawing_is_refused_by_name(small_exhibit):
    exhibit = small_exhibit()
    exhibit.figure.add_scatter(x=[1, 2], y=[1.0, float("nan")])
    with pytest.raises(ExhibitError, match=r"'two-towns'.*NaN.*None"):
        payload(exhibit)


def test_numpy_values_stand_in_json_as_plain_numbers(small_exhibit):
    exhibit = small_exhibit()
    exhibit.figure.layout.meta = {"size": pd.Series([3])[0]}
    exhibit = small_exhibit(
        controls=(Control("day", "Day", (("1", "1 March"),), "1"),),
        states={"1": State("", traces={0: {"x": pd.Series([1, 2]).to_numpy()}})},
    )
    assert json.loads(payload(exhibit))["states"]["1"]["traces"]["0"]["x"] == [1, 2]


# --- Controls -----------------------------------------------------------------------------------


def test_controls_show_the_default(page):
    (chosen,) = page.find_all("option", selected=True)
    (checked,) = page.find_all("input", checked=True)
    slider = page.find("input", type="range")
    assert (chosen["value"], checked["value"]) == ("b", "x")
    assert (slider["value"], slider["min"], slider["max"]) == ("1", "0", "1")
    assert slider["aria-valuetext"] == page.output.get_text() == AWKWARD
    assert page.find(class_="cb-readout").get_text() == f"{AWKWARD} bx2"


def test_slider_knows_its_steps(page):
    values, texts = json.loads(page.find("input", type="range")["data-steps"])
    assert (values, texts) == (["1", "2"], ["1 March", AWKWARD])


def test_radio_buttons_have_a_legend(page):
    assert page.fieldset.legend.get_text() == "Show"


def test_change_is_read_out(page):
    readout = page.find(class_="cb-readout")
    assert readout["aria-live"] == "polite"
    assert page.form["aria-controls"] == readout["id"]


# --- Legend and links ---------------------------------------------------------------------------


def test_legend_names_every_key_in_its_mark_and_colour(small_exhibit, no_browser):
    keys = (Key("MNLA", "box", "actor-mnla"), Key("borrowed", "hatch"))
    page = parsed(html_block(small_exhibit(keys=keys)))
    entries = [(li.get_text(), li.span["style"]) for li in page.find(class_="cb-legend")]
    assert entries == [
        ("MNLA", "--key:var(--cb-actor-mnla)"),
        ("borrowed", "--key:var(--cb-muted)"),
    ]
    assert "cb-key-hatch" in page.select(".cb-legend li .cb-key")[-1]["class"]


def test_figure_without_keys_has_no_legend(small_exhibit, no_browser):
    assert parsed(html_block(small_exhibit(keys=()))).find(class_="cb-legend") is None


def test_tables_behind_the_figure_are_linked(page):
    links = [a["href"] for a in page.find(class_="cb-source").find_all("a")]
    assert links == ["casebook-table:control", "casebook-table:places"]


# --- Numbers ------------------------------------------------------------------------------------


class FakeBuilder:
    """The two addresses a page of a folder needs."""

    def get_relative_uri(self, source: str, target: str) -> str:
        return f"../../{target}.html"


@pytest.fixture
def finished(awkward, no_browser, tmp_path):
    """Give the block as the extension leaves it, and the folder it wrote into."""

    class App:
        outdir = tmp_path / "html"
        builder = FakeBuilder()

    App.outdir.mkdir()
    return finish(html_block(awkward), App, "chapters/origins/page"), App.outdir


def test_csv_comes_back_as_the_table(finished, awkward):
    _, folder = finished
    text = (folder / "_downloads" / "two-towns.csv").read_text(encoding="utf-8")
    header, *lines = csv.reader(io.StringIO(text))
    assert header == list(awkward.data.columns)
    assert lines == awkward.data.astype(str).to_numpy().tolist()


def test_csv_writes_days_as_iso_dates(small_exhibit, no_browser):
    page = parsed(html_block(small_exhibit()))
    assert "Kidal,2012-03-30" in page.find("script", type="text/csv").string


def test_finished_block_has_no_placeholder_left(finished):
    body, _ = finished
    assert "casebook-" not in body
    assert "text/csv" not in body
    page = parsed(body)
    assert page.find(class_="cb-download")["href"] == "../../_downloads/two-towns.csv"
    links = [a["href"] for a in page.find(class_="cb-source").find_all("a")]
    assert links[0] == "../../chapters/reference/data.html#table-control"


# --- Without a browser --------------------------------------------------------------------------


def test_block_says_that_no_picture_was_drawn(page):
    missing = page.find_all(class_="cb-no-twin")
    assert len(missing) == 2  # wide and narrow
    assert "not drawn" in missing[0].get_text()
    assert page.find("svg") is None


def test_room_is_kept_for_the_live_plot(small_exhibit, no_browser):
    page = parsed(html_block(small_exhibit(narrow_height=200)))
    assert page.find(class_="cb-plot")["style"] == "--cb-height:300px;--cb-narrow-height:200px"
    ratios = [
        re.sub("aspect-ratio:", "", twin["style"]) for twin in page.find_all(class_="cb-twin")
    ]
    assert ratios == ["720/300", "350/200"]
