"""Preparing a batch: what it holds, for whom, where; one button when that is right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStorageInfo, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.ui.screens.exchange_read import ExchangeView
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card
from numecole_desktop.ui.widgets.exported import ExportedBar
from numecole_desktop.ui.widgets.labelled import labelled
from numecole_desktop.ui.widgets.picker import Picker
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.services.batches import BatchSummary

FOLDER = "exchanges/folder"
"""Where the last batch was written."""
_KEYS_UNDER = ("/media/", "/run/media/", "/Volumes/")


class PrepareCard(Card):
    """``prepare_asked`` carries the recipient (a key, an office, nothing for all) and a folder."""

    prepare_asked = Signal(str, str)

    def __init__(self, session: Session) -> None:
        super().__init__("Préparer un lot")
        self._session = session
        self.content = Text(wrap=True)
        self.recipient = Picker("Pour qui")
        self.folder = Picker("Où l’écrire")
        self.other_button = Button("Autre dossier…", icon_name="folder")
        self.prepare_button = Button("Écrire le lot", icon_name="save", primary=True)
        self.written = ExportedBar()
        self.written.open_button.hide()
        self.body.addWidget(self.content)
        self.body.addLayout(labelled("Pour", self.recipient))
        self.body.addLayout(labelled("Où", self.folder, self.other_button))
        row = QHBoxLayout()
        row.addWidget(self.prepare_button)
        row.addStretch(1)
        self.body.addSpacing(4)
        self.body.addLayout(row)
        self.body.addWidget(self.written)
        self.other_button.clicked.connect(self._choose)
        self.prepare_button.clicked.connect(self.prepare)

    def show_view(self, view: ExchangeView) -> None:
        """Say what a batch would hold, and propose whom it may be for."""
        records = plural(view.outgoing.records, "saisie")
        devices = plural(view.outgoing.devices, "poste")
        self.content.setText(
            f"Le lot contient, signé, tout ce que cette base sait{NBSP}: {records} de {devices}. "
            f"Un lot perdu est réparé par le suivant."
        )
        others = [device for device in view.devices if device.counts and not device.mine]
        offices = dict.fromkeys(device.office for device in others)
        self.recipient.set_options(
            [
                ("", "Tous les postes qui ont ma carte"),
                *((device.kid, f"{device.label} ({device.role})") for device in others),
                *((code, f"Tous les postes de {view.office(code)}") for code in offices),
            ]
        )
        self._offer_folders(self.folder.value() or "")

    def prepare(self) -> None:
        """Ask for the batch to be written."""
        self.prepare_button.setEnabled(False)
        self.written.say("")
        self.prepare_asked.emit(self.recipient.value() or "", self.folder.value() or "")

    def show_written(self, found: BatchSummary) -> None:
        """Say what was written, and where."""
        self.prepare_button.setEnabled(True)
        self._session.state.put(FOLDER, str(found.path.parent))
        self.written.exported(
            f"Lot écrit et relu{NBSP}: {plural(found.events, 'saisie')} de "
            f"{plural(found.journals, 'poste')}. {found.path}",
            found.path,
        )
        self.written.open_button.hide()
        self.written.folder_button.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why no batch was written."""
        self.prepare_button.setEnabled(True)
        self.written.say(sentence, "error")
        for button in (self.written.folder_button, self.written.copy_button):
            button.hide()

    def choose(self, folder: str) -> None:
        """Write the batch in ``folder``."""
        self._offer_folders(folder)

    def _offer_folders(self, chosen: str) -> None:
        proposed = self._session.folder or str(Path.home())
        last = self._session.state.text(FOLDER, proposed)
        known = dict.fromkeys(
            filter(None, (chosen, last, self._session.folder, *removable_folders()))
        )
        self.folder.set_options([(folder, folder) for folder in known])
        self.folder.set_value(chosen or last)

    def _choose(self) -> None:
        dialog = QFileDialog(self, "Où écrire le lot", self.folder.value() or "")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.choose)
        dialog.open()


def removable_folders() -> list[str]:
    """Roots of the keys and drives that are plugged in and can be written to."""
    return [
        volume.rootPath()
        for volume in QStorageInfo.mountedVolumes()
        if volume.isReady() and not volume.isReadOnly() and _is_removable(volume)
    ]


def _is_removable(volume: QStorageInfo) -> bool:
    path = volume.rootPath()
    lettered = path[1:3] == ":/" and not volume.isRoot()
    return lettered or path.startswith(_KEYS_UNDER)
