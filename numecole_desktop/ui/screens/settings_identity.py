"""Who types on this computer: a code kept with each answer, and a role in the label's steps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from numecole_desktop.domain.label_steps import Role
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.card import Card
from numecole_desktop.ui.widgets.picker import Picker
from numecole_desktop.ui.widgets.setting_field import KeptEntry, SettingField

if TYPE_CHECKING:
    from numecole_desktop.domain.problem import Problem
    from numecole_desktop.services.office import Office
    from numecole_desktop.services.workspace import Changes, Workspace

_LONGEST_CODE = 40


class IdentityCard(Card):
    """Both fields, kept at once; ``kept`` when they were."""

    kept = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Qui saisit sur ce poste", parent)
        self.session = session
        self._waiting = 0
        self.code = KeptEntry("Code de la personne qui saisit", _LONGEST_CODE)
        self.role = Picker("Rôle", [(role.value, role.label.capitalize()) for role in Role])
        self.code_field = SettingField(
            "Code",
            "Un code court, sans nom de personne\u00a0: «\u00a0cpn-limoux\u00a0», "
            "«\u00a0secretariat-narbonne\u00a0». L’historique le montre à côté de chaque réponse.",
            self.code,
        )
        self.body.addWidget(self.code_field)
        self.body.addWidget(
            SettingField(
                "Rôle",
                "Ce que l’on peut faire d’un dossier de label\u00a0; «\u00a0non précisé\u00a0» "
                "permet toutes les étapes.",
                self.role,
            )
        )
        self.code.kept.connect(self._put_code)
        self.role.chosen.connect(self._put_role)

    def show_office(self, office: Office) -> None:
        """Show what is kept."""
        self.code.show_kept(office.operator)
        if not self._waiting:
            self.role.set_value(office.role.value)

    def keep(self) -> None:
        """Keep what was typed, if it was not yet."""
        self.code.keep()

    def _put_code(self, code: str) -> None:
        kept = "Code enregistré\u00a0: il accompagnera les prochaines réponses."
        said = kept if code else "Code effacé\u00a0: l’historique ne dira plus qui a saisi."
        self._put("changement du code de qui saisit", said)

    def _put_role(self, _: str) -> None:
        self._put("changement de rôle", "Rôle enregistré.")

    def _put(self, label: str, said: str) -> None:
        self._waiting += 1
        code = self.code.text().strip()
        put = partial(_put_identity, code=code, role=self.role.value() or Role.ANY.value)
        watched = self.session.undo_log.watched(label, put)
        self.session.tasks.run(watched, partial(self._kept, code, said), self._refused)

    def _kept(self, code: str, said: str, changes: Changes) -> None:
        self._waiting -= 1
        self.code.show_kept(code)
        self.code_field.refuse("")
        self.session.refresher.publish(changes)
        self.session.say(said, "success")
        self.kept.emit()

    def _refused(self, problem: Problem) -> None:
        self._waiting -= 1
        self.code.refused()
        self.code_field.refuse(str(problem))


def _put_identity(workspace: Workspace, *, code: str, role: str) -> Changes:
    from numecole_desktop.services import office

    return office.put_identity(workspace, code, role)
