"""The one answer of a check, a hint or the progress: a card for notebooks, text for terminals."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from html import escape

# Sign and word say what a colour would: the card must do without one.
KINDS = {
    "right": ("✓", "Right", "#2f7d4f"),
    "diagnosed": ("✗", "Not yet", "#b4552d"),
    "wrong": ("✗", "Not yet", "#b4552d"),
    "open": ("…", "Not answered yet", "#6b6b6b"),
    "unreadable": ("?", "Cannot be compared yet", "#8a6d00"),
    "hint": ("→", "Hint", "#2f5f8a"),
    "progress": ("•", "Progress", "#2f5f8a"),
}
# Addresses of the web only: a text may say back what somebody wrote.
_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Card:
    """What a learner is told.

    Attributes
    ----------
    kind : str
        A key of `KINDS`.
    task : str
        Id of the task, or of the part.
    text : str
        Paragraphs, with ``[links](address)`` and `code` in backquotes; lines that start with four
        spaces are code.
    """

    kind: str
    task: str
    text: str

    @property
    def heading(self) -> str:
        """The first line: sign, word and task."""
        sign, word, _ = KINDS[self.kind]
        return f"{sign} {word} ({self.task})"

    def __repr__(self) -> str:
        lines = [self.heading]
        for block in _blocks(self.text):
            if block.startswith("    "):
                lines.append(block)
            else:
                plain = _LINK.sub(r"\1 <\2>", block)
                lines.append(textwrap.fill(plain, 78, initial_indent="  ", subsequent_indent="  "))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        colour = KINDS[self.kind][2]
        body = "".join(_html(block) for block in _blocks(self.text))
        return (
            f'<div class="cb-card cb-card-{self.kind}" role="group" '
            f'aria-label="{escape(self.heading, quote=True)}" '
            f'style="border-left:5px solid {colour};padding:.35em .9em;margin:.4em 0;'
            f'max-width:44em;line-height:1.45">'
            f'<p style="margin:.2em 0"><strong>{escape(self.heading)}</strong></p>{body}</div>'
        )


def _blocks(text: str) -> list[str]:
    return [block.rstrip() for block in text.strip("\n").split("\n\n") if block.strip()]


def _html(block: str) -> str:
    if block.startswith("    "):
        return f"<pre style='margin:.3em 0'><code>{escape(textwrap.dedent(block))}</code></pre>"
    text = _CODE.sub(r"<code>\1</code>", escape(block))
    text = _LINK.sub(r'<a href="\2">\1</a>', text)
    return f'<p style="margin:.3em 0">{text}</p>'
