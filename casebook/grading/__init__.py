"""Grading: from an LMS's download to marks, without trusting a single submission.

Data flow one way, each step in a module of its own::

    download ─ intake ─▶ submitted/ ─ repair ─▶ cells ─ running ─▶ answers (JSON) ─ mark ─▶ marks
                 │                                │ kernel, sandbox │
                naming                       (holds no test, no key)

`intake`
    reads a folder or a zip of Moodle, Canvas or Blackboard; one line a file. `naming` reads student
    and part out of the names that an LMS gives.
`worksheet`, `roster`
    the LMS's table of the class: who is expected, and when each handed in. `table` reads whatever
    a spreadsheet made of it and changes cells without touching the others; `moments` reads dates.
`repair`
    puts a submission's cells into the frame of the released notebook.
`sandbox`, `kernel`, `running`
    run the code cells: what a sandbox is, one Python in it, and a notebook that may break it.
`answers`
    the encoder, the one thing of ours that works inside the sandbox, and the decoder outside.
`mark`
    the open key, and a pure function from answers to marks. It compares with the code of
    `casebook.checks` that the learner saw, and it knows nothing of notebooks and kernels.
`executing`, `marking`
    many submissions: `executing` is all from the bytes to the answers, pure, without course or key,
    for any number of threads or machines; `marking` compares and keeps what comes from them, one by
    one, in one place. `machine` counts the processors of this machine, `cluster` is many machines,
    and `progress` says how long it takes; `tools/benchmark_marking.py` measures it.
`filling`, `report`
    what goes back: grades in the LMS's own table, and a report of the class, both from `sheets`.
`course`
    the folder of a course: where each step keeps what it made, so that all can be repeated.

What comes from a student is a notebook's text and, out of the sandbox, capped JSON. Nothing of it
is unpickled, imported or executed outside the sandbox.

**Where nbgrader comes in.** A course's folder is one of nbgrader's, and its gradebook keeps the
marks: those of the machine apart from those of a person, which outlive every new marking::

    marks ─ gradebook ─▶ sheets ─┬─ feedback ─▶ a page for each student
              ▲                  └─ filling, report ─▶ the LMS's table, a report on the class
    reviewing ─ formgrader ◀─▶ a person

`assignment`, `assigning`
    what counts and by when; the zip that learners are given.
`gradebook`, `sheets`
    nbgrader's database, and the marks of a submission as they stand.
`reviewing`, `formgrader`
    a submission as a person sees it, and nbgrader's pages around it, in which nothing of a student
    can act.
`feedback`, `filling`, `report`
    what goes back: to students, to the LMS, to the instructor.
`commands`
    a module for each command of ``python -m casebook.grading``.

This file imports nothing: `answers` is also imported inside the sandbox.
"""
