"""Who has what: shares by device, batches that came and went, files set aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from numecole_desktop.ui.models import exchanges as tables
from numecole_desktop.ui.models.rows import Cell, RowsModel
from numecole_desktop.ui.screens.exchange_read import ExchangeView
from numecole_desktop.ui.screens.exchange_waiting import WaitingCard
from numecole_desktop.ui.theme import row_height, scaled
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card, Page
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.services.exchange_state import ReceivedLine, SentLine

T = TypeVar("T")
_MOST_ROWS = 6
_SHARE_WIDTH = 170
_RECEIVED_WIDTHS = (128, 130, 210, 300, 60, 150)
_SENT_WIDTHS = (128, 180, 116, 180, 300)


class HoldersPage(Page):
    """Signals: ``undo_asked`` (hash), ``words_asked`` (a batch sent)."""

    undo_asked = Signal(str)
    words_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("Qui a quoi")
        self.shares = Table("Qui a quoi, par poste")
        self.received = _table("Lots reçus", tables.RECEIVED_HEADINGS, _RECEIVED_WIDTHS)
        self.sent = _table("Lots écrits", tables.SENT_HEADINGS, _SENT_WIDTHS)
        self.waiting = WaitingCard()
        self.undo_button = Button("Annuler ce lot", icon_name="undo")
        self.words_button = Button("Vérifier les six mots…", icon_name="check")
        self.nobody = Text(
            "Aucun autre poste n’est connu\u00a0: recevez la carte d’un poste (onglet Postes).",
            tone="muted",
            wrap=True,
        )
        card = Card("Qui a quoi")
        card.body.addWidget(
            Text(
                "En nombre de saisies, ce que chaque poste a dit tenir dans son dernier lot reçu "
                "ici\u00a0: rien d’autre ne le prouve. Un import compte une saisie par millier de "
                "lignes.",
                tone="muted",
                wrap=True,
            )
        )
        card.body.addWidget(self.shares)
        card.body.addWidget(self.nobody)
        self.column.addWidget(card)
        self.received_card, self.sent_card = Card("Lots reçus"), Card("Lots écrits")
        self.received_card.body.addWidget(self.received)
        self.sent_card.body.addWidget(self.sent)
        for under, button in (
            (self.received_card, self.undo_button),
            (self.sent_card, self.words_button),
        ):
            row = QHBoxLayout()
            row.addWidget(button)
            row.addStretch(1)
            under.body.addLayout(row)
        for part in (self.waiting, self.received_card, self.sent_card):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.received.selectionModel().currentRowChanged.connect(self._row_changed)
        self.sent.selectionModel().currentRowChanged.connect(self._row_changed)
        self.undo_button.clicked.connect(self._undo)
        self.words_button.clicked.connect(self._check_words)

    def show_view(self, view: ExchangeView) -> None:
        """Show where exchange stands."""
        former = self.shares.model()
        model = RowsModel(tables.share_headings(view.shares), self.shares)
        self.shares.setModel(model)
        if former is not None:
            former.deleteLater()
        model.set_rows(tables.share_rows(view.shares))
        for column in range(model.columnCount()):
            self.shares.setColumnWidth(column, scaled(_SHARE_WIDTH))
        _fit(self.shares)
        self.shares.setVisible(bool(view.shares.holders))
        self.nobody.setVisible(not view.shares.holders)
        _fill(self.received, tables.received_rows, view.received)
        _fill(self.sent, tables.sent_rows, view.sent)
        self.waiting.show_view(view)
        self.received_card.setVisible(bool(view.received))
        self.sent_card.setVisible(bool(view.sent))
        for table in (self.received, self.sent):
            if table.model().rowCount():
                table.go_to(0)
        self._row_changed()

    def _row_changed(self) -> None:
        line: ReceivedLine | None = _current(self.received)
        self.undo_button.setEnabled(line is not None and not line.undone)
        self.words_button.setEnabled(_current(self.sent) is not None)

    def _undo(self) -> None:
        line: ReceivedLine | None = _current(self.received)
        if line is not None:
            self.undo_asked.emit(line.hash)

    def _check_words(self) -> None:
        line: SentLine | None = _current(self.sent)
        if line is not None:
            self.words_asked.emit(line)


def _table(name: str, headings: tuple[str, ...], widths: tuple[int, ...]) -> Table:
    table = Table(name)
    table.show_model(RowsModel(headings, table), widths)
    return table


def _fill(
    table: Table,
    rows: Callable[[tuple[T, ...]], list[Sequence[Cell]]],
    lines: tuple[T, ...],
) -> None:
    model = table.model()
    if isinstance(model, RowsModel):
        model.set_rows(rows(lines), lines)
    _fit(table)


def _fit(table: Table) -> None:
    """As high as its rows, up to a few: the page scrolls, not the table."""
    rows = min(_MOST_ROWS, table.model().rowCount())
    bar = table.horizontalScrollBar().sizeHint().height()
    table.setFixedHeight((rows + 1) * row_height() + bar + 4)


def _current(table: Table) -> Any:  # what its rows stand for
    model, row = table.model(), table.current_row()
    if isinstance(model, RowsModel) and 0 <= row < model.rowCount():
        return model.value(row)
    return None
