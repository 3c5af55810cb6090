"""« Mon territoire »: an académie, a département, some circonscriptions, or every school."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from numecole_desktop.domain.own_territory import EVERYWHERE, OwnTerritory
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.card import Card
from numecole_desktop.ui.widgets.checklist import Checklist
from numecole_desktop.ui.widgets.picker import Picker
from numecole_desktop.ui.widgets.setting_field import SettingField
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from numecole_desktop.domain.problem import Problem
    from numecole_desktop.services.office import Office
    from numecole_desktop.services.workspace import Workspace

_LEVELS = (
    ("", "Toutes les écoles de la base"),
    ("academie", "Académie"),
    ("departement", "Département"),
    ("circonscription", "Circonscription, une ou plusieurs"),
)
_CHOOSE = ("", "Choisissez…")
_NOT_CHOSEN = (
    "Choisissez-le dans la liste, ou «\u00a0Toutes les écoles de la base\u00a0» ci-dessus."
)
_NOT_IMPORTED = (
    "Les circonscriptions sont celles de l’annuaire\u00a0: choisissez d’abord le département, vous "
    "préciserez après l’avoir importé."
)
_WITHOUT_CODE = (
    "L’annuaire importé ne donne pas le code des circonscriptions\u00a0: choisissez le "
    "département, ou importez un annuaire du ministère de 2024 ou plus récent (colonne "
    "«\u00a0code_circonscription\u00a0»)."
)
_NOT_TICKED = "Cochez au moins une circonscription, avec la barre d’espace."


class TerritoryCard(Card):
    """The level, then which one; kept as soon as it is said whole. ``kept`` when it was."""

    kept = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Mon territoire", parent)
        self.session = session
        self.territory = EVERYWHERE
        self.level = Picker("Étendue de mon territoire", _LEVELS)
        self.one = Picker("Territoire", [_CHOOSE])
        self.several = Checklist("Circonscriptions", "Chercher une circonscription")
        self.unknown = Text(tone="warning", wrap=True)
        self._office: Office | None = None
        self._choosing = False
        self._waiting = 0
        self.level_field = SettingField(
            "Étendue",
            "Les écoles montrées et comptées d’abord. Les autres se retrouvent par «\u00a0Toutes "
            "les écoles\u00a0», en haut de la fenêtre.",
            self.level,
        )
        self.one_field = SettingField("Lequel", "Tapez ses premières lettres.", self.one)
        self.several_field = SettingField(
            "Lesquelles", "Tapez un nom, puis cochez avec la barre d’espace.", self.several
        )
        for part in (self.level_field, self.one_field, self.unknown, self.several_field):
            self.body.addWidget(part)
        self.level.chosen.connect(self._level_chosen)
        self.one.chosen.connect(self._said)
        self.several.ticked.connect(self._said)
        self._fit()

    def show_office(self, office: Office) -> None:
        """Show what is kept; a choice that is being made stays."""
        known = self._office is not None and self._office.choices == office.choices
        self._office = office
        if not self._choosing and not self._waiting:
            self.territory = office.territory
            self.level.set_value(office.territory.level)
        elif known:
            return
        self._offer()

    def ask_missing(self) -> bool:
        """Whether a level is chosen without saying which one: the keyboard goes to say it.

        It is said in words where the keyboard was there already. Before the directory is imported
        no circonscription can be chosen: nothing is missing.
        """
        level = self.level.value()
        several = level == "circonscription"
        field = self.several_field if several else self.one_field
        if not level or field.isHidden() or (self.several.codes() if several else self.one.value()):
            return False
        if field.isAncestorOf(self.focusWidget()):
            field.refuse(_NOT_TICKED if several else _NOT_CHOSEN)
        else:
            (self.several if several else self.one).setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._choosing = False

    def _level_chosen(self, level: str) -> None:
        self._choosing = True
        self._offer()
        if not level:
            self._said()

    def _offer(self) -> None:
        if self._office is None:
            return
        level, choices = self.level.value() or "", self._office.choices
        held = self.territory.codes if self.territory.level == level else ()
        if level == "circonscription":
            self.several.show_options(choices.circonscriptions, held)
        elif level:
            offered = choices.academies if level == "academie" else choices.departments
            self.one.set_options([_CHOOSE, *offered])
            self.one.set_value(held[0] if held else "")
        self._fit()

    def _fit(self) -> None:
        level = self.level.value() or ""
        several = level == "circonscription"
        known = self._office is not None and bool(self._office.choices.circonscriptions)
        self.one_field.setVisible(bool(level) and not several)
        self.several_field.setVisible(several and known)
        held = self._office is not None and self._office.schools > 0
        self.unknown.setText(_WITHOUT_CODE if held else _NOT_IMPORTED)
        self.unknown.setVisible(several and not known)
        self.several_field.refuse("")
        self.one_field.refuse("")

    def _said(self, _: str = "") -> None:
        level = self.level.value() or ""
        one = self.one.value()
        codes = self.several.codes() if level == "circonscription" else (one,) if one else ()
        wrong = level == "circonscription" and not codes
        self.several_field.refuse(_NOT_TICKED if wrong else "")
        if level and not codes:
            return
        self._choosing = False
        self.one_field.refuse("")
        self.territory = OwnTerritory(level, codes) if level else EVERYWHERE
        self._waiting += 1
        keep = partial(_keep, territory=self.territory)
        watched = self.session.undo_log.watched("changement de territoire", keep)
        self.session.tasks.run(watched, partial(self._kept, self.territory), self._refused)

    def _kept(self, territory: OwnTerritory, name: str) -> None:
        from numecole_desktop.services.workspace import Changes

        self._waiting -= 1
        self.level_field.refuse("")
        self.session.look_after(territory, name)
        self.session.refresher.publish(Changes(everything=True))
        self.kept.emit()

    def _refused(self, problem: Problem) -> None:
        self._waiting -= 1
        self.level_field.refuse(str(problem))


def _keep(workspace: Workspace, territory: OwnTerritory) -> str:
    from numecole_desktop.services.own_territory import keep_territory

    return keep_territory(workspace, territory)
