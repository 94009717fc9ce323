"""Roles and directives in a book of a few lines: what they write, and how they refuse."""

import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from sphinx.errors import SphinxWarning
from sphinx.testing.util import SphinxTestApp

from casebook import facts, prose
from casebook.sphinxext.roles import values
from casebook.sphinxext.roles.dates import event_date
from casebook.sphinxext.roles.failing import NoValueError
from casebook.sphinxext.roles.values import evaluate
from casebook.sphinxext.teaching.walk import verdicts

EXTENSIONS = [
    "myst_parser",
    *(f"casebook.sphinxext.roles.{part}" for part in ("values", "dates", "claims")),
    "casebook.sphinxext.site.elements",
    *(f"casebook.sphinxext.teaching.{part}" for part in ("page_head", "quiz", "walk")),
]
MODULE = {
    "title": "A module",
    "pages": [
        {
            "path": "head",
            "title": "Head",
            "part": "test",
            "minutes": 20,
            "question": "Who held Gao?",
            "objectives": [{"id": "O-TST-1", "verb": "Name", "text": "Name the holders of Gao."}],
        },
        {"path": "bare-head", "title": "No question", "part": "test"},
        {"path": "evidence", "title": "Evidence", "part": "test", "claims": ["C013", "C014"]},
        {"path": "elsewhere", "title": "Not written", "part": "test", "claims": ["C015"]},
    ],
}


@dataclass
class Built:
    """A small built book."""

    folder: Path
    warnings: str

    def page(self, name: str) -> BeautifulSoup:
        text = (self.folder / "_build" / "html" / f"{name}.html").read_text(encoding="utf-8")
        return BeautifulSoup(text, "html.parser").find(class_="body")

    def said_of(self, name: str) -> list[str]:
        """Return the warnings of a page, each as ``line: text``."""
        plain = re.sub(r"\x1b\[[\d;]*m", "", self.warnings)
        return re.findall(rf"/{name}\.md:(\d+: .*)", plain)


def build(folder: Path, pages: dict[str, str], *, strict: bool = False) -> Built:
    """Build pages with roles and directives, but without the theme and the tables' pages."""
    (folder / "conf.py").write_text(
        f"extensions = {EXTENSIONS}\nhtml_theme = 'basic'\n"
        "myst_enable_extensions = ['colon_fence', 'deflist']\n"
        "exclude_patterns = ['_build']\n",
        encoding="utf-8",
    )
    (folder / "module.yml").write_text(yaml.safe_dump(MODULE), encoding="utf-8")
    listed = "\n".join(["```{toctree}", *(name for name in pages if name != "index"), "```"])
    for name, text in ({"index": listed} | pages).items():
        (folder / f"{name}.md").write_text(f"# A page\n\n{text}\n", encoding="utf-8")
    warnings = io.StringIO()
    app = SphinxTestApp("html", srcdir=folder, warning=warnings, warningiserror=strict)
    try:
        app.build()
    finally:
        app.cleanup()
    return Built(folder, warnings.getvalue())


EVIDENCE = """\
:::{evidence} C013, C014
What the data show
: Something.

What the data cannot show
: Something else.
:::
"""
QUIZ = """\
:::{quiz}
1. (O-TST-1) Which *town* fell first?

   - Gao: No, a day later than {n}`words(1)` other.
   - (x) Kidal: Yes.

2. And then?

   - (x) Gao: Yes: on the last of March.
   - Mopti: Never.
:::
"""


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> Built:
    return build(
        tmp_path_factory.mktemp("good"),
        {
            "numbers": "{n}`deaths('2012-01', '2012-12')` {n}`persons('D042')` "
            "{n}`held_from('gao', 'mujao')` {n}`percent(share_of_area('north'), 1)` "
            "{n}`holder('gao', '2012-05-01')`",
            "events": "{event}`gao-falls` and {event-day}`gao-falls`",
            "claims": "{claim}`C013` and {claim}`C081`",
            "evidence": EVIDENCE,
            "quiz": QUIZ,
            "head": "```{page-head}\n```",
            "walk": "```{walk}\n```",
        },
    )


def test_small_book_builds_without_warnings(good):
    assert good.warnings == ""


# --- Numbers and dates --------------------------------------------------------------------------


def test_numbers_are_written_as_the_book_writes_them(good):
    shown = [value.get_text() for value in good.page("numbers").find_all(class_="cb-value")]
    assert shown == [
        prose.number(facts.deaths("2012-01", "2012-12")),
        "108,953",
        "27\u00a0June 2012",
        "65.6\u00a0%",
        facts.actor("mnla"),
    ]


def test_event_is_written_with_and_without_its_year(good):
    shown = [value.get_text() for value in good.page("events").find_all(class_="cb-date")]
    assert shown == ["31\u00a0March 2012", "31\u00a0March"]


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("1 + 1", "2"),
        ("1234567", "1,234,567"),
        ("2.0", "2"),
        ("number(2.5, 1)", "2.5"),
        ("words(3).capitalize()", "Three"),
        ("day('2012-03-22')", "22\u00a0March 2012"),
        ("towns() - towns()", "0"),
    ],
)
def test_expression_becomes_text(expression, text):
    assert evaluate(expression) == text


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("deth('2012-01', '2012-12')", "near: deaths"),
        ("qqq()", "'qqq' is no function of casebook.facts or casebook.prose"),
        ("load('control')", "'load' is no function"),
        ("open('/etc/passwd')", "'open' is no function"),
        ("_known(1, [], 'x')", "'_known' is no function"),
        ("deaths()", "TypeError"),
        ("1 / 0", "ZeroDivisionError"),
        ("1 +", "SyntaxError"),
        ("town_days('nobody')", "UnknownFact: No actor is called 'nobody'"),
        ("1 / 3", "say how to round it"),
        ("1 > 0", "neither number, date nor text"),
        ("share_of_area('north') > 0.5", "neither number, date nor text"),
        ("days_held_2012()['days'].gt(0).all()", "neither number, date nor text"),
        ("[1, 2]", "neither number, date nor text"),
        ("None", "neither number, date nor text"),
        ("1e400", "no such number"),
        ("1e400 - 1e400", "no such number"),
    ],
)
def test_what_is_no_value_is_refused_with_the_reason(expression, said):
    with pytest.raises(NoValueError) as refusal:
        evaluate(expression)
    assert said in str(refusal.value)


def test_only_public_functions_can_be_called():
    names = values._functions(facts)
    assert "deaths" in names
    assert {"load", "resource", "first_day_after", "UnknownFact", "_known"} & set(names) == set()


def test_event_is_as_exact_as_its_source(rows):
    for precision, words in (("month", 2), ("year", 1)):
        row = next(r for r in rows("events") if r["date_precision"] == precision)
        text, _, title = event_date(row["event_id"])
        assert len(text.split()) == words
        assert title == row["title"]


def test_unknown_event_suggests_near_ones():
    with pytest.raises(NoValueError, match=r"near: .*gao-falls"):
        event_date("gao-fals")


# --- Claims and evidence ------------------------------------------------------------------------


def test_claim_links_to_its_evidence_with_its_wording(good, rows):
    link = good.page("claims").find("a", class_="reference")
    assert link["href"] == "evidence.html#claim-c013"
    wording = next(row["claim"] for row in rows("claims") if row["claim_id"] == "C013")
    assert link.abbr["title"] == wording
    assert link.get_text() == "C013"


def test_claim_of_a_later_edition_shows_its_wording(good, rows):
    shown = good.page("claims").find_all("abbr")[-1]
    wording = next(row["claim"] for row in rows("claims") if row["claim_id"] == "C081")
    assert (shown.get_text(), shown["title"]) == ("C081", wording)


def test_evidence_shows_claim_kind_verdict_and_reason(good, rows):
    box = good.page("evidence").find(class_="cb-evidence")
    for claim_id in ("C013", "C014"):
        row = next(row for row in rows("claims") if row["claim_id"] == claim_id)
        claimed = box.find(id=f"claim-{claim_id.lower()}").get_text(" ", strip=True)
        assert row["claim"] in claimed
        assert f"paragraph {row['paragraph']}" in claimed
        slug = row["verdict"].replace(" ", "-")
        verdict = next(
            v for v in box.find_all(class_=f"cb-verdict-{slug}") if claim_id in v.get_text()
        )
        assert verdict.get_text().strip() == f"{claim_id}: {row['verdict']} {row['verdict_reason']}"


def test_evidence_keeps_what_stands_between(good):
    terms = [term.get_text() for term in good.page("evidence").find_all("dt")]
    assert terms == ["What the data show", "What the data cannot show"]


# --- Teaching -----------------------------------------------------------------------------------


def test_page_head_shows_question_minutes_and_objectives(good):
    head = good.page("head").find(class_="cb-page-head")
    assert head.find(class_="cb-question").get_text(strip=True) == "Who held Gao?"
    assert "20 minutes" in head.find(class_="cb-minutes").get_text()
    assert head.li["id"] == "o-tst-1"
    assert head.li.get_text(strip=True) == "Name the holders of Gao."


def test_walk_lists_pages_that_ask_a_question(good):
    walk = good.page("walk").find(class_="cb-walk")
    assert [link["href"] for link in walk.find_all("a")] == ["head.html"]
    assert walk.dt.get_text() == "Head 20 minutes"
    assert walk.dd.get_text(strip=True) == "Who held Gao?"


def test_walk_counts_verdicts_in_the_order_of_the_scale(rows):
    judged = {r["claim_id"]: r["verdict"] for r in rows("claims") if r["verdict"]}
    said = verdicts(tuple(judged))
    assert said.startswith(f"{len(judged)} claims: ")
    for verdict, count in Counter(judged.values()).items():
        assert re.search(rf"\b{count} {verdict}\b", said)
    one = next(claim for claim, verdict in judged.items() if verdict == "supported")
    assert verdicts((one,)) == "1 claim: 1 supported"


def test_quiz_folds_an_explanation_under_every_option(good):
    quiz = good.page("quiz").find(class_="cb-quiz")
    options = quiz.find_all("details")
    shown = [
        (o["class"][-1], o.summary.get_text(strip=True), o.find(class_="cb-explanation").get_text())
        for o in options
    ]
    assert shown == [
        ("cb-wrong", "Gao", "No. No, a day later than one other."),
        ("cb-right", "Kidal", "Yes. Yes."),
        ("cb-right", "Gao", "Yes. Yes: on the last of March."),
        ("cb-wrong", "Mopti", "No. Never."),
    ]
    questions = quiz.find("ol").find_all("li", recursive=False)
    assert [q.p.get_text() for q in questions] == ["Which town fell first?", "And then?"]
    for question in questions:
        options = question.find(role="group")
        assert options["aria-labelledby"] == question.p["id"]
        assert len(options.find_all("details")) == 2
    assert "(x)" not in quiz.get_text()
    assert "O-TST" not in quiz.get_text()


# --- Refusals -----------------------------------------------------------------------------------


def quiz(*options: str, before: str = "", question: str = "Which?") -> str:
    listed = "\n".join(f"   - {option}" for option in options)
    return f":::{{quiz}}\n{before}1. {question}\n\n{listed}\n:::"


def evidence(claim: str, *terms: str) -> str:
    listed = "\n\n".join(f"{term}\n: Something." for term in terms)
    return f":::{{evidence}} {claim}\n{listed}\n:::"


BOTH = ("What the data show", "What the data cannot show")
REFUSED = {
    "no-function": ("Words.\n\n{n}`deth('2012-01')`", 5, "near: deaths"),
    "python-error": ("Words.\n\n{n}`1 / 0`", 5, "ZeroDivisionError: division by zero"),
    "no-number": ("{n}`1 / 3`", 3, "say how to round it"),
    "no-event": ("{event}`gao-fals`", 3, "near: gao-falls"),
    "no-event-day": ("{event-day}`gao-fals`", 3, "near: gao-falls"),
    "no-claim": ("{claim}`C999`", 3, "no such claim"),
    "evidence-claim": (evidence("C013 C999", *BOTH), 3, "no claim C999"),
    "evidence-unjudged": (evidence("UNJUDGED", *BOTH), 3, "no verdict for UNJUDGED"),
    "evidence-show": (evidence("C014", BOTH[1]), 3, "the term 'What the data show'"),
    "evidence-limits": (evidence("C014", BOTH[0]), 3, "the term 'What the data cannot show'"),
    "evidence-empty": (":::{evidence} C014\n:::", 3, "the term 'What the data show'"),
    "quiz-none-right": (quiz("A: No.", "B: No."), 3, "0 options are marked (x), not one: Which?"),
    "quiz-two-right": (quiz("(x) A: Yes.", "(x) B: Yes."), 3, "2 options are marked (x)"),
    "quiz-objective": (
        quiz("(x) A: Yes.", "B: No.", question="(O-TST-9) Which?"),
        3,
        "module.yml has no objective O-TST-9",
    ),
    "quiz-unexplained": (quiz("(x) A: Yes.", "B"), 3, "no explanation after a colon: B"),
    "quiz-one-option": (quiz("(x) A: Yes."), 3, "at least two options: Which?"),
    "quiz-two-paragraphs": (
        quiz("(x) A: Yes.\n\n     More.", "B: No."),
        3,
        "This option is not one paragraph",
    ),
    "quiz-words-before": (
        quiz("(x) A: Yes.", "B: No.", before="Think first.\n\n"),
        3,
        "one numbered list of questions, and nothing else",
    ),
    "quiz-no-list": (":::{quiz}\nWhich?\n:::", 3, "one numbered list of questions"),
    "head-of-nothing": ("```{page-head}\n```", 3, "module.yml does not list head-of-nothing"),
    "bare-head": ("```{page-head}\n```", 3, "no question or no objectives"),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory, rows) -> Built:
    unjudged = next(row["claim_id"] for row in rows("claims") if not row["verdict"])
    pages = {name: text.replace("UNJUDGED", unjudged) for name, (text, _, _) in REFUSED.items()}
    built = build(tmp_path_factory.mktemp("refused"), pages)
    return Built(built.folder, built.warnings.replace(unjudged, "UNJUDGED"))


@pytest.mark.parametrize("name", REFUSED)
def test_mistake_is_a_warning_with_file_line_and_reason(refused, name):
    _, line, said = REFUSED[name]
    messages = refused.said_of(name)
    assert len(messages) == 1, messages
    assert messages[0].startswith(f"{line}: ")
    assert said in messages[0]


def test_mistake_stops_a_strict_build(tmp_path):
    with pytest.raises(SphinxWarning, match="near: deaths"):
        build(tmp_path, {"wrong": "{n}`deth('2012-01')`"}, strict=True)
