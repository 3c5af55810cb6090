"""The command line as scripts rely on it (specification, part 4.1)."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from numecole_desktop.referentials.resources import resource
from tests.cli.conftest import Run
from tests.conftest import DATA

DEMO = Path(str(resource("demo/annuaire.csv"))).parent
FINDING_KEYS = ["line", "column", "code", "severity", "value", "message"]


def imported(numecole: Run) -> None:
    assert numecole("importer", "annuaire", DEMO / "annuaire.csv").code == 0
    assert numecole("importer", "declarations", DEMO / "declarations.csv").code == 0


def test_import_answers_one_document_with_the_keys_of_the_contract(numecole: Run) -> None:
    outcome = numecole("importer", "annuaire", DATA / "stress" / "06-uai-fautifs.csv", "--json")
    document = outcome.document
    assert list(document) == [
        "kind",
        "file",
        "lines",
        "accepted",
        "unchanged",
        "refused",
        "warnings",
        "findings",
    ]
    assert outcome.code == 3
    assert (document["lines"], document["accepted"], document["refused"]) == (60, 54, 6)
    assert document["accepted"] + document["unchanged"] + document["refused"] == 60
    for finding in document["findings"]:
        assert list(finding) == FINDING_KEYS
        assert finding["severity"] in ("error", "warning", "info")
    refused = {f["line"] for f in document["findings"] if f["severity"] == "error"}
    assert refused == {5, 6, 7, 8, 9, 11}


def test_a_second_import_changes_nothing(numecole: Run) -> None:
    imported(numecole)
    outcome = numecole("importer", "declarations", DEMO / "declarations.csv", "--json")
    document = outcome.document
    assert (outcome.code, document["accepted"], document["unchanged"]) == (0, 0, 417)


def test_a_simulation_says_and_does_nothing(numecole: Run) -> None:
    path = DEMO / "annuaire.csv"
    outcome = numecole("importer", "annuaire", path, "--simulation", "--json")
    assert (outcome.code, outcome.document["accepted"]) == (0, 422)
    again = numecole("importer", "annuaire", path, "--json")
    assert again.document["accepted"] == 422


def independent_index(row: dict[str, str]) -> tuple[int, int, int]:
    n = {code: int(row[code]) for code in ("A1", "B1", "B2", "B3", "C1", "C2", "C3")}
    teacher = min(n["A1"], n["B1"], n["B2"] + n["B3"])
    pupil = min(n["A1"], 4 * (n["C1"] + n["C2"]) + n["C3"])
    if teacher == pupil == n["A1"]:
        return teacher, pupil, 3
    return teacher, pupil, (2 * teacher >= n["A1"]) + (2 * pupil >= n["A1"])


def test_every_index_equals_an_independent_computation(numecole: Run) -> None:
    imported(numecole)
    latest: dict[str, dict[str, str]] = {}
    with (DEMO / "declarations.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            if row["annee_scolaire"] >= latest.get(row["uai"], row)["annee_scolaire"]:
                latest[row["uai"]] = row
    rows = numecole("indices", "--annee", "2023-2024", "--json").document
    assert len(rows) == 422
    for found in rows:
        assert list(found) == [
            "uai",
            "classes",
            "teacher",
            "pupil",
            "equipment_index",
            "ent_index",
            "label",
        ]
        declared = latest.get(found["uai"])
        if declared is None:
            assert found["equipment_index"] is None
            continue
        counts = (found["teacher"], found["pupil"], found["equipment_index"])
        assert counts == independent_index(declared), found["uai"]
        assert found["classes"] == int(declared["A1"])


def test_entry_draft_then_submitted_with_a_confirmation(numecole: Run) -> None:
    imported(numecole)
    base = ["saisir", "0110160P", "--annee", "2024-2025"]
    draft = numecole(*base, "A1=20", "B1=abc", "--json")
    assert draft.code == 0
    assert draft.document["declaration"]["status"] == "draft"
    assert draft.document["declaration"]["answers"] == {"A1": 20, "B1": "abc"}
    refused = numecole(*base, "--valider", "--json")
    assert refused.code == 2
    assert "B1" in refused.err
    unconfirmed = numecole(*base, "B1=8", "--valider")
    assert unconfirmed.code == 2
    assert "8" in unconfirmed.err
    kept = numecole("ecole", "0110160P", "--annee", "2024-2025", "--json").document
    assert kept["declaration"]["answers"]["B1"] == "abc"
    done = numecole(
        *base, "B1=8", "--confirmer", "classes_changed", "--note", "Fusion", "--valider", "--json"
    )
    assert done.code == 0
    assert done.document["declaration"]["status"] == "submitted"
    (confirmation,) = done.document["declaration"]["confirmations"]
    assert (confirmation["check"], confirmation["note"]) == ("classes_changed", "Fusion")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ecole", "0110160P", "--annee", "2023-2024"], "n’existe pas"),
        (["saisir", "0110160H", "--annee", "2023-2024", "A1=1"], "n’existe pas"),
        (["importer", "annuaire", "absent.csv"], "introuvable"),
        (["importer", "tout", "absent.csv"], "tout"),
        (["indices"], "--annee"),
        (["frobnicate"], "numecole --help"),
        (["importer", "annuaire", "x.csv", "--pas-une-option"], "--pas-une-option"),
        (["profil", "ecole", "--annee", "2023-2024"], "-o"),
        (["restaurer", "absent.numecole"], "absent.numecole"),
        (["exporter", "docx", "dossier"], ""),
    ],
)
def test_a_refusal_is_a_french_sentence_and_code_2(
    numecole: Run, arguments: list[str], said: str
) -> None:
    outcome = numecole(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert said in outcome.err
    assert "Traceback" not in outcome.err


def test_profiles_backup_restore_export_and_verify(numecole: Run, tmp_path: Path) -> None:
    imported(numecole)
    pdf = tmp_path / "profil.pdf"
    year = ["--annee", "2023-2024"]
    assert numecole("profil", "ecole", "0110160P", *year, "-o", pdf).code == 0
    assert pdf.read_bytes().startswith(b"%PDF-1.7")
    folder = tmp_path / "tous"
    several = numecole(
        "profil", "ecole", "--toutes", folder, *year, "--circonscription", "0480048S", "--json"
    )
    assert (several.code, len(several.document["written"])) == (0, 29)
    copy = tmp_path / "copie.numecole"
    assert numecole("sauvegarder", copy).code == 0
    assert numecole("saisir", "0110160P", *year, "A1=9").code == 0
    restored = numecole("restaurer", copy, "--json")
    assert restored.code == 0
    assert Path(restored.document["kept"]).exists()
    back = numecole("ecole", "0110160P", *year, "--json").document
    assert back["declaration"]["answers"]["A1"] == 8
    assert numecole("exporter", "csv", tmp_path / "export").code == 0
    assert numecole("verifier", "--json").document["ok"] is True


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "NUMECOLE_DOSSIER": str(tmp_path / "data"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PATH": "/usr/bin:/bin",
    }


def test_the_console_script_prints_only_json(environment: dict[str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from numecole_desktop.cli import main; main()"]
    done = subprocess.run(
        [*command, "demo", str(tmp_path / "demo"), "--json"],
        env=environment,
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    document = json.loads(done.stdout)
    assert Path(document["base"]).exists()


def test_the_columns_of_a_survey_are_said_once(numecole: Run, tmp_path: Path) -> None:
    assert numecole("importer", "annuaire", DEMO / "annuaire.csv").code == 0
    uai = "0110242D"
    path = tmp_path / "recensement.csv"
    path.write_text(f"Repère;Exercice;Nb TBI;Classes\n{uai};2023-2024;2;4\n", "utf-8")
    asked = numecole("importer", "declarations", path)
    assert (asked.code, "Il manque la colonne" in asked.err) == (2, True)
    columns = ("--colonne", "Repère=uai", "--colonne", "Exercice=annee_scolaire")
    wrong = numecole("importer", "declarations", path, "--colonne", "Nb TBI=B9")
    assert (wrong.code, "B9" in wrong.err) == (2, True)
    done = numecole("importer", "declarations", path, *columns, "--colonne", "Nb TBI=B3", "--json")
    assert (done.code, done.document["accepted"]) == (0, 1)
    again = numecole("importer", "declarations", path, "--json")
    assert (again.code, again.document["unchanged"]) == (0, 1)
