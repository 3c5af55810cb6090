from dataclasses import replace
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from PIL import Image

from numecole_desktop.reports.label_certificate import render_certificate
from tests.reports.checks import alternatives, failures, fonts, overlapping_texts
from tests.reports.conftest import page_texts
from tests.reports.label_samples import CERTIFICATE, CERTIFICATES

FRAME = 32


drawn = render_certificate


SERVICE = "Service du numérique éducatif du département de l’Aude, inspection de Carcassonne 1"


@pytest.mark.parametrize("service", ["", SERVICE])
@pytest.mark.parametrize("name", CERTIFICATES)
def test_every_certificate_is_one_accessible_page_inside_its_frame(name: str, service: str) -> None:
    certificate = CERTIFICATES[name]
    certificate = replace(certificate, issue=replace(certificate.issue, service=service))
    data = drawn(certificate)
    assert (SERVICE in page_texts(data)[0]) is bool(service)
    assert failures(data) == []
    assert overlapping_texts(data) == []
    assert set(fonts(data).values()) == {1}
    assert data == drawn(certificate)
    (page,) = pdfium.PdfDocument(data)
    width, height = page.get_size()
    assert width > height
    text = page.get_textpage()
    boxes = [text.get_charbox(n) for n in range(text.count_chars())]
    inked = [box for box in boxes if box[2] - box[0] > 0.1]
    assert min(box[0] for box in inked) > FRAME
    assert min(box[1] for box in inked) > FRAME
    assert max(box[2] for box in inked) < width - FRAME
    assert max(box[3] for box in inked) < height - FRAME


def test_it_says_what_was_granted_to_whom_and_until_when() -> None:
    (text,) = page_texts(drawn(CERTIFICATE))
    for words in (
        "Attestation Label numérique école Niveau 2 accordé à École élémentaire Jules Ferry",
        "Carcassonne, Aude",
        "pour les années scolaires 2023-2024 et 2024-2025",
        "Décision du 4 mars 2024",
        "Pour l’académie de Montpellier",
        "Label numérique école, 2024 (label-2024)",
        "Hypothèse. Seuil de 2022",
        "Équipement 2 sur 3",
        "Projets et usages 2 sur 3 (calculé : 1)",
    ):
        assert words in text, words
    assert "Données d’exemple" not in text


def test_a_certificate_of_the_sample_cannot_be_taken_for_a_real_one() -> None:
    (text,) = page_texts(drawn(CERTIFICATES["sample"]))
    assert text.startswith("Données d’exemple")


def test_the_logo_of_the_institution_is_the_only_one() -> None:
    image = BytesIO()
    Image.new("RGB", (300, 120), "orange").save(image, "PNG")
    data = drawn(CERTIFICATE, image.getvalue())
    assert failures(data) == []
    assert alternatives(data) == ["Logo du service qui édite ce document"]
    assert alternatives(drawn(CERTIFICATE)) == []
