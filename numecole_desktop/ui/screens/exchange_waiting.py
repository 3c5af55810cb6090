"""What waits: files set aside with the reason, events that never came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from numecole_desktop.ui.moments import moment
from numecole_desktop.ui.screens.exchange_read import ExchangeView
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card, Notice

if TYPE_CHECKING:
    from numecole_desktop.services.gaps import Gap


class WaitingCard(Card):
    """Hidden when nothing waits.

    Signals: ``retry_asked`` for the files set aside, ``loss_asked`` (gap).
    """

    retry_asked = Signal()
    loss_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("En attente")
        self.notices: list[Notice] = []
        self.loss_buttons: list[Button] = []
        self._gaps: tuple[Gap, ...] = ()
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self.retry_button = Button("Réessayer les fichiers", icon_name="redo")
        self.retry_button.clicked.connect(self.retry_asked)
        self.body.addLayout(self._column)
        row = QHBoxLayout()
        row.addWidget(self.retry_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_view(self, view: ExchangeView) -> None:
        """Show what waits."""
        for notice in self.notices:
            self._column.removeWidget(notice)
            notice.deleteLater()
        self.notices, self.loss_buttons = [], []
        self._gaps = view.lacks.gaps
        for sentence in view.lacks.alarms:
            self._add(Notice(sentence, "error"))
        for place, gap in enumerate(self._gaps):
            notice = Notice(gap.sentence, "warning")
            if view.lacks.may_declare:
                button = Button("Déclarer perdues…", code=str(place))
                button.pressed_code.connect(self._ask_loss)
                notice.row.addWidget(button)
                self.loss_buttons.append(button)
            self._add(notice)
        for line in view.aside:
            said = f"{line.file}, mis de côté le {moment(line.at)}. {line.reason}"
            self._add(Notice(said, "warning"))
        self.retry_button.setVisible(bool(view.aside))
        self.setVisible(bool(self.notices))

    def _add(self, notice: Notice) -> None:
        self.notices.append(notice)
        self._column.addWidget(notice)

    def _ask_loss(self, place: str) -> None:
        self.loss_asked.emit(self._gaps[int(place)])
