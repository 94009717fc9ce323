"""Exhibits of the chapter "Money: corruption, aid and the army" (`chapters/governance/money`).

A module is a section of the page:

`corruption`
    The measures of corruption, and the words for them.
`comparison`
    Mali's place among countries on these measures.
`years`
    The measures through time.
`donors`
    Aid.
`auditors`
    What auditors and a donor found.
`forces`
    The army.
"""

from casebook.exhibits.money.auditors import auditor_general, cases
from casebook.exhibits.money.comparison import corruption_ranks
from casebook.exhibits.money.donors import aid
from casebook.exhibits.money.forces import army
from casebook.exhibits.money.years import corruption_through_time

__all__ = [
    "aid",
    "army",
    "auditor_general",
    "cases",
    "corruption_ranks",
    "corruption_through_time",
]
