"""This computer: school year at the start, folders, appearance."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.ui.log import LOG_FILE
from numecole_desktop.ui.session import OUT_FOLDER, Session
from numecole_desktop.ui.theme import (
    AUTOMATIC,
    TEXT_SIZE,
    text_size,
    text_sizes,
    theme,
    theme_names,
)
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card
from numecole_desktop.ui.widgets.picker import Picker
from numecole_desktop.ui.widgets.setting_field import KeptEntry, SettingField
from numecole_desktop.ui.widgets.text import ElidedText

if TYPE_CHECKING:
    from numecole_desktop.domain.problem import Problem
    from numecole_desktop.services.office import Office
    from numecole_desktop.services.workspace import Workspace


class FoldersCard(Card):
    """Where files are proposed, where the base and the log are."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Dossiers", parent)
        self.session = session
        self.out = KeptEntry("Dossier proposé pour les fichiers", hint="Le dernier dossier utilisé")
        self.choose_button = Button("Choisir…", icon_name="folder")
        self.choose_button.setAccessibleName("Choisir le dossier proposé")
        self.out_field = SettingField(
            "Dossier proposé",
            "Là où les PDF, les exports et les lots sont proposés. Laissez vide pour le dernier "
            "dossier utilisé.",
            self.out,
            self.choose_button,
        )
        self.base = ElidedText()
        self.base_button = Button("Ouvrir le dossier")
        self.base_button.setAccessibleName("Ouvrir le dossier de la base")
        self.log = ElidedText()
        self.log_button = Button("Ouvrir le dossier")
        self.log_button.setAccessibleName("Ouvrir le dossier du journal technique")
        self.body.addWidget(self.out_field)
        self.body.addWidget(
            SettingField(
                "Base", "Le fichier chiffré qui contient tout.", self.base, self.base_button
            )
        )
        self.body.addWidget(
            SettingField(
                "Journal technique", "Sans réponse ni nom de personne.", self.log, self.log_button
            )
        )
        self.out.kept.connect(self._put)
        self.choose_button.clicked.connect(self._choose)
        self.base_button.clicked.connect(self._open_base)
        self.log_button.clicked.connect(self._open_log)

    def show_office(self, _: Office) -> None:
        """Show what is kept."""
        self.out.show_kept(self.session.state.text(OUT_FOLDER))
        self.out_field.refuse("")
        self.base.setText(str(self.session.path))
        self.log.setText(str(self.session.state.folder / LOG_FILE))

    def keep(self) -> None:
        """Keep what was typed, if it was not yet."""
        self.out.keep()

    def _put(self, folder: str) -> None:
        if folder and not Path(folder).is_dir():
            wrong = (
                f"Le dossier {quoted(folder)} n’existe pas{NBSP}: choisissez-en un autre, ou "
                f"laissez vide."
            )
            self.out.refused()
            self.out_field.refuse(wrong)
            self.session.say(wrong, "error")
            return
        self.out_field.refuse("")
        self.session.state.put(OUT_FOLDER, folder)
        self.out.show_kept(folder)
        self.session.say("Dossier enregistré.", "success")

    def _choose(self) -> None:
        dialog = QFileDialog(self, "Dossier proposé pour les fichiers", self.session.folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, folder: str) -> None:
        self.out.setText(folder)
        self.out.keep()

    def _open_base(self) -> None:
        _open(self.session.path.parent)

    def _open_log(self) -> None:
        _open(self.session.state.folder)


class DisplayCard(Card):
    """The school year shown at the start, the theme, the size of the text."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Affichage", parent)
        self.session = session
        self.year = Picker("Année scolaire au démarrage")
        names = [(AUTOMATIC, "Comme le système"), *((n, theme(n).label) for n in theme_names())]
        self.theme = Picker("Apparence", names)
        sizes = [(str(size), f"{size}{NBSP}%") for size in text_sizes()]
        self.text_size = Picker("Taille du texte", sizes)
        self.apply_button = Button("Appliquer")
        self.apply_button.setAccessibleName("Appliquer la taille du texte")
        self.year_field = SettingField(
            "Année scolaire au démarrage",
            "Automatique\u00a0: la dernière que vous avez regardée.",
            self.year,
        )
        self.body.addWidget(self.year_field)
        self.body.addWidget(
            SettingField("Apparence", "Clair, sombre, ou à contraste élevé.", self.theme)
        )
        self.body.addWidget(
            SettingField(
                "Taille du texte",
                "«\u00a0Appliquer\u00a0» rouvre la fenêtre à cette taille, au même endroit.",
                self.text_size,
                self.apply_button,
            )
        )
        self.apply_button.clicked.connect(session.rebuild_asked)
        self.text_size.chosen.connect(self._put_text_size)
        self.year.chosen.connect(self._put_year)
        self.theme.chosen.connect(session.theme_asked)

    def show_office(self, office: Office) -> None:
        """Show what is kept."""
        self.year.set_options([("", "Automatique"), *((str(y), str(y)) for y in office.years)])
        self.year.set_value(str(office.start_year or ""))
        self.theme.set_value(self.session.state.text("window/theme", AUTOMATIC))
        kept = self.session.state.text(TEXT_SIZE, str(text_sizes()[0]))
        self.text_size.set_value(kept)
        self.apply_button.setEnabled(kept != str(text_size()))

    def _put_text_size(self, size: str) -> None:
        self.session.state.put(TEXT_SIZE, size)
        self.apply_button.setEnabled(size != str(text_size()))

    def _put_year(self, year: str) -> None:
        put = partial(_put_year, year=year)
        watched = self.session.undo_log.watched("changement de l’année de démarrage", put)
        self.session.tasks.run(watched, partial(self._year_kept, year), self._refused)

    def _year_kept(self, year: str, _: None) -> None:
        self.year_field.refuse("")
        if year:
            self.session.year_asked.emit(year)
        self.session.say("Année enregistrée.", "success")

    def _refused(self, problem: Problem) -> None:
        self.year_field.refuse(str(problem))


def _put_year(workspace: Workspace, year: str) -> None:
    from numecole_desktop.services import settings
    from numecole_desktop.services.opening import START_YEAR

    settings.put(workspace, START_YEAR, year)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
