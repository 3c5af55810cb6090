"""This device, the devices that it knows, and whether their batches are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from numecole_desktop.ui.models.exchanges import DEVICE_HEADINGS, device_rows
from numecole_desktop.ui.models.rows import RowsModel
from numecole_desktop.ui.screens.exchange_device import DeviceCard
from numecole_desktop.ui.screens.exchange_read import ExchangeView
from numecole_desktop.ui.theme import row_height
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card, Page
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.services.trusted import KnownDevice

_WIDTHS = (190, 160, 170, 190, 300)
_MOST_ROWS = 10


class DevicesPage(Page):
    """Signals: ``card_asked`` (alone), ``file_asked``, ``verify_asked``, ``withdraw_asked``."""

    card_asked = Signal(bool)
    file_asked = Signal()
    verify_asked = Signal(object)
    withdraw_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("Postes")
        self.mine = DeviceCard()
        self.mine.card_asked.connect(self.card_asked)
        self.model = RowsModel(DEVICE_HEADINGS, self)
        self.table = Table("Postes connus")
        self.table.show_model(self.model, _WIDTHS)
        self.receive_button = Button("Recevoir une carte…", icon_name="import")
        self.verify_button = Button("Vérifier l’empreinte…", icon_name="check")
        self.withdraw_button = Button("Ne plus prendre ses lots", icon_name="close")
        card = Card("Postes connus")
        card.body.addWidget(
            Text(
                "Seuls les lots des postes vérifiés sont pris\u00a0; ceux des autres sont mis de "
                "côté, jamais jetés.",
                tone="muted",
                wrap=True,
            )
        )
        card.body.addWidget(self.table)
        row = QHBoxLayout()
        for button in (self.receive_button, self.verify_button, self.withdraw_button):
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        self.column.addWidget(self.mine)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.receive_button.clicked.connect(self.file_asked)
        self.verify_button.clicked.connect(self._verify)
        self.withdraw_button.clicked.connect(self._withdraw)

    def show_view(self, view: ExchangeView) -> None:
        """Show the devices."""
        self.mine.show_device(view.devices[0], view.office(view.devices[0].office))
        self.model.set_rows(device_rows(view), view.devices)
        rows = min(_MOST_ROWS, len(view.devices))
        self.table.setFixedHeight((rows + 1) * row_height() + 20)
        self.table.go_to(len(view.devices) - 1)
        self._row_changed()

    def _current(self) -> KnownDevice | None:
        row = self.table.current_row()
        if not 0 <= row < self.model.rowCount():
            return None
        device: KnownDevice = self.model.value(row)  # type: ignore[assignment]  # set with the rows
        return device

    def _row_changed(self) -> None:
        device = self._current()
        other = device is not None and not device.mine
        self.withdraw_button.setEnabled(other and device is not None and device.counts)
        self.verify_button.setEnabled(other and device is not None and not device.counts)

    def _verify(self) -> None:
        self.verify_asked.emit(self._current())

    def _withdraw(self) -> None:
        self.withdraw_asked.emit(self._current())
