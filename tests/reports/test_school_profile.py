import ctypes
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from PIL import Image

from numecole_desktop.domain.equipment import EquipmentIndex
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.profile import SchoolProfile
from numecole_desktop.durable import write_whole
from numecole_desktop.reports.layout import LEFT
from numecole_desktop.reports.logo import logo_size
from numecole_desktop.reports.profile_index import count_sentence
from tests.reports.checks import failures, fonts, overlapping_texts, texts_outside_the_margins

Drawn = Callable[..., bytes]
PagesOf = Callable[[bytes], list[str]]


def test_every_variation_passes_pdf_ua(variation: SchoolProfile, drawn: Drawn) -> None:
    assert failures(drawn(variation)) == []


def test_every_variation_is_drawn_alike_twice(variation: SchoolProfile, drawn: Drawn) -> None:
    assert drawn(variation) == drawn(variation)


def test_every_font_is_embedded(variation: SchoolProfile, drawn: Drawn) -> None:
    found = fonts(drawn(variation))
    assert len(found) == 2
    assert set(found.values()) == {1}


def test_texts_stay_in_the_margins_and_apart(variation: SchoolProfile, drawn: Drawn) -> None:
    data = drawn(variation)
    assert texts_outside_the_margins(data) == []
    assert overlapping_texts(data) == []


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("full", 2),
        ("highest", 2),
        ("undeclared", 2),
        ("index none", 2),
        ("bare", 1),
        ("accents", 2),
        ("sample", 2),
        ("long", 4),
    ],
)
def test_pages_are_counted_and_numbered(
    profiles: dict[str, SchoolProfile], drawn: Drawn, pages_of: PagesOf, name: str, pages: int
) -> None:
    texts = pages_of(drawn(profiles[name]))
    assert len(texts) == pages
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} sur {pages}" in text


def test_normal_profiles_weigh_at_most_30_kib(
    profiles: dict[str, SchoolProfile], drawn: Drawn
) -> None:
    sizes = {name: len(drawn(profile)) for name, profile in profiles.items() if name != "long"}
    assert max(sizes.values()) <= 30 * 1024, sizes


def test_full_profile_says_everything(
    profiles: dict[str, SchoolProfile], drawn: Drawn, pages_of: PagesOf
) -> None:
    first, second = pages_of(drawn(profiles["full"]))
    for sentence in (
        "Profil numérique de l’école École élémentaire Jules Ferry",
        "Carcassonne (Aude) · Année scolaire 2023-2024",
        "UAI 0110160P",
        "Type École élémentaire",
        "Circonscription Carcassonne",
        "Éducation prioritaire REP+",
        "Élèves 1 185",
        "Indice 1 sur 3 : le socle est atteint d’un côté dans la moitié des classes.",
        "7 classes sur 8 ont le socle enseignant",
        "3 classes sur 8 ont le socle élèves",
        "Pourquoi cet indice",
        "Socle élèves : 3 classes sur 8, sous le seuil de 50 % (4 classes).",
        "Ce qui manque pour l’indice 2",
        "Socle élèves dans 4 classes : 1 classe mobile ou trois appareils de plus.",
        "Classes avec le socle enseignant 88 % 87 %",
        "Robots 0 1 234 robots",
        "Source : État du numérique 2023-2024, novembre 2024. Barre pleine : l’école.",
        "Programmation Initiation au code sur écran.",
        "source : déclaration de l’école 2023-2024 · édité le 1er septembre 2024",
    ):
        assert sentence in first
    for sentence in (
        "0110160P · École élémentaire Jules Ferry · Carcassonne",
        "Déclaration 2023-2024 validée le 28 septembre 2023.",
        "Question 2023-2024 2022-2023 Académie",
        "A. L’école A1 Nombre de classes 8 8",
        "A3 Nombre de robots 0 n.c. 14 % des écoles",
        "A4 L’école a une webradio n.c. Non 6 % des écoles",
        "B. Équipement des enseignants",
        "C3 Classes avec au moins 3 ordinateurs ou tablettes",
        "Règles de calcul : Socle numérique de base (socle-2021).",
        "Questionnaire : version 2023-2024.",
        "Source : Annuaire de l’éducation, 26 novembre 2024 (https://data.example.org/annuaire).",
        "Hypothèse. Une classe peut avoir un seul des deux socles",
    ):
        assert sentence in second


def test_highest_index_has_nothing_missing(
    profiles: dict[str, SchoolProfile], drawn: Drawn, pages_of: PagesOf
) -> None:
    text = " ".join(pages_of(drawn(profiles["highest"])))
    assert "Les 4 classes ont le socle enseignant" in text
    assert "Ce qui manque" not in text
    assert "Indice le plus haut L’école dispose du socle numérique de base" in " ".join(
        text.replace("•", "").split()
    )
    assert "Ce profil repose sur la déclaration de 2022-2023" in text


def test_school_that_never_declared_learns_how_to(
    profiles: dict[str, SchoolProfile], drawn: Drawn, pages_of: PagesOf
) -> None:
    text = " ".join(pages_of(drawn(profiles["undeclared"])))
    assert "L’école n’a encore validé aucune déclaration." in text
    assert "Comment déclarer" in text
    assert "A1 Nombre de classes A2 Accès de l’école à internet" in text
    assert "Indice d’équipement" not in text
    assert "source : annuaire des écoles" in text


def test_index_that_cannot_be_computed_names_the_missing_answer(
    profiles: dict[str, SchoolProfile], drawn: Drawn, pages_of: PagesOf
) -> None:
    first = pages_of(drawn(profiles["index none"]))[0]
    assert "L’indice ne peut pas être calculé : il manque la réponse B1." in first
    assert "Nombre de classes qui ont le socle enseignant : n.c." in first
    assert "Ce que disent les réponses" in first
    assert "L’école n’a déclaré aucun usage." in first


def test_unknown_facts_are_said_unknown(
    profiles: dict[str, SchoolProfile], drawn: Drawn, pages_of: PagesOf
) -> None:
    (text,) = pages_of(drawn(profiles["bare"]))
    assert "Commune n.c." in text
    assert "Éducation prioritaire n.c." in text
    assert "Réponses de l’école" not in text
    without = replace(profiles["bare"].school, priority="")
    (text,) = pages_of(drawn(replace(profiles["bare"], school=without)))
    assert "Éducation prioritaire Non" in text


def test_every_usage_of_a_long_list_is_printed_after_the_answers(
    profiles: dict[str, SchoolProfile], drawn: Drawn, pages_of: PagesOf
) -> None:
    text = " ".join(pages_of(drawn(profiles["long"])))
    for number in range(64):
        assert f"Usage numéro {number} dont le libellé demande plus d’une ligne" in text
    assert text.index("Réponses de l’école") < text.index("Usage numéro 0")


def test_rare_characters_are_written_or_replaced_visibly(
    profiles: dict[str, SchoolProfile], drawn: Drawn, pages_of: PagesOf
) -> None:
    first = pages_of(drawn(profiles["accents"]))[0]
    assert "École Naïma-Łukasiewicz-Şahin « L’Œuvre d’été à Ÿ » […]" in first
    assert "L’Haÿ-les-Roses (Aude)" in first
    assert "Àger – Òc (ß, ñ, ï, ŵ)" in first


def test_invented_data_are_said_so_on_every_page(
    profiles: dict[str, SchoolProfile], drawn: Drawn, pages_of: PagesOf
) -> None:
    banner = "Données d’exemple : déclarations inventées"
    pages = pages_of(drawn(replace(profiles["long"], sample=True)))
    assert len(pages) > 2
    assert all(banner in page for page in pages)
    assert not any(banner in page for page in pages_of(drawn(profiles["full"])))


def test_document_names_itself(profiles: dict[str, SchoolProfile], drawn: Drawn) -> None:
    document = pdfium.PdfDocument(drawn(profiles["full"]))
    said = document.get_metadata_dict()
    assert said["Title"] == "Profil numérique 2023-2024 – École élémentaire Jules Ferry"
    assert said["CreationDate"] == "D:20240901000000Z"
    assert document.get_version() == 17
    outline = [entry.get_title() for entry in document.get_toc()]
    assert outline == [
        "École élémentaire Jules Ferry",
        "Indice d’équipement",
        "L’école et l’académie",
        "Usages déclarés (D1)",
        "Réponses de l’école",
        "Sources et méthode",
    ]


def test_the_date_of_the_profile_dates_the_file(
    profiles: dict[str, SchoolProfile], drawn: Drawn
) -> None:
    later = replace(profiles["full"], issued_on=date(2025, 2, 3))
    said = pdfium.PdfDocument(drawn(later)).get_metadata_dict()
    assert said["CreationDate"] == "D:20250203000000Z"


@pytest.mark.parametrize(
    ("count", "classes", "sentence"),
    [
        (4, 5, "4 classes sur 5 ont le socle enseignant"),
        (5, 5, "Les 5 classes ont le socle enseignant"),
        (1, 5, "1 classe sur 5 a le socle enseignant"),
        (0, 5, "Aucune classe sur 5 n’a le socle enseignant"),
        (1, 1, "La classe de l’école a le socle enseignant"),
        (0, 1, "La classe de l’école n’a pas le socle enseignant"),
        (None, 5, "Nombre de classes qui ont le socle enseignant\u00a0: n.c."),
        (None, None, "Nombre de classes qui ont le socle enseignant\u00a0: n.c."),
    ],
)
def test_class_counts_are_plain_french(
    count: int | None, classes: int | None, sentence: str
) -> None:
    assert count_sentence("teacher", count, classes) == sentence


@pytest.mark.parametrize("value", [0, 1, 2, 3, None])
def test_gauge_fills_as_many_segments_as_the_index(
    profiles: dict[str, SchoolProfile], drawn: Drawn, value: int | None
) -> None:
    index = EquipmentIndex(value, 8, 7, 3, (), (), "socle-2021")
    first = pdfium.PdfDocument(drawn(replace(profiles["full"], equipment=index)))[0]
    blue = [
        item
        for item in first.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH])
        if _filled(item) and _inside_gauge(item.get_bounds())
    ]
    assert len(blue) == (value or 0)


def _filled(item: pdfium.PdfObject) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(item, mode, stroke)
    return bool(mode.value != pdfium_c.FPDF_FILLMODE_NONE)


def _inside_gauge(bounds: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = bounds
    return left > LEFT and right < LEFT + 170 and 20 < top - bottom < 80


def test_logo_stands_first_with_its_alternative_text(
    profiles: dict[str, SchoolProfile], drawn: Drawn
) -> None:
    logo = _png((400, 300))
    data = drawn(profiles["full"], logo)
    assert failures(data) == []
    first = pdfium.PdfDocument(data)[0]
    (image,) = first.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE])
    left, _, right, top = image.get_bounds()
    assert left == pytest.approx(LEFT)
    assert right - left == pytest.approx(44 * 400 / 300, abs=0.5)
    title = next(iter(first.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT])))
    assert title.get_bounds()[0] > right
    assert title.get_bounds()[3] < top


def test_large_logo_is_reduced(profiles: dict[str, SchoolProfile], drawn: Drawn) -> None:
    plain = len(drawn(profiles["full"]))
    noise = Image.effect_noise((3000, 2000), 60)
    out = BytesIO()
    noise.save(out, "PNG")
    assert len(drawn(profiles["full"], out.getvalue())) < plain + 120_000


@pytest.mark.parametrize("logo", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7"])
def test_logo_that_is_no_image_is_refused(
    profiles: dict[str, SchoolProfile], drawn: Drawn, logo: bytes
) -> None:
    if not logo:
        assert drawn(profiles["full"], logo) == drawn(profiles["full"])
        return
    with pytest.raises(Problem, match="choisissez un fichier PNG ou JPEG"):
        drawn(profiles["full"], logo)


def test_a_photographed_logo_stands_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    out = BytesIO()
    Image.new("RGB", (300, 100), "#004488").save(out, "JPEG", exif=turned)
    width, height = logo_size(out.getvalue())
    assert height > width


def test_a_logo_too_large_to_be_held_is_refused_before_it_is_read() -> None:
    out = BytesIO()
    Image.new("1", (10_000, 9_500)).save(out, "PNG")
    with pytest.raises(Problem, match="trop de points"):
        logo_size(out.getvalue())


def test_file_is_replaced_whole_or_not_at_all(
    profiles: dict[str, SchoolProfile], tmp_path: Path, drawn: Drawn
) -> None:
    path = tmp_path / "profil.pdf"
    path.write_text("ancien")
    data = drawn(profiles["full"])
    write_whole(path, data)
    assert path.read_bytes() == data
    blocked = tmp_path / "dossier.pdf"
    (blocked / "plein").mkdir(parents=True)
    with pytest.raises(Problem, match="c’est un dossier"):
        write_whole(blocked, data)
    with pytest.raises(Problem, match="un fichier porte"):
        write_whole(path / "dessous.pdf", data)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dossier.pdf", "profil.pdf"]


def test_bytes_do_not_depend_on_the_accelerator() -> None:
    """The C accelerator is optional: without it, slower and alike."""
    script = (
        "import sys, hashlib\n"
        "if sys.argv[1] == 'without': sys.modules['_rl_accel'] = None\n"
        "import runpy\n"
        f"profiles = runpy.run_path({str(Path(__file__).with_name('conftest.py'))!r})\n"
        "from numecole_desktop.reports.school_profile import render_school_profile\n"
        "print(hashlib.sha256(render_school_profile(profiles['FULL'])).hexdigest())\n"
    )
    root = Path(__file__).resolve().parents[2]
    digests = [
        subprocess.run(
            [sys.executable, "-c", script, how],
            capture_output=True,
            text=True,
            check=True,
            cwd=root,
        ).stdout
        for how in ("with", "without")
    ]
    assert digests[0] == digests[1]
    assert len(digests[0].strip()) == 64


def _png(size: tuple[int, int]) -> bytes:
    out = BytesIO()
    Image.new("RGBA", size, (200, 30, 30, 128)).save(out, "PNG")
    return out.getvalue()


COST = "Au moindre coût : 2 ordinateurs pour les enseignants, environ 1 400 € (hypothèses)."
SERVICE = "Service du numérique éducatif du département de l’Aude, inspection de Carcassonne 1"


def test_the_cost_is_said_where_it_adds_no_page(
    variation: SchoolProfile, drawn: Drawn, pages_of: PagesOf
) -> None:
    plain, priced = pages_of(drawn(variation)), pages_of(drawn(replace(variation, next_cost=COST)))
    assert len(priced) == len(plain)
    said = sum(COST in page for page in priced)
    if variation.declared_year is None:
        assert said == 0
    else:
        longer = COST * 60
        assert len(pages_of(drawn(replace(variation, next_cost=longer)))) == len(plain)
        assert said <= 1


def test_the_cost_is_said_on_the_usual_profile(
    profiles: dict[str, SchoolProfile], drawn: Drawn, pages_of: PagesOf
) -> None:
    data = drawn(replace(profiles["full"], next_cost=COST))
    assert COST in pages_of(data)[0]
    assert overlapping_texts(data) == []
    assert failures(data) == []


def test_the_service_stands_at_the_foot_of_every_page(
    variation: SchoolProfile, drawn: Drawn, pages_of: PagesOf
) -> None:
    data = drawn(replace(variation, service=SERVICE))
    assert all(SERVICE in page for page in pages_of(data))
    assert len(pages_of(data)) == len(pages_of(drawn(variation)))
    assert texts_outside_the_margins(data) == []
    assert overlapping_texts(data) == []
    assert failures(data) == []
