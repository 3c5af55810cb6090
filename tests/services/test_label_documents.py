"""The documents of the label, from dossiers that went through their steps."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest

from numecole_desktop.domain.label_application import PersonRole, State
from numecole_desktop.domain.label_steps import Decision
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import (
    label_documents,
    label_dossiers,
    label_opening,
    label_people,
    label_results,
    label_sheets,
)
from numecole_desktop.services.label_dossiers import Blocked
from numecole_desktop.services.workspace import Workspace
from tests.conftest import YEAR, import_text
from tests.services.support import declarations, line

FERRY, PAGNOL, PRADE, CARLIPA = "0110160P", "0110161R", "0110182N", "0110151E"
PEOPLE = {
    PersonRole.SCHOOL_REFERENT: ("Camille Exemple", "professeure", "camille@ecole.example"),
    PersonRole.COMMUNE_REFERENT: ("Dominique Modèle", "informaticien", ""),
    PersonRole.SCHOOL_SIGNATORY: ("Alix Fictif", "directrice", ""),
    PersonRole.COMMUNE_SIGNATORY: ("Sacha Inventé", "adjoint", ""),
}
WHY = "vu à l’école"


def go_to(
    workspace: Workspace,
    uai: str,
    state: State,
    *,
    year: SchoolYear = YEAR,
    opinion: Mapping[str, int] | None = None,
    decision: Decision | None = None,
) -> None:
    """Take a dossier up to a state; the opinion is 2 on each criterion by default."""
    dossier = label_dossiers.create(workspace, uai, year).dossier
    if state is State.DRAFT:
        return
    for role, (name, job, email) in PEOPLE.items():
        dossier = label_people.name_person(workspace, dossier, role, name, job, email).dossier
    signed = label_dossiers.Edit(
        project_classes=1,
        project_title="Une webradio",
        school_signed_on=date(2024, 1, 15),
        commune_signed_on=date(2024, 1, 22),
    )
    dossier = label_dossiers.edit(workspace, dossier, signed).dossier
    dossier = label_dossiers.submit(workspace, dossier).dossier
    if state is State.SUBMITTED:
        return
    levels = opinion or dict.fromkeys([c.key for c in dossier.rules.criteria], 2)
    reasons = dict.fromkeys(levels, WHY)
    dossier = label_dossiers.examine(workspace, dossier, levels, reasons).dossier
    if state is State.EXAMINED:
        return
    taken = decision or Decision(min(levels.values()), date(2024, 3, 4))
    label_dossiers.decide(workspace, dossier, taken)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = " ".join(" ".join(p.get_textpage().get_text_range().split()) for p in document)
    document.close()
    return text


@pytest.fixture
def declared(workspace: Workspace, tmp_path: Path) -> Workspace:
    """Jules Ferry has four classes, all equipped."""
    answers = {"A1": "4", "B1": "4", "B2": "4", "B3": "0", "C1": "1", "C2": "0", "C3": "0"}
    import_text(workspace, "declarations", declarations(line(FERRY, **answers)), tmp_path)
    return workspace


def test_the_summary_of_a_draft_says_what_signing_will_not_settle(declared: Workspace) -> None:
    go_to(declared, FERRY, State.DRAFT)
    summary = label_sheets.dossier_summary(declared, FERRY, YEAR)
    assert summary.missing == (
        "Le nombre de classes avec un projet n’est pas renseigné (0 s’il n’y en a pas).",
    )
    assert [person.name for person in summary.signatories] == ["", ""]
    assert {c.title: c.level for c in summary.criteria} == {
        "Référents": 0,
        "ENT": None,
        "Projets et usages": None,
        "Équipement": 3,
    }
    assert [c.title for c in summary.criteria if c.limits] == ["Référents"]
    text = text_of(label_documents.dossier_pdf(declared, FERRY, YEAR))
    assert "Nommer le référent de l’école et le référent de la commune." in text


def test_the_summary_lists_files_with_their_size_even_once_erased(
    declared: Workspace, tmp_path: Path
) -> None:
    from PIL import Image

    go_to(declared, FERRY, State.DRAFT)
    photo = tmp_path / "salle.png"
    Image.effect_noise((900, 900), 80).save(photo)
    dossier = label_opening.open_dossier(declared, FERRY, YEAR)
    label_people.attach(declared, dossier, photo)
    (file,) = label_sheets.dossier_summary(declared, FERRY, YEAR).files
    kilo = -(-photo.stat().st_size // 1024)
    assert (file.name, file.kind, file.size) == ("salle.png", "image PNG", f"{kilo}\u00a0Ko")
    held = label_opening.open_dossier(declared, FERRY, YEAR).application
    assert held is not None
    label_people.erase_file(declared, held.attachments[0].sha256)
    (file,) = label_sheets.dossier_summary(declared, FERRY, YEAR).files
    assert (file.name, file.size) == ("pièce effacée", f"{kilo}\u00a0Ko")


def test_an_erased_person_stays_in_the_summary_without_a_name(declared: Workspace) -> None:
    go_to(declared, FERRY, State.SUBMITTED)
    for person in label_people.held_people(declared):
        label_people.erase(declared, person.ref)
    text = text_of(label_documents.dossier_pdf(declared, FERRY, YEAR))
    assert text.count("personne effacée") == 4
    for name, job, _ in PEOPLE.values():
        assert name not in text
        assert job not in text.replace("directrice ou", "")


def test_a_school_without_dossier_has_no_document(workspace: Workspace) -> None:
    for make in (label_documents.dossier_pdf, label_documents.certificate_pdf):
        with pytest.raises(Problem, match="n’a pas de dossier pour 2023-2024"):
            make(workspace, FERRY, YEAR)


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.EXAMINED])
def test_nothing_is_certified_before_the_decision(workspace: Workspace, state: State) -> None:
    go_to(workspace, FERRY, state)
    with pytest.raises(Blocked, match=state.label):
        label_documents.certificate_pdf(workspace, FERRY, YEAR)


def test_a_refusal_is_not_certified(workspace: Workspace, tmp_path: Path) -> None:
    refusal = Decision(0, date(2024, 3, 4), "dossier à reprendre")
    go_to(workspace, FERRY, State.DECIDED, decision=refusal)
    with pytest.raises(Blocked, match="le courrier à la commune dit le refus"):
        label_documents.write_certificate(workspace, FERRY, YEAR, tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


def test_the_certificate_holds_what_the_decision_saw(declared: Workspace, tmp_path: Path) -> None:
    go_to(declared, FERRY, State.DECIDED)
    answers = {"A1": "4", "B1": "0", "B2": "0", "B3": "0", "C1": "0", "C2": "0", "C3": "0"}
    import_text(declared, "declarations", declarations(line(FERRY, **answers)), tmp_path)
    found = label_sheets.certificate(declared, FERRY, YEAR)
    assert (found.level, [str(year) for year in found.years]) == (2, ["2023-2024", "2024-2025"])
    assert [(c.title, c.level, c.computed) for c in found.criteria] == [
        ("Référents", 2, 3),
        ("ENT", 2, None),
        ("Projets et usages", 2, 1),
        ("Équipement", 2, 3),
    ]
    summary = label_sheets.dossier_summary(declared, FERRY, YEAR)
    assert summary.criteria[3].level == 0
    path = label_documents.write_certificate(declared, FERRY, YEAR, tmp_path / "new" / "a.pdf")
    assert "Niveau 2 accordé à" in text_of(path.read_bytes())


def test_a_decision_of_september_counts_for_the_year_that_begins(
    base_path: Path, workspace: Workspace
) -> None:
    workspace.clock = lambda: datetime(2024, 10, 1, tzinfo=UTC)
    go_to(workspace, FERRY, State.DECIDED, decision=Decision(2, date(2024, 9, 2)))
    found = label_sheets.certificate(workspace, FERRY, YEAR)
    assert [str(year) for year in found.years] == ["2024-2025", "2025-2026"]


def test_the_referential_of_the_year_gives_the_criteria(workspace: Workspace) -> None:
    go_to(workspace, FERRY, State.DRAFT, year=SchoolYear(2022))
    summary = label_sheets.dossier_summary(workspace, FERRY, SchoolYear(2022))
    assert len(summary.criteria) == 5
    assert ("Engagement à l’accompagnement", "") in summary.facts
    assert summary.issue.referential == "Label numérique école, 2022 (label-2022)"
    text = text_of(label_documents.dossier_pdf(workspace, FERRY, SchoolYear(2022)))
    assert "Hypothèse. ENT : les connexions" in text


def test_the_list_holds_the_submitted_dossiers_in_order(declared: Workspace) -> None:
    go_to(declared, CARLIPA, State.EXAMINED)
    go_to(declared, PRADE, State.SUBMITTED)
    go_to(declared, FERRY, State.DECIDED)
    go_to(declared, PAGNOL, State.DRAFT)
    model = label_results.decision_list(declared, YEAR)
    ((name, lines),) = model.groups
    assert name == "Carcassonne"
    assert [(n.school.uai, n.opinion, n.decision) for n in lines] == [
        (FERRY, 2, 2),
        (PRADE, None, None),
        (CARLIPA, 2, None),
    ]
    assert model.left_out == "Hors de cette liste\u00a0: 1\u00a0dossier en brouillon."
    assert {c.level: (c.computed, c.opinion, c.decision) for c in model.totals} == {
        3: (0, 0, 0),
        2: (0, 2, 1),
        1: (0, 0, 0),
        0: (0, 0, 0),
        None: (3, 1, 2),
    }
    assert "avis 2 au lieu de 3 (Équipement)\u00a0: vu à l’école" in lines[0].remark
    assert "avis 2 (ENT)\u00a0: vu à l’école" in lines[0].remark
    assert lines[1].remark == "À connaître\u00a0: ENT, Projets et usages et Équipement"


def test_the_table_says_what_the_list_says(declared: Workspace, tmp_path: Path) -> None:
    go_to(declared, FERRY, State.DECIDED)
    go_to(declared, PRADE, State.SUBMITTED)
    pdf = label_documents.write_decisions(declared, YEAR, tmp_path / "l.pdf")
    path = label_documents.write_decisions_table(declared, YEAR, tmp_path / "l.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    text = text_of(pdf.read_bytes())
    assert [(r["UAI"], r["État"], r["Avis"], r["Décision"]) for r in rows] == [
        (FERRY, "décidé", "2", "2"),
        (PRADE, "déposé", "", ""),
    ]
    assert rows[0]["Date de la décision"] == "2024-03-04"
    for row in rows:
        assert f"{row['École']} ({row['UAI']}) {row['Commune']}" in text


def test_a_list_is_restricted_to_a_circonscription_that_exists(declared: Workspace) -> None:
    go_to(declared, FERRY, State.SUBMITTED)
    model = label_results.decision_list(declared, YEAR, "0111031L")
    assert (model.scope, len(model.lines)) == ("Carcassonne", 1)
    with pytest.raises(Problem, match="Vérifiez le code"):
        label_documents.decisions_pdf(declared, YEAR, "0119999X")


def test_the_letter_tells_the_decisions_the_waiting_and_the_others(declared: Workspace) -> None:
    go_to(declared, FERRY, State.DECIDED)
    go_to(declared, PAGNOL, State.SUBMITTED)
    letter = label_results.commune_letter(declared, "11069", YEAR)
    assert label_results.commune_letter(declared, "carcassonne", YEAR) == letter
    assert (letter.commune, letter.postcode) == ("Carcassonne", "11000")
    assert [(r.name, r.level) for r in letter.results] == [("Ecole élémentaire Jules Ferry", 2)]
    assert letter.waiting == ((State.SUBMITTED, ("Ecole élémentaire Marcel Pagnol",)),)
    assert (letter.others, letter.next_campaign) == (1, "janvier\u00a02025")
    assert letter.sender == (
        "Académie de Montpellier",
        "Circonscription d’inspection du 1er degré Carcassonne",
    )
    steps = dict(letter.results[0].steps)
    lower = "La circonscription a retenu le niveau\u00a02\u00a0: vu à l’école."
    assert steps["Équipement"] == lower
    assert steps["Projets et usages"].startswith("Mener un projet dans 1\u00a0classe de plus")


def test_the_letter_of_a_refusal_gives_its_reason(declared: Workspace) -> None:
    opinion = {"referents": 3, "ent": 0, "projects": 1, "equipment": 3}
    go_to(declared, FERRY, State.DECIDED, opinion=opinion)
    (result,) = label_results.commune_letter(declared, "11069", YEAR).results
    assert (result.level, result.years) == (0, ())
    assert result.acquired == ("Référents", "Projets et usages", "Équipement")
    assert [criterion for criterion, _ in result.steps] == ["ENT"]
    text = text_of(label_documents.letter_pdf(declared, "11069", YEAR))
    assert "Le label n’a pas pu être accordé cette fois" in text


def test_no_letter_before_a_decision_nor_to_an_unknown_commune(workspace: Workspace) -> None:
    go_to(workspace, FERRY, State.EXAMINED)
    with pytest.raises(Problem, match="Rien n’est encore décidé pour les écoles de Carcassonne"):
        label_documents.letter_pdf(workspace, "11069", YEAR)
    with pytest.raises(Problem, match="Vérifiez le code"):
        label_documents.letter_pdf(workspace, "Nulle-Part", YEAR)


def test_two_communes_of_one_name_are_told_apart(workspace: Workspace, tmp_path: Path) -> None:
    workspace.base.connection.execute(
        "UPDATE school SET commune = 'Carlipa' WHERE uai = '0110191Y'"
    )
    with pytest.raises(Problem, match=r"Carlipa \(11070\) et Carlipa \(11999\)"):
        label_documents.letter_pdf(workspace, "carlipa", YEAR)


def test_documents_of_the_same_day_are_the_same_bytes(declared: Workspace) -> None:
    go_to(declared, FERRY, State.DECIDED)

    def made() -> list[bytes]:
        return [
            label_documents.dossier_pdf(declared, FERRY, YEAR),
            label_documents.certificate_pdf(declared, FERRY, YEAR),
            label_documents.decisions_pdf(declared, YEAR),
            label_documents.letter_pdf(declared, "11069", YEAR),
        ]

    assert made() == made()
