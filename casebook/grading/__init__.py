"""Grading: from an LMS's download to grades, without trusting a single submission.

A submission's way, each step in a room of its own::

    download ─ intake ─▶ course/submitted ─ notebooks ─▶ cells ─ sandbox ─▶ answers ─ marks ─▶ marks
                  │                                        (holds no test, no key)             │
             people, lms                                                                   gradebook
                                                                                               │
      a page for each student ◀─ feedback ─┬───────────────────────────────── grades ◀─────────┤
      the LMS's table, a report ◀─ export ─┘                                                   │
                                                      a person ◀─▶ formgrader ◀─ review ───────┘

From bottom to top; a room imports from rooms above it in this list, never from one below:

`errors`
    the one error for people: `Refused`, with the sentence that its reader needs.
`notebooks`
    notebooks that strangers wrote: read from bytes (`reading`), and put into the frame of the
    release (`repair`); `structure` knows what a cell is.
`people`
    `identity` reads student and file out of the names that an LMS gives; `roster` is who is in it.
`answers`
    `encoding`, the one thing of ours that works inside the sandbox, and `decoding` outside.
`sandbox`
    what a sandbox is (`bubblewrap`), one Python in it (`kernel`), and a notebook that may break it
    (`replay`).
`execution`
    `job` is all from the bytes to the answers, pure, without course or key, for any number of
    threads or machines. `machine` counts the processors of this one, `cluster` is many, and
    `progress` says how long it takes.
`lms`
    the LMS's table of the class (`class_list`), read and changed as text (`delimited`); its dates.
`course`
    the `folder`, where each step keeps what it made, so that all can be repeated: submissions and
    marks. `outline` is what a part consists of, `assignment` what counts and by when, `handout`
    the zip that learners are given.
`intake`
    a folder or a zip of Moodle, Canvas or Blackboard: its files (`download`), whose they are and
    which is the newest (`sorting`); one line a file.
`marks`
    the open key (`answer_key`), a pure function from answers to marks (`comparison`), and all
    submissions of a course marked (`marking_run`): many are executed, one by one they are recorded.
    `gradebook` is nbgrader's database, and `grades` how all stands, by machine and by hand.
`review`, `feedback`, `export`
    what a person looks at to mark; what goes back to students; what goes to the LMS and to the
    instructor.
`commands`
    a module for each command of ``python -m casebook.grading``.

**Words.** A *mark* is what the machine gives for a task, a *grade* how the task stands after a
person has looked at it. A *class list* is the LMS's own table, whatever the LMS calls it.

What comes from a student is a notebook's text and, out of the sandbox, capped JSON. Nothing of it
is unpickled, imported or executed outside the sandbox.

**Where nbgrader comes in.** A course's folder is one of nbgrader's, and its gradebook keeps the
marks: those of the machine apart from those of a person, which outlive every new marking. Its
formgrader shows a person the submissions, and nothing of a student can act in it.

This file imports nothing: `answers.encoding` is also imported inside the sandbox.
"""
