"""Student and part out of the names that an LMS gives."""

import pytest

from casebook.checks.keys import parts
from casebook.grading.people.identity import FOLDER, Sender, origin, part_named
from casebook.grading.people.identity import sender as of_download

NAMES = {
    "Awa Keïta_1234_assignsubmission_file_/warm-up.ipynb": ("Awa-Keïta-1234", "warm-up"),
    "CS 1/Awa Keïta_1234_assignsubmission_file/sub/Warm_up (1).ipynb": (
        "Awa-Keïta-1234",
        "warm-up",
    ),
    "Awa Keïta_1234_assignsubmission_file_origins.ipynb": ("Awa-Keïta-1234", "origins"),
    "keitaawa_4321_98765_origins-1.ipynb": ("keitaawa-4321", "origins"),
    "keitaawa_LATE_4321_98765_my_origins.ipynb": ("keitaawa-4321", "origins"),
    "Part 1_akeita_attempt_2026-10-01-13-45-00_governance.ipynb": ("akeita", "governance"),
    "akeita/intervention.ipynb": ("akeita", "intervention"),
    "akeita_recommendations-2.ipynb": ("akeita", "recommendations"),
    "Copy of Origins - akeita.ipynb": ("Copy-of-Origins-akeita", "origins"),
}


def sender(path: str, lms: str = "") -> Sender:
    return of_download(path, parts(), lms or origin([path]))


@pytest.mark.parametrize("path", NAMES)
def test_names_of_moodle_canvas_blackboard_and_folders(path):
    student, part = NAMES[path]
    found = sender(path)
    assert found.student.startswith(student)
    assert part_named(found.file, parts()) == part


@pytest.mark.parametrize(
    "path",
    [
        ".../warm-up.ipynb",
        "-rf_1_assignsubmission_file_/warm-up.ipynb",
        "~root/warm-up.ipynb",
        "a\nb/warm-up.ipynb",
        "\u202egpj/warm-up.ipynb",
        "$(id)_1_2_warm-up.ipynb",
        "é" * 300 + "/warm-up.ipynb",
    ],
)
def test_no_trick_in_a_name_reaches_the_folder_of_a_student(path):
    found = sender(path).student
    assert 0 < len(found) <= 80
    assert found[0].isalnum()
    assert all(letter.isalnum() or letter in "-._" for letter in found)


def test_two_names_never_share_a_folder():
    names = ["a b", "a-b", "a  b", "a_b", "A-b"]
    assert len({sender(f"{name}/warm-up.ipynb").student for name in names}) == len(names)


def test_second_file_of_a_browser_and_of_canvas_is_newer():
    first, second = (sender(f"a/warm-up{end}.ipynb").order for end in ("", " (1)"))
    assert first < second
    first, second = (sender(f"a_1_{n}_warm-up.ipynb").order for n in (9, 10))
    assert first < second


FORGED = {
    "Moodle": "Mallory_1_assignsubmission_file_/Bob_2_assignsubmission_file_/warm-up.ipynb",
    "Moodle, flat": "Mallory_1_assignsubmission_file_Bob_2_assignsubmission_file_warm-up.ipynb",
    "Canvas": "mallory_1_9_bob_2_3_warm-up.ipynb",
    "Blackboard": "Q_mallory_attempt_2026-10-01-13-45-00_x_bob_attempt_2026-10-02-13-45-00_w.ipynb",
    "a folder": "mallory/Bob_2_assignsubmission_file_/warm-up.ipynb",
}


@pytest.mark.parametrize("lms", FORGED)
def test_nobody_hands_in_under_the_name_of_another(lms):
    found = sender(FORGED[lms], lms.split(",")[0])
    assert found.student.casefold().startswith("mallory")
    assert "bob" not in found.student.casefold()


def test_one_odd_name_does_not_change_how_a_download_is_read():
    class_ = [f"student{n}_{n}_9{n}_warm-up.ipynb" for n in range(9)]
    assert origin([*class_, "Bob_2_assignsubmission_file_/warm-up.ipynb"]) == "Canvas"
    assert origin(["awa/warm-up.ipynb", "bob/warm-up.ipynb", class_[0]]) == FOLDER
    assert origin([]) == FOLDER
