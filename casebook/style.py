"""The look of every figure: one colour per meaning, in a light and a dark theme.

Figures are drawn with the light colours. Each of them stands for a token, so that a page can
exchange it for its dark counterpart without knowing what it was used for: the page's style sheet
carries the tokens as CSS variables, the static pictures refer to them, and the live plots look
them up. Therefore no two tokens may share a light colour (a test sees to that).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

FONT_FAMILY = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif"
)


@dataclass(frozen=True)
class Token:
    """A colour with a meaning, in both themes (CSS hex notation, lower case)."""

    light: str
    dark: str


# Ground and text: warm paper, one accent of fired earth.
GROUND = {
    "paper": Token("#fdfbf7", "#181613"),
    "panel": Token("#f6f1e8", "#221f1b"),
    "ink": Token("#1f1d1a", "#ece6dc"),
    "muted": Token("#645d54", "#ada598"),
    "grid": Token("#e3dccf", "#3a352e"),
    "accent": Token("#a8481f", "#e8996f"),
    "land": Token("#efe9dd", "#2a2621"),
    "neighbour": Token("#f4f0e7", "#1f1c19"),
    "border": Token("#c9c0b1", "#4a443b"),
    "water": Token("#7fa6bd", "#54798f"),
}

# Actors: hues that stay apart for colour-blind readers (after Paul Tol's muted scheme). Close
# allies sit in one family of hues; no hue stands for a community or a religion.
ACTORS = {
    "mli_gov": Token("#4477aa", "#6f9fd0"),
    "mnla": Token("#b78b00", "#e0b94a"),
    "ansar_dine": Token("#86305c", "#b14e88"),
    "mujao": Token("#cc6677", "#e69e9f"),
    "islamist_coalition": Token("#8b7190", "#ab8ca0"),
    "rebels_not_told_apart": Token("#4f483c", "#dbd4c6"),
    "ganda_iso": Token("#2e7d4f", "#5aa87b"),
    "tcd_army": Token("#429f8d", "#62c9c6"),
    "ner_army": Token("#6498b5", "#99ccea"),
}

# Kinds of death, as the Uppsala Conflict Data Program distinguishes them.
DEATHS = {
    "state_based": Token("#565d6b", "#98a1b3"),
    "non_state": Token("#ab8d5d", "#cdb084"),
    "one_sided": Token("#c2502e", "#e57f5d"),
}

# People in flight, by where they were counted.
DISPLACEMENT = {
    "idps": Token("#7c6c9c", "#a999d0"),
    "refugees": Token("#247278", "#57afb4"),
    "MRT": Token("#257379", "#58b0b5"),
    "NER": Token("#a96a20", "#d4954e"),
    "BFA": Token("#819345", "#adc271"),
    "DZA": Token("#7b6f63", "#b0a496"),
}

# Kinds of claim in the statement; each also has a shape of its own (`CLAIM_SHAPES`).
CLAIMS = {
    "fact": Token("#3f6078", "#8fb3c9"),
    "causal_claim": Token("#b5532c", "#ea9b73"),
    "judgement": Token("#846a9a", "#b7a1cc"),
    "forecast": Token("#4f7d4b", "#93bc8d"),
    "recommendation": Token("#8f6d12", "#dcbc66"),
}
CLAIM_SHAPES = {
    "fact": "square",
    "causal_claim": "diamond",
    "judgement": "circle",
    "forecast": "triangle-up",
    "recommendation": "cross",
}

# Givers of aid; ALL is another series, of all donors and agencies in constant prices.
DONORS = {
    "FRA": Token("#33518f", "#8aa9e6"),
    "USA": Token("#b07d1e", "#e2bd6a"),
    "DAC_OTHER": Token("#6f8580", "#7f9a92"),
    "ALL": Token("#6d4465", "#cfa6c8"),
}
# How advice was followed (`casebook.figures.verdicts`): a word beside each tile says the same. What
# is not known has no colour: it is drawn hollow.
VERDICTS = {
    "fulfilled": Token("#12586f", "#7cc4de"),
    "partly_fulfilled": Token("#5b93a3", "#a7dbd5"),
    "not_fulfilled": Token("#96661f", "#d9a85f"),
    "reversed": Token("#7a2140", "#c9708f"),
}

# Which way an event pointed, seen from one recommendation; each also has a shape.
DIRECTIONS = {
    "progress": Token("#236f8f", "#6fb7d6"),
    "mixed": Token("#847a52", "#d6cfa4"),
    "setback": Token("#a0402a", "#e08a72"),
}
DIRECTION_SHAPES = {"progress": "triangle-up", "mixed": "circle", "setback": "triangle-down"}

# Positions on a scale from -2 to 2: two hues, filled for the ends and hollow for the next step.
# The sign stands in every tile; unknown is no colour of the scale.
POSITIONS = {
    "plus": Token("#3d3f9e", "#a9aef2"),
    "minus": Token("#7a4a0c", "#e0b27a"),
}

TOKENS: dict[str, Token] = {
    **GROUND,
    **{f"actor-{name}": token for name, token in ACTORS.items()},
    **{f"deaths-{name}": token for name, token in DEATHS.items()},
    **{f"displacement-{name}": token for name, token in DISPLACEMENT.items()},
    **{f"claim-{name}": token for name, token in CLAIMS.items()},
    **{f"donor-{name}": token for name, token in DONORS.items()},
    **{f"verdict-{name}": token for name, token in VERDICTS.items()},
    **{f"direction-{name}": token for name, token in DIRECTIONS.items()},
    **{f"position-{name}": token for name, token in POSITIONS.items()},
}

# Doubt has one look everywhere: a date borrowed from another town is hatched, a day known only
# roughly is dotted, and what cannot be placed in one month is hatched the other way.
DOUBT_PATTERNS = {
    "regional_proxy": "/",
    "approximate_day": ".",
    "spans_months": "\\",
}


def colour(name: str) -> str:
    """Return the light colour of a token, for example ``colour("actor-mnla")``.

    Parameters
    ----------
    name : str
        A key of `TOKENS`.

    Returns
    -------
    str
        A CSS hex colour.

    Raises
    ------
    KeyError
        If there is no such token; the message lists all names.
    """
    try:
        return TOKENS[name].light
    except KeyError:
        raise KeyError(f"No colour is called {name!r}. There are: {', '.join(TOKENS)}") from None


def actor_colour(actor_id: str) -> str:
    """Return the colour of an actor in all figures (light theme)."""
    return colour(f"actor-{actor_id}")


def css_variables() -> str:
    """Return the style sheet that defines every token as ``--cb-<name>`` in both themes."""

    def block(selector: str, theme: str) -> str:
        lines = [f"  --cb-{name}: {getattr(token, theme)};" for name, token in TOKENS.items()]
        return "\n".join([f"{selector} {{", *lines, "}"])

    screen = block("html", "light") + "\n" + block('html[data-theme="dark"]', "dark")
    # Paper is light, whatever the screen was.
    return f"{screen}\n@media print {{\n{block('html[data-theme]', 'light')}\n}}\n"


_RGB = re.compile(r"rgb\((\d+), ?(\d+), ?(\d+)\)")


def themed_svg(svg: str) -> str:
    """Replace the light colours in an SVG by the CSS variables that stand for them.

    Parameters
    ----------
    svg : str
        A picture whose colours are written as ``rgb(r, g, b)`` in style attributes.

    Returns
    -------
    str
        The same picture; colours that are no token stay as they are.
    """
    names = {token.light: name for name, token in TOKENS.items()}

    def variable(match: re.Match[str]) -> str:
        name = names.get("#{:02x}{:02x}{:02x}".format(*(int(part) for part in match.groups())))
        return f"var(--cb-{name})" if name else match.group(0)

    return _RGB.sub(variable, svg)


def template() -> dict[str, Any]:
    """Return the plotly template of the book (a plain dictionary, light theme).

    Zooming and dragging are off: on a phone they would catch the finger that scrolls the page.
    """
    axis = {
        "gridcolor": colour("grid"),
        "linecolor": colour("border"),
        "zerolinecolor": colour("border"),
        "tickcolor": colour("border"),
        "title": {"font": {"color": colour("muted"), "size": 12}, "standoff": 8},
        "tickfont": {"color": colour("muted"), "size": 12},
        "fixedrange": True,
        "automargin": False,
    }
    return {
        "layout": {
            "font": {"family": FONT_FAMILY, "size": 13, "color": colour("ink")},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "xaxis": axis,
            "yaxis": axis,
            "margin": {"l": 64, "r": 12, "t": 12, "b": 36},
            "hoverlabel": {
                "bgcolor": colour("panel"),
                "bordercolor": colour("border"),
                "font": {"family": FONT_FAMILY, "size": 12, "color": colour("ink")},
                "align": "left",
            },
            "dragmode": False,
            "hovermode": "closest",
            "bargap": 0.15,
            "legend": {"orientation": "h", "y": -0.12, "font": {"size": 12}},
            "annotationdefaults": {
                "font": {"color": colour("muted"), "size": 12},
                "showarrow": False,
            },
        }
    }
