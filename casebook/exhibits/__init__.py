"""The exhibits of each page: which tables, which drawing, which words.

One module a page. A function takes tables as arguments and returns a
`casebook.show.Exhibit` or a `casebook.show.TableExhibit`; everything its words say is computed
from those tables.
"""
