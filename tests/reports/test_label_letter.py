import pytest

from numecole_desktop.reports.label_letter import render_letter
from tests.reports.checks import (
    faults,
    roles,
)
from tests.reports.conftest import page_texts
from tests.reports.label_samples import LETTERS

drawn = render_letter


def text_of(name: str) -> str:
    return " ".join(page_texts(drawn(LETTERS[name])))


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_is_accessible_and_inside_its_page(name: str) -> None:
    data = drawn(LETTERS[name])
    assert faults(data) == []
    assert data == drawn(LETTERS[name])


@pytest.mark.parametrize("name", ["granted", "highest", "refused", "refused in everything", "bare"])
def test_a_letter_about_one_school_is_one_page(name: str) -> None:
    assert len(page_texts(drawn(LETTERS[name]))) == 1


def test_a_label_granted_says_its_years_and_the_next_step() -> None:
    text = text_of("granted")
    for words in (
        "Académie de Montpellier Circonscription d’inspection du 1er degré de Carcassonne",
        "Mairie 11000 Carcassonne",
        "Le 5 mars 2024",
        "Objet : label numérique de votre école, campagne 2023-2024",
        "Le label de niveau 1 est accordé, par décision du 4 mars 2024.",
        "Il vaut pour les années scolaires 2023-2024 et 2024-2025.",
        "Pour atteindre un niveau plus élevé • Équipement Socle élèves dans 4 classes",
        "La prochaine campagne s’ouvre en janvier 2025",
        "l’expression de ma considération distinguée.",
        "ENT : espace numérique de travail",
        "Hypothèse. Seuil de 2022",
    ):
        assert words in text, words


def test_the_highest_level_is_congratulated_and_asks_for_nothing_more() -> None:
    text = text_of("highest")
    assert "C’est le niveau le plus élevé. Félicitations" in text
    assert "Pour atteindre" not in text


def test_a_refusal_is_kind_and_says_what_lacked() -> None:
    text = text_of("refused")
    assert "Le label n’a pas pu être accordé cette fois, par décision du 4 mars 2024." in text
    assert "Motif de la décision : le référent de la commune n’est pas nommé" in text
    assert "Le travail engagé n’est pas perdu. Des points sont déjà acquis : ENT et Équip" in text
    assert "Ce qui a manqué, et ce qui permettrait d’obtenir le label" in text
    assert "Nommer le référent de la commune." in text
    assert "Une autre école publique de la commune n’a pas présenté de dossier" in text
    assert "déjà acquis" not in text_of("refused in everything")


def test_schools_that_wait_are_named_after_the_decisions() -> None:
    text = text_of("three")
    assert "Objet : label numérique de vos écoles" in text
    assert "Déposé, en cours d’examen : École A et École B." in text
    assert "Pas encore déposé : École C." in text
    assert "12 autres écoles publiques" in text
    assert text.index("École la Prade") < text.index("École A et École B")


def test_a_letter_about_many_schools_ends_on_a_page_with_more_than_a_signature() -> None:
    pages = page_texts(drawn(LETTERS["thirty"]))
    assert len(pages) > 3
    assert "Je vous prie d’agréer" in pages[-1]
    assert "École" in pages[-1].partition("Je vous prie")[0]


def test_each_school_is_a_title_under_the_object() -> None:
    found = roles(drawn(LETTERS["three"]))
    assert (found.count("H1"), found.count("H2")) == (1, 4)
