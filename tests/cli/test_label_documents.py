"""The documents of the label on the command line."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from numecole_desktop.referentials.resources import resource
from tests.cli.conftest import Run

UAI = "0110160P"
YEAR = ("--annee", "2023-2024")
ENTERED = (
    "classes_projet=1",
    "date_ecole=2024-01-15",
    "date_commune=2024-01-22",
    "referent_ecole=Camille Exemple;professeure",
    "referent_commune=Dominique Modèle",
    "signataire_ecole=Alix Fictif;directrice",
    "signataire_commune=Sacha Inventé;adjoint",
)
OPINION = [
    word
    for key in ("referents", "ent", "projects", "equipment")
    for word in ("--avis", f"{key}=2", "--motif", f"{key}=vu à l’école")
]


@pytest.fixture
def numecole_decided(numecole: Run) -> Run:
    """The command, over the directory of the sample with one label of level 2 decided."""
    directory = Path(str(resource("demo/annuaire.csv")))
    assert numecole("importer", "annuaire", directory).code == 0
    assert numecole("label", "creer", UAI, *YEAR, *ENTERED).code == 0
    assert numecole("label", "deposer", UAI, *YEAR).code == 0
    assert numecole("label", "examiner", UAI, *YEAR, *OPINION).code == 0
    assert numecole("label", "decider", UAI, *YEAR, "--date", "2024-03-04").code == 0
    return numecole


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = " ".join(" ".join(p.get_textpage().get_text_range().split()) for p in document)
    document.close()
    return text


def test_each_document_is_written_and_named(numecole_decided: Run, tmp_path: Path) -> None:
    run = numecole_decided
    summary, letter = tmp_path / "dossier.pdf", tmp_path / "courrier.pdf"
    said = run("label", "dossier", UAI, *YEAR, "-o", summary, "--json")
    assert (said.code, said.document) == (0, {"written": [str(summary)]})
    assert "Pour la commune Nom : Sacha Inventé" in text_of(summary)
    said = run("label", "courrier", "carcassonne", *YEAR, "-o", letter)
    assert (said.code, said.out.strip()) == (0, f"Écrit\u00a0: {letter}")
    assert "Le label de niveau 2 est accordé, par décision du 4 mars 2024." in text_of(letter)
    pdf, table = tmp_path / "liste.pdf", tmp_path / "liste.csv"
    said = run("label", "decisions", *YEAR, "-o", pdf, "--csv", table, "--json")
    assert said.document == {"written": [str(pdf), str(table)]}
    assert f"({UAI})" in text_of(pdf)
    assert UAI in table.read_text("utf-8-sig")


def test_the_certificate_is_written_again_and_never_leaves_half_a_step(
    numecole_decided: Run, tmp_path: Path
) -> None:
    run = numecole_decided
    (tmp_path / "taken").write_text("")
    refused = run("label", "attester", UAI, *YEAR, "-o", tmp_path / "taken" / "a.pdf")
    assert (refused.code, refused.out) == (2, "")
    assert run("label", "montrer", UAI, *YEAR, "--json").document["state"] == "decided"
    for path in (tmp_path / "a.pdf", tmp_path / "b.pdf"):
        said = run("label", "attester", UAI, *YEAR, "-o", path, "--json")
        assert said.document["state"] == "attested"
        assert said.document["written"] == [str(path)]
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("dossier", "0110161R", "-o", "x.pdf"), "n’a pas de dossier"),
        (("courrier", "11999", "-o", "x.pdf"), "Vérifiez le code"),
        (("courrier", "Limoux", "-o", "x.pdf"), "Rien n’est encore décidé"),
        (("decisions",), "Donnez le fichier à écrire"),
        (("decisions", "-o", "x.pdf", "--circonscription", "nulle"), "Vérifiez le code"),
        (("attester", "0110161R", "-o", "x.pdf"), "pas encore de dossier"),
    ],
)
def test_what_cannot_be_written_is_refused_in_words(
    numecole_decided: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    said = numecole_decided("label", *arguments, *YEAR)
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    assert not Path("x.pdf").exists()
