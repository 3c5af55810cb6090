import ctypes
import gc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from numecole_desktop.domain.french import whole as whole_number
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.territory_profile import (
    FigureGroup,
    ReportChapter,
    ReportTable,
)
from numecole_desktop.reports.yearly_report import render_yearly_report
from tests.reports.checks import (
    alternatives,
    failures,
    faults,
    roles,
    texts_outside_the_margins,
)
from tests.reports.conftest import page_texts
from tests.reports.territory_samples import LONG, NBSP, report, territory

WHOLE = report()
SMALL = report(4)
VARIATIONS = {
    "small": SMALL,
    "sample": replace(SMALL, sample=True),
    "no circonscription": replace(SMALL, circonscriptions=()),
    "no chapter": replace(SMALL, chapters=()),
    "nothing": replace(
        SMALL, chapters=(), circonscriptions=(), notes=(), sources=(), assumptions=()
    ),
    "long names": replace(
        SMALL,
        academy="Saint-Étienne-du-Rouvray-sur-la-Longue-Rivière-des-Cévennes",
        chapters=(
            ReportChapter(
                LONG,
                tuple((f"{LONG} {n}", "12 345 (67 %)") for n in range(7)),
                (
                    ReportTable(
                        LONG,
                        LONG,
                        (LONG, "Établissements", "Nombre"),
                        tuple((f"{LONG} {n}", f"{n}", LONG) for n in range(9)),
                        tuple((f"{LONG} {n}", 10 * n) for n in range(9)),
                    ),
                ),
            ),
        ),
        circonscriptions=tuple(
            replace(page, name=f"{LONG} {n}", parents=(LONG,))
            for n, page in enumerate(SMALL.circonscriptions)
        ),
    ),
    "no département": replace(
        SMALL, circonscriptions=tuple(replace(p, parents=()) for p in SMALL.circonscriptions)
    ),
}


drawn = render_yearly_report


@cache
def whole() -> bytes:
    return drawn(WHOLE)


def links(document: pdfium.PdfDocument, page: int) -> Iterator[tuple[str, int]]:
    """The words under each link of a page, and the page (from 0) that it leads to."""
    sheet = document[page]
    text = sheet.get_textpage()
    position, link = ctypes.c_int(0), pdfium_c.FPDF_LINK()
    while pdfium_c.FPDFLink_Enumerate(sheet, position, link):
        place = pdfium_c.FPDFLink_GetDest(document, link)
        box = pdfium_c.FS_RECTF()
        pdfium_c.FPDFLink_GetAnnotRect(link, box)
        words = text.get_text_bounded(box.left, box.bottom + 2, box.right, box.top - 2)
        yield " ".join(words.split()), pdfium_c.FPDFDest_GetDestPageIndex(document, place)


@pytest.mark.parametrize("name", VARIATIONS)
def test_every_variation_is_accessible_and_inside_its_page(name: str) -> None:
    data = drawn(VARIATIONS[name])
    assert faults(data) == []
    assert data == drawn(VARIATIONS[name])


def test_the_whole_report_is_accessible_and_light() -> None:
    assert failures(whole()) == []
    assert texts_outside_the_margins(whole()) == []
    assert whole() == drawn(WHOLE)
    assert len(whole()) <= 640 * 1024


def test_each_circonscription_has_exactly_one_page() -> None:
    texts = page_texts(whole())
    pages = len(texts)
    assert pages == 1 + 1 + 4 + 49
    for number, (profile, text) in enumerate(
        zip(WHOLE.circonscriptions, texts[-49:], strict=True), start=pages - 48
    ):
        assert text.startswith(f"Circonscription {profile.name} ")
        assert f"Page {number} sur {pages}" in text
        assert "Label de niveau 3" in text


def test_every_figure_of_a_circonscription_is_on_its_page() -> None:
    texts = page_texts(whole())[-49:]
    for profile, text in zip(WHOLE.circonscriptions, texts, strict=True):
        for group in profile.groups:
            assert group.title in text
            for line in group.lines:
                count = line.text.replace("\u202f", " ")
                own = count if line.percent is None else f"{count} ({line.percent} %)"
                beside = "".join(f" {each.text}" for each in line.beside)
                row = f"{own}{beside}".replace("\u202f", " ").replace(NBSP, " ")
                assert row in text
        for followed in profile.evolution:
            assert all(f"{share} %" in text for _, _, share in followed.points)
        assert profile.notes[0] in text


@pytest.mark.parametrize(
    "change",
    [
        {"notes": ("Une remarque assez longue pour prendre deux lignes entières. " * 3,) * 3},
        {"captions": ("Une légende assez longue. " * 12,) * 3},
        {"groups": (*WHOLE.circonscriptions[0].groups, *WHOLE.circonscriptions[1].groups[:1])},
        {"name": LONG},
    ],
)
def test_a_fuller_page_makes_all_pages_closer_but_stays_one(change: dict[str, object]) -> None:
    first, *others = report(5).circonscriptions
    fuller = replace(report(5), circonscriptions=(replace(first, **change), *others))  # type: ignore[arg-type]
    texts = page_texts(drawn(fuller))
    assert len(texts) == len(page_texts(drawn(report(5))))
    assert sum(text.startswith("Circonscription ") for text in texts) == 5


def test_more_figures_than_a_page_can_hold_go_on_rather_than_get_lost() -> None:
    first, *others = report(5).circonscriptions
    groups = tuple(
        FigureGroup(f"{n}{group.code}", f"{group.title} {n}", group.lines)
        for n in range(3)
        for group in first.groups
    )
    fuller = replace(report(5), circonscriptions=(replace(first, groups=groups), *others))
    texts = page_texts(drawn(fuller))
    assert all(any(group.title in text for text in texts) for group in groups)
    assert len(texts) == len(page_texts(drawn(report(5)))) + 1


def test_the_contents_tell_the_page_of_each_title_and_lead_there() -> None:
    document = pdfium.PdfDocument(whole())
    texts = page_texts(whole())
    found = list(links(document, 1))
    titles = [chapter.title for chapter in WHOLE.chapters]
    titles += ["Sources et méthode", *(page.name for page in WHOLE.circonscriptions)]
    assert len(found) == len(titles)
    for title, (words, page) in zip(titles, found, strict=True):
        assert words == f"{title} {page + 1}"
        assert title in texts[page]
    assert "Sommaire" in texts[1]
    assert "Département : Pyrénées-Orientales" in texts[1]


def test_links_are_read_with_the_title_and_the_page() -> None:
    document = pdfium.PdfDocument(whole())
    page = document[1]
    contents = []
    for n in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, n)
        length = pdfium_c.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
        text = (ctypes.c_ushort * length)()
        pdfium_c.FPDFAnnot_GetStringValue(annotation, b"Contents", text, length)
        contents.append(bytes(text).decode("utf-16-le").split("\0")[0])
        pdfium_c.FPDFPage_CloseAnnot(annotation)
    assert contents[0] == "Équipement, page 3"
    assert contents[-1] == f"{WHOLE.circonscriptions[-1].name}, page 55"
    tree = roles(whole())
    assert tree.count("TOCI") == tree.count("Link") == len(contents) == 53


def test_the_outline_groups_circonscriptions_by_department() -> None:
    outline = [(entry.level, entry.get_title()) for entry in pdfium.PdfDocument(whole()).get_toc()]
    assert [title for level, title in outline if level == 0] == [
        "État du numérique",
        "Sommaire",
        "Équipement",
        "Label numérique école",
        "Évolution",
        "Sources et méthode",
        "Les circonscriptions",
    ]
    start = outline.index((0, "Les circonscriptions"))
    assert outline[start + 1] == (1, f"Département{NBSP}: Aude")
    assert outline[start + 2] == (2, "Aude 0")
    inside = outline[start + 1 :]
    assert sum(level == 1 for level, _ in inside) == 5
    assert sum(level == 2 for level, _ in inside) == 49
    department = ""
    for level, title in inside:
        if level == 1:
            department = title.rpartition(" ")[2]
        else:
            assert title.startswith(department)


def test_circonscriptions_of_one_department_follow_each_other() -> None:
    shuffled = replace(
        SMALL, circonscriptions=SMALL.circonscriptions[::-1] + SMALL.circonscriptions
    )
    titles = [
        entry.get_title()
        for entry in pdfium.PdfDocument(drawn(shuffled)).get_toc()
        if entry.level == 1 and "Département" in entry.get_title()
    ]
    assert len(titles) == len(set(titles)) == 4


def test_the_cover_says_what_where_and_when() -> None:
    cover = page_texts(whole())[0]
    schools = whole_number(sum(page.schools for page in WHOLE.circonscriptions))
    for words in (
        "État du numérique dans les écoles publiques Académie de Montpellier",
        "Académie de Montpellier Année scolaire 2023-2024",
        f"{schools} écoles publiques, 49 circonscriptions".replace("\u202f", " "),
        "Édité le 1er septembre 2024",
        "178 écoles n’ont pas encore validé de déclaration 2023-2024.",
        "Les écoles selon leur indice d’équipement",
        "Écoles au niveau du socle",
    ):
        assert words in cover
    assert "Académie d’Amiens" in page_texts(drawn(replace(SMALL, academy="Amiens")))[0]


def test_chapters_give_figures_charts_and_tables() -> None:
    texts = page_texts(whole())
    equipment = texts[2]
    for words in (
        "Académie de Montpellier Équipement Année scolaire 2023-2024",
        "Écoles au niveau du socle selon le département Aude",
        "Écoles Nombre et part Aude 200",
        "Académie 1 854",
    ):
        assert words in equipment
    detail = texts[3]
    assert "Ces nombres viennent des réponses des écoles. Équipement Nombre" in detail
    assert "Robots n.c." in detail
    for chapter in WHOLE.chapters:
        for label, figure in chapter.key_figures:
            words = f"{figure} {label}".replace("\u202f", " ").replace(NBSP, " ")
            assert any(words in text for text in texts)


def test_every_chart_has_an_alternative_with_its_numbers() -> None:
    found = alternatives(whole())
    bars = [text for text in found if text.startswith("Diagramme")]
    assert len(bars) == 3
    shares = ", ".join(
        f"{label} {percent}{NBSP}%" for label, percent in WHOLE.chapters[0].tables[0].shares
    )
    assert bars[0] == (
        f"Diagramme en barres «{NBSP}Écoles au niveau du socle selon le département{NBSP}»{NBSP}: "
        f"{shares}."
    )
    # Cover, chapter, and one for each circonscription; six curves for the académie and each page.
    assert sum(text.startswith("Barre empilée") for text in found) == 2 + 49
    assert sum(text.startswith("Courbe") for text in found) == 6 * 50


def test_levels_of_titles_follow_each_other() -> None:
    depth = 0
    for role in roles(whole()):
        if role in {"H1", "H2", "H3"}:
            assert int(role[1]) <= depth + 1
            depth = int(role[1])


def test_invented_data_are_said_so_on_every_page() -> None:
    banner = "Données d’exemple : déclarations inventées"
    assert all(banner in text for text in page_texts(drawn(VARIATIONS["sample"])))
    assert not any(banner in text for text in page_texts(whole()))


def test_a_report_without_anything_says_what_to_do() -> None:
    text = " ".join(page_texts(drawn(VARIATIONS["nothing"])))
    assert "0 école publique, 0 circonscription" in text
    assert "Importez l’annuaire des écoles, puis les déclarations." in text


def test_sources_end_the_chapters() -> None:
    texts = page_texts(whole())
    (number,) = [n for n, text in enumerate(texts) if "Hypothèse. Quand une seule" in text]
    assert "Évolution" in texts[number]
    assert "Circonscription" not in texts[number]
    only = page_texts(drawn(VARIATIONS["no chapter"]))
    assert "Sources et méthode" in only[2]


def test_a_long_list_of_circonscriptions_has_contents_of_several_pages() -> None:
    pages = tuple(replace(territory(n, parts=0), name=f"Circonscription {n}") for n in range(180))
    many = replace(SMALL, circonscriptions=pages)
    texts = page_texts(drawn(many))
    contents = [text for text in texts if "…" not in text and "Circonscription 1 " in text[:900]]
    assert contents
    document = pdfium.PdfDocument(drawn(many))
    found = [link for page in range(1, 6) for link in links(document, page)]
    assert len(found) == 180 + 4
    assert all(words.endswith(f" {page + 1}") for words, page in found)


def test_the_search_for_cycles_goes_on_after_the_report() -> None:
    assert gc.isenabled()
    drawn(SMALL)
    assert gc.isenabled()
    with pytest.raises(Problem):
        drawn(SMALL, b"<svg/>")
    assert gc.isenabled()
    gc.disable()
    try:
        drawn(SMALL)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_date_of_the_report_dates_the_file() -> None:
    said = pdfium.PdfDocument(drawn(replace(SMALL, issued_on=date(2025, 2, 3)))).get_metadata_dict()
    assert said["CreationDate"] == "D:20250203000000Z"
    assert said["Title"] == "État du numérique 2023-2024 – Académie de Montpellier"
