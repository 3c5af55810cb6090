"""Events that never came: said in the window, and declared lost by a circonscription."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from numecole_desktop.domain.exchange import to_send
from numecole_desktop.services import devices
from numecole_desktop.ui.dialogs.exchange import LossDialog
from numecole_desktop.ui.screens.exchanges import HOLDERS, ExchangesScreen
from tests.ui.conftest import Desktop
from tests.ui.exchange_bases import OFFICE, colleague, drop, exchanges, idle, trust

pytestmark = pytest.mark.usefixtures("quick_keys")


def screen_with_gap(
    desktop: Desktop, folder: Path, monkeypatch: pytest.MonkeyPatch, role: str
) -> ExchangesScreen:
    """A batch came without the first four events of its author."""
    desktop.read(lambda ws: devices.create_device(ws, "Bureau", role, OFFICE))
    screen = exchanges(desktop)
    other = colleague(folder)
    for classes in (2, 3, 4):
        other.answer("0110161R", A1=classes)
    trust(desktop, other, folder)
    monkeypatch.setattr(
        "numecole_desktop.services.batches.to_send",
        lambda links: [found for found in to_send(links) if found.n > 4],
    )
    drop(desktop, other.batch(folder / "usb"))
    idle(desktop)
    return screen


def test_a_gap_is_said_and_declared_lost(
    desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = screen_with_gap(desktop, tmp_path, monkeypatch, "circonscription")
    report = screen.intake.reports.cards[0].report
    assert report.waiting == 1
    (sentence,) = report.sentences
    assert sentence.startswith("Il manque 1 à 4 du poste secretariat")
    assert desktop.declaration("0110161R") is None
    screen.tabs.show_tab(HOLDERS)
    waiting = screen.holders.waiting
    assert [notice.text.text() for notice in waiting.notices] == [sentence]
    waiting.loss_buttons[0].click()
    dialog = desktop.dialog(LossDialog)
    assert dialog.accept_button is not None
    assert not dialog.accept_button.isEnabled()
    desktop.write("Ordinateur perdu")
    desktop.key(Qt.Key.Key_Return)
    idle(desktop)
    declaration = desktop.declaration("0110161R")
    assert declaration is not None
    assert declaration.answers["A1"] == 4
    assert waiting.notices == []


def test_an_adviser_sees_the_gap_and_cannot_declare_it(
    desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = screen_with_gap(desktop, tmp_path, monkeypatch, "conseiller")
    assert len(screen.holders.waiting.notices) == 1
    assert screen.holders.waiting.loss_buttons == []
