import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from numecole_desktop.reports.label_decisions import render_decisions
from tests.reports.checks import (
    failures,
    fonts,
    overlapping_texts,
    roles,
    texts_outside_the_margins,
)
from tests.reports.conftest import page_texts
from tests.reports.label_samples import LISTS, decisions

HEADINGS = "École Commune Niveau Avis Décision Critère qui limite, remarques"


drawn = render_decisions


def boxes(data: bytes) -> int:
    """Boxes left to be written in: outlines as large as a decision."""
    found = 0
    for page in pdfium.PdfDocument(data):
        for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = item.get_bounds()
            found += 40 < right - left < 50 and 12 < top - bottom < 20
    return found


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_accessible_and_inside_its_page(name: str) -> None:
    data = drawn(LISTS[name])
    assert failures(data) == []
    assert texts_outside_the_margins(data) == []
    assert set(fonts(data).values()) == {1}
    assert data == drawn(LISTS[name])


@pytest.mark.parametrize("name", ["0 dossiers", "2 dossiers", "long"])
def test_no_text_covers_another(name: str) -> None:
    assert overlapping_texts(drawn(LISTS[name])) == []


def test_a_campaign_without_dossier_says_so_on_one_page() -> None:
    (text,) = page_texts(drawn(decisions(0)))
    assert "0 dossier déposé" in text
    assert "Aucun dossier n’est déposé pour la campagne 2023-2024." in text
    assert HEADINGS not in text


def test_one_dossier_fits_on_one_page_with_its_totals() -> None:
    (text,) = page_texts(drawn(decisions(1)))
    assert "1 dossier déposé" in text
    assert "Circonscription 1 : 1 dossier" in text
    assert "École 0 (1100000P) Commune 0 n.c. 0 Refus" in text


def test_three_hundred_dossiers_are_all_there_under_repeated_headings() -> None:
    pages = page_texts(drawn(decisions(300)))
    text = " ".join(pages)
    for number in range(300):
        assert f"({1100000 + number}P)" in text
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} sur {len(pages)}" in page
        assert HEADINGS in page
    assert "300 dossiers déposés · 200 dossiers à décider" in text
    computed = [sum(line.level == level for line in decisions(300).lines) for level in (3, 2, 1, 0)]
    first = pages[0]
    assert f"Niveau 3 {computed[0]} " in first
    assert f"Non labellisée {computed[3]} " in first
    assert f"À connaître, à donner ou à décider {300 - sum(computed)} 150 200" in first


@pytest.mark.parametrize("count", [1, 2, 300])
def test_what_is_not_decided_has_a_box_to_write_in(count: int) -> None:
    model = decisions(count)
    assert boxes(drawn(model)) == sum(line.decision is None for line in model.lines)


def test_each_circonscription_has_its_table_and_its_line_of_the_outline() -> None:
    data = drawn(decisions(120))
    assert [entry.get_title() for entry in pdfium.PdfDocument(data).get_toc()][2:] == [
        "Circonscription 1\u00a0: 50\u00a0dossiers",
        "Circonscription 2\u00a0: 50\u00a0dossiers",
        "Circonscription 3\u00a0: 20\u00a0dossiers",
    ]
    assert "Table" in roles(data)


def test_a_list_of_one_circonscription_names_it_and_what_it_leaves_out() -> None:
    text = " ".join(page_texts(drawn(LISTS["long"])))
    assert "Inspection-Inspection" in text
    assert "Hors de cette liste : 2 dossiers en brouillon." in text
    assert "Données d’exemple" in text


def test_a_remark_of_several_pages_goes_on_whole() -> None:
    pages = page_texts(drawn(LISTS["a remark of several pages"]))
    text = " ".join(pages)
    assert len(pages) > 2
    assert "(suite)" in pages[2]
    first = next(page for page in pages if "Critère qui limite" in page)
    assert "École 1 (1100001P)" in first
    assert text.count("dispersé") == 45
