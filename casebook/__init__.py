"""The Mali Casebook: data, figures and tools behind the book.

``casebook.load("control")`` gives a table of the data package as a typed DataFrame;
``casebook.tables`` says what else there is. Learners call ``check``, ``hint`` and ``progress``.
"""

__version__ = "0.1.0"

from casebook.checks import check, hint, progress
from casebook.tables import load

__all__ = ["check", "hint", "load", "progress"]
