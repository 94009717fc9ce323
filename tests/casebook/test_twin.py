"""Static pictures: they follow the theme, fit into a page, and ask nobody for anything."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from casebook import style
from casebook.show import twin
from casebook.show.building import BOOK_VARIABLE


def rgb(name: str) -> str:
    return "rgb({}, {}, {})".format(*(int(style.colour(name)[i : i + 2], 16) for i in (1, 3, 5)))


RAW = (
    '<?xml version="1.0"?><svg class="main-svg" xmlns="http://www.w3.org/2000/svg" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" width="720" height="300" viewBox="0 0 720 300">'
    '<defs id="defs-1"><clipPath id="clip1" class="plotclip"><rect width="10.123456"/></clipPath>'
    '<path id="mark" d="M1.26,2.54L-3.99,4"/></defs>'
    f'<g clip-path="url(#clip1)" style="fill: {rgb("actor-mnla")}; opacity: 0.35;">'
    "<rect style=\"fill: url('#clip1'); stroke: rgb(1, 2, 3); fill-opacity: 0.85\"/>"
    '<use xlink:href="#mark"/><use href="#mark"/></g>'
    '<text data-unformatted="0.25" style="font-family: Arial; font-size: 12px;">0.25</text>'
    '<text>id="mark" 65.64 %</text></svg>'
)


@pytest.fixture
def picture() -> str:
    return twin.inline(RAW, "abc")


def test_picture_is_valid_and_has_a_view_box_instead_of_a_size(picture):
    root = ElementTree.fromstring(picture)
    assert root.attrib["viewBox"] == "0 0 720 300"
    assert not {"width", "height"} & set(root.attrib)
    assert root.attrib["aria-hidden"] == "true"  # the summary says it in words


def test_ids_are_prefixed_and_still_found(picture):
    ids = re.findall(r'<[^>]*\bid="([^"]+)"', picture)
    assert ids == ["tabc-defs-1", "tabc-clip1", "tabc-mark"]
    refs = re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', picture)
    assert {a or b for a, b in refs} == {"tabc-clip1", "tabc-mark"}


def test_two_pictures_on_one_page_share_no_id():
    ids = [re.findall(r'<[^>]*\bid="([^"]+)"', twin.inline(RAW, prefix)) for prefix in ("a", "b")]
    assert set(ids[0]) & set(ids[1]) == set()


def test_colours_are_those_of_the_theme(picture):
    assert "fill: var(--cb-actor-mnla)" in picture
    assert "stroke: rgb(1, 2, 3)" in picture


def test_picture_asks_nobody_for_anything(picture):
    assert "<script" not in picture
    assert set(re.findall(r"https?://[^\"' ]+", picture)) == {"http://www.w3.org/2000/svg"}
    assert "font-family" not in picture  # the page's own


def test_rounding_changes_coordinates_but_nothing_that_is_read(picture):
    assert 'd="M1.2,2.5L-3.9,4"' in picture
    assert ">0.25</text>" in picture
    assert '>id="mark" 65.64 %</text>' in picture
    assert "opacity: 0.35" in picture
    assert "fill-opacity: 0.85" in picture


@pytest.fixture
def drawn(monkeypatch, tmp_path) -> list[int]:
    """Count drawings instead of starting a browser."""
    monkeypatch.setenv(BOOK_VARIABLE, str(tmp_path))
    widths: list[int] = []

    def draw(figure, width):
        widths.append(width)
        return RAW

    monkeypatch.setattr(twin, "_draw", draw)
    return widths


def test_unchanged_figure_is_drawn_once(small_exhibit, drawn):
    pictures = [twin.svg(small_exhibit().figure, 720) for _ in range(2)]
    assert drawn == [720]
    assert pictures[0] == pictures[1]


def test_changed_figure_width_or_palette_is_drawn_again(small_exhibit, drawn, monkeypatch):
    figure = small_exhibit().figure
    twin.svg(figure, 720)
    twin.svg(figure, 350)
    figure.data[0].x = [2]
    twin.svg(figure, 350)
    monkeypatch.setattr(twin, "css_variables", lambda: "renamed")
    twin.svg(figure, 350)
    assert drawn == [720, 350, 350, 350]


def test_no_half_picture_is_left(small_exhibit, drawn, tmp_path):
    twin.svg(small_exhibit().figure, 720)
    assert [file.suffix for file in (tmp_path / "_build" / "twins").iterdir()] == [".svg"]


def test_without_a_browser_there_is_no_picture_and_no_error(small_exhibit, no_browser, tmp_path):
    assert twin.svg(small_exhibit().figure, 720) is None
    assert not (tmp_path / "_build").exists()


def test_browser_draws_a_picture_in_the_colours_of_the_theme(small_exhibit, monkeypatch, tmp_path):
    monkeypatch.setenv(BOOK_VARIABLE, str(tmp_path))
    figure = small_exhibit().figure
    figure.update_traces(
        marker_pattern={"shape": "/", "fillmode": "overlay", "fgcolor": style.colour("paper")}
    )
    figure.update_layout(showlegend=False, xaxis={"tickvals": [1], "ticktext": ["0.25"]})
    picture = twin.svg(figure, 350)
    root = ElementTree.fromstring(picture)
    assert root.attrib["viewBox"] == "0 0 350 300"
    assert {"actor-mnla", "grid", "muted"} <= set(re.findall(r"var\(--cb-([\w-]+)\)", picture))
    assert set(re.findall(r"rgb\([^)]*\)", picture)) <= {"rgb(0, 0, 0)"}  # of what is not seen
    assert "0.25</text>" in picture
    ids = set(re.findall(r'<[^>]*\bid="([^"]+)"', picture))
    assert set(re.findall(r"url\(#([^)]+)\)", picture)) <= ids
