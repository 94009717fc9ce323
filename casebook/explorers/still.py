"""An explorer on a page of the book, where no Python runs: its first view, and where it moves."""

from __future__ import annotations

from html import escape
from typing import Any

from casebook.explorers.explorer import Explorer
from casebook.show.block import html_block

WHERE = (
    "On this page the explorer stands still. Its controls work where Python runs, with this "
    "notebook: in the browser or in Jupyter, on Binder or in Colab."
)


class Still:
    """The first view of an explorer."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        exhibits = self.explorer.seen()
        names = ", ".join(control.label.lower() for control in self.explorer.controls.values())
        said = f'<p class="cb-still">{escape(WHERE)} You can set: {escape(names)}.</p>'
        return {
            "text/html": said + "\n" + "\n".join(map(html_block, exhibits)),
            "text/plain": f"{WHERE} {' '.join(exhibit.title for exhibit in exhibits)}",
        }
