"""Unit prices: those proposed, until one gives those of one's own market."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from numecole_desktop.domain.french import NBSP, whole
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.card import Card
from numecole_desktop.ui.widgets.setting_field import KeptEntry, SettingField
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.domain.prices import Prices
    from numecole_desktop.domain.problem import Problem
    from numecole_desktop.services.office import Office
    from numecole_desktop.services.workspace import Workspace

_LONGEST = 12


class PricesCard(Card):
    """One field for each equipment; an emptied one goes back to the price proposed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Prix unitaires", parent)
        self.session = session
        self.body.addWidget(
            Text(
                f"En euros entiers, toutes taxes comprises. Ils servent à estimer le coût de ce "
                f"qui manque à une école. Les prix proposés sont des hypothèses{NBSP}: donnez ceux "
                f"de votre marché, ou videz un champ pour revenir au prix proposé.",
                tone="muted",
                wrap=True,
            )
        )
        self.fields: dict[str, SettingField] = {}
        self.entries: dict[str, KeptEntry] = {}

    def show_office(self, office: Office) -> None:
        """Show the prices in force."""
        self._show(office.prices)

    def keep(self) -> None:
        """Keep what was typed, if it was not yet."""
        for entry in self.entries.values():
            entry.keep()

    def _show(self, prices: Prices) -> None:
        if not self.entries:
            for price in prices.items:
                entry = KeptEntry(f"Prix{NBSP}: {price.label}", _LONGEST)
                entry.kept.connect(partial(self._put, price.question))
                unit = f"{price.unit[0].upper()}{price.unit[1:]}."
                field = SettingField(price.label, unit, entry, Text(f"€{NBSP}TTC"))
                self.entries[price.question], self.fields[price.question] = entry, field
                self.body.addWidget(field)
        for price in prices.items:
            self.entries[price.question].show_kept(whole(price.euros))
            self.entries[price.question].setToolTip(price.source)
            self.fields[price.question].refuse("")

    def _put(self, question: str, text: str) -> None:
        put = partial(_put, question=question, text=text)
        label = f"changement de prix, {self.fields[question].name.lower()}"
        watched = self.session.undo_log.watched(label, put)
        kept, refused = partial(self._kept, question), partial(self._refused, question)
        self.session.tasks.run(watched, kept, refused)

    def _kept(self, question: str, prices: Prices) -> None:
        from numecole_desktop.services.workspace import Changes

        self.fields[question].refuse("")
        self.entries[question].show_kept(whole(prices.of(question).euros))
        self.session.refresher.publish(Changes(everything=True))
        self.session.say("Prix enregistré.", "success")

    def _refused(self, question: str, problem: Problem) -> None:
        self.entries[question].refused()
        self.fields[question].refuse(str(problem))
        self.session.say(str(problem), "error")


def _put(workspace: Workspace, question: str, text: str) -> Prices:
    from numecole_desktop.services.prices import put_price

    return put_price(workspace, question, text)
