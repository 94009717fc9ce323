"""What comes of the lines of a cell: in pieces that a page can show, whatever the lines do."""

from __future__ import annotations

import json
import sys

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from casebook import load, tryit


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # where checks note what was tried


def run(code: str) -> list[dict]:
    sent: list[str] = []
    tryit.run(code, sent.append)
    return [json.loads(piece) for piece in sent]


def error(code: str) -> dict:
    piece = run(code)[-1]
    assert piece["kind"] == "error"
    return piece


def shown(value: pd.DataFrame | pd.Series) -> BeautifulSoup:
    (piece,) = tryit.pieces(value)
    return BeautifulSoup(piece["html"], "html.parser")


def test_last_value_is_shown_and_the_others_are_not():
    assert run("1 + 1\n2 + 2") == [{"kind": "text", "text": "4\n"}]
    assert run("value = 4\nNone") == []
    assert run("'a'\ndisplay('b')\n") == [{"kind": "text", "text": "'b'\n"}]


def test_printed_text_comes_before_what_is_shown_after_it():
    assert [piece["text"] for piece in run("print('a')\nprint('b')\n3")] == ["a\nb\n", "3\n"]


def test_cards_are_shown_wherever_they_stand():
    checked = "from casebook import check, hint\ncheck('warm-up.q5', 1)\nhint('warm-up.q5')\nx = 1"
    assert ["cb-card" in piece["html"] for piece in run(checked)] == [True, True]


def test_each_run_begins_without_names():
    run("mine = 1")
    assert error("mine")["name"].startswith("NameError")


def test_streams_are_given_back():
    before = sys.stdout, sys.stderr
    run("import sys\nsys.stdout.write('a')\n1 / 0")
    assert (sys.stdout, sys.stderr) == before


def test_printing_without_end_is_cut():
    text = "".join(piece["text"] for piece in run("for n in range(20_000): print(n)"))
    assert len(text) < tryit.CHARACTERS + 100
    assert text.rstrip().endswith("characters are shown.")


@pytest.mark.parametrize(
    ("code", "line", "plain", "name"),
    [
        ("figures = 1\n\nfiguers", 3, "did you mean figures?", "NameError"),
        (
            "from casebook import load\nload('contol')",
            2,
            "Did you mean 'control'?",
            "casebook.tables.TableNotFound",
        ),
        (
            "import pandas as pd\nd = pd.DataFrame({'a': [1]})\nd['b']",
            3,
            "is called 'b'",
            "KeyError",
        ),
        ("if True:\nprint(1)", 2, "spaces at the beginning", "IndentationError"),
        ("a = (1,", 1, "Python cannot read this line", "SyntaxError"),
        ("print(“a”)", 1, "straight", "SyntaxError"),
        ("import requests_of_others", 1, "There are pandas", "ModuleNotFoundError"),
        ("1 / 0", 1, "divided by zero", "ZeroDivisionError"),
        ("raise MemoryError", 1, "more memory than a page may use", "MemoryError"),
        ("def f(): return f()\nf()", 1, "without end", "RecursionError"),
        ("raise ValueError('too few')", 1, "too few", "ValueError"),
        ("n = input('How many? ')", 1, "cannot be asked", "EOFError"),
        ("exit()", 1, "not needed here", "SystemExit"),
    ],
)
def test_error_names_line_and_reason_in_plain_words(code, line, plain, name):
    found = error(code)
    assert found["line"] == line
    assert found["source"] in code
    assert plain in found["plain"]
    assert found["name"].startswith(name)


def test_traceback_quotes_the_readers_lines_and_none_of_ours():
    traceback = error("def half(n):\n    return n / 0\nhalf(3)")["traceback"]
    assert "return n / 0" in traceback
    assert "tryit.py" not in traceback


def test_table_is_cut_at_its_first_rows_and_says_so():
    table = shown(load("displacement_figures"))
    assert len(table.select("tbody tr")) == tryit.ROWS
    rows, columns = load("displacement_figures").shape
    note = f"{rows} rows, {columns} columns; shown: the first 20 rows."
    assert table.select_one(".cb-try-size").get_text() == note
    assert table.find("caption").get_text() == note


def test_table_has_heads_for_rows_and_columns():
    table = shown(pd.DataFrame({"n": [1.5], "<b>": ["<i>"]}, index=pd.Index(["x"], name="key")))
    heads = [head.get_text() for head in table.select("thead th[scope=col]")]
    assert heads == ["key", "n", "<b>"]
    assert [head.get_text() for head in table.select("tbody th[scope=row]")] == ["x"]
    assert [cell.get_text() for cell in table.select("td")] == ["1.5", "<i>"]


def test_values_are_written_as_pandas_does_and_days_without_midnight():
    day = pd.Timestamp("2012-03-22")
    frame = pd.DataFrame({"d": [day, pd.NaT], "f": [0.1 + 0.2, float("nan")], "n": [1, 2]})
    found = [[c.get_text() for c in row.select("td")] for row in shown(frame).select("tbody tr")]
    assert found == [["2012-03-22", "0.3", "1"], ["NaT", "nan", "2"]]


def test_several_levels_are_written_out():
    frame = pd.DataFrame({"a": [1, 1], "b": [2, 3], "c": [4, 5]})
    table = shown(frame.groupby(["a", "b"]).agg({"c": ["min", "max"]}))
    assert [th.get_text() for th in table.select("thead th")] == ["a", "b", "c / min", "c / max"]
    assert len(table.select("tbody tr")[0].select("th")) == 2


def test_plot_comes_with_its_content_in_words_and_in_the_books_colours():
    code = (
        "import plotly.express as px\n"
        "px.line(x=[1, 2, 3, 4], y=[1, 2, 2, 1], color=['a', 'a', 'b', 'b'])"
    )
    (plot,) = run(code)
    assert plot["words"] == "Plot. Across: x. Up: y. 2 series: a, b."
    from casebook import style

    lines = [trace["line"]["color"] for trace in plot["figure"]["data"]]
    assert lines == [style.colour("accent"), style.colour("ink")]


def test_plot_that_shows_itself_is_shown_once():
    code = "import plotly.express as px\npx.bar(x=['a'], y=[1]).show()"
    assert [piece["kind"] for piece in run(code)] == ["plot"]


def test_plot_that_the_page_cannot_draw_is_told():
    (piece,) = run("import plotly.express as px\npx.histogram(x=[1, 2])")
    assert piece["kind"] == "text"
    assert "no histogram" in piece["text"]


def test_many_points_are_drawn_by_what_the_page_has():
    code = "import plotly.express as px\npx.scatter(x=list(range(2000)), y=list(range(2000)))"
    assert run(code)[0]["figure"]["data"][0]["type"] == "scatter"
