"""An exhibit: a figure with everything a reader needs to judge it, shown where it stands."""

from __future__ import annotations

from html import escape
from typing import Any

from casebook.show.block import html_block
from casebook.show.building import book_folder
from casebook.show.parts import Parts


class Exhibit(Parts):
    """A figure and all that belongs beside it, which a notebook shows as the book or as plotly."""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        if book_folder():
            return {"text/html": html_block(self), "text/plain": self._in_words()}
        figure = self.drawn()
        figure.update_layout(
            title={"text": f"{self.title}<br><sub>{self.subtitle}</sub>"}, margin={"t": 76}
        )
        bundle = figure._repr_mimebundle_()
        return {**bundle, "text/plain": self._in_words()}

    def _ipython_display_(self) -> None:
        # A caption below the plot needs a second output, which a MIME bundle cannot give.
        from IPython.display import HTML, display

        display(self._repr_mimebundle_(), raw=True)
        if not book_folder():
            display(HTML(f"<p>{escape(self.caption)}</p><p>Source: {escape(self.source)}</p>"))

    def _in_words(self) -> str:
        return f"{self.title}\n{self.summary}\nSource: {self.source}"
