"""Tools for maintainers: ``python -m casebook.authoring --help``.

``import-data`` makes the tables from the researched extracts, ``check-data`` validates them and
keeps row order, hashes and ``references.bib`` up to date. After the first import ``data/`` is the
source of truth: correct a fact there. ``release`` writes notebooks and keys from the masters,
``objectives`` shows what teaches each objective and what asks for it, ``calendar`` writes a course
of `syllabi.yml` as an iCalendar file.
"""
