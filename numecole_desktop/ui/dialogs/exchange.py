"""What people read to each other over the telephone: a fingerprint, the six words of a receipt."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from numecole_desktop.domain.french import NBSP, plural, quoted
from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.widgets.entry import Entry
from numecole_desktop.ui.widgets.labelled import labelled
from numecole_desktop.ui.widgets.picker import Picker

_DIGITS = 30
_WORDS = 6


class FingerprintDialog(Dialog):
    """The thirty digits that the owner reads aloud; ``chosen`` carries what was typed.

    ``optional`` when the file may be kept «\u00a0non vérifié\u00a0».
    """

    chosen = Signal(str)

    help_page = "echanges#postes"

    def __init__(self, owner: str, optional: bool, parent: QWidget | None) -> None:
        super().__init__("Vérifier une empreinte", parent, accept_text="Vérifier")
        self._optional = optional
        self.say(
            f"{owner}{NBSP}: appelez son propriétaire à un numéro que vous connaissez déjà, et "
            f"tapez les 30 chiffres qu’il lit sur son écran."
        )
        self.digits = Entry("Empreinte de 30 chiffres", hint="00000 00000 00000 00000 00000 00000")
        self.body.addWidget(self.digits)
        self.state = self.say("", "muted")
        self.digits.setFocus()
        self.digits.textChanged.connect(self._check)
        self._check()

    def accept(self) -> None:
        self.chosen.emit(self.digits.text().strip())
        super().accept()

    def _check(self) -> None:
        typed = sum(character.isdigit() for character in self.digits.text())
        if self.accept_button is None:
            return
        nothing = self._optional and not self.digits.text().strip()
        self.accept_button.setEnabled(typed == _DIGITS or nothing)
        self.accept_button.setText("Garder non vérifié" if nothing else "Vérifier")
        self.state.setText(
            f"Sans empreinte, le poste reste {quoted('non vérifié')}{NBSP}: ses lots seront mis de "
            f"côté."
            if nothing
            else f"{plural(typed, 'chiffre')} sur {_DIGITS}"
        )


class WordsDialog(Dialog):
    """The six words that a device reads aloud; ``chosen`` carries its key and the words."""

    chosen = Signal(str, str)

    help_page = "echanges#qui-a-quoi"

    def __init__(
        self, file: str, devices: Sequence[tuple[str, str]], parent: QWidget | None
    ) -> None:
        super().__init__("Vérifier un reçu", parent, accept_text="Vérifier")
        self.say(
            f"Lot {file}{NBSP}: demandez au poste qui l’a pris les six mots que son rapport "
            f"affiche."
        )
        self.device = Picker("Poste qui lit les mots", devices)
        self.words = Entry("Les six mots", hint="six mots, séparés par des espaces")
        self.body.addLayout(labelled("Poste", self.device))
        self.body.addLayout(labelled("Mots", self.words))
        self.words.setFocus()
        self.words.textChanged.connect(self._check)
        self._check()

    def accept(self) -> None:
        self.chosen.emit(self.device.value() or "", self.words.text().strip())
        super().accept()

    def _check(self) -> None:
        if self.accept_button is not None:
            complete = len(self.words.text().split()) == _WORDS
            self.accept_button.setEnabled(complete and self.device.value() is not None)


class LossDialog(Dialog):
    """Why events will never come; ``chosen`` carries the reason."""

    chosen = Signal(str)

    help_page = "echanges#il-manque-des-saisies"

    def __init__(self, sentence: str, parent: QWidget | None) -> None:
        super().__init__("Déclarer une perte", parent, accept_text="Déclarer perdues")
        self.say(sentence)
        self.say(
            "Si ces saisies ne viendront jamais, ce qui les attendait est appliqué sur tous les "
            "postes qui recevront votre prochain lot."
        )
        self.reason = Entry("Raison", hint="Ordinateur volé, base effacée…")
        self.body.addWidget(self.reason)
        self.reason.setFocus()
        self.reason.textChanged.connect(self._check)
        self._check()

    def accept(self) -> None:
        self.chosen.emit(self.reason.text().strip())
        super().accept()

    def _check(self) -> None:
        if self.accept_button is not None:
            self.accept_button.setEnabled(bool(self.reason.text().strip()))
