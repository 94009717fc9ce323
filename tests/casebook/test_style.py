"""Colours: one meaning each, legible, and apart also for colour-blind readers."""

import itertools
import json
import math
import re
from pathlib import Path

import pytest

from casebook import style
from casebook.style import (
    ACTORS,
    DEATHS,
    DIRECTIONS,
    DISPLACEMENT,
    DONORS,
    GROUND,
    POSITIONS,
    TOKENS,
    VERDICTS,
)

THEMES = ("light", "dark")
LEGIBLE_TEXT, LEGIBLE_MARK = 4.5, 3.0  # contrast, after WCAG 2
APART = 12  # CIE76 distance from which large marks side by side are told apart without effort


# --- Colour arithmetic --------------------------------------------------------------------------

# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB.
VISION = {
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "full colour": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}
TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1.0, 1.08883)


def linear(colour: str) -> list[float]:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def times(matrix, vector) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def contrast(one: str, other: str) -> float:
    dark, light = sorted(times(TO_XYZ, linear(colour))[1] for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def seen(colour: str, vision: str) -> tuple[float, float, float]:
    """Return the place of a colour in CIELAB as somebody sees it."""
    clipped = [min(max(c, 0), 1) for c in times(VISION[vision], linear(colour))]
    x, y, z = (
        t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
        for t in (a / b for a, b in zip(times(TO_XYZ, clipped), WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, vision: str) -> float:
    return math.dist(seen(one, vision), seen(other, vision))


def test_colour_arithmetic_knows_black_white_and_red_green():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert distance("#000000", "#ffffff", "full colour") == pytest.approx(100, abs=0.1)
    assert distance("#808000", "#a06000", "deuteranopia") < APART
    assert distance("#808000", "#a06000", "full colour") > APART


# --- One meaning, one colour --------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_colours_are_lower_case_hex(theme):
    wrong = [n for n, t in TOKENS.items() if not re.fullmatch("#[0-9a-f]{6}", getattr(t, theme))]
    assert wrong == []


def test_no_two_tokens_share_a_light_colour():
    colours = [token.light for token in TOKENS.values()]
    assert [c for c in colours if colours.count(c) > 1] == []


def test_every_holder_of_a_town_has_a_colour(rows):
    assert {row["controller"] for row in rows("control")} <= set(ACTORS)


def test_every_colour_of_an_actor_is_that_of_an_actor(rows):
    assert set(ACTORS) <= {row["actor_id"] for row in rows("actors")}


def test_every_kind_of_death_has_a_colour(rows):
    assert {row["violence_type"] for row in rows("conflict_events")} == set(DEATHS)


def test_every_country_with_more_than_a_few_refugees_has_a_colour(rows):
    countries = {
        row["area"]
        for row in rows("displacement_figures")
        if row["indicator"] == "refugees" and len(row["area"]) == 3 and int(row["persons"]) > 1000
    }
    assert countries <= set(DISPLACEMENT)
    assert {"idps", "refugees"} <= set(DISPLACEMENT)


def test_every_donor_has_a_colour(rows):
    assert {row["donor_id"] for row in rows("aid_by_donor")} - {"DAC_TOTAL"} == set(DONORS) - {
        "ALL"
    }


def test_every_verdict_that_is_known_and_every_direction_has_a_colour(rows):
    given = {row["verdict"].replace(" ", "_") for row in rows("scorecard_verdicts")}
    assert given == {*VERDICTS, "not_known"}
    assert {row["direction"] for row in rows("outcomes")} == set(DIRECTIONS)
    assert set(style.DIRECTION_SHAPES) == set(DIRECTIONS)
    assert len(set(style.DIRECTION_SHAPES.values())) == len(DIRECTIONS)


# --- Legible ------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("text", ["ink", "muted", "accent"])
def test_text_is_legible(theme, ground, text):
    colours = [getattr(GROUND[name], theme) for name in (text, ground)]
    assert contrast(*colours) >= LEGIBLE_TEXT


@pytest.mark.parametrize("theme", THEMES)
def test_marks_stand_out_from_the_paper(theme):
    paper = getattr(GROUND["paper"], theme)
    marks = {name: getattr(token, theme) for name, token in TOKENS.items() if name not in GROUND}
    assert {name for name in marks if contrast(marks[name], paper) < LEGIBLE_MARK} == set()


@pytest.mark.parametrize("theme", THEMES)
def test_number_in_a_filled_tile_is_legible(theme):
    paper = getattr(GROUND["paper"], theme)
    fills = [getattr(token, theme) for token in POSITIONS.values()]
    assert [fill for fill in fills if contrast(fill, paper) < LEGIBLE_TEXT] == []


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", THEMES)
def test_colours_of_one_figure_are_told_apart(theme, vision):
    # Refugees of all countries stand for themselves, never beside those of one.
    countries = {name: token for name, token in DISPLACEMENT.items() if name != "refugees"}
    scale = POSITIONS | {"middle": GROUND["muted"]}
    near = {
        " ".join(sorted(pair))
        for family in (ACTORS, DEATHS, DONORS, countries, VERDICTS, DIRECTIONS, scale)
        for pair in itertools.combinations(family, 2)
        if distance(*(getattr(family[name], theme) for name in pair), vision) < APART
    }
    assert near == set()


# --- From tokens to pages -----------------------------------------------------------------------


def test_unknown_colour_lists_the_known_ones():
    with pytest.raises(KeyError, match=r"'mnla'.*actor-mnla"):
        style.colour("mnla")


def test_svg_refers_to_tokens_and_keeps_other_colours():
    red, green, blue = (int(GROUND["ink"].light[i : i + 2], 16) for i in (1, 3, 5))
    svg = (
        f'<path style="fill: rgb({red}, {green}, {blue}); stroke: rgb({red},{green},{blue})"/>'
        '<path style="fill: rgb(1, 2, 3); stroke: rgba(1, 2, 3, 0.5)"/><text>rgb</text>'
    )
    assert style.themed_svg(svg) == (
        '<path style="fill: var(--cb-ink); stroke: var(--cb-ink)"/>'
        '<path style="fill: rgb(1, 2, 3); stroke: rgba(1, 2, 3, 0.5)"/><text>rgb</text>'
    )


@pytest.mark.parametrize("name", TOKENS)
def test_every_token_is_found_again_in_an_svg(name):
    parts = ", ".join(str(int(TOKENS[name].light[i : i + 2], 16)) for i in (1, 3, 5))
    assert style.themed_svg(f"rgb({parts})") == f"var(--cb-{name})"


def test_style_sheet_defines_every_token_in_both_themes():
    sheet = style.css_variables()
    blocks = re.findall(r"^(html[^{]*) \{\n(.*?)^\}", sheet, re.DOTALL | re.MULTILINE)
    expected = [
        ("html", "light"),
        ('html[data-theme="dark"]', "dark"),
        ("html[data-theme]", "light"),
    ]
    assert [selector for selector, _ in blocks] == [selector for selector, _ in expected]
    for (_, block), (_, theme) in zip(blocks, expected, strict=True):
        defined = dict(re.findall(r"--cb-([\w-]+): (#\w+);", block))
        assert defined == {name: getattr(token, theme) for name, token in TOKENS.items()}
    assert sheet.index("@media print") < sheet.index("html[data-theme] {"), "paper is light"


def test_template_is_plain_data():
    template = style.template()
    assert json.loads(json.dumps(template)) == template


def test_template_is_a_new_one_each_time():
    style.template()["layout"]["xaxis"]["gridcolor"] = "red"
    assert style.template()["layout"]["xaxis"]["gridcolor"] == style.colour("grid")


def test_template_has_no_colour_that_a_theme_cannot_exchange():
    text = json.dumps(style.template())
    lights = {token.light for token in TOKENS.values()}
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}", text)) <= lights


def test_every_colour_a_style_sheet_asks_for_is_defined():
    sheets = (Path(__file__).parents[2] / "assets").rglob("*.css")
    text = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    own = set(re.findall(r"(--cb-[\w-]+)\s*:", text))
    asked = set(re.findall(r"var\((--cb-[\w-]+)\)", text))
    set_by_a_figure = {"--cb-height", "--cb-narrow-height"}
    assert asked - own - {f"--cb-{name}" for name in TOKENS} - set_by_a_figure == set()
