"""Values that pages state, each a named and tested question to the tables.

Pages call these from the ``{n}`` role. A function answers one question, takes ids and dates as
the tables spell them, and returns a number, a date or a short text; how it is written is up to
`casebook.prose`. A new fact is named in the ``__all__`` of its module, and tested in a
`tests/casebook/test_facts*.py`.
"""

from __future__ import annotations

from casebook.facts.actors import *
from casebook.facts.asking import UnknownFact as UnknownFact
from casebook.facts.control import *
from casebook.facts.deaths import *
from casebook.facts.displacement import *
from casebook.facts.entries import *
from casebook.facts.events import *
from casebook.facts.money import *
from casebook.facts.positions import *
from casebook.facts.regions import *
from casebook.facts.scorecard import *
from casebook.facts.statement import *
