"""A day at the office, from a messy spreadsheet to the figures that are given out.

All is done by keys, clicks and drops on the real window; the test only looks at what they did. The
same day is told by ``docs/guide/journee-bureau.md``, whose pictures are taken here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from numecole_desktop.ui.dialogs.chasing import ChasingDialog
from numecole_desktop.ui.dialogs.mapping import MappingDialog
from numecole_desktop.ui.screens.imports import ImportsScreen
from tests.e2e.captures import LOOKS, Captures, named_by
from tests.e2e.day_data import MEANINGS, adviser, directory, messy, office_base, rows
from tests.e2e.hands import calm, cells, choose_file, click, copied, find, pick, tab_to, text_of
from tests.ui.conftest import ALT, CTRL, SHIFT, Desktop
from tests.ui.exchange_bases import drop, exchanges, trust

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("quick_keys")]

HUGO, PASTEUR = "0110362J", "0110965P"
DECLARED = {HUGO, PASTEUR, "0110242D", "0110508T", "0110506R"}
"""Schools that the two spreadsheets declare."""
FIRST_NAME = "Recensement CC Limouxin (2).xlsx"
FIRST = (
    ("110362J", "Limoux", 6, 0, 6, 3, 3, 1, 1, 5),
    ("110965P", "Limoux", 8, 2, 8, 6, 2, 1, 1, 4),
    ("110965P", "Limoux", 8, 2, 8, 6, 2, 1, 1, 4),
    ("0110369A", "Limoux", 5, 0, 5, 0, 5, 1, 1, 5),
    ("110244F", "Couiza", 4, 0, 9, 3, 1, 0, 0, 4),
    ("110242D", "Couiza", 4, 0, 4, 3, 1, 0, 0, 0),
)
"""Lost zeros, a line twice, a wrong letter, nine equipped classes out of four."""
SECOND = (
    ("110508T", "Quillan", 2, 0, 2, 1, 1, 0, 0, 2),
    ("110506R", "Quillan", 2, 1, 2, 2, 0, 0, 0, 0),
)


@pytest.fixture
def desktop(open_window: Callable[[Path], Desktop], base_path: Path) -> Desktop:
    """The window of the secretariat of Limoux, in the morning."""
    office_base(base_path)
    return open_window(base_path)


@pytest.fixture(params=LOOKS)
def captures(desktop: Desktop, request: pytest.FixtureRequest) -> Captures:
    """The pictures of the day, in each look of the window."""
    return Captures(desktop, request.param, "journee-bureau")


def test_a_day_at_the_office(desktop: Desktop, captures: Captures, tmp_path: Path) -> None:
    a_messy_spreadsheet_is_mapped_once(desktop, captures, tmp_path)
    it_is_accepted_undone_and_accepted_again(desktop, captures)
    the_second_one_is_read_by_itself(desktop, tmp_path)
    schools_that_have_not_declared_are_chased(desktop, captures)
    the_town_hall_gets_its_profiles(desktop, captures, tmp_path)
    two_batches_are_taken_in(desktop, captures, tmp_path)
    what_they_disagree_on_is_settled(desktop, captures)
    the_figures_are_given_out(desktop, captures, tmp_path)
    assert named_by("journee-bureau") <= captures.made


def imports(desktop: Desktop) -> ImportsScreen:
    screen = desktop.shell.current()
    assert isinstance(screen, ImportsScreen)
    return screen


def answers(desktop: Desktop, uai: str) -> Mapping[str, object]:
    """The answers of 2023-2024 that the base holds."""
    declaration = desktop.declaration(uai)
    assert declaration is not None
    return declaration.answers


def counts(desktop: Desktop) -> dict[str, str]:
    """The counts above the preview, by their word."""
    pairs = imports(desktop).assistant.report.figures._pairs
    return {word.text(): number.text() for number, word in pairs}


def a_messy_spreadsheet_is_mapped_once(desktop: Desktop, captures: Captures, folder: Path) -> None:
    drop(desktop, messy(folder / FIRST_NAME, FIRST))
    dialog = desktop.dialog(MappingDialog)
    pick(desktop, dialog.kind, "Déclarations")
    for column, heading in MEANINGS.items():
        pick(desktop, dialog.pickers[column], heading)
    captures.take("bureau-colonnes")
    desktop.key(Qt.Key.Key_Return)
    calm(desktop)
    assert counts(desktop) == {
        "lignes lues": "6",
        "nouvelles": "3",
        "modifiées": "0",
        "identiques": "1",
        "refusées": "2",
        "avertissements": "6",
    }
    refused = cells(imports(desktop).assistant.report.findings)[:2]
    assert [(row[0], row[1], row[3]) for row in refused] == [
        ("9", "Refusée", "0110369A"),
        ("11", "Refusée", "9"),
    ]
    assert "la lettre attendue est S" in refused[0][4]
    captures.take("bureau-apercu")


def it_is_accepted_undone_and_accepted_again(desktop: Desktop, captures: Captures) -> None:
    assert desktop.declaration(PASTEUR) is None
    click(desktop, "Importer 3")
    assert answers(desktop, PASTEUR)["A1"] == 8
    desktop.key(Qt.Key.Key_Z, CTRL)
    calm(desktop)
    assert desktop.declaration(PASTEUR) is None
    desktop.key(Qt.Key.Key_Escape)
    calm(desktop)
    captures.take("bureau-annule")
    desktop.key(Qt.Key.Key_Z, CTRL | SHIFT)
    calm(desktop)
    assert answers(desktop, PASTEUR)["A1"] == 8
    assert answers(desktop, HUGO)["B1"] == 6


def the_second_one_is_read_by_itself(desktop: Desktop, folder: Path) -> None:
    drop(desktop, messy(folder / "Recensement CC Pyrénées audoises.xlsx", SECOND))
    calm(desktop)
    assert counts(desktop)["nouvelles"] == "2"
    assert imports(desktop).assistant.kind.value() == "declarations"
    desktop.key(Qt.Key.Key_Return)
    calm(desktop)
    assert answers(desktop, "0110506R")["A3"] == 1


def schools_that_have_not_declared_are_chased(desktop: Desktop, captures: Captures) -> None:
    find(desktop, "limoux", "Circonscription")
    desktop.key(Qt.Key.Key_3, ALT)
    calm(desktop)
    captures.take("bureau-relance")
    click(desktop, "Relancer")
    desktop.dialog(ChasingDialog)
    captures.take("bureau-message")
    click(desktop, "Copier la liste")
    headings, *lines = (line.split("\t") for line in copied().splitlines())
    schools = {row["Identifiant_de_l_etablissement"] for row in rows(directory())}
    assert {line[headings.index("UAI")] for line in lines} == schools - DECLARED
    click(desktop, "Copier le texte")
    assert "2023-2024" in copied()
    assert "Ecole maternelle Marcel Pagnol" in copied()
    desktop.key(Qt.Key.Key_Escape)
    calm(desktop)


def the_town_hall_gets_its_profiles(desktop: Desktop, captures: Captures, folder: Path) -> None:
    find(desktop, "limoux", "Commune")
    (folder / "mairie").mkdir()
    find(desktop, "mairies", "aux mairies")
    choose_file(desktop, folder / "mairie")
    captures.take("bureau-mairie")
    written = {path.name: text_of(path) for path in (folder / "mairie").rglob("*.pdf")}
    assert len(written) == 7
    (commune,) = (words for name, words in written.items() if "commune" in name)
    for said in ("Limoux", "2023-2024", "Victor Hugo", "Louis Pasteur"):
        assert said in commune


def two_batches_are_taken_in(desktop: Desktop, captures: Captures, folder: Path) -> None:
    north, south = adviser(folder, "CPN nord"), adviser(folder, "CPN sud")
    north.answer(HUGO, A1=7, B1=6)
    south.answer("0110244F", A1=4, B1=4, B2=3, B3=1, C1=0, C2=0, C3=4)
    for other in (north, south):
        trust(desktop, other, folder)
    drop(desktop, *(other.batch(folder / other.name) for other in (north, south)))
    calm(desktop)
    reports = [card.report for card in exchanges(desktop).intake.reports.cards]
    assert {report.issuer for report in reports} == {"CPN nord", "CPN sud"}
    assert sum(report.conflicts for report in reports) == 2
    assert answers(desktop, "0110244F")["B2"] == 3
    captures.take("bureau-lots")


def what_they_disagree_on_is_settled(desktop: Desktop, captures: Captures) -> None:
    screen = exchanges(desktop)
    desktop.key(Qt.Key.Key_0, CTRL)
    calm(desktop)
    click(desktop, "2\u00a0réponses en désaccord")
    tab_to(desktop, screen.conflicts.table)
    desktop.key(Qt.Key.Key_Return)
    view = screen.conflicts.view
    seven = next(n for n, one in enumerate(view.options) if "CPN nord" in one.accessibleName())
    desktop.key(Qt.Key(Qt.Key.Key_1 + seven))
    desktop.write("Vu avec la directrice")
    captures.take("bureau-desaccord")
    desktop.key(Qt.Key.Key_Return)
    calm(desktop)
    assert answers(desktop, HUGO)["A1"] == 7
    desktop.key(Qt.Key.Key_1)
    desktop.write("Tout est complet")
    desktop.key(Qt.Key.Key_Return)
    calm(desktop)
    assert screen.conflicts.empty.isVisible()


def the_figures_are_given_out(desktop: Desktop, captures: Captures, folder: Path) -> None:
    find(desktop, "limoux", "Circonscription")
    desktop.key(Qt.Key.Key_1, ALT)
    calm(desktop)
    captures.take("bureau-chiffres")
    click(desktop, "Exporter les chiffres")
    choose_file(desktop, folder / "chiffres.xlsx")
    sheet = load_workbook(folder / "chiffres.xlsx").active
    headings, *lines = sheet.iter_rows(values_only=True)
    figures = {line[headings.index("code")]: line for line in lines}
    assert figures["schools"][headings.index("valeur")] == 83
    assert figures["schools_known"][headings.index("pourcentage")] == 98
