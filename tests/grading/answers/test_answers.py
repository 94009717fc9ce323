"""Answers leave as JSON and come back as they were; what nobody encoded is refused."""

import collections
import datetime
import decimal
import fractions
import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from casebook.grading.answers import encoding
from casebook.grading.answers.decoding import NotDecoded, decoded
from casebook.grading.answers.encoding import encoded

DAYS = pd.to_datetime(["2012-03-22", None, "2013-01-11"])
TABLE = pd.DataFrame(
    {
        "town": ["Gao", "Kidal", "Gao"],
        "days": [3, 4, 5],
        "share": [0.1, float("nan"), float("inf")],
        "known": [True, False, True],
        "maybe": pd.array([1, None, 3], dtype="Int64"),
        "day": DAYS,
        "kind": pd.Categorical(["a", "b", "a"]),
        "mixed": pd.Series([1, "x", None], dtype=object),
    }
)
Pair = collections.namedtuple("Pair", "a b")

PLAIN = {
    "numbers": [0, -1, 2**70, 0.1, 1e300, True, False, None, ...],
    "texts": ["", "Gao", "Tombouctou é \u202e", '"quoted"\n'],
    "nested": {"a": [1, (2, {3})], ("k", 1): {"b": ()}},
    "dates": [datetime.date(2012, 3, 22), datetime.datetime(2012, 3, 22, 4, 5, 6, 7)],
    "spans": [datetime.timedelta(3, 4, 5), pd.Timedelta("3 days 00:00:01")],
    "exact": [decimal.Decimal("0.10"), fractions.Fraction(1, 3)],
    "times": [pd.Timestamp("2012-03-22"), pd.Timestamp("2012-03-22T04:00", tz="UTC")],
    "periods": [pd.Period("2012-03", "M"), pd.Period("2012Q1", "Q"), pd.Period("2012-03-22", "D")],
    "numpy": [np.int64(3), np.float32(0.5), np.bool_(True), np.str_("x")],
    "numpy times": [np.datetime64("2012-03-22"), np.timedelta64(3, "D")],
}
SAME = {
    "a table": TABLE,
    "a pivot": TABLE.pivot_table(index="town", columns="kind", values="days", observed=False),
    "whole columns": pd.DataFrame([[1, 2], [3, 4]], columns=[2012, 2013]),
    "two levels": TABLE.groupby("town").agg({"days": ["sum", "mean"]}),
    "grouped": TABLE.groupby(["town", "kind"], observed=True)["days"].sum(),
    "doubled names": pd.DataFrame([[1, "a"]], columns=["x", "x"]),
    "nothing": pd.DataFrame({"a": []}),
    "no columns": pd.DataFrame(index=[1, 2]),
    "a column": TABLE["day"],
    "a counted column": TABLE["town"].value_counts(),
    "an index": pd.Index(["a", "b"], name="letters"),
    "days as index": pd.Series([1, 2, 3], index=DAYS, name=2012),
    "periods as index": pd.Series([1, 2], index=pd.period_range("2012-01", periods=2, freq="M")),
}


@pytest.mark.parametrize("name", PLAIN)
def test_plain_values_come_back(name):
    back = decoded(encoded(PLAIN[name]))
    assert back == PLAIN[name]
    assert repr(back) == repr(PLAIN[name])


@pytest.mark.parametrize("name", SAME)
def test_tables_columns_and_indexes_come_back(name):
    value, back = SAME[name], decoded(encoded(SAME[name]))
    assert type(back).__name__ in (type(value).__name__, "Index")
    if isinstance(value, pd.DataFrame):
        pd.testing.assert_frame_equal(back, value, check_freq=False, check_index_type="equiv")
    elif isinstance(value, pd.Series):
        pd.testing.assert_series_equal(back, value, check_freq=False)
    else:
        pd.testing.assert_index_equal(back, value)


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6).reshape(2, 3),
        np.array([0.5, np.nan]),
        np.array(["a", "bc"]),
        np.array(["2012-03-22", "NaT"], dtype="datetime64[D]"),
        np.array(3),
        np.array([1, "x"], dtype=object),
    ],
)
def test_arrays_come_back(array):
    back = decoded(encoded(array))
    assert back.shape == array.shape
    np.testing.assert_array_equal(back.astype(str), array.astype(str))


def test_missing_values_come_back_as_what_they_were():
    assert decoded(encoded(pd.NaT)) is pd.NaT
    assert decoded(encoded(pd.NA)) is pd.NA
    assert np.isnan(decoded(encoded(float("nan"))))
    assert decoded(encoded(float("-inf"))) == float("-inf")


def test_relatives_of_containers_come_back_as_containers():
    assert decoded(encoded(collections.Counter("aab"))) == {"a": 2, "b": 1}
    assert decoded(encoded(collections.deque([1, 2]))) == [1, 2]
    assert decoded(encoded({"a": 1}.values())) == [1]
    assert decoded(encoded({"a": 1}.keys())) == {"a"}
    assert decoded(encoded(range(3))) == [0, 1, 2]
    assert decoded(encoded(Pair(1, 2))) == (1, 2)
    assert list(decoded(encoded(TABLE["town"].unique()))) == ["Gao", "Kidal"]


def test_of_other_kinds_only_the_name_leaves():
    class Figure:
        secret = 1

    assert json.loads(encoded(Figure())) == {"is": "other", "kind": "Figure"}
    assert type(decoded(encoded(Figure()))).__name__ == "Figure"
    assert decoded(encoded(len)).__name__ == "len"
    assert isinstance(decoded(encoded(iter([1]))), collections.abc.Iterator)
    assert decoded(encoded(TABLE.groupby("town"))).__class__.__name__ == "DataFrameGroupBy"


def endless() -> list:
    inner: list = []
    inner.append(inner)
    return inner


LARGE = {
    "rows": lambda: pd.DataFrame({"a": np.zeros(10_000_000)}),
    "columns": lambda: pd.DataFrame(np.zeros((1, 100_000))),
    "array": lambda: np.zeros((3000, 3000)),
    "range": lambda: range(10**12),
    "wide": lambda: [[0] * 5000] * 5000,
    "texts": lambda: ["x" * 10_000] * 5000,
    "endless": endless,
}


@pytest.mark.parametrize("name", LARGE)
def test_large_answers_leave_as_a_few_letters(name):
    text = encoded(LARGE[name]())
    assert len(text) < 200
    with pytest.raises(NotDecoded, match="larger than any answer"):
        decoded(text)


class Breaks:
    def __getattr__(self, name):
        raise SystemExit(name)

    __iter__ = __len__ = __eq__ = __hash__ = __repr__ = __bool__ = lambda *_: 1 / 0


def test_objects_that_break_leave_as_their_kind():
    for value in (Breaks(), [Breaks()], {1: Breaks()}):
        assert "other" in encoded(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[1, 2]",
        "NaN",
        "[" * 300_000,
        '{"is": "list", "v": ' * 30_000,
        '{"is": "pickle", "v": "gASVIAAAAAAAAACMBXBvc2l4"}',
        '{"is": ["list"], "v": []}',
        '{"is": "np", "dtype": "object; import os", "v": 1}',
        '{"is": "series", "dtype": "datetime64[ns, dateutil//etc/passwd]", "v": [1]}',
        '{"is": "array", "dtype": "int64", "shape": [1000000000, 1000000000], "v": []}',
        '{"is": "timestamp", "v": "now"}',
        '{"is": "period", "v": 1, "freq": "__import__"}',
        '{"is": "other", "kind": "x; y"}',
        '{"is": "frame", "columns": 1, "index": 2, "v": 3}',
        '{"is": "set", "v": [{"is": "list", "v": []}]}',
        '{"is": "timedelta", "v": [1e999, 0, 0]}',
        "9" * 5000,
        '"' + "x" * (encoding.MOST_BYTES + 1) + '"',
    ],
)
def test_what_the_encoder_never_writes_is_refused(text):
    with pytest.raises(NotDecoded):
        decoded(text)


def test_what_works_in_the_sandbox_imports_nothing_of_graders():
    code = (
        "import sys, casebook.grading.answers.encoding; "
        "print([m for m in sys.modules if 'nbgrader' in m or 'authoring' in m or 'zmq' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
