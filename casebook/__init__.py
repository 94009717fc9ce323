"""The Mali Casebook: data, figures and tools behind the book.

``casebook.load("control")`` gives a table of the data package as a typed DataFrame;
``casebook.tables`` says what else there is.
"""

from casebook.tables import load

__all__ = ["load"]
__version__ = "0.1.0"
