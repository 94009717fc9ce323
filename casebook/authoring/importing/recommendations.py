"""The tables on what was recommended, what became of it, and what people argue about."""

from __future__ import annotations

from casebook.authoring.csvfile import Row
from casebook.authoring.importing.lists import join, split
from casebook.authoring.importing.recipe import Recipe, UndecidedError

_FOLDER = "recommendations"
_DOCUMENTS = {
    "statement_2013-04-11": "statement",
    "report201_media_release_2013-04-11": "media_release",
    "report201_contents_2013-04-11": "report_contents",
    "report_2014-01-10_follow_up": "follow_up_report",
}


def recommendations(recipe: Recipe) -> list[Row]:
    """One row a recommendation; the first letter of its id is its set."""
    return [
        {
            "rec_id": row["rec_id"],
            "set": row["rec_id"][0],
            "document": _DOCUMENTS[row["source"]],
            "paragraph": row["paragraph"],
            # The statement's order of names is its wording; the alphabet is nobody's.
            "addressees": "; ".join(sorted(split(recipe.spell(row["addressees"])))),
            "recommendation": recipe.spell(row["recommendation"]),
            "theme": row["theme"],
            "progress_indicator": recipe.spell(row["progress_indicator"]),
            "horizon": row["horizon"],
            "source_ids": recipe.sources(_FOLDER, row["source_ids"]),
        }
        for row in recipe.extracts.rows(f"{_FOLDER}/recommendations.csv")
    ]


def outcomes(recipe: Recipe) -> list[Row]:
    """One row an event seen from a recommendation, under our event ids."""
    ours = {
        d["extract_id"]: d["event_id"]
        for d in recipe.decisions("events")
        if d["extract"] == _FOLDER
    }
    rows = recipe.extracts.rows(f"{_FOLDER}/outcomes.csv")
    lacking = sorted({row["event_id"] for row in rows} - set(ours))
    if lacking:
        raise UndecidedError("events", f"nothing about {_FOLDER} {', '.join(lacking)}")
    return [
        {
            "outcome_id": row["outcome_id"],
            "rec_id": row["rec_id"],
            "event_id": ours[row["event_id"]],
            "date": row["date"],
            "what_happened": recipe.spell(row["what_happened"]),
            "direction": row["direction"],
            "why_coded_so": recipe.spell(row["why_coded_so"]),
            "source_ids": recipe.sources(_FOLDER, row["source_ids"]),
        }
        for row in rows
    ]


def scorecard_verdicts(recipe: Recipe) -> list[Row]:
    """One row a recommendation and reading date: our own verdicts, in no extract."""
    return [
        {**row, "event_ids": join(split(row["event_ids"]))} for row in recipe.decisions("scorecard")
    ]


def debates(recipe: Recipe) -> list[Row]:
    """One row a position on a disagreement."""
    return [
        {
            "position_id": row["position_id"],
            "debate_id": row["debate_id"],
            "part": row["chapter"],
            "question": recipe.spell(row["question"]),
            "position": recipe.spell(row["position"]),
            "held_by": recipe.spell(row["held_by"]),
            "discussion_prompt": recipe.spell(row["discussion_prompt"]),
            "source_ids": recipe.sources(_FOLDER, row["source_ids"]),
        }
        for row in recipe.extracts.rows(f"{_FOLDER}/debates.csv")
    ]


def readings(recipe: Recipe) -> list[Row]:
    """One row a reading: what the table sources does not say about it."""
    return [
        {
            "source_id": row["reading_id"],
            "part": row["chapter"],
            "level": row["level"],
            "viewpoint": row["viewpoint"],
            "relation": row["relation_to_icg_diagnosis"].replace(" ", "_"),
            "author_origin": row["author_origin"],
            "open_access": row["open_access"].replace(" ", "_"),
            "summary": recipe.spell(row["one_line_summary"]),
        }
        for row in recipe.extracts.rows(f"{_FOLDER}/reading_list.csv")
    ]
