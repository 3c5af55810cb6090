"""A day at the office, from a messy spreadsheet to the figures that are given out.

All is done by keys, clicks and drops on the real window; the test only looks at what they did. The
same day is told by ``docs/guide/journee-bureau.md``, whose pictures are taken here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from numecole_desktop.ui.dialogs.mapping import MappingDialog
from numecole_desktop.ui.screens.imports import ImportsScreen
from tests.e2e.captures import Captures, named_by
from tests.e2e.day_data import MEANINGS, messy, office_base
from tests.e2e.hands import calm, cells, click, pick
from tests.ui.conftest import Desktop
from tests.ui.exchange_bases import drop

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("quick_keys")]

FIRST_NAME = "Recensement CC Limouxin (2).xlsx"
HUGO, PASTEUR, PAGNOL = "0110362J", "0110965P", "0110369S"
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


@pytest.fixture
def captures(desktop: Desktop) -> Captures:
    """The pictures of the day."""
    return Captures(desktop)


def test_a_day_at_the_office(desktop: Desktop, captures: Captures, tmp_path: Path) -> None:
    a_messy_spreadsheet_is_mapped_once(desktop, captures, tmp_path)
    it_is_accepted_undone_and_accepted_again(desktop, captures, tmp_path)
    the_second_one_is_read_by_itself(desktop, tmp_path)
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


def it_is_accepted_undone_and_accepted_again(
    desktop: Desktop, captures: Captures, folder: Path
) -> None:
    assert desktop.declaration(PASTEUR) is None
    click(desktop, "Importer 3")
    assert answers(desktop, PASTEUR)["A1"] == 8
    desktop.key(Qt.Key.Key_Escape)
    calm(desktop)
    desktop.key(Qt.Key.Key_Home)
    click(desktop, "Annuler cet import")
    assert desktop.declaration(PASTEUR) is None
    captures.take("bureau-annule")
    drop(desktop, folder / FIRST_NAME)
    calm(desktop)
    click(desktop, "Importer 3")
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
