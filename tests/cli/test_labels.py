"""Label dossiers on the command line: the whole path, and what each refusal leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Outcome, Run
from tests.services.support import GOOD, declarations, line

UAI = "0110160P"
YEAR = ("--annee", "2023-2024")
DIRECTORY = (
    "Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Statut_public_prive;"
    "Code_commune;Nom_commune;Ecole_elementaire\n"
    f"{UAI};École Jules Ferry;Ecole;Public;11069;Carcassonne;1\n"
    "0110161R;École Marcel Pagnol;Ecole;Public;11069;Carcassonne;1\n"
)
FILLED = (
    "classes_projet=2",
    "projet_ecole=oui",
    "projet=Journal de l'école",
    "referent_ecole=Anne Exemple;directrice;anne@exemple.fr",
    "referent_commune=Paul Exemple",
    "signataire_ecole=Anne Exemple",
    "signataire_commune=Paul Exemple;maire",
    "date_ecole=2024-01-15",
    "date_commune=16/01/2024",
)


@pytest.fixture
def label(numecole: Run, tmp_path: Path) -> Run:
    """``numecole label``, over a base of two schools of which one has everything."""
    texts = {
        "annuaire": DIRECTORY,
        "declarations": declarations(line(UAI, **GOOD)),
        "ent-conventions": f"uai;annee_scolaire;convention\n{UAI};2023-2024;1\n",
        "ent-classes": "uai;annee_scolaire;classe;effectif;connexions_trimestre_1\n"
        + "".join(f"{UAI};2023-2024;C{n};25;76\n" for n in range(3)),
    }
    for kind, text in texts.items():
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, "utf-8")
        assert numecole("importer", kind, path).code == 0

    def run(*arguments: object) -> Outcome:
        return numecole("label", *arguments)

    return run


def test_a_dossier_from_draft_to_certificate(label: Run, numecole: Run) -> None:
    created = label("creer", UAI, *YEAR, "--json").document
    assert (created["state"], created["referential"]) == ("draft", "label-2024")
    filled = label("modifier", UAI, *YEAR, *FILLED, "--json").document
    assert filled["submission"] == []
    assert filled["level"] == 3
    assert filled["people"]["school_referent"]["email"] == "anne@exemple.fr"
    assert label("deposer", UAI, *YEAR, "--json").document["state"] == "submitted"
    opinion = label("examiner", UAI, *YEAR, "--json").document
    assert opinion["opinion"] == {"referents": 3, "ent": 3, "projects": 3, "equipment": 3}
    decided = label("decider", UAI, *YEAR, "--date", "2024-03-01", "--json").document
    assert (decided["state"], decided["decision"]) == ("decided", 3)
    assert decided["label_in_force"] == {"level": 3, "year": "2023-2024"}
    assert label("attester", UAI, *YEAR, "--json").document["state"] == "attested"
    (row,) = label("liste", *YEAR, "--json").document
    assert (row["uai"], row["state"], row["decision"]) == (UAI, "attested", 3)
    school = numecole("ecole", UAI, *YEAR, "--json").document
    assert school["label"] == {"level": 3, "year": "2023-2024"}
    assert any("décidé, niveau" in line["what"] for line in school["history"])
    assert numecole("verifier").code == 0


def test_what_blocks_a_step_is_said_and_changes_nothing(label: Run) -> None:
    assert label("montrer", UAI, *YEAR, "--json").document["state"] is None
    label("creer", UAI, *YEAR)
    for verb, said in (
        ("deposer", "Il manque le nom du signataire de l’école."),
        ("examiner", "il doit être « déposé »"),
        ("decider", "puis à donner l’avis"),
        ("attester", "il doit être « décidé »"),
    ):
        refused = label(verb, UAI, *YEAR)
        assert (refused.code, refused.out) == (2, ""), verb
        assert said in refused.err.replace("\u00a0", " "), verb
    assert len(label("montrer", UAI, *YEAR, "--json").document["steps"]) == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("classes_projet=-1", "un nombre entier"),
        ("classes_projet=deux", "un nombre entier"),
        ("classes_projet=5", "5 classes"),
        ("projet_ecole=peut-être", "répondez oui ou non"),
        ("date_ecole=31/02/2024", "écrivez la date"),
        ("couleur=bleu", "n’existe pas"),
        ("oui", "CHAMP=VALEUR"),
        ("referent_ecole=;directeur", "Il manque le nom"),
    ],
)
def test_a_value_that_cannot_be_read_enters_nothing(label: Run, value: str, said: str) -> None:
    label("creer", UAI, *YEAR, "classes_projet=1")
    verb = "deposer" if value == "classes_projet=5" else "modifier"
    refused = label(verb, UAI, *YEAR, "projet=Autre", value)
    assert refused.code == 2
    assert said in refused.err.replace("\u00a0", " ")
    fields = label("montrer", UAI, *YEAR, "--json").document["fields"]
    assert (fields["project_classes"], fields["project_title"]) == (1, "")


def test_several_are_decided_together_and_those_that_cannot_are_named(label: Run) -> None:
    label("creer", UAI, *YEAR, *FILLED)
    label("deposer", UAI, *YEAR)
    label("examiner", UAI, *YEAR)
    label("creer", "0110161R", *YEAR)
    both = ("decider", UAI, "0110161R", *YEAR, "--date", "2024-03-01", "--json")
    preview = label(*both, "--simulation")
    assert preview.code == 3
    assert [found["decided"] for found in preview.document] == [True, False]
    assert label("montrer", UAI, *YEAR, "--json").document["state"] == "examined"
    assert label(*both).code == 3
    assert label("montrer", UAI, *YEAR, "--json").document["state"] == "decided"
    assert label("reprendre", UAI, *YEAR, "--json").document["state"] == "examined"


def test_a_person_is_found_exported_and_erased(label: Run, tmp_path: Path) -> None:
    label("creer", UAI, *YEAR, *FILLED)
    (paul,) = label("personnes", "maire", "--json").document
    (named,) = paul["named_in"]
    assert {"uai": UAI, "year": "2023-2024", "role": "commune_signatory"}.items() <= named.items()
    path = tmp_path / "personnes.json"
    label("personnes", "maire", "--exporter", str(path))
    assert json.loads(path.read_text("utf-8"))["people"] == [paul]
    label("personnes", "--effacer", paul["ref"])
    shown = label("montrer", UAI, *YEAR, "--json").document
    assert shown["people"]["commune_signatory"]["name"] == "personne effacée"
    assert label("personnes", "maire", "--json").document == []


def test_decisions_of_dossiers_are_exported_with_the_imported_ones(
    label: Run, numecole: Run, tmp_path: Path
) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("uai;annee_scolaire;niveau\n0110161R;2022-2023;1\n", "utf-8")
    assert numecole("importer", "labels", path).code == 0
    for verb in (
        ("creer", *FILLED),
        ("deposer",),
        ("examiner",),
        ("decider", "--date", "2024-03-01"),
    ):
        assert label(verb[0], UAI, *YEAR, *verb[1:]).code == 0
    assert numecole("exporter", "csv", tmp_path / "export").code == 0
    text = (tmp_path / "export" / "labels.csv").read_text("utf-8-sig")
    assert f"{UAI};2023-2024;3" in text
    assert "0110161R;2022-2023;1" in text
    dossiers = (tmp_path / "export" / "dossiers-label.csv").read_text("utf-8-sig")
    assert "Exemple" not in dossiers
    forecast = label("previsions", *YEAR, "--json").document
    assert [(f["uai"], f["label"], f["today"]) for f in forecast] == [
        (UAI, 3, 3),
        ("0110161R", 1, None),
    ]
