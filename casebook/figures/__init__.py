"""Pure functions that draw: tables in, a plotly figure out.

One module is one kind of figure:

`timeline`, `turns`
    Spells of something at a place through time, with how sure we are of each; and changes of
    hands on a row a place.
`maps`, `town_map`
    Polygons, rivers, towns and events on plain axes; and the map of a day.
`series`, `months`
    Dated figures with breaks and intervals; stacked monthly counts.
`panels`, `lines`
    Several measures above one another on the same time axis; yearly values in panels.
`bars`, `ranks`, `bounds`
    Amounts; dots with intervals, a row each; shares known only between bounds.
`matrix`, `verdicts`
    Tiles in rows; advice followed through time.
`positions`
    What `matrix` and `bounds` draw of the positions of actors.
`canvas`, `keys`
    The empty figure and the axes that several share; the entries of legends.

Nothing here reads a file or knows a page, and nothing inspects a figure that is drawn: a module
that draws also gives the legend of what it draws, and what changes it (`casebook.show.State`). A
figure may carry ``layout.meta["narrow"]``, such a change that makes it fit a phone.
"""
