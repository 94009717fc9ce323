"""What a notebook shows: the book's block in the book, plotly's own display elsewhere."""

import plotly.io
import pytest
from IPython.display import HTML

from casebook.show.building import BOOK_VARIABLE

PLOTLY = "application/vnd.plotly.v1+json"


@pytest.fixture
def notebook(monkeypatch) -> None:
    """Leave the book for a notebook, where plotly shows figures by their type."""
    monkeypatch.delenv(BOOK_VARIABLE, raising=False)
    monkeypatch.setattr(plotly.io.renderers, "default", "plotly_mimetype")


def test_notebook_shows_plotlys_own_display_with_title(small_exhibit, notebook):
    bundle = small_exhibit()._repr_mimebundle_()
    title = bundle[PLOTLY]["layout"]["title"]["text"]
    assert title == "Gao fell after Kidal<br><sub>Towns, March 2012</sub>"
    assert "cb-figure" not in str(bundle)


def test_notebook_shows_caption_and_source_below(small_exhibit, notebook, monkeypatch):
    outputs = []
    monkeypatch.setattr("IPython.display.display", lambda value, raw=False: outputs.append(value))
    small_exhibit(caption="Read < along.", source="a & b")._ipython_display_()
    plot, below = outputs
    assert PLOTLY in plot
    assert isinstance(below, HTML)
    assert below.data == "<p>Read &lt; along.</p><p>Source: a &amp; b</p>"


def test_book_shows_one_block_and_nothing_below(small_exhibit, no_browser, monkeypatch):
    outputs = []
    monkeypatch.setattr("IPython.display.display", lambda value, raw=False: outputs.append(value))
    small_exhibit()._ipython_display_()
    (only,) = outputs
    assert only["text/html"].startswith('<figure class="cb-figure" id="two-towns"')
    assert PLOTLY not in only


@pytest.mark.parametrize("in_book", [True, False])
def test_exhibit_is_readable_as_plain_text(small_exhibit, in_book, monkeypatch, request):
    request.getfixturevalue("no_browser" if in_book else "notebook")
    text = small_exhibit()._repr_mimebundle_()["text/plain"]
    assert text == "Gao fell after Kidal\nTwo towns in one week.\nSource: compiled for a test."


def test_display_leaves_the_figure_as_it_was(small_exhibit, notebook):
    exhibit = small_exhibit()
    before = exhibit.figure.to_json()
    exhibit._repr_mimebundle_()
    assert exhibit.figure.to_json() == before
