"""The claims into which the statement was split."""

from __future__ import annotations

KINDS = {
    "fact": "fact",
    "causal_claim": "causal claim",
    "judgement": "judgement",
    "forecast": "forecast",
    "recommendation": "recommendation",
}
NOT_TESTED = "not yet tested in this edition"
