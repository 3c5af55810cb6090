"""What is printed on documents: the name of the service, its logo."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from numecole_desktop.services.letterhead import LONGEST_NAME
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card
from numecole_desktop.ui.widgets.setting_field import KeptEntry, SettingField
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.domain.problem import Problem
    from numecole_desktop.services.office import Office
    from numecole_desktop.services.workspace import Workspace

_PREVIEW = 44


class PrintCard(Card):
    """Both are kept at once; the logo is seen as it will be printed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Sur les documents imprimés", parent)
        self.session = session
        self.service = KeptEntry("Nom du service", LONGEST_NAME)
        self.service_field = SettingField(
            "Nom du service",
            "Imprimé au pied de chaque page, sous le titre du document.",
            self.service,
        )
        self.preview = Text(tone="muted")
        self.choose_button = Button("Choisir un logo…", icon_name="folder")
        self.remove_button = Button("Retirer le logo", icon_name="close")
        buttons = QWidget()
        buttons.setFocusProxy(self.choose_button)
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.choose_button, self.remove_button):
            row.addWidget(button)
        row.addWidget(self.preview)
        row.addStretch(1)
        self.logo_field = SettingField(
            "Logo du service",
            "Imprimé en haut à gauche de la première page. Image PNG ou JPEG, reconnue à son "
            "contenu\u00a0; elle est gardée dans la base.",
            buttons,
        )
        self.body.addWidget(self.service_field)
        self.body.addWidget(self.logo_field)
        self.service.kept.connect(self._put_service)
        self.choose_button.clicked.connect(self._choose)
        self.remove_button.clicked.connect(self._remove)

    def show_office(self, office: Office) -> None:
        """Show what is kept."""
        self.service.show_kept(office.service)
        for field in (self.service_field, self.logo_field):
            field.refuse("")
        self._show_logo(office.logo)

    def keep(self) -> None:
        """Keep what was typed, if it was not yet."""
        self.service.keep()

    def take(self, path: str) -> None:
        """Print the image ``path`` from now on."""
        take = partial(_take, path=Path(path))
        watched = self.session.undo_log.watched("changement de logo", take)
        self.session.tasks.run(watched, self._logo_kept, self._logo_refused)

    def _put_service(self, name: str) -> None:
        put = partial(_put_service, name=name)
        watched = self.session.undo_log.watched("changement du nom du service", put)
        self.session.tasks.run(watched, self._service_kept, self._service_refused)

    def _service_kept(self, name: str) -> None:
        self.service_field.refuse("")
        self.service.show_kept(name)
        self._tell("Nom du service enregistré.")

    def _service_refused(self, problem: Problem) -> None:
        self.service.refused()
        self.service_field.refuse(str(problem))
        self.session.say(str(problem), "error")

    def _choose(self) -> None:
        dialog = QFileDialog(self, "Choisir le logo du service", self.session.folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Images PNG et JPEG (*.png *.jpg *.jpeg)")
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def _remove(self) -> None:
        watched = self.session.undo_log.watched("retrait du logo", _remove)
        self.session.tasks.run(watched, self._logo_kept, self._logo_refused)

    def _logo_kept(self, logo: bytes | None) -> None:
        self.logo_field.refuse("")
        self._show_logo(logo)
        self._tell("Logo enregistré." if logo else "Logo retiré.")

    def _logo_refused(self, problem: Problem) -> None:
        self.logo_field.refuse(str(problem))

    def _show_logo(self, logo: bytes | None) -> None:
        picture = QPixmap()
        shown = bool(logo) and picture.loadFromData(logo or b"")
        self.preview.clear()
        if shown:
            self.preview.setPixmap(
                picture.scaledToHeight(_PREVIEW, Qt.TransformationMode.SmoothTransformation)
            )
        else:
            self.preview.setText("Aucun logo")
        self.preview.setAccessibleName("Logo choisi" if shown else "Aucun logo")
        self.remove_button.setEnabled(shown)
        self.choose_button.setText("Changer de logo…" if shown else "Choisir un logo…")

    def _tell(self, words: str) -> None:
        from numecole_desktop.services.workspace import Changes

        self.session.refresher.publish(Changes(everything=True))  # previews of pages are drawn anew
        self.session.say(words, "success")


def _put_service(workspace: Workspace, name: str) -> str:
    from numecole_desktop.services import letterhead

    return letterhead.put_service_name(workspace, name)


def _take(workspace: Workspace, path: Path) -> bytes | None:
    from numecole_desktop.services import letterhead

    return letterhead.take_logo(workspace, path)


def _remove(workspace: Workspace) -> bytes | None:
    from numecole_desktop.services import letterhead

    letterhead.remove_logo(workspace)
    return letterhead.logo(workspace)
