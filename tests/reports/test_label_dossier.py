from dataclasses import replace

import pytest

from numecole_desktop.reports.label_dossier import render_dossier
from tests.reports.checks import (
    faults,
    roles,
)
from tests.reports.conftest import page_texts
from tests.reports.label_samples import ERASED, FILES, SUMMARIES, SUMMARY

drawn = render_dossier


def text_of(name: str) -> str:
    return " ".join(page_texts(drawn(SUMMARIES[name])))


@pytest.mark.parametrize("name", SUMMARIES)
def test_every_summary_is_accessible_and_inside_its_page(name: str) -> None:
    data = drawn(SUMMARIES[name])
    assert faults(data) == []
    assert data == drawn(SUMMARIES[name])


@pytest.mark.parametrize("name", ["examined", "draft", "erased", "bare"])
def test_an_ordinary_summary_is_signed_on_its_only_page(name: str) -> None:
    (text,) = page_texts(drawn(SUMMARIES[name]))
    assert "Page 1 sur 1" in text
    assert text.count("Signature") == 2


def test_it_says_the_level_what_limits_it_and_what_would_raise_it() -> None:
    text = text_of("examined")
    for words in (
        "0110160P",
        "Carcassonne, Aude · Campagne 2023-2024 · Label numérique école, 2024 (label-2024)",
        "Niveau 1 : le critère qui limite est Équipement.",
        "Équipement, limite le niveau 1 1 Indice d’équipement 1.",
        "Projets et usages (hypothèse) 2 3",
        "Avis de la circonscription : le conseil d’école a voté le projet en février",
        "Équipement : Socle élèves dans 4 classes : 1 classe mobile.",
        "Projet : Une webradio pour raconter la ville",
        "Usages déclarés : Correspondance, Programmation.",
        "Camille Exemple professeure camille@ecole.example",
        "Pour l’école Nom : Alix Fictif Fonction : directrice Date : 15/01/2024",
        "Pour la commune Nom : Sacha Inventé Fonction : adjoint au maire Date : 22/01/2024",
        "Étapes : brouillon le 10/01/2024",
        "Source : Label numérique école, règlement, 2024.",
        "Hypothèse. Seuil de 2022",
        *(file.name for file in FILES),
    ):
        assert words in text, words
    assert "Inscrire le projet au projet d’école." not in text


def test_a_draft_names_what_it_lacks_and_leaves_room_for_the_names() -> None:
    text = text_of("draft")
    assert "Le nombre de classes avec un projet n’est pas renseigné." in text
    assert "Référent de l’école à nommer" in text
    assert "Pour l’école Nom : Fonction : Date : Signature" in text
    assert "Pièces jointes Aucune" in text
    assert "Avis" not in text


def test_an_erased_person_is_printed_as_such() -> None:
    text = text_of("erased")
    assert text.count(ERASED) == 4
    assert "Camille" not in text
    assert "Alix" not in text


def test_a_decided_dossier_of_the_sample_says_both() -> None:
    text = text_of("decided")
    assert "Données d’exemple" in text
    assert "Décision du 04/03/2024 : niveau 1." in text
    assert "Les données ont changé depuis la décision." in text


def test_twenty_files_go_on_over_the_page_and_the_signatures_stay_whole() -> None:
    pages = page_texts(drawn(SUMMARIES["long"]))
    text = " ".join(pages)
    assert all(f"{n}-nom-de-fichier" in text for n in range(20))
    (signed,) = (page for page in pages if "Pour l’école" in page)
    assert "Pour la commune" in signed
    assert signed.count("Signature") == 2


def test_a_long_list_of_files_moves_no_lone_signature() -> None:
    for count in range(1, 21):
        pages = page_texts(drawn(replace(SUMMARY, files=FILES[:1] * count)))
        assert len(pages) <= 2
        (signed,) = (page for page in pages if "Pour l’école" in page)
        assert "projet.pdf" in signed or "Référent de la commune" in signed


def test_the_tables_keep_their_shape() -> None:
    found = roles(drawn(SUMMARY))
    assert found.count("Table") == 3
    assert "H1" in found
