"""Échanges: prepare a batch, take one in, who has what, conflicts, devices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from numecole_desktop.domain.french import whole
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.commands import Handlers
from numecole_desktop.ui.dialogs.saving import ask_file, file_name
from numecole_desktop.ui.screens.base import Screen
from numecole_desktop.ui.screens.exchange_conflicts import ConflictsPage
from numecole_desktop.ui.screens.exchange_device import DeviceForm
from numecole_desktop.ui.screens.exchange_holders import HoldersPage
from numecole_desktop.ui.screens.exchange_intake import Intake
from numecole_desktop.ui.screens.exchange_orders import ExchangeOrders
from numecole_desktop.ui.screens.exchange_prepare import FOLDER, PrepareCard
from numecole_desktop.ui.screens.exchange_read import ExchangeView, FirstUse, read_exchange
from numecole_desktop.ui.screens.exchange_trust import DevicesPage
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Notice, Page
from numecole_desktop.ui.widgets.tabs import Tabs
from numecole_desktop.ui.widgets.text import TITLE, ElidedText, Text

if TYPE_CHECKING:
    from numecole_desktop.services.batches import BatchSummary
    from numecole_desktop.services.exchange_state import SentLine
    from numecole_desktop.services.trusted import KnownDevice

BATCHES, CONFLICTS, HOLDERS, DEVICES = range(4)
_PARTS = {"batches": BATCHES, "conflicts": CONFLICTS, "aside": HOLDERS}
_FILTER = "Fichiers signés (*.json *.json.gz *.gz);;Tous les fichiers (*)"


class ExchangesScreen(Screen):
    """Everything about signed files."""

    needs_room = True
    help_page = "echanges"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.current: ExchangeView | None = None
        self._waiting: list[Callable[[], None]] = []
        self.orders = ExchangeOrders(session, self)
        self.form = DeviceForm()
        self.identity = ElidedText(tone="muted")
        self.import_button = Button("Recevoir un fichier…", icon_name="import")
        self.new_button = Button("Préparer un lot", icon_name="export", primary=True)
        self.notice = Notice()
        self.tabs = Tabs("Onglets des échanges")
        self._batches = Page("Lots")
        self.prepare_card = PrepareCard(session)
        self.intake = Intake(session)
        self.conflicts = ConflictsPage()
        self.holders = HoldersPage()
        self.devices = DevicesPage()
        for table, key in (
            (self.conflicts.table, "conflicts"),
            (self.holders.received, "received"),
            (self.holders.sent, "sent"),
            (self.devices.table, "devices"),
        ):
            table.keep_layout(session.state, key)
        self._stack = QStackedWidget()
        self._nothing = QWidget()
        self._main = self._lay_out()
        for part in (self._nothing, self.form, self._main):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect()
        self._stale = True

    def handlers(self) -> Handlers:
        if self._stack.currentWidget() is not self._main:
            return {}
        found: dict[str, Callable[[], None]] = {
            f"tab_{n}": partial(self.tabs.show_tab, n - 1) for n in range(1, DEVICES + 2)
        }
        if self.tabs.row.currentIndex() == CONFLICTS and self.conflicts.opened:
            found["back"] = self.conflicts.back_to_list
        return found

    def help_topic(self) -> str:
        first = self._stack.currentWidget() is self.form
        return f"{self.help_page}#la-premiere-fois" if first else self.help_page

    def reload(self) -> None:
        if self.session.ready:
            self.session.tasks.run(read_exchange, self._show, self._refuse)

    def prepare(self) -> None:
        """Show what a batch would hold, the keyboard on the button that writes it."""
        self._when_ready(self._show_prepare)

    def choose_file(self) -> None:
        """Ask for a signed file, then take it in."""
        dialog = QFileDialog(self, "Choisir le fichier reçu")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(_FILTER)
        dialog.setDirectory(self.session.state.text(FOLDER, str(Path.home())))
        dialog.filesSelected.connect(self.take_in)
        dialog.open()

    def take_in(self, paths: Sequence[str], others: Sequence[str] = ()) -> None:
        """Take signed files in, one after the other: batches, cards or directories.

        ``others`` were given with them and are not signed files: it is said that they are left.
        """
        self._when_ready(partial(self._take_in, tuple(paths), tuple(others)))

    def show_conflicts(self, uai: str) -> None:
        """Show the conflicts of a school."""
        self._when_ready(partial(self._show_conflicts, uai))

    def _when_ready(self, action: Callable[[], None]) -> None:
        """Do ``action`` on what the base holds now; a device without a name gets one first."""
        self._waiting.append(action)
        self.reload()

    def _show(self, read: FirstUse | ExchangeView) -> None:
        if isinstance(read, FirstUse):
            self.current = None
            self.form.show_first_use(read)
            self._stack.setCurrentWidget(self.form)
            self.form.name.setFocus()
            self.handlers_changed.emit()
            return
        self.current = read
        mine = read.devices[0]
        self.identity.setText(f"{mine.label} · {mine.role} · {read.office(mine.office)}")
        self.prepare_card.show_view(read)
        self.conflicts.show_conflicts(read.conflicts)
        self.holders.show_view(read)
        self.intake.reports.show_undone({line.hash for line in read.received if line.undone})
        self.devices.show_view(read)
        left = f" ({whole(len(read.conflicts))})" if read.conflicts else ""
        self.tabs.row.setTabText(CONFLICTS, f"Désaccords{left}")
        self._stack.setCurrentWidget(self._main)
        self.handlers_changed.emit()
        actions, self._waiting = self._waiting, []
        for action in actions:
            action()

    def _refuse(self, problem: Problem) -> None:
        self._waiting = []
        self._stack.setCurrentWidget(self._main)
        self.notice.say(str(problem), "error")

    def _done(self, words: str) -> None:
        self.notice.say(words, "success")
        self.reload()

    def show_part(self, part: str) -> None:
        self.tabs.show_tab(_PARTS[part])

    def _show_prepare(self) -> None:
        self.tabs.show_tab(BATCHES)
        self.prepare_card.prepare_button.setFocus()

    def _take_in(self, paths: Sequence[str], others: Sequence[str]) -> None:
        self.tabs.show_tab(BATCHES)
        self.notice.say("")
        self.intake.take_in(paths)
        if others:
            self.intake.leave(others)

    def _taken_in(self) -> None:
        self._when_ready(partial(QTimer.singleShot, 0, self._see_reports))

    def _see_reports(self) -> None:
        bar = self._batches.verticalScrollBar()
        bar.setValue(min(bar.maximum(), self.intake.y()))

    def _show_conflicts(self, uai: str) -> None:
        self.tabs.show_tab(CONFLICTS)
        self.conflicts.open_school(uai)
        self.handlers_changed.emit()

    def _all_conflicts(self) -> None:
        self.tabs.show_tab(CONFLICTS)
        self.conflicts.table.setFocus()

    def _tab_changed(self) -> None:
        self.notice.say("")
        self.handlers_changed.emit()

    def _created(self) -> None:
        self.tabs.show_tab(DEVICES)
        self.notice.say(
            "Ce poste a sa clé. Enregistrez sa carte et remettez-la aux autres postes.", "success"
        )
        if not self._waiting:
            self._waiting.append(self.devices.mine.card_button.setFocus)
        self.reload()

    def _prepared(self, found: BatchSummary) -> None:
        self.prepare_card.show_written(found)
        self.reload()

    def _undone(self) -> None:
        self.notice.say("Lot annulé.", "success")

    def _ask_card(self, alone: bool) -> None:
        if self.current is not None:
            name = file_name("carte", self.current.devices[0].label)
            title = "Enregistrer la carte de ce poste"
            write = partial(self.orders.write_card, alone=alone)
            ask_file(self, title, name, "json", write, folder=self.session.folder)

    def _ask_verify(self, device: KnownDevice) -> None:
        self.intake.ask_fingerprint(device.label, device.kid)

    def _ask_words(self, line: SentLine) -> None:
        known = self.current.devices if self.current else ()
        others = [(device.kid, device.label) for device in known if not device.mine]
        self.orders.ask_words(line, others)

    def _connect(self) -> None:
        self.orders.done.connect(self._done)
        self.orders.refused.connect(self._refuse)
        self.orders.created.connect(self._created)
        self.orders.not_created.connect(self.form.refuse)
        self.orders.prepared.connect(self._prepared)
        self.orders.not_prepared.connect(self.prepare_card.refuse)
        self.orders.undone.connect(self._undone)
        self.orders.not_settled.connect(self.conflicts.view.refuse)
        self.form.created.connect(self.orders.create)
        self.import_button.clicked.connect(self.choose_file)
        self.new_button.clicked.connect(self.prepare)
        self.prepare_card.prepare_asked.connect(self.orders.prepare)
        self.intake.finished.connect(self._taken_in)
        self.intake.reports.undo_asked.connect(self.orders.undo)
        self.intake.reports.conflicts_asked.connect(self._all_conflicts)
        self.conflicts.settled.connect(self.orders.settle)
        self.conflicts.changed.connect(self.handlers_changed)
        self.holders.undo_asked.connect(self.orders.undo)
        self.holders.words_asked.connect(self._ask_words)
        self.holders.waiting.retry_asked.connect(self._retry)
        self.holders.waiting.loss_asked.connect(self.orders.ask_loss)
        self.devices.card_asked.connect(self._ask_card)
        self.devices.file_asked.connect(self.choose_file)
        self.devices.verify_asked.connect(self._ask_verify)
        self.devices.withdraw_asked.connect(self.orders.withdraw)
        self.tabs.row.currentChanged.connect(self._tab_changed)

    def _retry(self) -> None:
        self.tabs.show_tab(BATCHES)
        self.intake.retry()

    def _lay_out(self) -> QWidget:
        self._batches.column.addWidget(self.prepare_card)
        self._batches.column.addWidget(self.intake)
        self._batches.column.addStretch(1)
        for text, part in (
            ("Lots", self._batches),
            ("Désaccords", self.conflicts),
            ("Qui a quoi", self.holders),
            ("Postes", self.devices),
        ):
            self.tabs.add(text, part)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text("Échanges", size=TITLE, bold=True))
        words.addWidget(self.identity)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.import_button)
        row.addWidget(self.new_button)
        main = QWidget()
        top = QVBoxLayout()
        top.setContentsMargins(14, 10, 14, 0)
        top.addLayout(row)
        top.addWidget(self.notice)
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.tabs, 1)
        return main
