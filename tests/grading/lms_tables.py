"""Tables of classes as LMSes write them; people and grades are invented."""

from __future__ import annotations

MOODLE_HEADER = (
    "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments"
)
MOODLE_ROWS = [
    "Participant 17,Awa Keïta,awa@example.org,Submitted for grading,,15.00,Yes,"
    '"Monday, 5 October 2026, 11:58 PM",-,',
    'Participant 18,"Touré, Boubacar",b@example.org,Submitted for grading,7.00,15.00,Yes,'
    '"Tuesday, 6 October 2026, 12:03 AM","Tuesday, 6 October 2026, 9:00 AM","Said ""so"",\n'
    'in two lines"',
    "Participant 19,Coumba Traoré,c@example.org,No submission,,15.00,Yes,-,-,",
]
MOODLE_NAMES = {
    "17": "Awa Keïta_17_assignsubmission_file_/warm-up.ipynb",
    "18": "Touré, Boubacar_18_assignsubmission_file_/warm-up.ipynb",
}


def moodle(*rows: str) -> bytes:
    """Return a grading worksheet as a real Moodle writes it."""
    lines = [MOODLE_HEADER, *(rows or MOODLE_ROWS)]
    return b"\xef\xbb\xbf" + ("\r\n".join(lines) + "\r\n").encode()


FRENCH = (
    "Identifiant;Nom complet;Adresse de courriel;Statut;Note;Note maximale;"
    "La note peut être modifiée;Dernière modification (travail remis);"
    "Dernière modification (note);Feedback par commentaires\r\n"
    "Participant 17;Awa Keïta;awa@example.org;Remis pour évaluation;;20,00;Oui;"
    "lundi 5 octobre 2026, 23:58;-;\r\n"
).encode()

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Warm-up (501),Origins (502),Assignments "
    "Current Score,Final Score\n"
    ",,,,,Manual Posting,,,\n"
    "    Points Possible,,,,,15.00,30.00,(read only),(read only)\n"
    '"Keïta, Awa",4321,0042,akeita,"S 1, S 2",,EX,,\n'
    '"Touré, Boubacar",4322,0043,btoure,S 1,3.00,,,\n'
    '"Traoré, Coumba",4323,0044,ctraore,S 1,N/A,,,\n'
    '"Student, Test",4399,,0b1c,S 1,,,,\n'
).encode()
CANVAS_NAMES = {
    "4321": "keïtaawa_4321_98765_warm-up.ipynb",
    "4322": "touréboubacar_LATE_4322_98766_warm-up-1.ipynb",
}

BOARD_HEADER = (
    "Last Name",
    "First Name",
    "Username",
    "Student ID",
    "Last Access",
    "Availability",
    "Warm-up [Total Pts: 15 Score] |1281892",
    "Total [Total Pts: up to 15 Score] |1281890",
)
BOARD_ROWS = [
    ("Keïta", "Awa", "akeita", "0042", "2026-10-05 20:20:47", "Yes", "", ""),
    ("Touré", "Boubacar", "btoure", "0043", "2026-10-05 20:20:47", "Yes", "", ""),
]
BOARD_NAMES = {
    "akeita": "Warm up_akeita_attempt_2026-10-05-23-58-00_warm-up.ipynb",
    "btoure": "Warm up_btoure_attempt_2026-10-06-00-03-00_warm-up.ipynb",
}


def blackboard(separator: str = "\t", encoding: str = "utf-16") -> bytes:
    """Return what Blackboard lets work offline with."""
    lines = [separator.join(f'"{cell}"' for cell in row) for row in [BOARD_HEADER, *BOARD_ROWS]]
    return "\r\n".join(lines).encode(encoding)
