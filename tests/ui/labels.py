"""What the tests of the label screen share: dossiers in their states, and the screen itself."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from numecole_desktop.domain.label_application import PersonRole
from numecole_desktop.services import label_dossiers, label_opening, label_people
from numecole_desktop.services.label_dossiers import Edit
from numecole_desktop.services.label_opening import Dossier
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.ui.screens.labels import LabelsScreen
from tests.conftest import YEAR
from tests.ui.conftest import CTRL, SCHOOL, Desktop

OTHER, THIRD = "0110161R", "0110182N"
SIGNED = date(2024, 1, 16)


def drafted(workspace: Workspace, uai: str = SCHOOL) -> Dossier:
    """A draft that lacks nothing."""
    dossier = label_dossiers.create(workspace, uai, YEAR).dossier
    for role in PersonRole:
        person = f"Personne {role.value}"
        dossier = label_people.name_person(workspace, dossier, role, person, "direction").dossier
    change = Edit(
        project_classes=2,
        project_title="Robots",
        school_project=True,
        school_signed_on=SIGNED,
        commune_signed_on=SIGNED,
    )
    return label_dossiers.edit(workspace, dossier, change).dossier


def submitted(workspace: Workspace, uai: str = SCHOOL) -> Dossier:
    """A dossier to be examined."""
    return label_dossiers.submit(workspace, drafted(workspace, uai)).dossier


def examined(workspace: Workspace, uai: str = SCHOOL, level: int = 2) -> Dossier:
    """A dossier to be decided, with the same opinion on every criterion."""
    dossier = submitted(workspace, uai)
    keys = [criterion.key for criterion in dossier.rules.criteria]
    opinion, reasons = dict.fromkeys(keys, level), dict.fromkeys(keys, "Vu sur place.")
    return label_dossiers.examine(workspace, dossier, opinion, reasons).dossier


def held(desktop: Desktop, uai: str = SCHOOL) -> Dossier:
    """The dossier as the base holds it."""
    return desktop.read(lambda ws: label_opening.open_dossier(ws, uai, YEAR))


def come_back(desktop: Desktop) -> None:
    """A dialog was closed: what a window manager does, and the offscreen one does not."""
    desktop.frame.activateWindow()
    desktop.until(desktop.frame.isActiveWindow)
    desktop.settle()


def open_labels(desktop: Desktop) -> LabelsScreen:
    """Go to the labels by the keyboard."""
    desktop.key(Qt.Key.Key_3, CTRL)
    desktop.settle()
    screen = desktop.shell.place("labels")
    assert isinstance(screen, LabelsScreen)
    desktop.until(lambda: screen.list.year)
    return screen


def open_dossier(desktop: Desktop, uai: str = SCHOOL) -> LabelsScreen:
    """Open the dossier of a school from the list, by Entrée."""
    screen = open_labels(desktop)
    screen.list.select(uai)
    screen.list.table.setFocus()
    desktop.key(Qt.Key.Key_Return)
    desktop.until(lambda: screen.dossier.draft is not None)
    desktop.settle()
    return screen
