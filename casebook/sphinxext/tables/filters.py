"""The controls above a table that can be filtered; ``assets/filter.js`` answers them.

Each choice is named after a ``data-`` attribute of the rows, and so is its part of the page's
address: ``?actor=mnla``. A row may carry several values, separated by semicolons. The words a row
is found by are its text, the labels of its values, and the other names that an option knows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape


@dataclass(frozen=True)
class Choice:
    """A list to choose from.

    Attributes
    ----------
    name : str
        Of the rows' ``data-`` attribute.
    label : str
    options : list of tuple of str
        Value and label.
    also : dict of str
        Other words by which rows with a value are found.
    """

    name: str
    label: str
    options: list[tuple[str, str]]
    also: dict[str, str] = field(default_factory=dict)

    def html(self, what: str) -> str:
        """Return the list for a table of ``what``."""
        options = "".join(
            f'<option value="{escape(value)}"{self._also(value)}>{escape(label)}</option>'
            for value, label in self.options
        )
        ident = f"{what}-{self.name}"
        return (
            f'<p class="cb-select"><label for="{ident}">{self.label}</label>'
            f'<select id="{ident}" name="{self.name}"><option value="">all</option>{options}'
            "</select></p>"
        )

    def _also(self, value: str) -> str:
        words = self.also.get(value, "")
        return f' data-also="{escape(words)}"' if words else ""


def controls(what: str, count: int, choices: list[Choice], example: str) -> str:
    """Return the form and the line that says how many rows are shown.

    Parameters
    ----------
    what : str
        What the rows are, in the plural.
    count : int
        How many there are.
    choices : list of Choice
    example : str
        Shown in the empty box for words.
    """
    return (
        '<form class="cb-controls">'
        + "".join(choice.html(what) for choice in choices)
        + f'<p class="cb-select"><label for="{what}-words">Words</label>'
        f'<input type="search" id="{what}-words" name="words" placeholder="{escape(example)}"></p>'
        '<p><button type="reset" class="cb-reset">Clear filters</button></p></form>'
        f'<p class="cb-readout" aria-live="polite">{count} {what}.</p>'
    )
