"""Checks of the data package: what is wrong, where, and what to do about it."""

from __future__ import annotations

from casebook.authoring.checking.problem import Problem
from casebook.authoring.checking.running import check_data

__all__ = ["Problem", "check_data"]
