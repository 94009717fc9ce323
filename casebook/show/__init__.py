"""From a plotly figure to something everybody can read.

An `Exhibit` is a figure with all that a reader needs beside it: title, measure, controls, legend,
how to read it, a summary in words, the numbers as a table, the source. In the book it becomes one
accessible block of HTML, with a static picture that the live plot replaces when it has arrived; in
a notebook, plotly's own display with caption and source.

`parts`
    What an exhibit consists of, and the checks that nothing is missing.
`exhibit`
    An exhibit, which shows itself.
`building`
    Whether the book is being built.
`block`
    The HTML block of the book.
`twin`
    Static pictures of figures.
`table`
    Small tables with caption and source.
"""

from casebook.figures.keys import Key
from casebook.show.exhibit import Exhibit
from casebook.show.parts import Control, State, day_slider
from casebook.show.table import TableExhibit

__all__ = ["Control", "Exhibit", "Key", "State", "TableExhibit", "day_slider"]
