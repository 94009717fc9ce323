"""Pure functions that draw: tables in, a plotly figure out.

One module is one kind of figure:

`timeline`
    Spells of something at a place through time, with how sure we are of each.
`maps`
    Polygons, rivers, towns and events on plain axes.
`series`
    Dated figures with breaks and intervals; stacked monthly counts.
`matrix`
    Tiles in rows: one mark for each of many small things.
`panels`
    Several measures above one another on the same time axis.

Nothing here reads a file or knows a page. A figure may carry ``layout.meta["narrow"]``, a patch
(see `casebook.show.State`) that makes it fit a phone.
"""
