"""The commands of ``python -m casebook.grading``, a module each.

A command has ``HELP``, the line that ``--help`` shows, ``arguments(parser)``, which says what it
takes, and ``run(chosen)``, which does the work, prints it and returns the exit code. What it
refuses it raises as `casebook.grading.errors.Refused`.
"""
