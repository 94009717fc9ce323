"""The role that writes values from the tables into prose.

``{n}`percent(share_of_area('north'), 1)` `` evaluates an expression over `casebook.facts` and
`casebook.prose`. It runs in Sphinx's own process: it works on every page and needs no kernel.
"""

from __future__ import annotations

import ast
import difflib
import inspect
import math
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx

from casebook import facts, prose
from casebook.sphinxext.roles.failing import NoValueError, failed
from casebook.sphinxext.site.base import Role, uses


def _functions(module: ModuleType) -> dict[str, Any]:
    return {
        name: function
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and f"{function.__module__}.".startswith(f"{module.__name__}.")
        and not name.startswith("_")
    }


def evaluate(expression: str) -> str:
    """Return an expression over the facts as text.

    Parameters
    ----------
    expression : str
        Python, over the public functions of `casebook.facts` and `casebook.prose`.

    Returns
    -------
    str
        Whole numbers with thousands separators, dates in full, text as it is.

    Raises
    ------
    NoValueError
        If it does not evaluate to a number, a date or text; the message says why.
    """
    names = {**_functions(prose), **_functions(facts)}
    try:
        value = eval(expression, {"__builtins__": {}}, names)
    except NameError as error:
        near = difflib.get_close_matches(str(error.name), names, n=3)
        raise NoValueError(
            f"{error.name!r} is no function of casebook.facts or casebook.prose"
            + (f"; near: {', '.join(near)}" if near else "")
        ) from error
    except Exception as error:
        raise NoValueError(f"{type(error).__name__}: {error}") from error
    if isinstance(value, str):
        return value
    if isinstance(value, pd.Timestamp):
        return prose.day(value)
    if pd.api.types.is_bool(value) or not hasattr(value, "__float__"):
        raise NoValueError(f"{expression} gives {value!r}: neither number, date nor text")
    if not math.isfinite(value):
        raise NoValueError(f"{expression} gives {value!r}: the tables have no such number")
    if float(value) != int(value):
        raise NoValueError(f"{expression} gives {value!r}: say how to round it, as in number(…, 1)")
    return prose.number(int(value))


def names_in(expression: str) -> set[str]:
    """Return the functions that an expression calls, and other names in it."""
    return {
        node.id
        for node in ast.walk(ast.parse(expression, mode="eval"))
        if isinstance(node, ast.Name)
    }


class NumberRole(Role):
    """Write the value of ``{n}`expression` ``."""

    rests_on: ClassVar = ("casebook.prose",)

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return what stands in the place of the role or directive."""
        try:
            text = evaluate(self.text)
            for name in names_in(self.text) & set(_functions(facts)):
                uses(self.env, "code", f"{facts.__name__}:{name}")
        except NoValueError as error:
            return failed(self, f"{{n}}`{self.text}`: {error}")
        return [nodes.inline(self.rawtext, text, classes=["cb-value"])], []


def setup(app: Sphinx) -> None:
    """Register the role."""
    app.add_role("n", NumberRole())
