"""Questions to tables that several rooms ask: tables in, tables out.

One module is about one subject of the book:

`control`
    Who held which town, and how towns changed hands.
`deaths`
    Deaths by month, kind and region.
`displacement`
    People in flight, and where the way of counting changed.
`geography`
    The shapes that maps are drawn on.
`indicators`
    Indicators read the same way round, and the places of countries on them.
`positions`, `agreement`
    Who stood where, and how far actors speak with one voice.
`verdicts`
    What became of each recommendation.
`claims`
    The kinds of claim in the statement.

Nothing here draws, and nothing knows a page.
"""
