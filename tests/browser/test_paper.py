"""Pages on paper: the wide picture, no controls, nothing cut off, dark ink."""

from __future__ import annotations

import re

from .visit import A4
from .ways import ON_PAPER, ways, with_figures


@ways(*ON_PAPER)
def test_paper_loses_nothing(seen):
    assert seen.scroll_width <= A4
    assert seen.beyond == []
    assert seen.cut == []


@ways(*ON_PAPER)
def test_nothing_covers_the_text_of_a_sheet(seen):
    assert seen.hovering == []


@ways(*ON_PAPER)
def test_ink_is_dark_in_both_themes(seen):
    assert seen.faint == []
    assert {f.name: f.faint for f in seen.figures if f.faint} == {}


@ways(*with_figures(ON_PAPER))
def test_paper_shows_the_wide_picture_and_no_controls(seen):
    assert [f.name for f in seen.figures if f.live or len(f.twins) != 1] == []
    unseen = re.compile("cb-(narrow|live|controls|readout|data)|cell_input|hide")
    assert [part for part in seen.on_paper if unseen.search(part)] == []
    assert [part for part in seen.on_paper if "cb-wide" in part]


@ways(*with_figures(ON_PAPER))
def test_labels_stay_inside_the_printed_picture(seen):
    assert {f.name: f.clipped for f in seen.figures if f.clipped} == {}


@ways(*with_figures(ON_PAPER))
def test_keys_of_a_legend_keep_their_colour_on_paper(seen):
    assert [part for part in seen.on_paper if "cb-key" in part]
    assert seen.faded == []


@ways(*ON_PAPER)
def test_page_becomes_a_pdf(seen):
    assert seen.pdf.startswith(b"%PDF-")
    assert re.search(rb"/Type\s*/Page\b", seen.pdf)
