"""Tools: one line each, what it does and a button."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from numecole_desktop.ui.commands import Handlers
from numecole_desktop.ui.screens.base import Screen
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card, Page
from numecole_desktop.ui.widgets.text import TITLE, Text

if TYPE_CHECKING:
    from numecole_desktop.services.workspace import Changes
    from numecole_desktop.ui.screens.personal_data import PersonalDataPage
    from numecole_desktop.ui.screens.settings import SettingsPage

GROUPS = (
    (
        "La base",
        (
            ("shield", "Vérifier", "verify", "Contrôle le fichier, le journal et l’état calculé."),
            ("save", "Sauvegarder…", "backup", "Copie la base entière, relue après l’écriture."),
            ("restore", "Restaurer…", "restore", "Remet une sauvegarde à la place de la base."),
            (
                "key",
                "Code de récupération…",
                "recovery",
                "Le code qui ouvre la base et ses sauvegardes sur un autre ordinateur.",
            ),
        ),
    ),
    (
        "Les données",
        (
            ("import", "Importer…", "import", "Annuaire des écoles ou déclarations, avec aperçu."),
            (
                "export",
                "Exporter…",
                "export",
                "CSV, Excel, SQLite ou JSON, lisibles sans Numécole.",
            ),
            ("pages", "Tous les profils…", "all_profiles", "Un PDF par école publique ouverte."),
        ),
    ),
    (
        "Ce poste",
        (
            (
                "tools",
                "Réglages…",
                "settings",
                "Qui saisit, pour quel territoire, le nom et le logo imprimés, les dossiers.",
            ),
            (
                "person",
                "Données personnelles…",
                "personal_data",
                "Trouver une personne, exporter ce qui est gardé sur elle, l’effacer.",
            ),
            (
                "todo",
                "Mise en route…",
                "first_start",
                "Les trois étapes du premier démarrage, à refaire quand on veut.",
            ),
            ("sample", "Explorer l’exemple", "open_sample", "Des déclarations inventées, à part."),
            ("school", "Revenir à ma base", "open_own", "Rouvre la base de ce compte."),
        ),
    ),
)


class ToolsScreen(Screen):
    """Every tool; ``asked`` carries the name of its command, ``refused`` a Problem."""

    asked = Signal(str)
    refused = Signal(object)
    help_page = "outils"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        page = Page("Outils")
        page.column.addWidget(Text("Outils", size=TITLE, bold=True))
        self.buttons: dict[str, Button] = {}
        for heading, tools in GROUPS:
            card = Card(heading)
            for icon_name, text, command, sentence in tools:
                card.body.addLayout(self._line(icon_name, text, command, sentence))
            page.column.addWidget(card)
        page.column.addStretch(1)
        self.personal: PersonalDataPage | None = None
        self.settings: SettingsPage | None = None
        self._asked_by = "settings"
        self._tools = page
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page)

    def handlers(self) -> Handlers:
        return {} if self._stack.currentWidget() is self._tools else {"back": self.show_tools}

    def help_topic(self) -> str:
        shown = self._stack.currentWidget()
        if shown is self.settings:
            return "reglages"
        return self.help_page if shown is self._tools else "donnees-personnelles"

    def concerns(self, changes: Changes) -> bool:
        return changes.everything or bool(changes.applications)

    def reload(self) -> None:
        if self.personal is not None:
            self.personal.reload()

    def show_part(self, part: str) -> None:
        """Show the settings (« settings », then a section if any), or the personal data."""
        name, _, section = part.partition(" ")
        self._asked_by = name
        if name == "settings":
            self._show_settings(section)
            return
        if self.personal is None:
            from numecole_desktop.ui.screens.personal_data import PersonalDataPage

            self.personal = PersonalDataPage(self.session)
            self.personal.closed.connect(self.show_tools)
            self.personal.refused.connect(self.refused)
            self._stack.addWidget(self.personal)
        self._stack.setCurrentWidget(self.personal)
        self.personal.open()
        self.handlers_changed.emit()

    def _show_settings(self, section: str) -> None:
        if self.settings is None:
            # Showing the tools, making the settings, showing them: a turn of the event loop each.
            QTimer.singleShot(0, self, partial(self._make_settings, section))
        else:
            self._open_settings(self.settings, section)

    def _make_settings(self, section: str) -> None:
        from numecole_desktop.ui.screens.settings import SettingsPage

        if self.settings is None:
            self.settings = SettingsPage(self.session)
            self.settings.closed.connect(self.show_tools)
            self._stack.addWidget(self.settings)
        QTimer.singleShot(0, self, partial(self._open_settings, self.settings, section))

    def _open_settings(self, settings: SettingsPage, section: str) -> None:
        if self.isHidden():
            return  # another place was asked for meanwhile
        self._stack.setCurrentWidget(settings)
        settings.open(section)
        self.handlers_changed.emit()

    def show_tools(self) -> None:
        """Show every tool again."""
        self._keep_settings()
        self._stack.setCurrentWidget(self._tools)
        self.buttons[self._asked_by].setFocus()
        self.handlers_changed.emit()

    def asked_again(self) -> None:
        if self._stack.currentWidget() is not self._tools:
            self.show_tools()

    def _keep_settings(self) -> None:
        if self.settings is not None:
            self.settings.keep()

    def leave(self) -> None:
        self._keep_settings()
        self._stack.setCurrentWidget(self._tools)

    def _line(self, icon_name: str, text: str, command: str, sentence: str) -> QHBoxLayout:
        button = Button(text, icon_name=icon_name, code=command, left=True)
        button.setMinimumWidth(210)
        button.setAccessibleDescription(sentence)
        button.pressed_code.connect(self.asked)
        self.buttons[command] = button
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(button)
        row.addWidget(Text(sentence, tone="muted", wrap=True), 1)
        return row
