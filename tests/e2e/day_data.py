"""Bases and files of the two days: the 83 schools of Limoux, a spreadsheet nobody tidied."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

from numecole_desktop.services import devices
from numecole_desktop.services.workspace import Workspace
from tests.conftest import fixed_clock, import_text
from tests.ui.exchange_bases import Colleague

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "resources" / "demo"
LIMOUX = "0110811X"
HEADER = (
    *("Code de l’établissement", "Commune", "Exercice", "Nb de classes", "Robots"),
    *("PC de l’enseignant", "Vidéoprojecteur", "TBI ou écran"),
    *("Valises de tablettes", "Valises de portables", "Coin informatique"),
)
MEANINGS = {
    "uai": "Code de l’établissement",
    "year": "Exercice",
    "A1": "Nb de classes",
    "A3": "Robots",
    "B1": "PC de l’enseignant",
    "B2": "Vidéoprojecteur",
    "B3": "TBI ou écran",
    "C1": "Valises de tablettes",
    "C2": "Valises de portables",
    "C3": "Coin informatique",
}
"""What the secretary answers: the heading of the file for each of our columns."""
Line = tuple[str, str, int, int, int, int, int, int, int, int]
"""UAI as the file writes it, commune, then the eight counts."""


def directory() -> str:
    """The ministry's directory, for the circonscription of Limoux."""
    return _kept("annuaire.csv", "code_circonscription", {LIMOUX})


def former() -> str:
    """Last year's declarations of these schools (invented)."""
    uais = {row["Identifiant_de_l_etablissement"] for row in rows(directory())}
    return _kept("declarations.csv", "uai", uais).replace(";2023-2024;", ";2022-2023;")


def rows(text: str) -> list[dict[str, str]]:
    """The lines of a CSV."""
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def fill(workspace: Workspace, folder: Path) -> None:
    """The schools and last year's declarations."""
    import_text(workspace, "annuaire", directory(), folder)
    import_text(workspace, "declarations", former(), folder)


def office_base(path: Path) -> None:
    """The base of the secretariat, whose device has a key."""
    with Workspace.open(path, operator="secretariat-limoux", clock=fixed_clock) as workspace:
        fill(workspace, path.parent)
        devices.create_device(workspace, "Secrétariat Limoux", "circonscription", LIMOUX)


def adviser(folder: Path, name: str) -> Colleague:
    """The base of a CPN who works on the same schools."""
    found = Colleague(folder / f"{name}.numecole", name)

    def begin(workspace: Workspace) -> None:
        fill(workspace, folder)
        devices.create_device(workspace, name, "conseiller", LIMOUX)

    found.do(begin)
    return found


def messy(path: Path, lines: Sequence[Line]) -> Path:
    """A spreadsheet as offices send them: titles, merged cells, subtotals, a total."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Communauté de communes du Limouxin"])
    sheet.append(["Recensement de l’équipement des écoles, rentrée 2023"])
    sheet.append([])
    sheet.append(["École", "", "", "", "", "Classes équipées", "", "", "Appareils partagés"])
    for merged in ("A1:K1", "A4:E4", "F4:H4", "I4:K4"):
        sheet.merge_cells(merged)
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.append(list(HEADER))
    for place, (uai, commune, *counts) in enumerate(lines):
        sheet.append([uai, commune, "2023-2024", *counts])
        if place + 1 == len(lines) or lines[place + 1][1] != commune:
            sheet.append([f"Sous-total {commune}", "", "", counts[0]])
    sheet.append(["Total général", "", "", sum(line[2] for line in lines)])
    sheet.append([])
    sheet.append(["Document de travail, ne pas diffuser"])
    book.save(path)
    return path


def _kept(name: str, column: str, wanted: set[str]) -> str:
    text = (DEMO / name).read_text("utf-8-sig")
    head = text.splitlines()[0].split(";")
    out = io.StringIO()
    writer = csv.DictWriter(out, head, delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in rows(text) if row[column] in wanted)
    return out.getvalue()
