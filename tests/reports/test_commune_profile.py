from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.territory_profile import CommuneProfile
from numecole_desktop.reports.commune_profile import render_commune_profile
from tests.reports.checks import (
    alternatives,
    failures,
    faults,
    roles,
)
from tests.reports.conftest import page_texts
from tests.reports.territory_samples import LONG, NBSP, commune, commune_school, empty_commune

LONGEST = replace(
    commune(3),
    name="Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson-sur-la-Longue-Rivière-des-Cévennes",
    schools=tuple(
        replace(school, line=replace(school.line, name=f"{LONG} {n}"))
        for n, school in enumerate(commune(3).schools)
    ),
    notes=("Une remarque assez longue. " * 12,),
)
BUSY = replace(
    commune(1),
    sample=True,
    schools=(replace(commune_school(3), notes=("Une remarque sur cette école.",) * 2),),
)
VARIATIONS = {
    **{f"{count} schools": commune(count) for count in (1, 2, 3, 4, 8, 25)},
    "unknown index": replace(commune(1), schools=(commune_school(5),)),
    "busy": BUSY,
    "all complete": replace(
        commune(4), schools=tuple(replace(commune_school(n), notes=()) for n in (3, 7, 15, 19))
    ),
    "long names": LONGEST,
    "long names of many": replace(LONGEST, schools=LONGEST.schools * 3),
    "no school": commune(0),
    "nothing": empty_commune(),
    "sample": replace(commune(2), sample=True),
}


drawn = render_commune_profile


def texts(profile: CommuneProfile) -> list[str]:
    return page_texts(drawn(profile))


@pytest.mark.parametrize("name", VARIATIONS)
def test_every_variation_is_accessible_and_inside_its_page(name: str) -> None:
    data = drawn(VARIATIONS[name])
    assert faults(data) == []
    assert data == drawn(VARIATIONS[name])
    assert len(data) <= 40 * 1024


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("1 schools", 1),
        ("unknown index", 1),
        ("busy", 1),
        ("2 schools", 2),
        ("3 schools", 2),
        ("4 schools", 2),
        ("all complete", 1),
        ("25 schools", 4),
        ("no school", 1),
        ("nothing", 1),
    ],
)
def test_pages_are_counted_and_numbered(name: str, pages: int) -> None:
    found = texts(VARIATIONS[name])
    assert len(found) == pages
    for number, text in enumerate(found, start=1):
        assert f"Page {number} sur {pages}" in text


@pytest.mark.parametrize("name", VARIATIONS)
def test_no_page_is_left_nearly_empty(name: str) -> None:
    # The running head and the foot alone are some 100 letters.
    found = texts(VARIATIONS[name])
    assert min(map(len, found)) > (600 if len(found) > 1 else 300)


@pytest.mark.parametrize("name", ["1 schools", "3 schools", "25 schools", "long names of many"])
def test_every_figure_is_in_the_text(name: str) -> None:
    profile = VARIATIONS[name]
    text = " ".join(texts(profile)).replace("\u202f", NBSP).replace(NBSP, " ")
    for group in profile.groups:
        for line in group.lines:
            count = line.text.replace("\u202f", " ")
            share = "" if line.percent is None else f" ({line.percent} %)"
            assert (
                f"{line.label} {count}{share}" in text or f"{line.label} : {count}{share}" in text
            )
    for school in profile.schools:
        assert school.line.name in text
        assert all(told.replace(NBSP, " ") in text for told in school.missing_for_next)
        assert all(note.replace(NBSP, " ") in text for note in school.notes)


def test_one_school_is_told_at_length_on_one_page() -> None:
    (text,) = texts(commune(1))
    for sentence in (
        (
            "Profil numérique de la commune Carcassonne Aude · Année scolaire 2023-2024 · 1 école "
            "publique"
        ),
        "l’équipement numérique de l’école publique de la commune, et ce qui lui manque",
        "École élémentaire Jules Ferry 1",
        (
            "4 classes · 73 élèves · ENT-École : indice 1 sur 3 · Label numérique de niveau 1 · "
            "Dernière déclaration : 2023-2024"
        ),
        "3 classes sur 4 ont le socle enseignant",
        "Socle enseignant : un ordinateur relié à internet et un système de projection fixe",
        "Pourquoi cet indice",
        "Ce qui manque pour l’indice 2",
        "La commune en chiffres",
        "Commune Circonscription Carcassonne 1 Aude Académie de Montpellier n.c.",
        (
            "Barre pleine : la commune. Trait : Académie de Montpellier. Losange : Aude. "
            "Triangle : Circonscription Carcassonne 1."
        ),
        "ENT : espace numérique de travail",
        "Hypothèse. Quand une seule des réponses B2 et B3 est donnée",
    ):
        assert sentence in text
    assert "Socle élèves : dans chaque classe" not in text


def test_a_few_schools_stand_side_by_side_and_are_read_one_after_the_other() -> None:
    data = drawn(commune(2))
    first = page_texts(data)[0]
    assert "Socle élèves : dans chaque classe, quelques ordinateurs" in first
    document = pdfium.PdfDocument(data)
    tops = {}
    text = document[0].get_textpage()
    for name in ("Jules Ferry 1", "Jules Ferry 2"):
        index, _ = text.search(name).get_next()
        tops[name] = text.get_charbox(index)[3]
    assert tops["Jules Ferry 1"] == pytest.approx(tops["Jules Ferry 2"])
    assert first.index("1 ordinateurs reliés") < first.index("Jules Ferry 2")
    assert [text for text in alternatives(data) if "Jauge" in text] == [
        f"École élémentaire Jules Ferry {n}. Jauge{NBSP}: indice d’équipement {n} sur 3."
        for n in (1, 2)
    ]


def test_reasons_give_way_to_keep_schools_side_by_side() -> None:
    schools = tuple(replace(s, reasons=s.reasons * 5) for s in commune(3).schools)
    text = texts(replace(commune(3), schools=schools))[0]
    assert "Jules Ferry 3" in text
    assert "Pourquoi cet indice" not in text
    assert "Ce qui manque pour l’indice 2" in text


def test_many_schools_are_a_table_and_a_list_of_what_is_missing() -> None:
    data = drawn(commune(8))
    text = " ".join(page_texts(data))
    assert (
        "École Classes Élèves Socle enseignant Socle élèves Indice ENT Label Déclaration Indice "
        "d’équipement École élémentaire Jules Ferry 1 4 73 3 1 1 1 2023-2024 1"
    ) in text
    assert "Jules Ferry 5 8 125 n.c. 2 1 1 aucune n.c." in text
    assert (
        "2 écoles ont déjà le socle complet : École élémentaire Jules Ferry 3 et École élémentaire "
        "Jules Ferry 7."
    ) in text
    assert "École élémentaire Jules Ferry 5 L’indice ne peut pas être calculé." in text
    assert "Jauge" not in " ".join(alternatives(data))
    assert roles(data).count("H3") == 8


def test_nothing_missing_is_said() -> None:
    (text,) = texts(VARIATIONS["all complete"])
    assert "Le socle est complet dans toutes les écoles 4 écoles ont déjà le socle complet" in text
    assert "Ce qui manque" not in text


def test_a_commune_without_school_says_what_to_do() -> None:
    (text,) = texts(empty_commune())
    assert "Aucune école publique ouverte n’est connue dans cette commune" in text
    assert "importez-le de nouveau" in text
    assert "La commune en chiffres" not in text


def test_invented_data_are_said_so_on_every_page() -> None:
    found = texts(VARIATIONS["sample"])
    assert all("Données d’exemple : déclarations inventées" in text for text in found)


def test_outline_and_title_name_the_commune() -> None:
    document = pdfium.PdfDocument(drawn(commune(1)))
    assert (
        document.get_metadata_dict()["Title"] == "Profil numérique 2023-2024 – Commune Carcassonne"
    )
    assert [entry.get_title() for entry in document.get_toc()] == [
        "Carcassonne",
        "École élémentaire Jules Ferry 1",
        "La commune en chiffres",
    ]


def test_the_logo_takes_its_place_and_a_bad_one_is_refused(tmp_path: Path) -> None:
    picture = BytesIO()
    Image.new("RGB", (300, 200), (200, 30, 30)).save(picture, "PNG")
    data = drawn(commune(1), picture.getvalue())
    assert failures(data) == []
    assert "Logo du service qui édite ce document" in alternatives(data)
    with pytest.raises(Problem, match="PNG ou JPEG"):
        drawn(commune(1), b"<svg/>")
