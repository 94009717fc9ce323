"""What a page costs to fetch, compressed; run with ``-s`` to see the table."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from .site import FIGURE_PAGES, size
from .visit import Seen
from .ways import COMPLETE, ways

TEXT_PAGE, FIGURE_PAGE = 200_000, 650_000  # bytes


def files(seen: Seen, site: Path) -> dict[str, int]:
    """Return the files that a visit asked for, and the compressed size of each."""
    own = (urlsplit(url).path for url in seen.requests if url.startswith(seen.base))
    return {name: size(site / unquote(name).lstrip("/")) for name in dict.fromkeys(own)}


@ways(*[way for way in COMPLETE if way.width == 390])
def test_page_stays_within_its_budget(seen, site):
    parts = files(seen, site)
    budget = FIGURE_PAGE if seen.way.page in FIGURE_PAGES else TEXT_PAGE
    heaviest = sorted(parts.items(), key=lambda part: -part[1])[:4]
    print(
        f"\n{seen.way.page:40}{sum(parts.values()) / 1000:7.1f} of {budget // 1000} kB: "
        + ", ".join(f"{Path(name).name} {cost / 1000:.1f}" for name, cost in heaviest)
    )
    assert sum(parts.values()) <= budget, parts


@ways(*[way for way in COMPLETE if way.width == 390])
def test_page_fetches_only_what_it_uses(seen, site):
    asked = set(files(seen, site))
    assert ("/_static/plotly-basic.min.js" in asked) == (seen.way.page in FIGURE_PAGES)
    assert ("/searchindex.js" in asked) == (seen.way.page == "search.html")
