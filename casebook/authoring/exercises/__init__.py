"""Exercises: from a master with solutions to sealed keys and the notebooks that learners open.

A master (`instructor/masters/<part>.md`) is a text notebook. A task begins with a markdown cell
that names it, and holds its answer, its key, other right ways and known mistakes::

    +++ {"task": "q3", "points": 2}

    ## 3. How long did each group hold Gao?
    Why it matters, and the question.

    ```{code-cell}
    :tags: [answer]
    gao_days = ...
    ### BEGIN SOLUTION
    gao_days = ...
    ### END SOLUTION
    ```

    ```{raw-cell}
    :tags: [key]
    variable: gao_days
    shape: {table: {controller: {name: actors}, days: number}}
    objective: O-ORI-1
    hints: [a nudge, the method, nearly the code]
    shows: What the right answer shows.
    ```

    ```{code-cell}
    :tags: [alternative]
    gao_days = ...
    ```

    ```{code-cell}
    :tags: [wrong]
    # last_day_counted: Told to whoever makes this mistake.
    gao_days = ...
    ```

Code cells without a tag are given to the learner; one that draws with plotly is tagged
``picture``. A written answer is a task with a markdown cell tagged ``written`` and a raw cell
tagged ``rubric`` in place of answer and key.

An ``objective:`` in the key or the rubric says which objective of `module.yml` the task practises.

`master` reads masters, `running` runs their cells, `keys` seals what they find, `release` makes
the notebooks, `writing` writes both. A notebook without tasks (`instructor/notebooks/`)
goes through `plain` alone.
"""
