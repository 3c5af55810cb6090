"""Profiles that show a school profile at its fullest, emptiest and longest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdfium2 as pdfium
import pytest

from numecole_desktop.domain.equipment import EquipmentIndex
from numecole_desktop.domain.profile import (
    AnswerLine,
    AnswerSection,
    Comparison,
    SchoolProfile,
    Source,
    UsageLine,
)
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.reports.school_profile import render_school_profile

NBSP = "\u00a0"
ALL_MISSING = ("A1", "B1", "B2/B3", "C1", "C2", "C3")


def _line(code: str, label: str, value: str, previous: str = "", reference: str = "") -> AnswerLine:
    return AnswerLine(code, label, value, value == "n.c.", previous, reference)


SECTIONS = (
    AnswerSection(
        "A",
        "L’école",
        (
            _line("A1", "Nombre de classes", "8", "8"),
            _line("A2", "Accès de l’école à internet", "ADSL", "ADSL"),
            _line("A3", "Nombre de robots", "0", "n.c.", f"14{NBSP}% des écoles"),
            _line("A4", "L’école a une webradio", "n.c.", "Non", f"6{NBSP}% des écoles"),
            _line("A5", "L’école a une web TV", "Non", "Non", f"1{NBSP}% des écoles"),
            _line("A6", "L’école a un fab lab", "Non", "Non", f"2{NBSP}% des écoles"),
            _line("A7", "L’école utilise un ENT", "Oui", "Oui", f"78{NBSP}% des écoles"),
        ),
    ),
    AnswerSection(
        "B",
        "Équipement des enseignants",
        (
            _line(
                "B1",
                "Classes avec un ordinateur relié à internet, toujours à la disposition de "
                "l’enseignant",
                "7",
                "6",
            ),
            _line("B2", "Classes avec un vidéoprojecteur simple, fixe et non partagé", "7", "7"),
            _line(
                "B3",
                "Classes avec un affichage interactif (tableau, vidéoprojecteur ou écran), fixe et "
                "non partagé",
                "1",
                "0",
            ),
        ),
    ),
    AnswerSection(
        "C",
        "Équipement des élèves",
        (
            _line("C1", "Classes mobiles de tablettes", "0", "0"),
            _line("C2", "Classes mobiles d’ordinateurs portables", "0", "0"),
            _line(
                "C3",
                "Classes avec au moins 3 ordinateurs ou tablettes en libre accès pour les élèves",
                "3",
                "3",
            ),
        ),
    ),
)

FULL = SchoolProfile(
    school=School(
        "0110160P",
        "École élémentaire Jules Ferry",
        type="elementaire",
        commune_code="11069",
        commune="Carcassonne",
        department_code="011",
        academy="Montpellier",
        circonscription_code="0111031L",
        circonscription="Carcassonne",
        priority="REP+",
        pupils=1185,
    ),
    department="Aude",
    year=SchoolYear(2023),
    issued_on=date(2024, 9, 1),
    sample=False,
    declared_year=SchoolYear(2023),
    submitted_on=date(2023, 9, 28),
    equipment=EquipmentIndex(1, 8, 7, 3, (), (), "socle-2021"),
    headline=f"Indice 1 sur 3{NBSP}: le socle est atteint d’un côté dans la moitié des classes.",
    reasons=(
        f"Socle enseignant{NBSP}: 7 classes sur 8, le seuil de 50{NBSP}% est atteint.",
        f"Socle élèves{NBSP}: 3 classes sur 8, sous le seuil de 50{NBSP}% (4{NBSP}classes).",
    ),
    next_title="Ce qui manque pour l’indice 2",
    missing_for_next=(
        f"Socle élèves dans 4{NBSP}classes{NBSP}: 1{NBSP}classe mobile ou trois appareils de plus.",
    ),
    sections=SECTIONS,
    previous_year=SchoolYear(2022),
    usages=(
        UsageLine("PROGRAMMATION", "Programmation", "Initiation au code sur écran."),
        UsageLine("CORRESPONDANCE", "Correspondance entre classes", "Échanges de messages."),
    ),
    comparisons=(
        Comparison("Classes avec le socle enseignant", f"88{NBSP}%", f"87{NBSP}%", 88, 87),
        Comparison("Classes avec le socle élèves", f"38{NBSP}%", f"55{NBSP}%", 38, 55),
        Comparison("Écoles qui ont le socle complet", "Non", f"32{NBSP}%", None, 32),
        Comparison("Robots", "0", "1\u202f234 robots"),
    ),
    comparison_caption=f"Source{NBSP}: État du numérique 2023-2024, novembre 2024.",
    notes=(),
    referential_title="Socle numérique de base",
    referential_id="socle-2021",
    questionnaire_version="2023-2024",
    sources=(
        Source("Ministère de l’Éducation nationale, socle numérique de base", "14 janvier 2021"),
        Source("Annuaire de l’éducation", "26 novembre 2024", "https://data.example.org/annuaire"),
    ),
    assumptions=("Une classe peut avoir un seul des deux socles, les comptes ne le disent pas.",),
)

VARIATIONS: dict[str, SchoolProfile] = {
    "full": FULL,
    "highest": replace(
        FULL,
        equipment=EquipmentIndex(3, 4, 4, 4, (), (), "socle-2021"),
        headline=f"Indice 3 sur 3{NBSP}: l’école a le socle numérique de base.",
        next_title="",
        missing_for_next=(),
        previous_year=None,
        notes=("Ce profil repose sur la déclaration de 2022-2023, la plus récente validée.",),
    ),
    "undeclared": replace(
        FULL,
        declared_year=None,
        submitted_on=None,
        equipment=EquipmentIndex(None, None, None, None, ALL_MISSING, (), "socle-2021"),
        headline="L’école n’a encore validé aucune déclaration.",
        reasons=(),
        next_title="",
        missing_for_next=(),
        previous_year=None,
        usages=(),
    ),
    "index none": replace(
        FULL,
        submitted_on=None,
        equipment=EquipmentIndex(None, 8, None, 3, ("B1",), (), "socle-2021"),
        headline=f"L’indice ne peut pas être calculé{NBSP}: il manque la réponse B1.",
        next_title="",
        missing_for_next=(),
        usages=(),
    ),
    "bare": replace(
        FULL,
        school=School("0110160P", "École"),
        department="",
        equipment=EquipmentIndex(None, None, None, None, ALL_MISSING, (), "socle-2021"),
        reasons=(),
        next_title="",
        missing_for_next=(),
        sections=(),
        previous_year=None,
        usages=(),
        comparisons=(),
        comparison_caption="",
        sources=(),
        assumptions=(),
    ),
    "long": replace(
        FULL,
        school=replace(
            FULL.school,
            name="Regroupement pédagogique intercommunal dispersé de la Haute Vallée de l’Aude "
            "et des Pyrénées audoises – École maternelle Marie-Thérèse et François Arago",
            commune="Saint-Jean-de-Maruéjols-et-Avéjan-sur-la-Longue-Rivière-des-Cévennes",
            circonscription="Inspection-" * 12,
        ),
        equipment=EquipmentIndex(1, 37, 30, 3, (), (), "socle-2021"),
        missing_for_next=FULL.missing_for_next * 8,
        usages=tuple(
            UsageLine(f"U{n}", f"Usage numéro {n} dont le libellé demande plus d’une ligne", "…")
            for n in range(64)
        ),
        notes=("Une remarque assez longue. " * 20, "Une deuxième remarque."),
    ),
    "accents": replace(
        FULL,
        school=replace(
            FULL.school,
            name="E\u0301cole Nai\u0308ma-Łukasiewicz-Şahin «\u00a0L’Œuvre d’été à Ÿ\u00a0» ☃ 中",
            commune="L’Haÿ-les-Roses",
            circonscription="Àger – Òc (ß, ñ, ï, ŵ)",
        ),
    ),
    "sample": replace(FULL, sample=True),
}


@pytest.fixture(params=list(VARIATIONS))
def variation(request: pytest.FixtureRequest) -> SchoolProfile:
    """Each variation of the profile in turn."""
    return VARIATIONS[request.param]


@pytest.fixture(scope="session")
def profiles() -> dict[str, SchoolProfile]:
    """All variations by name."""
    return VARIATIONS


@pytest.fixture
def drawn() -> Callable[..., bytes]:
    """Draws a profile and gives the file."""

    return render_school_profile


@pytest.fixture
def pages_of() -> Callable[[bytes], list[str]]:
    """Reads the text of each page."""
    return page_texts


def page_texts(data: bytes) -> list[str]:
    """The text of each page, lines and no-break spaces made plain spaces."""
    document = pdfium.PdfDocument(data)
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return texts
