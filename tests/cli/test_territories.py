"""Territories on the command line, over the sample base."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from numecole_desktop.domain.territory import FIGURES
from numecole_desktop.referentials.resources import resource
from tests.cli.conftest import Run

DEMO = Path(str(resource("demo/annuaire.csv"))).parent
FILES = {
    "annuaire": "annuaire",
    "declarations": "declarations",
    "ent-conventions": "ent_conventions",
    "ent-periodes": "ent_periodes",
    "ent-classes": "ent_classes",
    "gar": "gar",
    "labels": "labels",
}
YEAR = ("--annee", "2023-2024")


@pytest.fixture
def filled(numecole: Run) -> Run:
    """The command, over a base that holds every file of the sample."""
    for kind, name in FILES.items():
        assert numecole("importer", kind, DEMO / f"{name}.csv").code == 0
    return numecole


def pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    texts = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    document.close()
    return texts


def test_figures_profiles_and_report(filled: Run, tmp_path: Path) -> None:
    document = filled("territoire", "circonscription", "0110041K", *YEAR, "--json").document
    assert document["schools_socle"] == 20
    assert document["pct_schools_socle"] == 43
    assert set(FIGURES) <= set(document)
    assert document["missing"]["schools_in_ent"] == 0
    assert filled("territoire", "departement", "11", *YEAR, "--json").document["schools"] == 341
    assert (
        filled("territoire", "academie", "montpellier", *YEAR, "--json").document["schools"] == 422
    )
    shown = filled("territoire", "commune", "11069", *YEAR)
    assert (shown.code, "Carcassonne" in shown.out) == (0, True)
    unknown = filled("territoire", "commune", "99999", *YEAR)
    assert (unknown.code, unknown.out) == (2, "")
    school = filled("ecole", "0110160P", *YEAR, "--json").document
    assert school["indices"]["ent"]["value"] == 3
    for level, code in (("commune", "11069"), ("circonscription", "0110042L")):
        path = tmp_path / f"{level}.pdf"
        assert filled("profil", level, code, *YEAR, "-o", path).code == 0
        assert pages(path)
    report = tmp_path / "etat.pdf"
    assert filled("etat", "Montpellier", *YEAR, "-o", report).code == 0
    texts = pages(report)
    circonscriptions = [text for text in texts if "Circonscription\r\n" in text]
    assert len(circonscriptions) == 9
    assert any("un label au-dessus" in text for text in texts)


def test_whom_to_remind_and_what_town_halls_are_given(filled: Run, tmp_path: Path) -> None:
    document = filled("relancer", "circonscription", "0110041K", *YEAR, "--json").document
    assert len(document["schools"]) == 13
    assert {school["circonscription"] for school in document["schools"]} == {"Narbonne 1"}
    assert "13\u00a0écoles" in document["body"]
    shown = filled("relancer", "circonscription", "0110041K", *YEAR)
    assert shown.code == 0
    assert document["schools"][0]["uai"] in shown.out
    assert filled("relancer", "circonscription", "rien", *YEAR).code == 2
    folder = tmp_path / "mairies"
    done = filled("profil", "mairies", "commune", "11069", *YEAR, "-o", folder, "--json")
    assert done.code == 0
    assert len(list(folder.glob("*.pdf"))) == len(done.document["written"]) > 1
    (folder / "profil_commune_11069_carcassonne_2023-2024.pdf").unlink()
    (folder / "profil_commune_11069_carcassonne_2023-2024.pdf").mkdir()
    again = filled("profil", "mairies", "commune", "11069", *YEAR, "-o", folder)
    assert again.code == 3
    assert "Carcassonne" in again.err
