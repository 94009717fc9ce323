"""Tools for maintainers: ``python -m casebook.authoring --help``.

``check-data`` validates the tables and keeps row order, hashes and ``references.bib`` up to date.
``release`` writes notebooks and keys from the masters, ``new-page`` begins a page,
``objectives`` shows what teaches each objective and what asks for it.
"""
