"""No page repeats the statement: its text is under copyright.

The text itself is not in the repository; fingerprints of every six words in a row are.
"""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FINGERPRINTS = set((ROOT / "tests/data/statement_fingerprints.txt").read_text().split())
PAGES = [
    ROOT / "index.md",
    *sorted((ROOT / "chapters").rglob("*.md")),
    *sorted((ROOT / "instructor" / "notes").glob("*.md")),
    *sorted((ROOT / "casebook/analysis").rglob("*.py")),
    *sorted((ROOT / "casebook/exhibits").rglob("*.py")),
]
# Names of organisations and the title are long, and nobody's wording.
NAMES = (
    "mali security dialogue and meaningful reform",
    "al qaeda in the islamic maghreb",
    "movement for oneness and jihad in west africa",
    "african led international support mission to mali",
    "national movement for the liberation of azawad",
    "economic community of west african states",
    "international coalition for the responsibility to protect",
)


def borrowed(text: str) -> list[str]:
    """Return every six words in a row that stand in the statement too."""
    plain = " ".join(re.findall(r"[^\W_]+", text.lower().replace("’", "'")))
    for name in NAMES:
        plain = plain.replace(name, "(name)")
    words = plain.split()
    runs = (" ".join(words[i : i + 6]) for i in range(len(words) - 5))
    return [
        run
        for run in runs
        if hashlib.blake2b(run.encode(), digest_size=6).hexdigest() in FINGERPRINTS
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_page_repeats_no_six_words_of_the_statement(page: Path) -> None:
    assert borrowed(page.read_text(encoding="utf-8")) == []


def test_borrowed_words_are_found() -> None:
    assert borrowed("Security Council Resolution 2085 on 20 DECEMBER, 2012")
    assert not borrowed("the movement for oneness and jihad in west Africa")
