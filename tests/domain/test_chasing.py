"""The text that reminds schools."""

from datetime import date

import pytest

from numecole_desktop.domain.chasing import ChasedSchool, Closing, Letter, compose
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear

YEAR = SchoolYear(2023)
CLOSING = Closing(10, 31, assumption=True)
FIRST = ChasedSchool("0110160P", "École Ferry", "Carcassonne", "Carcassonne", "2022-2023", False)
SECOND = ChasedSchool("0110151E", "École primaire", "Carlipa", "Carcassonne", "", True)
LETTER = Letter("{annee}, {nombre}", "Bonjour,\n\n{ecoles}\n\nAvant le {date}.\n\nMerci")


def text(*schools: ChasedSchool, today: date = date(2023, 9, 1)) -> Letter:
    return compose(LETTER, schools, YEAR, CLOSING.of(YEAR), today)


def test_marks_are_replaced_and_each_school_has_its_line() -> None:
    letter = text(FIRST, SECOND)
    assert letter.subject == "2023-2024, 2\u00a0écoles"
    assert letter.body.split("\n") == [
        "Bonjour,",
        "",
        "– École Ferry, Carcassonne (0110160P)\u00a0: dernière déclaration 2022-2023",
        "– École primaire, Carlipa (0110151E)\u00a0: jamais déclaré, brouillon à terminer",
        "",
        "Avant le 31\u00a0octobre\u00a02023.",
        "",
        "Merci",
    ]


def test_a_closing_date_that_is_past_is_not_quoted() -> None:
    assert "Avant le" in text(FIRST, today=date(2023, 10, 31)).body
    late = text(FIRST, today=date(2023, 11, 1)).body
    assert "Avant le" not in late
    assert "\n\n\n" not in late


def test_the_marks_of_one_school() -> None:
    letter = compose(
        Letter("{ecole}, {commune}", "{uai}"), [FIRST], YEAR, CLOSING.of(YEAR), date(2023, 9, 1)
    )
    assert letter == Letter("École Ferry, Carcassonne", "0110160P")


def test_an_unknown_mark_is_named() -> None:
    with pytest.raises(Problem, match=r"\{directeur\}.*\{annee\}"):
        compose(Letter("", "Bonjour {directeur}"), [FIRST], YEAR, date(2023, 9, 1), date.max)
