"""What stands where in a master decides when it runs."""

from __future__ import annotations

from casebook.authoring.exercises import master, running

MASTER = """\
---
casebook:
  title: A part
  minutes: 60
---

```{code-cell}
seen = ["top"]
```

+++ {"task": "q1"}

## 1. First

```{code-cell}
seen.append("in task 1")
```

```{code-cell}
:tags: [answer]
found = ...
### BEGIN SOLUTION
found = list(seen)
### END SOLUTION
```

```{raw-cell}
:tags: [key]
variable: found
shape: {list: name}
hints: [a, b, c]
shows: d
```

```{code-cell}
:tags: [alternative]
found = seen + []
```

```{code-cell}
seen.append("after task 1")
```

+++ {"task": "q2"}

## 2. Second

```{code-cell}
seen.append("in task 2")
```

+++ {"tags": ["written"]}

Because.

```{raw-cell}
:tags: [rubric]
criteria: [{name: names a row, points: 1}]
```
"""


def test_cell_between_question_and_answer_runs_before_the_answer(tmp_path):
    file = tmp_path / "part.md"
    file.write_text(MASTER, encoding="utf-8")
    read = master.read(file)
    (answers,) = running.run(read)
    assert answers.right == ["top", "in task 1"]
    assert answers.alternatives == [["top", "in task 1"]]
    assert read.tasks[1].before == ['seen.append("after task 1")', 'seen.append("in task 2")']
