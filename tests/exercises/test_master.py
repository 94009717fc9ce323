"""Masters are read as they are written: what stands where belongs to which task."""

from __future__ import annotations

from casebook.authoring.exercises import master, running

TEXT = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3}
casebook: {title: Two tasks, minutes: 60}
---

```{code-cell}
first = 1
```

+++ {"task": "q1"}

## 1. One

```{code-cell}
second = first + 1
```

```{code-cell}
:tags: [answer]
one = ...
### BEGIN SOLUTION
one = second
### END SOLUTION
```

```{raw-cell}
:tags: [key]
variable: one
shape: number
hints: [a, b, c]
shows: d
```

```{code-cell}
third = second + 1
```

+++ {"task": "q2", "points": 1}

## 2. Two

```{code-cell}
fourth = third + 1
```

+++ {"tags": ["written"]}

Because.

```{raw-cell}
:tags: [rubric]
criteria: [{name: a, points: 1, full: b}]
```

```{code-cell}
fifth = 5
```
"""


def test_plain_code_after_a_question_runs_before_its_answer(tmp_path):
    file = tmp_path / "part.md"
    file.write_text(TEXT, encoding="utf-8")
    read = master.read(file)
    assert [task.before for task in read.tasks] == [
        ["first = 1", "second = first + 1"],
        ["third = second + 1", "fourth = third + 1"],
    ]
    assert [found.right for found in running.run(read)] == [2]
