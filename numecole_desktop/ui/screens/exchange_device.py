"""This device: its name at the first use, then its fingerprint and its card."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout

from numecole_desktop.domain.french import NBSP
from numecole_desktop.ui.screens.exchange_read import FirstUse
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card, Notice, Page
from numecole_desktop.ui.widgets.entry import Entry
from numecole_desktop.ui.widgets.labelled import labelled
from numecole_desktop.ui.widgets.picker import Picker
from numecole_desktop.ui.widgets.text import HEADING, TITLE, Text

if TYPE_CHECKING:
    from numecole_desktop.services.trusted import KnownDevice

_LONGEST_NAME = 80
_WIDEST = 720
_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class DeviceForm(Page):
    """First use: who this device is; ``created`` carries name, role and office."""

    created = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__("Ce poste")
        self._first: FirstUse | None = None
        self.name = Entry("Nom du poste", hint="CPN Limoux, secrétariat Narbonne…")
        self.name.setMaxLength(_LONGEST_NAME)
        self.role = Picker("Rôle")
        self.office = Picker("Bureau")
        self.notice = Notice()
        self.create_button = Button("Créer la clé de ce poste", icon_name="key", primary=True)
        self.create_button.setEnabled(False)
        card = Card("Ce poste")
        card.body.addWidget(
            Text(
                "Avant d’échanger des lots signés, ce poste reçoit un nom et une clé. La clé reste "
                "sur cet ordinateur\u00a0: elle prouve que vos lots viennent bien d’ici. Le nom du "
                "poste est montré aux autres\u00a0: n’y mettez pas de nom de personne.",
                wrap=True,
            )
        )
        for text, field in (
            ("Nom du poste", self.name),
            ("Rôle", self.role),
            ("Bureau", self.office),
        ):
            card.body.addLayout(labelled(text, field))
        row = QHBoxLayout()
        row.addWidget(self.create_button)
        row.addStretch(1)
        card.body.addSpacing(4)
        card.body.addLayout(row)
        card.body.addWidget(self.notice)
        self.column.addWidget(Text("Échanges", size=TITLE, bold=True))
        card.setMaximumWidth(_WIDEST)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.name.textChanged.connect(self._check)
        self.name.returnPressed.connect(self.ask)
        self.role.chosen.connect(self._role_changed)
        self.create_button.clicked.connect(self.ask)

    def show_first_use(self, first: FirstUse) -> None:
        """Propose the roles, and the offices of the schools of the base."""
        self._first = first
        self.role.set_options(first.roles)
        self._role_changed()

    def ask(self) -> None:
        """Ask for the key to be made."""
        if self.create_button.isEnabled():
            self.notice.say("Création de la clé…", "action")
            self.create_button.setEnabled(False)
            name = self.name.text().strip()
            self.created.emit(name, self.role.value() or "", self.office.value() or "")

    def refuse(self, sentence: str) -> None:
        """Say why the key was not made."""
        self.notice.say(sentence, "error")
        self._check_button()

    def _role_changed(self) -> None:
        found = self._first.offices.get(self.role.value() or "", ()) if self._first else ()
        self.office.set_options([(office.code, office.label) for office in found])
        self._check()

    def _check(self) -> None:
        if self.office.count():
            self.notice.say("")
        elif self._first is not None and any(self._first.offices.values()):
            self.notice.say(
                "L’annuaire importé ne donne pas le code des circonscriptions, qu’un lot signé "
                "porte\u00a0: importez un annuaire du ministère de 2024 ou plus récent (colonne "
                "«\u00a0code_circonscription\u00a0»). Rien de ce qui est saisi n’est perdu.",
                "warning",
            )
        else:
            self.notice.say(
                "Cette base ne contient encore aucune école\u00a0: importez d’abord l’annuaire des "
                "écoles (Imports).",
                "warning",
            )
        self._check_button()

    def _check_button(self) -> None:
        self.create_button.setEnabled(bool(self.name.text().strip()) and self.office.count() > 0)


class DeviceCard(Card):
    """Who this device is, its fingerprint in six groups, and its card to hand over.

    ``card_asked`` when the card is to be written; true for one that replaces no other.
    """

    card_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__("Ce poste")
        self._digits = ""
        self.identity = Text(wrap=True)
        self.fingerprint = Text(size=HEADING + 2, bold=True)
        self.fingerprint.setTextInteractionFlags(_SELECTABLE)
        self.card_button = Button("Enregistrer la carte…", icon_name="save")
        self.new_button = Button(
            "Carte neuve…",
            icon_name="save",
            tip=f"Pour un poste qui n’a jamais eu l’ancienne carte{NBSP}: elle ne dit pas la "
            f"remplacer.",
        )
        self.copy_button = Button("Copier l’empreinte", icon_name="copy")
        self.body.addWidget(self.identity)
        self.body.addWidget(self.fingerprint)
        self.body.addWidget(
            Text(
                "Remettez la carte aux postes qui doivent prendre vos lots. Lisez-leur ensuite ces "
                "six groupes au téléphone\u00a0: ils les tapent, et savent que la carte est la "
                "vôtre.",
                tone="muted",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        for button in (self.card_button, self.new_button, self.copy_button):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.card_button.clicked.connect(partial(self.card_asked.emit, False))
        self.new_button.clicked.connect(partial(self.card_asked.emit, True))
        self.copy_button.clicked.connect(self._copy)

    def show_device(self, mine: KnownDevice, office: str) -> None:
        """Show this device, of ``office``."""
        self.identity.setText(f"{mine.label} · {mine.role} · {office}")
        self.new_button.setVisible(mine.replaces)
        self._digits = mine.fingerprint
        self.fingerprint.setText(mine.fingerprint.replace(" ", "   "))
        self.fingerprint.setAccessibleName(f"Empreinte de ce poste{NBSP}: {mine.fingerprint}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._digits)
