"""Headings of no use, and those that make one think of a column."""

import pytest

from numecole_desktop.domain.french import fold_header
from numecole_desktop.importers.headings import load_headings
from numecole_desktop.importers.kinds import KindError
from numecole_desktop.referentials.resources import resource

HEADINGS = load_headings(resource("imports/entetes.toml").read_bytes(), "entetes.toml")
QUESTIONS = ("uai", "year", "A1", "A2", "A3", "A7", "B1", "B2", "B3", "C1", "C2", "C3")


def suggested(*headings: str) -> dict[str, str]:
    return HEADINGS.suggested("declarations", headings, QUESTIONS)


def test_the_headings_of_a_survey() -> None:
    assert suggested(
        *("Code de l’établissement", "Exercice", "Nb de classes", "Robots", "Nb PC"),
        *("vidéoproj.", "Nb TBI", "Valises de tablettes", "Valises de portables", "Coin info"),
    ) == {
        "Code de l’établissement": "uai",
        "Exercice": "year",
        "Nb de classes": "A1",
        "Robots": "A3",
        "Nb PC": "B1",
        "vidéoproj.": "B2",
        "Nb TBI": "B3",
        "Valises de tablettes": "C1",
        "Valises de portables": "C2",
        "Coin info": "C3",
    }


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Classes avec vidéoprojecteur", "B2"),
        ("Vidéoprojecteur interactif", "B3"),
        ("Classes mobiles de tablettes", "C1"),
        ("Classe mobile ordinateurs", "C2"),
        ("Accès internet de l’école", "A2"),
        ("ENT", "A7"),
    ],
)
def test_the_longest_expression_wins(heading: str, column: str) -> None:
    assert suggested(heading) == {heading: column}


def test_a_short_word_is_a_whole_word() -> None:
    assert suggested("Entretien", "Centre", "Pcf") == {}


def test_a_column_is_suggested_once_and_only_if_it_is_free() -> None:
    assert suggested("Classes", "Autres classes") == {"Classes": "A1"}
    assert HEADINGS.suggested("declarations", ["Nb TBI"], ["B2"]) == {}


def test_hints_of_one_kind_do_not_hold_for_another() -> None:
    assert HEADINGS.suggested("labels", ["Nb TBI", "Niveau"], ["value"]) == {"Niveau": "value"}


def test_headings_of_no_use_are_known_however_they_are_written() -> None:
    for heading in ("TÉLÉPHONE", "libelle departement", "Remarques"):
        assert fold_header(heading) in HEADINGS.ignored


@pytest.mark.parametrize("text", ["ignored = [", "ignored = []", "ignored = 1\n[hints]\n", "a = 1"])
def test_a_wrong_file_is_named(text: str) -> None:
    with pytest.raises(KindError, match=r"entetes\.toml"):
        load_headings(text.encode(), "entetes.toml")
