"""A computer before something goes wrong: a base, its keys, and what is about to be done."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from numecole_desktop.services import declarations, maintenance
from numecole_desktop.services.importing import run_import
from numecole_desktop.services.workspace import Workspace, finished
from tests.conftest import DATA, SCHOOLS, YEAR
from tests.exchange.posts import posts
from tests.services.support import GOOD, line, rows
from tests.services.support import declarations as table

UAI, THIRD = SCHOOLS[0][0], SCHOOLS[2][0]
ANNEE = ("--annee", "2023-2024")
WHOLE = ("B1=1", "B2=1", "B3=0", "C1=0", "C2=0", "C3=0", "A2=ADSL", "A3=0", "A4=NON", "A5=NON")
COUNTED = (
    "conflict",
    "held_event",
    "label_application",
    "quarantine",
    "received_batch",
    "school",
    "sent_batch",
    "trust_file",
)
_OF_THE_MOMENT = re.compile(r"[0-9a-f]{32}|[0-9]{8}-[0-9]{6}(-[0-9]+)?")


@dataclass(frozen=True)
class Operation:
    """Something that a person does; ``base`` is the one that it changes."""

    work: str
    arguments: tuple[object, ...]
    base: Path


class Computer:
    """A folder with all that a computer holds, as it was prepared or as it was left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "bureau"
        self.base = self.data / "base.numecole"
        self.other = folder / "autre" / "base.numecole"
        self.key = folder / "usb"
        self.table = folder / "vingt.csv"
        self.batch = folder / "lot.json"
        self.backup = folder / "sauvegarde.numecole"
        self.code = ""

    @property
    def environment(self) -> Mapping[str, str]:
        """Where its account is."""
        return {
            "HOME": str(self.folder / "home"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "NUMECOLE_DOSSIER": str(self.data),
        }

    def as_in(self, pristine: Path) -> None:
        """Put everything back."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(pristine, self.folder)

    def files(self) -> set[str]:
        """Names of all files, without the moments and identifiers that they hold."""
        return {
            _OF_THE_MOMENT.sub("#", str(path.relative_to(self.folder)))
            for path in self.folder.rglob("*")
            if path.is_file() and not path.name.endswith(("-wal", "-shm"))
        }

    def operations(self) -> Mapping[str, Operation]:
        """What is done on it, by name."""
        usb = self.key

        def numecole(*arguments: object, base: Path = self.base) -> Operation:
            work = "tests.e2e.fault_works:numecole"
            return Operation(work, ("--base", base, *arguments), base)

        def window(name: str, *arguments: object) -> Operation:
            return Operation(f"tests.e2e.fault_works:{name}", arguments, self.base)

        choice = ("--champ", "A1", "--motif", "Vu sur place", "--choix", "1")
        directory = DATA / "stress" / "06-uai-fautifs.csv"
        return {
            "saisir": numecole("saisir", UAI, *ANNEE, "A3=3"),
            "valider": numecole("saisir", THIRD, *ANNEE, *WHOLE, "A6=NON", "A7=NON", "--valider"),
            "importer": numecole("importer", "declarations", self.table),
            "annuler un import": window("undo_import", self.base),
            "trancher": numecole("lot", "arbitrer", UAI, *ANNEE, *choice),
            "préparer un lot": numecole("lot", "creer", "-o", usb),
            "prendre un lot": numecole("lot", "importer", self.batch),
            "régler": numecole("reglages", "service=IEN Limoux"),
            "ouvrir un dossier": numecole("label", "creer", UAI, *ANNEE),
            "profil": numecole("profil", "ecole", UAI, *ANNEE, "-o", usb / "p.pdf"),
            "profils": numecole("profil", "ecole", "--toutes", usb, *ANNEE),
            "carte": numecole("poste", "montrer", "--carte", usb / "carte.json"),
            "exporter": numecole("exporter", "sqlite", usb),
            "sauvegarder": numecole("sauvegarder", usb / "s.numecole"),
            "restaurer": numecole("restaurer", self.backup),
            "restaurer par code": numecole(
                "restaurer", self.backup, "--code", self.code, base=self.other
            ),
            "créer une base": numecole("importer", "annuaire", directory, base=self.other),
            "mémoire de la fenêtre": window("remember", self.data / "fenetre.ini"),
        }


def said(base: Path) -> object:
    """What a base says, which is verified; None where there is none, or nothing in it."""
    if not base.exists() or not base.stat().st_size:
        return None
    with Workspace.open(base, create=False) as workspace:
        report = finished(maintenance.verify(workspace))
        assert report.ok, report.lines
        counts = {name: len(rows(workspace, name)) for name in COUNTED}
        # A journal begins wherever it is not certain to be the only one: that is no change.
        kinds = [row["kind"] for row in rows(workspace, "event") if row["kind"] != "journal"]
        if not kinds:
            return None
        answers = [
            (row["uai"], row["year"], row["status"], row["answers"])
            for row in rows(workspace, "declaration")
        ]
        settings = {row["key"]: row["value"] for row in rows(workspace, "setting")}
        undone = [row["undone"] for row in rows(workspace, "import_run")]
        return answers, settings, counts, kinds, undone


def prepare(found: Computer) -> None:
    """An office that has an import to undo, a conflict to settle, a batch to take in."""
    found.folder.mkdir()
    lea, office = posts(found.folder, "lea", "bureau")
    for post, classes in ((office, 4), (lea, 5)):
        form = declarations.open_form(post.workspace, UAI, YEAR)
        declarations.save_answers(post.workspace, form, {"A1": classes})
        post.close()
    first = lea.send(found.folder / "premier")
    form = declarations.open_form(lea.workspace, SCHOOLS[1][0], YEAR)
    declarations.save_answers(lea.workspace, form, {"A1": 7, "A3": 2})
    lea.send(found.folder / "second").rename(found.batch)
    lea.close()
    office.take(first)
    _write_table(found, 2030)
    finished(run_import(office.workspace, "declarations", found.table))
    finished(maintenance.backup(office.workspace, found.backup))
    found.code = maintenance.recovery_code(office.workspace)
    _write_table(found, 2034)
    form = declarations.open_form(office.workspace, THIRD, YEAR)
    declarations.save_answers(office.workspace, form, {"A1": 2})
    office.close()
    found.key.mkdir()


def _write_table(found: Computer, first: int) -> None:
    """Twenty lines: five schools, four years."""
    lines = [
        line(school[0], f"{year}-{year + 1}", **GOOD)
        for year in range(first, first + 4)
        for school in SCHOOLS
    ]
    found.table.write_text(table(*lines), encoding="utf-8")
