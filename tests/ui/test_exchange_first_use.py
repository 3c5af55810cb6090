"""First use of exchanges: the device gets a name, then its fingerprint and card are shown."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from numecole_desktop.services.folders import data_folder
from numecole_desktop.services.signed_files import FileSort, recognise
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.screens.exchanges import DEVICES, ExchangesScreen
from numecole_desktop.ui.screens.settings_territory import TerritoryCard
from tests.conftest import fixed_clock, import_text
from tests.ui.conftest import CTRL, SCHOOL, Desktop, focus
from tests.ui.exchange_bases import OFFICE, colleague, drop, exchanges

pytestmark = pytest.mark.usefixtures("quick_keys")


def create(desktop: Desktop, screen: ExchangesScreen) -> None:
    """Type a name and press Enter."""
    screen.form.name.setFocus()
    desktop.write("CPN Limoux")
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: screen.current is not None)
    desktop.settle()


def test_the_first_use_asks_who_this_device_is(desktop: Desktop) -> None:
    desktop.key(Qt.Key.Key_5, CTRL)
    screen = exchanges(desktop)
    form = screen.form
    assert form.isVisible()
    assert focus() is form.name
    assert form.office.value() == OFFICE
    assert form.office.currentText() == "Carcassonne"
    assert not form.create_button.isEnabled()
    create(desktop, screen)
    assert not form.isVisible()
    assert screen.tabs.row.currentIndex() == DEVICES
    assert focus() is screen.devices.mine.card_button
    shown = screen.devices.mine.fingerprint.text()
    assert [len(group) for group in shown.split()] == [5] * 6
    assert "CPN Limoux · conseiller pédagogique · Carcassonne" in screen.identity.text()
    screen.devices.mine.copy_button.click()
    assert QGuiApplication.clipboard().text().split() == shown.split()


def test_other_roles_propose_other_offices(desktop: Desktop) -> None:
    form = exchanges(desktop).form
    form.role.set_value("academie")
    form.role.chosen.emit("academie")
    assert form.office.currentText() == "Montpellier"


def test_a_directory_without_codes_of_circonscriptions_is_said_as_such(
    open_window: Callable[[Path], Desktop], base_path: Path, tmp_path: Path
) -> None:
    text = (
        "Identifiant_de_l_etablissement;Nom_etablissement;Statut_public_prive;Code_departement;"
        "Libelle_academie;nom_circonscription\n0090477V;Ecole;Public;009;Toulouse;Saint-Lizier\n"
    )
    with Workspace.open(base_path, clock=fixed_clock) as workspace:
        import_text(workspace, "annuaire", text, tmp_path)
    desktop = open_window(base_path)
    form = exchanges(desktop).form
    form.name.setText("CPN Saint-Lizier")
    assert "code_circonscription" in form.notice.text.text()
    assert not form.create_button.isEnabled()
    desktop.shell.run("settings")
    desktop.settle()
    level = desktop.frame.findChild(TerritoryCard)
    assert level is not None
    level.level.set_value("circonscription")
    level.level.chosen.emit("circonscription")
    assert "code_circonscription" in level.unknown.text()


def test_a_refused_name_keeps_the_form_and_says_why(desktop: Desktop) -> None:
    screen = exchanges(desktop)
    screen.form.name.setText("a\u2028b")
    screen.form.create_button.click()
    desktop.until(lambda: "1 à 80 caractères" in screen.form.notice.text.text())
    assert screen.form.isVisible()
    assert screen.form.create_button.isEnabled()


def test_the_card_is_written_and_read_again(desktop: Desktop, tmp_path: Path) -> None:
    screen = exchanges(desktop)
    create(desktop, screen)
    path = tmp_path / "carte.json"
    screen.orders.write_card(str(path), alone=False)
    desktop.settle()
    assert str(path) in screen.notice.text.text()
    found = desktop.read(lambda ws: recognise(ws, path))
    assert found.sort is FileSort.CARD
    assert "CPN Limoux" in found.owner


def test_a_card_that_cannot_be_written_is_said(desktop: Desktop, tmp_path: Path) -> None:
    screen = exchanges(desktop)
    create(desktop, screen)
    (tmp_path / "fichier").touch()
    screen.orders.write_card(str(tmp_path / "fichier" / "carte.json"), alone=False)
    desktop.until(lambda: "ne peut pas être écrite" in screen.notice.text.text())


def test_a_file_dropped_before_the_first_use_waits_for_the_name(
    desktop: Desktop, tmp_path: Path
) -> None:
    other = colleague(tmp_path)
    drop(desktop, other.card(tmp_path))
    screen = exchanges(desktop)
    assert screen.form.isVisible()
    create(desktop, screen)
    from numecole_desktop.ui.dialogs.exchange import FingerprintDialog

    desktop.dialog(FingerprintDialog).reject()


def test_a_damaged_key_is_said_and_the_window_lives_on(desktop: Desktop) -> None:
    screen = exchanges(desktop)
    create(desktop, screen)
    (key,) = (data_folder() / "postes").iterdir()
    key.write_bytes(b"{}")
    screen.reload()
    desktop.until(lambda: "cl" in screen.notice.text.text())
    assert screen.notice.isVisible()
    desktop.shell.show_place("schools")
    desktop.desk.open_school(SCHOOL)
    desktop.settle()
    assert desktop.desk.school is not None
    assert desktop.desk.school.title.text().startswith("Ecole")
