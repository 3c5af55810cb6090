from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from numecole_desktop.domain.french import whole
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory_profile import Evolution, TerritoryProfile
from numecole_desktop.reports.territory_profile import render_territory_profile
from tests.reports.checks import (
    alternatives,
    faults,
    roles,
)
from tests.reports.conftest import page_texts
from tests.reports.territory_samples import (
    LONG,
    NBSP,
    counts,
    empty_territory,
    figure_groups,
    school_line,
    territory,
)

ACADEMY = replace(
    territory(7, parts=5),
    level="academie",
    kind="Académie",
    name="Montpellier",
    parents=(),
    groups=figure_groups(counts(1854, 8), ()),
    parts_kind="Départements",
    captions=(),
)
VARIATIONS = {
    "circonscription": territory(),
    "all declared": replace(territory(5), not_declared=()),
    "many to remind": replace(territory(), not_declared=tuple(map(school_line, range(90)))),
    "département": replace(
        territory(3, parts=9), level="departement", kind="Département", name="Aude"
    ),
    "académie": ACADEMY,
    "one year": territory(2, years=1),
    "ten years": territory(2, years=10),
    "long names": replace(
        territory(),
        name=LONG,
        parents=(f"Département{NBSP}: {LONG}",),
        parts=tuple((f"{LONG} {n}", a, b) for n, (_, a, b) in enumerate(territory().parts)),
        not_declared=tuple(
            replace(school_line(n), name=LONG, commune=f"{LONG} {n}") for n in range(9)
        ),
        notes=("Une remarque assez longue. " * 20,),
    ),
    "nothing": empty_territory(),
    "bare": replace(empty_territory(), groups=(), notes=(), distribution=()),
    "sample": replace(territory(), sample=True),
}


drawn = render_territory_profile


def texts(profile: TerritoryProfile) -> list[str]:
    return page_texts(drawn(profile))


@pytest.mark.parametrize("name", VARIATIONS)
def test_every_variation_is_accessible_and_inside_its_page(name: str) -> None:
    data = drawn(VARIATIONS[name])
    assert faults(data) == []
    assert data == drawn(VARIATIONS[name])
    assert len(data) <= 64 * 1024


@pytest.mark.parametrize("name", VARIATIONS)
def test_pages_are_counted_and_none_is_nearly_empty(name: str) -> None:
    found = texts(VARIATIONS[name])
    for number, text in enumerate(found, start=1):
        assert f"Page {number} sur {len(found)}" in text
        assert len(text) > 250
    assert len(found) <= {"long names": 9, "many to remind": 5}.get(name, 4)


@pytest.mark.parametrize("name", ["circonscription", "département", "académie", "ten years"])
def test_every_figure_is_in_the_text(name: str) -> None:
    profile = VARIATIONS[name]
    text = " ".join(texts(profile))
    for group in profile.groups:
        assert group.title in text
        for line in group.lines:
            count = line.text.replace("\u202f", " ")
            own = count if line.percent is None else f"{count} ({line.percent} %)"
            beside = "".join(f" {each.text}" for each in line.beside)
            rate = "" if line.missing is None else f" {line.missing} %"
            row = f"{own}{beside}{rate}".replace("\u202f", " ").replace(NBSP, " ")
            assert f"{line.label} {row}" in text or f"des {line.base}) {row}" in text
    for followed in profile.evolution:
        for _, number, share in followed.points:
            assert f"{whole(number)} ({share} %)".replace("\u202f", " ") in text
    for part in profile.distribution:
        assert f"{part.label}" in text
    for name_inside, inside, _ in profile.parts:
        assert f"{name_inside} {inside['schools']} {inside['classes']}" in text
    for school in profile.not_declared:
        assert f"{school.name} {school.commune} {school.uai} {school.declared_year}" in text


def test_a_circonscription_says_what_it_is_and_where_it_stands() -> None:
    first, second, _ = texts(territory())
    for sentence in (
        (
            "Profil numérique de la circonscription Carcassonne 1 Département : Aude · Académie : "
            "Montpellier · Année scolaire 2023-2024 · 21 écoles publiques"
        ),
        "Écoles au niveau du socle Académie de Montpellier :",
        "2 écoles n’ont pas encore validé de déclaration 2023-2024.",
        "Les écoles selon leur indice d’équipement",
        "À 3, toutes les classes de l’école ont le socle numérique de base",
        "Chiffre Circonscription Aude Académie de Montpellier n.c.",
        "Label de niveau 1 (en % des écoles labellisées)",
        "Barre pleine : la circonscription. Trait : Académie de Montpellier. Losange : Aude.",
        "Une réponse absente n’est jamais comptée comme un zéro.",
        "Académie de Montpellier, 2023-2024 : novembre 2024.",
    ):
        assert sentence in first
    assert "Évolution" in second
    assert "Courbes de 0 à 100 %, le tableau donne les nombres." in second


def test_the_whole_page_of_figures_stays_on_the_first_page() -> None:
    for seed in range(6):
        first = texts(territory(seed))[0]
        assert "Label de niveau 3" in first
        assert "Académie de Montpellier, 2023-2024" in first


def test_charts_have_an_alternative_with_their_numbers() -> None:
    found = alternatives(drawn(territory()))
    assert len(found) == 7
    assert found[0].startswith(f"Barre empilée, 21{NBSP}écoles{NBSP}: indice 0, ")
    assert found[0].endswith(f"indice inconnu, 1 (5{NBSP}%).")
    assert found[2].startswith(f"Courbe «{NBSP}Écoles au niveau du socle{NBSP}»{NBSP}: ")
    assert found[2].endswith(" en 2023-2024.")


def test_parts_end_with_the_whole() -> None:
    profile = territory()
    text = " ".join(texts(profile))
    lines = {line.name: line for group in profile.groups for line in group.lines}
    assert (
        f"Ensemble {lines['schools'].text} {lines['classes'].text} "
        f"{lines['schools_up_to_date'].percent} %"
    ) in text


def test_schools_to_remind_are_listed_with_their_last_declaration() -> None:
    text = " ".join(texts(territory(3)))
    assert "Écoles qui n’ont pas encore déclaré en 2023-2024 3 écoles à relancer." in text
    assert "Jules Ferry 2 Saint-Jean-de-Maruéjols-et-Avéjan 0110002A 2023-2024" in text
    text = " ".join(texts(replace(territory(), not_declared=(school_line(5),))))
    assert "1 école à relancer. Les chiffres utilisent la dernière déclaration connue" in text
    assert "0110005A aucune" in text
    assert "à relancer" not in " ".join(texts(VARIATIONS["all declared"]))


@pytest.mark.parametrize("schools", range(30, 75, 4))
def test_sources_never_stand_alone_on_a_page(schools: int) -> None:
    profile = replace(territory(), not_declared=tuple(map(school_line, range(schools))))
    last = texts(profile)[-1]
    assert "Sources et méthode" in last
    assert "Jules Ferry" in last or "Écoles qui n’ont pas encore déclaré" in last


def test_a_single_year_has_no_curve() -> None:
    data = drawn(VARIATIONS["one year"])
    assert len(alternatives(data)) == 1
    assert "Une seule année est connue" in " ".join(page_texts(data))


def test_a_year_without_percentage_is_no_zero_on_the_curve() -> None:
    years = [SchoolYear(first) for first in (2020, 2021, 2022, 2023)]
    points = ((years[0], 0, None), (years[1], 4, 40), (years[2], 5, 50), (years[3], 6, 60))
    profile = replace(territory(), evolution=(Evolution("schools_socle", "Socle", points),))
    data = drawn(profile)
    page = next(
        p for p in pdfium.PdfDocument(data) if "Courbes de" in p.get_textpage().get_text_range()
    )
    dots = [
        item
        for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH])
        if 3.5 < _width(item) < 4.5 and 3.5 < _height(item) < 4.5
    ]
    assert len(dots) == 3
    assert "Socle 0 4 (40 %) 5 (50 %) 6 (60 %)" in " ".join(page_texts(data))


def test_counts_without_percentage_have_a_curve_of_their_own() -> None:
    points = ((SchoolYear(2022), 1200, None), (SchoolYear(2023), 2400, None))
    profile = replace(territory(), evolution=(Evolution("robots", "Robots", points),))
    data = drawn(profile)
    assert f"Courbe «{NBSP}Robots{NBSP}»{NBSP}: 1\u202f200 en 2022-2023" in alternatives(data)[1]
    assert "1 200 2 400" in " ".join(page_texts(data))


def test_a_territory_without_school_says_so() -> None:
    (text,) = texts(empty_territory())
    assert "0 école publique" in text
    assert "Aucune école." in text
    assert "Aucune école publique n’est ouverte ici en 2023-2024." in text


def test_levels_are_named_and_outlined() -> None:
    document = pdfium.PdfDocument(drawn(ACADEMY))
    assert document.get_metadata_dict()["Title"] == (
        f"Profil numérique 2023-2024 – Académie{NBSP}: Montpellier"
    )
    assert [entry.get_title() for entry in document.get_toc()] == [
        "Montpellier",
        "Les écoles selon leur indice d’équipement",
        "Les chiffres",
        "Évolution",
        "Départements",
        "Écoles qui n’ont pas encore déclaré en 2023-2024",
        "Sources et méthode",
    ]
    text = page_texts(drawn(VARIATIONS["département"]))[0]
    assert "Profil numérique du département Aude" in text
    assert "Barre pleine : le département." in text


def test_tables_keep_their_shape() -> None:
    found = roles(drawn(territory()))
    assert found.count("Table") == 4
    assert "TH" in found


def _width(item: pdfium.PdfObject) -> float:
    left, _, right, _ = item.get_bounds()
    return float(right - left)


def _height(item: pdfium.PdfObject) -> float:
    _, bottom, _, top = item.get_bounds()
    return float(top - bottom)


@pytest.mark.parametrize("lines", range(1, 13))
def test_where_figures_come_from_is_said_under_some_figures(lines: int) -> None:
    profile = replace(territory(), notes=("Une remarque. " * 9 * lines,))
    caption = profile.captions[0].replace(NBSP, " ")
    (page,) = (text for text in texts(profile) if caption in text)
    assert "Label de niveau 3" in page
