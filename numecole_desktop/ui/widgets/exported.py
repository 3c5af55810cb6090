"""The bar that follows an export: open it, open its folder, copy its path."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from numecole_desktop.ui.widgets.buttons import Button, IconButton
from numecole_desktop.ui.widgets.card import Notice


class ExportedBar(Notice):
    """Hidden until something was exported."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "success", parent)
        self.path = Path()
        self.open_button = Button("Ouvrir")
        self.open_button.clicked.connect(self._open)
        self.folder_button = Button("Ouvrir le dossier")
        self.folder_button.clicked.connect(self._open_folder)
        self.copy_button = Button("Copier le chemin")
        self.copy_button.clicked.connect(self._copy)
        self.close_button = IconButton("close", "Fermer ce message")
        self.close_button.clicked.connect(self.hide)
        for button in (self.open_button, self.folder_button, self.copy_button, self.close_button):
            self.row.addWidget(button)

    def exported(self, words: str, path: Path) -> None:
        """Say what was exported; ``path`` is a file, or a folder of files."""
        self.path = path
        self.open_button.setVisible(path.is_file())
        self.say(words, "success")

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path)))

    def _open_folder(self) -> None:
        folder = self.path.parent if self.path.is_file() else self.path
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self.path))
