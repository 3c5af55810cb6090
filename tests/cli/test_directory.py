"""Directory of devices and reference packages, from root keys to the index of a school."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from numecole_desktop.referentials.resources import resource
from numecole_desktop.services.workspace import Workspace
from tests.cli.conftest import Outcome, Run

DIRECTORY = (
    "Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Statut_public_prive;"
    "Code_commune;Nom_commune;Ecole_elementaire;code_circonscription\n"
    "0110160P;École Jules Ferry;Ecole;Public;11069;Carcassonne;1;0110041K\n"
    "0110161R;École Marcel Pagnol;Ecole;Public;11069;Carcassonne;1;0110041K\n"
)
PHRASE = "une phrase assez longue"


@pytest.fixture
def on(numecole: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command on one device or another: each has its folder and its base."""
    schools = tmp_path / "ecoles.csv"
    schools.write_text(DIRECTORY, "utf-8")

    def run(device: str, *arguments: object) -> Outcome:
        folder = tmp_path / device
        monkeypatch.setenv("NUMECOLE_DOSSIER", str(folder))
        monkeypatch.setenv("NUMECOLE_PHRASE", PHRASE)
        first = not folder.exists()
        folder.mkdir(exist_ok=True)
        base = ("--base", folder / "base.numecole")
        if first:
            assert numecole("importer", "annuaire", schools, *base).code == 0
        offline = arguments[:2] in [("poste", verb) for verb in ("racine", "racines", "annuaire")]
        return numecole(*arguments, *(() if offline else base))

    return run


def test_root_keys_directory_and_packages(on: Any, tmp_path: Path) -> None:
    office = on(
        "academie", "poste", "creer", "--nom", "Académie", "--bureau", "Montpellier",
        "--role", "academie", "--carte", tmp_path / "academie.json", "--json",
    )  # fmt: skip
    assert office.code == 0, office.err
    keys = []
    for rank in (1, 2):
        keys += ["--racine", tmp_path / f"racine{rank}.cle"]
        assert on("academie", "poste", "racine", "-o", tmp_path / f"racine{rank}.cle").code == 0
    roots = tmp_path / "racines.json"
    stated = on("academie", "poste", "racines", *keys, "-o", roots, "--json").document
    signed = (
        "--racines", roots, "--territoire", "Montpellier", "--jusqu-au", "2099-09-01",
        "--carte", tmp_path / "academie.json",
    )  # fmt: skip
    one_key = on(
        "academie", "poste", "annuaire", *keys[:2], *signed, "--version", 1, "-o", tmp_path / "x"
    )
    assert one_key.code == 2
    assert not (tmp_path / "x").exists()
    directory = tmp_path / "annuaire.json"
    made = on("academie", "poste", "annuaire", *keys, *signed, "--version", 1, "-o", directory)
    assert made.code == 0, made.err
    for device in ("academie", "ecole"):
        refused = on(device, "poste", "autoriser", roots)
        assert (refused.code, "30 chiffres" in refused.err) == (2, True)
        wrong = on(device, "poste", "autoriser", roots, "--empreinte", "1" * 30)
        assert wrong.code == 2
        trusted = on(device, "poste", "autoriser", roots, "--empreinte", stated["fingerprint"])
        assert trusted.code == 0, trusted.err
        assert on(device, "poste", "autoriser", directory).code == 0
    for version, uai in ((1, "0110160P"), (2, "0110161R")):
        data = tmp_path / "ent-conventions.csv"
        data.write_text(f"uai;annee_scolaire;convention\n{uai};2023-2024;1\n", "utf-8")
        made = on("academie", "lot", "paquet", "ent", data, "-o", tmp_path / "ref", "--json")
        assert made.document["written"][0].endswith(f"_{version}.json")
    packages = sorted((tmp_path / "ref").iterdir())
    for path in packages:
        assert on("ecole", "lot", "importer", path).code == 0
    rollback = on("ecole", "lot", "importer", packages[0])
    assert (rollback.code, "plus ancienne" in rollback.err) == (2, True)
    again = on("ecole", "lot", "importer", packages[1], "--json").document
    assert "déjà reçu" in again["sentences"][0]
    rules_travel(on, tmp_path)
    rows = on("ecole", "indices", "--annee", "2023-2024", "--json").document
    assert {row["uai"]: row["ent_index"] for row in rows} == {"0110160P": None, "0110161R": 0}


def rules_travel(on: Any, tmp_path: Path) -> None:
    """A new référentiel is a file in a package; a published one is not changed by one."""
    shipped = resource("referentials/label-2024.toml").read_text("utf-8")
    new, changed = tmp_path / "label-2027.toml", tmp_path / "label-2024.toml"
    new.write_text(
        shipped.replace('"label-2024"', '"label-2027"').replace('"2023-2024"', '"2026-2027"'),
        "utf-8",
    )
    changed.write_text(shipped.replace('value = "3/10"', 'value = "1/10"'), "utf-8")
    paths = []
    for file in (new, changed):
        made = on("academie", "lot", "paquet", "referentiels", file, "-o", tmp_path, "--json")
        paths.append(made.document["written"][0])
    assert on("ecole", "lot", "importer", paths[0]).code == 0
    refused = on("ecole", "lot", "importer", paths[1])
    assert (refused.code, "déjà publié" in refused.err) == (2, True)
    for year, expected in (("2026-2027", "label-2027"), ("2025-2026", "label-2024")):
        shown = on("ecole", "label", "montrer", "0110160P", "--annee", year, "--json")
        assert shown.document["referential"] == expected
    assert on("ecole", "verifier").code == 0


def test_an_adviser_signs_no_reference_data(on: Any, tmp_path: Path) -> None:
    on("poste", "poste", "creer", "--nom", "Poste", "--bureau", "0110041K")
    data = tmp_path / "gar.csv"
    data.write_text("uai;annee_scolaire;ressource;connexions\n", "utf-8")
    refused = on("poste", "lot", "paquet", "gar", data, "-o", tmp_path / "ref")
    assert (refused.code, "Seule l’académie" in refused.err) == (2, True)
    assert not (tmp_path / "ref").exists()


def test_a_revoked_key_counts_up_to_its_last_good_event(on: Any, tmp_path: Path) -> None:
    cards: list[object] = []
    kid, sent = "", {}
    for device, role in (("poste", "conseiller"), ("bureau", "circonscription")):
        card = tmp_path / f"{device}.json"
        made = on(
            device, "poste", "creer", "--nom", device, "--bureau", "0110041K", "--role", role,
            "--carte", card, "--json",
        )  # fmt: skip
        cards += ["--carte", card]
        if device == "poste":
            kid = made.document["kid"]
    keys: list[object] = []
    for rank in (1, 2):
        keys += ["--racine", tmp_path / f"racine{rank}.cle"]
        on("bureau", "poste", "racine", "-o", tmp_path / f"racine{rank}.cle")
    roots, directory = tmp_path / "racines.json", tmp_path / "annuaire.json"
    stated = on("bureau", "poste", "racines", *keys, "-o", roots, "--json").document
    signed = (
        *keys, "--racines", roots, "--territoire", "Montpellier", "--jusqu-au", "2099-09-01",
        *cards, "-o", directory,
    )  # fmt: skip
    assert on("bureau", "poste", "annuaire", *signed, "--version", 1).code == 0
    for device in ("poste", "bureau", "voisin"):
        on(device, "poste", "autoriser", roots, "--empreinte", stated["fingerprint"])
        assert on(device, "poste", "autoriser", directory).code == 0
    newcomer = ("--bureau", "0110041K", "--role", "conseiller", "--carte", tmp_path / "voisin.json")
    on("voisin", "poste", "creer", "--nom", "voisin", *newcomer)
    part = (
        "poste",
        "partie",
        "--version",
        1,
        "--jusqu-au",
        "2099-09-01",
        "-o",
        tmp_path / "p.json",
    )
    assert on("poste", *part, "--carte", tmp_path / "voisin.json").code == 2, (
        "an adviser signs none"
    )
    assert on("bureau", *part, "--carte", tmp_path / "voisin.json").code == 0
    assert on("poste", "poste", "autoriser", tmp_path / "p.json").code == 0
    known = on("poste", "poste", "montrer", "--json").document["devices"]
    assert {d["label"]: d["counts"] for d in known}["voisin"]
    for classes in (4, 6):
        entered = on("poste", "saisir", "0110160P", "--annee", "2023-2024", f"A1={classes}")
        assert entered.code == 0, entered.err
        sent = on("poste", "lot", "creer", "-o", tmp_path / "usb", "--json").document
        assert on("bureau", "lot", "importer", sent["path"]).code == 0
    assert classes_of(on) == 6
    journal, n, digest = first_entry(tmp_path / "poste")
    last_good = f"{kid}:Vol du poste:{journal}:{n}:{digest}"
    revoking = on("bureau", "poste", "annuaire", *signed, "--version", 2, "--revoquer", last_good)
    assert revoking.code == 0, revoking.err
    assert on("bureau", "poste", "autoriser", directory).code == 0
    assert classes_of(on) == 4
    assert on("bureau", "verifier").code == 0
    known = on("bureau", "poste", "montrer", "--json").document["devices"]
    assert {d["label"]: d["trust"] for d in known}["poste"] == "révoqué"
    again = on("bureau", "lot", "importer", sent["path"], "--json")
    assert again.document["refused"] > 0 or again.document["set_aside"]
    assert classes_of(on) == 4


def classes_of(on: Any) -> int:
    """Number of classes that the office holds."""
    shown = on("bureau", "ecole", "0110160P", "--annee", "2023-2024", "--json").document
    return int(shown["declaration"]["answers"]["A1"])


def first_entry(folder: Path) -> tuple[str, int, str]:
    """Journal, number and hash of the first answer that a device entered."""
    with Workspace.open(folder / "base.numecole", create=False) as workspace:
        found = workspace.base.connection.execute(
            "SELECT journal, n, hash FROM event WHERE kind = 'declaration' ORDER BY seq LIMIT 1"
        ).fetchone()
    return str(found[0]), int(found[1]), str(found[2])


def test_a_restored_device_has_a_new_card_for_those_who_never_had_the_former(
    on: Any, tmp_path: Path
) -> None:
    first, second, fresh = (tmp_path / f"carte{rank}.json" for rank in range(3))
    identity = ("--nom", "Poste", "--bureau", "0110041K", "--carte", first)
    made = on("poste", "poste", "creer", *identity, "--json").document
    assert on("poste", "sauvegarder", tmp_path / "copie").code == 0
    assert on("poste", "restaurer", tmp_path / "copie").code == 0
    on("poste", "saisir", "0110160P", "--annee", "2023-2024", "A1=4")
    shown = on("poste", "poste", "montrer", "--carte", second, "--json").document["devices"][0]
    assert shown["replaces"]
    refused = on("ecole", "poste", "autoriser", second)
    assert (refused.code, "carte neuve" in refused.err) == (2, True)
    assert on("poste", "poste", "montrer", "--carte", fresh, "--neuve").code == 0
    taken = on("ecole", "poste", "autoriser", fresh, "--empreinte", shown["fingerprint"], "--json")
    assert taken.document["devices"][0]["counts"], taken.err
    former = on("bureau", "poste", "autoriser", first, "--empreinte", made["fingerprint"])
    assert former.code == 0, former.err
    assert on("bureau", "poste", "autoriser", second).code == 0, "whoever had the former takes it"
