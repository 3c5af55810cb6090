"""Every screen and every dialog of the window, each brought on stage by one function.

Tests that must hold everywhere (names, focus, sizes) go through both tables. A place of the
registry and a dialog class that are not here make ``test_stages`` fail.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from numecole_desktop.domain.own_territory import OwnTerritory
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.importers.kinds import ColumnSpec
from numecole_desktop.services import chasing, guide, schools
from numecole_desktop.services.import_columns import MappingNeeded
from numecole_desktop.services.own_territory import keep_territory
from numecole_desktop.ui import dialogs
from numecole_desktop.ui.dialogs.about import AboutDialog
from numecole_desktop.ui.dialogs.attached import AttachedDialog
from numecole_desktop.ui.dialogs.base import Dialog, MessageDialog, UnsavedDialog
from numecole_desktop.ui.dialogs.chasing import ChasingDialog
from numecole_desktop.ui.dialogs.columns import ColumnsDialog
from numecole_desktop.ui.dialogs.erase import EraseDialog, EraseFileDialog
from numecole_desktop.ui.dialogs.exchange import FingerprintDialog, LossDialog, WordsDialog
from numecole_desktop.ui.dialogs.finder import FinderDialog
from numecole_desktop.ui.dialogs.incident import IncidentDialog
from numecole_desktop.ui.dialogs.job import JobDialog
from numecole_desktop.ui.dialogs.label_new import NewDossierDialog
from numecole_desktop.ui.dialogs.label_together import TogetherDialog
from numecole_desktop.ui.dialogs.mapping import MappingDialog
from numecole_desktop.ui.dialogs.settings import ExportDialog, RecoveryDialog, RestoreDialog
from numecole_desktop.ui.dialogs.shortcuts import ShortcutsDialog
from numecole_desktop.ui.help import HelpWindow, show_help
from numecole_desktop.ui.screens.registry import PLACES
from numecole_desktop.ui.widgets.tabs import TabRow
from tests.ui.conftest import CTRL, SCHOOL, Desktop
from tests.ui.exchange_bases import screen_with_conflicts
from tests.ui.labels import come_back, drafted, examined, open_dossier, open_labels, submitted
from tests.ui.test_form import open_form

Stage = Callable[[Desktop, Path], None]


def _place(name: str) -> Stage:
    def show(desktop: Desktop, _: Path) -> None:
        desktop.shell.show_place(name)

    return show


def _school(desktop: Desktop, _: Path) -> None:
    desktop.desk.open_school(SCHOOL)


def _form(desktop: Desktop, _: Path) -> None:
    open_form(desktop)


def _form_with_findings(desktop: Desktop, _: Path) -> None:
    form = open_form(desktop)
    form.answer("2", "1", "0", "n", "n", "n", "o", "7")
    desktop.key(Qt.Key.Key_F9)


def _low_form(desktop: Desktop, _: Path) -> None:
    desktop.frame.resize(853, 480)
    open_form(desktop)


def _dossier(make: Callable[..., object]) -> Stage:
    def show(desktop: Desktop, _: Path) -> None:
        desktop.read(make)
        open_dossier(desktop)

    return show


def _commission(desktop: Desktop, _: Path) -> None:
    desktop.read(examined)
    open_labels(desktop)
    desktop.key(Qt.Key.Key_M, CTRL)


def _import_report(desktop: Desktop, folder: Path) -> None:
    file = folder / "declarations.csv"
    lines = ["uai;annee_scolaire;A1;B1", f"{SCHOOL};2023-2024;4;9", "0110161R;2023-2024;x;1"]
    file.write_text("\n".join(lines), encoding="utf-8")
    desktop.shell.show_place("imports")
    desktop.shell.place("imports").look_at(str(file))  # type: ignore[attr-defined]
    settled(desktop)
    come_back(desktop)


def _conflicts(desktop: Desktop, folder: Path) -> None:
    screen_with_conflicts(desktop, folder)
    desktop.desk.show_conflicts(SCHOOL)


def _personal_data(desktop: Desktop, _: Path) -> None:
    desktop.read(submitted)
    desktop.shell.run("personal_data")


def _settings(desktop: Desktop, _: Path) -> None:
    desktop.shell.run("settings")


def _settings_territory(desktop: Desktop, _: Path) -> None:
    territory = OwnTerritory("circonscription", ("0111031L",))
    desktop.read(lambda ws: keep_territory(ws, territory))
    desktop.shell.run("settings")


PLACED: dict[str, Stage] = {
    **{place.name: _place(place.name) for place in PLACES},
    "school": _school,
}
"""Screens that show what a base holds: seen on the small base and on the sample."""

SCREENS: dict[str, Stage] = {
    **PLACED,
    "form": _form,
    "form with findings": _form_with_findings,
    "form in a low window": _low_form,
    "label draft": _dossier(drafted),
    "label submitted": _dossier(submitted),
    "label examined": _dossier(examined),
    "label commission": _commission,
    "import report": _import_report,
    "conflicts": _conflicts,
    "personal data": _personal_data,
    "settings": _settings,
    "settings, circonscriptions": _settings_territory,
}


def each_tab(desktop: Desktop) -> Iterator[str]:
    """Every tab of the screen shown, one after the other; a screen without tabs once."""
    settled(desktop)
    rows = [row for row in desktop.frame.findChildren(TabRow) if row.isVisible()]
    if not rows:
        yield ""
    for row in rows:
        for place in range(row.count()):
            if row.isTabVisible(place):
                row.setCurrentIndex(place)
                settled(desktop)
                yield row.tabText(place)


def settled(desktop: Desktop) -> None:
    """Wait for what a screen reads in several steps."""
    for _ in range(3):
        desktop.settle()


def _mapping(desktop: Desktop) -> QDialog:
    columns = (ColumnSpec("uai", "UAI", ("uai",), True, "uai"),)
    needed = MappingNeeded("…", ("a", "b"), columns, {}, columns)
    return MappingDialog({"annuaire": needed}, (("annuaire", "Annuaire"),), desktop.frame)


def _together(desktop: Desktop) -> QDialog:
    year = SchoolYear(2023)
    return TogetherDialog(desktop.session, year, {SCHOOL: 2}, 3, desktop.frame)


def _chasing(desktop: Desktop) -> QDialog:
    chase = desktop.read(lambda ws: chasing.chase(ws, uais=[SCHOOL], year=SchoolYear(2023)))
    return ChasingDialog(desktop.session, chase, desktop.frame)


def _new_dossier(desktop: Desktop) -> QDialog:
    rows = desktop.read(lambda ws: schools.school_rows(ws, SchoolYear(2023)))
    return NewDossierDialog(rows, (), "2023-2024", desktop.frame)


DIALOGS: dict[type[QDialog], Callable[[Desktop], QDialog]] = {
    AboutDialog: lambda d: AboutDialog(Path("base"), Path("journal"), d.frame),
    AttachedDialog: lambda d: AttachedDialog(d.session, "photo.png", "0", "image/png", d.frame),
    EraseDialog: lambda d: EraseDialog("Une personne", d.frame),
    EraseFileDialog: lambda d: EraseFileDialog("cour.png", d.frame),
    ChasingDialog: _chasing,
    ColumnsDialog: lambda d: ColumnsDialog(d.shell.schools.table, d.frame),
    ExportDialog: lambda d: ExportDialog("", d.frame),
    FinderDialog: lambda d: FinderDialog((), d.frame),
    FingerprintDialog: lambda d: FingerprintDialog("Poste", optional=True, parent=d.frame),
    HelpWindow: lambda d: show_help(guide.INDEX, d.frame),
    IncidentDialog: lambda d: IncidentDialog(Problem("x"), Path("numecole.log"), d.frame),
    JobDialog: lambda d: JobDialog(d.tasks, "Travail long", d.frame),
    LossDialog: lambda d: LossDialog("Il manque 1 à 3.", d.frame),
    MappingDialog: _mapping,
    MessageDialog: lambda d: MessageDialog("Titre", ("Une phrase.",), d.frame),
    NewDossierDialog: _new_dossier,
    RecoveryDialog: lambda d: RecoveryDialog("ABCD-EFGH", d.frame),
    RestoreDialog: lambda d: RestoreDialog(Path("base"), d.frame),
    ShortcutsDialog: lambda d: ShortcutsDialog(d.frame),
    TogetherDialog: _together,
    UnsavedDialog: lambda d: UnsavedDialog(d.frame),
    WordsDialog: lambda d: WordsDialog("lot.json", [("k", "Poste")], d.frame),
}


def dialog_classes() -> set[type[QDialog]]:
    """Every dialog class of the application, found by importing the package of dialogs whole."""
    for module in pkgutil.iter_modules(dialogs.__path__):
        importlib.import_module(f"{dialogs.__name__}.{module.name}")
    found: set[type[QDialog]] = set()
    below = [QDialog]
    while below:
        for one in below.pop().__subclasses__():
            below.append(one)
            if one.__module__.startswith("numecole_desktop."):
                found.add(one)
    return {kind for kind in found - {Dialog} if not issubclass(kind, QFileDialog)}


def open_dialog(desktop: Desktop, kind: type[QDialog]) -> QDialog:
    """A dialog of this kind, in front of the window."""
    dialog = DIALOGS[kind](desktop)
    dialog.open()
    desktop.until(dialog.isVisible)
    settled(desktop)
    return dialog
