"""The error that all of grading raises for people."""

from __future__ import annotations


class Refused(ValueError):  # noqa: N818  (the message is the report's)
    """Something that is not done; the message is the one sentence that its reader needs."""
