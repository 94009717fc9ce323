"""The tables tell the statement's claims in other words.

The statement is under copyright, so this test holds only fingerprints of every six words in a
row (48 bits of blake2b): enough to notice a borrowed phrase, useless for reading the text.
"""

import hashlib
import re
from pathlib import Path

import pytest

from casebook import tables

FINGERPRINTS = set((Path(__file__).parent / "statement_fingerprints.txt").read_text().split())
RUN = 6
# Names of organisations and titles of works are long and nobody's wording.
NOT_PROSE = {
    ("actors", "name"),
    ("sources", "author"),
    ("sources", "title"),
    ("sources", "url"),
    ("sources", "note"),
}
NAME = "al qaeda in the islamic maghreb"


def runs(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+", text.lower().replace("’", "'"))
    return [" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]


def borrowed(text: str) -> list[str]:
    return [
        run
        for run in runs(text)
        if run != NAME and hashlib.blake2b(run.encode(), digest_size=6).hexdigest() in FINGERPRINTS
    ]


@pytest.mark.parametrize("table", tables.names())
def test_no_table_repeats_six_words_of_the_statement(table):
    frame = tables.load(table)
    texts = [
        c for c in frame if frame[c].dtype in ("object", "str") and (table, c) not in NOT_PROSE
    ]
    found = {(c, run) for c in texts for cell in frame[c] for run in borrowed(cell)}
    assert not found


def test_test_would_notice_a_borrowed_phrase():
    assert borrowed("the Movement for Oneness and Jihad in West Africa")
