"""Batches in the window: prepared in two clicks, dropped to be taken in, reported, undone."""

import gzip
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from numecole_desktop.services import batches, devices, trusted
from numecole_desktop.services.workspace import Workspace, finished
from numecole_desktop.ui.dialogs.exchange import FingerprintDialog, WordsDialog
from numecole_desktop.ui.screens.exchanges import BATCHES, CONFLICTS, HOLDERS, ExchangesScreen
from numecole_desktop.ui.screens.school_read import read_school
from tests.conftest import YEAR
from tests.exchange.reader import tables
from tests.ui.conftest import CTRL, SCHOOL, SHIFT, Desktop, focus
from tests.ui.exchange_bases import (
    OFFICE,
    OURS,
    Colleague,
    colleague,
    drop,
    enter,
    exchanges,
    idle,
    trust,
)

pytestmark = pytest.mark.usefixtures("quick_keys")


@pytest.fixture
def screen(desktop: Desktop) -> ExchangesScreen:
    """The screen of exchanges of a device that has its key, and one declaration."""
    desktop.read(lambda ws: devices.create_device(ws, "CPN Limoux", "conseiller", OFFICE))
    desktop.read(lambda ws: enter(ws, OURS))
    return exchanges(desktop)


@pytest.fixture
def other(tmp_path: Path) -> Colleague:
    """The office, which has another answer and one more school."""
    found = colleague(tmp_path)
    found.answer(A1=5)
    found.answer("0110161R", A1=2)
    return found


def said(screen: ExchangesScreen) -> str:
    return " ".join(notice.text.text() for notice in screen.intake.notices)


def test_a_batch_is_written_in_two_clicks(
    desktop: Desktop, screen: ExchangesScreen, tmp_path: Path
) -> None:
    screen.prepare_card.choose(str(tmp_path / "usb"))
    desktop.key(Qt.Key.Key_L, CTRL | SHIFT)
    desktop.settle()
    assert screen.tabs.row.currentIndex() == BATCHES
    assert "saisies de 1 poste" in screen.prepare_card.content.text().replace("\u00a0", " ")
    assert focus() is screen.prepare_card.prepare_button
    desktop.key(Qt.Key.Key_Space)
    desktop.until(screen.prepare_card.written.isVisible)
    (path,) = (tmp_path / "usb").iterdir()
    assert screen.prepare_card.written.path == path
    assert str(path) in screen.prepare_card.written.text.text()
    assert screen.prepare_card.written.folder_button.isVisible()
    desktop.settle()
    assert screen.holders.sent.model().rowCount() == 1


def test_a_folder_that_refuses_is_said_and_nothing_is_left(
    desktop: Desktop, screen: ExchangesScreen, tmp_path: Path
) -> None:
    (tmp_path / "fichier").touch()
    screen.prepare_card.choose(str(tmp_path / "fichier" / "lots"))
    screen.prepare_card.prepare_button.click()
    desktop.until(lambda: "ne peut pas être écrit" in screen.prepare_card.written.text.text())
    assert screen.prepare_card.prepare_button.isEnabled()
    assert not screen.prepare_card.written.folder_button.isVisible()


def test_a_card_then_a_batch_are_dropped_anywhere(
    desktop: Desktop, screen: ExchangesScreen, other: Colleague, tmp_path: Path
) -> None:
    desktop.shell.show_place("schools")
    trust(desktop, other, tmp_path)
    assert desktop.shell.current() is screen
    assert "empreinte vérifiée" in said(screen)
    drop(desktop, other.batch(tmp_path / "usb"))
    idle(desktop)
    (card,) = screen.intake.reports.cards
    report = card.report
    assert (report.issuer, report.conflicts, report.refused, report.waiting) == (
        *("secretariat", 1),
        *(0, 0),
    )
    assert len(report.words) == 6
    declaration = desktop.declaration("0110161R")
    assert declaration is not None
    assert declaration.answers["A1"] == 2
    assert screen.tabs.row.tabText(CONFLICTS) == "Désaccords (1)"
    assert card.conflicts_button.isVisible()
    card.conflicts_button.click()
    assert screen.tabs.row.currentIndex() == CONFLICTS


def test_the_six_words_read_by_the_other_prove_the_batch(
    desktop: Desktop, screen: ExchangesScreen, other: Colleague, tmp_path: Path
) -> None:
    trust(desktop, other, tmp_path)
    path = desktop.read(lambda ws: finished(batches.create_batch(ws, tmp_path / "usb"))).path
    card = tmp_path / "ma-carte.json"
    desktop.read(lambda ws: devices.write_card(ws, card))
    mine = screen.current.devices[0] if screen.current else None
    assert mine is not None

    def take(workspace: object) -> str:
        from numecole_desktop.services import batch_import

        trusted.receive_trust(workspace, card, mine.fingerprint)  # type: ignore[arg-type]
        report = finished(batch_import.import_batch(workspace, path))  # type: ignore[arg-type]
        return " ".join(report.words)

    words = other.do(take)
    screen.reload()
    desktop.settle()
    screen.tabs.show_tab(HOLDERS)
    screen.holders.words_button.click()
    dialog = desktop.dialog(WordsDialog)
    assert dialog.accept_button is not None
    assert not dialog.accept_button.isEnabled()
    desktop.write(words.upper())
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: "en entier" in screen.notice.text.text())
    assert "Reçu vérifié" in screen.notice.text.text()
    desktop.settle()
    assert screen.holders.sent.model().index(0, 3).data() == "secretariat"
    where = desktop.read(lambda ws: read_school(ws, SCHOOL, YEAR)).where
    assert "reçu par secretariat" in where
    screen.holders.words_button.click()
    dialog = desktop.dialog(WordsDialog)
    dialog.words.setText("un deux trois quatre cinq six")
    dialog.accept()
    desktop.until(lambda: "ne sont pas ceux" in screen.notice.text.text())


def test_a_batch_of_a_stranger_waits_until_its_card_is_verified(
    desktop: Desktop, screen: ExchangesScreen, other: Colleague, tmp_path: Path
) -> None:
    drop(desktop, other.batch(tmp_path / "usb"))
    idle(desktop)
    assert screen.intake.reports.cards[0].report.set_aside
    assert len(screen.holders.waiting.notices) == 1
    assert desktop.declaration("0110161R") is None
    screen.tabs.show_tab(HOLDERS)
    screen.holders.waiting.retry_button.click()
    idle(desktop)
    assert "attendent toujours" in said(screen)
    trust(desktop, other, tmp_path)
    assert [card.report.issuer for card in screen.intake.reports.cards] == ["secretariat"]
    assert not screen.holders.waiting.isVisibleTo(screen.holders)
    assert desktop.declaration("0110161R") is not None


def test_a_batch_is_undone(
    desktop: Desktop, screen: ExchangesScreen, other: Colleague, tmp_path: Path
) -> None:
    trust(desktop, other, tmp_path)
    drop(desktop, other.batch(tmp_path / "usb"))
    idle(desktop)
    screen.intake.reports.cards[0].undo_button.click()
    idle(desktop)
    assert desktop.declaration("0110161R") is None
    assert not screen.intake.reports.cards[0].undo_button.isVisible()
    screen.tabs.show_tab(HOLDERS)
    assert screen.holders.received.model().index(0, 4).data() == "Annulé"
    assert not screen.holders.undo_button.isEnabled()


def test_who_has_what_follows_the_last_batch(
    desktop: Desktop, screen: ExchangesScreen, other: Colleague, tmp_path: Path
) -> None:
    trust(desktop, other, tmp_path)
    drop(desktop, other.batch(tmp_path / "usb"))
    idle(desktop)
    model = screen.holders.shares.model()
    headings = [
        model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())
    ]
    row = dict(zip(headings, (model.index(0, c).data() for c in range(len(headings))), strict=True))
    assert row["Poste"] == "secretariat"
    assert row["De secretariat"] == "tout"
    assert row["De ce poste"].startswith("0 sur")
    assert row["Dernier lot écrit pour lui"] == "jamais"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{}", "n’est pas un fichier sign"),
        (b"", "vide"),
        (b"pas du json", "incomplet ou ab"),
        (gzip.compress(b"{}")[:-4], "compress"),
    ],
)
def test_files_that_are_not_signed_are_refused_in_french(
    desktop: Desktop, screen: ExchangesScreen, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "lot (1).json.gz"
    path.write_bytes(content)
    drop(desktop, path)
    idle(desktop)
    assert words in said(screen)
    assert "lot (1).json.gz" in said(screen)
    assert not screen.intake.progress.isVisible()


def test_several_files_are_taken_in_one_after_the_other(
    desktop: Desktop, screen: ExchangesScreen, other: Colleague, tmp_path: Path
) -> None:
    trust(desktop, other, tmp_path)
    bad = tmp_path / "abîmé.json"
    bad.write_text("{", "utf-8")
    drop(desktop, bad, other.batch(tmp_path / "usb"))
    idle(desktop)
    idle(desktop)
    assert "abîmé.json" in said(screen)
    assert len(screen.intake.reports.cards) == 1


def test_files_dropped_while_others_are_taken_in_wait_for_their_turn(
    desktop: Desktop, screen: ExchangesScreen, other: Colleague, tmp_path: Path
) -> None:
    trust(desktop, other, tmp_path)
    first = other.batch(tmp_path / "usb")
    other.answer("0110151E", A1=2)
    second = tmp_path / "numecole (2).json.gz"
    second.write_bytes(gzip.compress(other.batch(tmp_path / "usb").read_bytes()))
    drop(desktop, first)
    drop(desktop, second)
    idle(desktop)
    idle(desktop)
    files = [card.report.file for card in screen.intake.reports.cards]
    assert files == [first.name, second.name]


def test_a_wrong_fingerprint_is_refused_and_an_empty_one_leaves_the_device_unverified(
    desktop: Desktop, screen: ExchangesScreen, other: Colleague, tmp_path: Path
) -> None:
    card = other.card(tmp_path)
    drop(desktop, card)
    dialog = desktop.dialog(FingerprintDialog)
    desktop.write("12345 " * 5)
    assert dialog.accept_button is not None
    assert not dialog.accept_button.isEnabled()
    desktop.write("12345")
    dialog.accept_button.click()
    idle(desktop)
    assert "empreinte" in said(screen)
    assert len(screen.current.devices if screen.current else ()) == 1
    drop(desktop, card)
    dialog = desktop.dialog(FingerprintDialog)
    assert dialog.accept_button is not None
    assert dialog.accept_button.text() == "Garder non vérifié"
    dialog.accept_button.click()
    idle(desktop)
    assert screen.devices.model.index(1, 3).data() == "non vérifié"
    screen.devices.table.go_to(1)
    assert not screen.devices.withdraw_button.isEnabled()
    screen.devices.verify_button.click()
    dialog = desktop.dialog(FingerprintDialog)
    dialog.digits.setText(other.fingerprint())
    dialog.accept()
    idle(desktop)
    assert screen.devices.model.index(1, 3).data() == "empreinte vérifiée ici"
    screen.devices.table.go_to(1)
    screen.devices.withdraw_button.click()
    idle(desktop)
    assert screen.devices.model.index(1, 3).data() == "non vérifié"


def many_events(workspace: Workspace) -> None:
    """Enough for a batch that takes a while."""
    with workspace.writing():
        for number in range(500):
            enter(workspace, {"A3": number % 40})


def test_taking_a_batch_in_can_be_stopped(
    desktop: Desktop, screen: ExchangesScreen, other: Colleague, tmp_path: Path
) -> None:
    trust(desktop, other, tmp_path)
    other.do(many_events)
    path = other.batch(tmp_path / "usb")
    before = desktop.read(tables)
    stop = screen.intake.cancel_button
    drop(desktop, path, tmp_path / "autre.json")
    desktop.until(stop.isEnabled)
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    desktop.until(lambda: "Réception annulée" in said(screen))
    assert "1\u00a0autre fichier n’a pas été lu" in said(screen)
    assert not screen.intake.progress.isVisible()
    assert desktop.read(tables) == before
    drop(desktop, path)
    idle(desktop)
    assert len(screen.intake.reports.cards) == 1


def test_a_table_dropped_with_a_batch_is_not_left_in_silence(
    desktop: Desktop, tmp_path: Path
) -> None:
    desktop.read(lambda ws: devices.create_device(ws, "Bureau", "circonscription", OFFICE))
    table = tmp_path / "recensement.csv"
    table.write_text("uai;A1\n", "utf-8")
    drop(desktop, colleague(tmp_path).batch(tmp_path), table)
    idle(desktop)
    said = [notice.text.text() for notice in exchanges(desktop).intake.notices]
    assert any("recensement.csv" in words and "seul" in words for words in said)
