"""One conflict: what stood before, each value with who gave it and its effect, a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.ui.moments import moment
from numecole_desktop.ui.widgets import focus
from numecole_desktop.ui.widgets.buttons import Button, IconButton
from numecole_desktop.ui.widgets.card import Notice, Page
from numecole_desktop.ui.widgets.entry import Entry
from numecole_desktop.ui.widgets.labelled import labelled
from numecole_desktop.ui.widgets.option_card import OptionCard
from numecole_desktop.ui.widgets.text import HEADING, ElidedText, Text

if TYPE_CHECKING:
    from numecole_desktop.services.conflict_list import Choice, Conflict


class ConflictView(Page):
    """Digits choose, Entrée in the reason settles.

    Signals: ``settled`` (conflict, reason, choice from 1 or 0, other value), ``moved`` (step),
    ``closed``.
    """

    settled = Signal(object, str, int, str)
    moved = Signal(int)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__("Désaccord à trancher")
        self.conflict: Conflict | None = None
        self.place = 0
        self.options: list[OptionCard] = []
        self.back_button = IconButton("back", "Revenir à la liste des désaccords (Échap)")
        self.title = ElidedText(size=HEADING + 1, bold=True)
        self.where = ElidedText(tone="muted")
        self.rank = Text(tone="muted")
        self.up_button = IconButton("up", "Désaccord précédent")
        self.down_button = IconButton("down", "Désaccord suivant")
        self.before = Text(wrap=True)
        self.state_too = Text(
            "L’état de la déclaration se tranche avec cette réponse\u00a0: elle reste validée si "
            "ses réponses sont celles qui l’ont été, sinon elle redevient un brouillon.",
            tone="muted",
            wrap=True,
        )
        self.other = Entry("Autre valeur")
        self.reason = Entry("Motif", hint="Compté sur place, confirmé par la directrice…")
        self.settle_button = Button("Trancher", icon_name="check", primary=True)
        self.notice = Notice()
        self._choices = QVBoxLayout()
        self._choices.setSpacing(8)
        self._lay_out()
        self.back_button.clicked.connect(self.closed)
        self.up_button.clicked.connect(self._previous)
        self.down_button.clicked.connect(self._next)
        self.settle_button.clicked.connect(self.settle)
        self.reason.returnPressed.connect(self.settle)
        self.other.returnPressed.connect(self._to_reason)

    def show_conflict(self, conflict: Conflict, place: int, count: int) -> None:
        """Show a conflict, the ``place``-th (from 0) of ``count``.

        Where it is the one shown already, what was chosen and typed stays.
        """
        same = self.shows(conflict)
        self.conflict, self.place = conflict, place
        self.settle_button.setEnabled(True)
        self.title.setText(conflict.label)
        self.where.setText(
            f"{conflict.school} · {conflict.commune} · {conflict.uai} · {conflict.year}"
        )
        self.rank.setText(f"{place + 1} sur {count}")
        self.up_button.setEnabled(place > 0)
        self.down_button.setEnabled(place + 1 < count)
        self.state_too.setVisible(conflict.state_too)
        if same:
            return
        self.before.setText(f"Avant le désaccord{NBSP}: {conflict.before}")
        self.notice.say("")
        self.other.clear()
        self.reason.clear()
        self._show_options(conflict)
        self.verticalScrollBar().setValue(0)

    def shows(self, conflict: Conflict) -> bool:
        """Whether it is what a person sees now."""
        return self.conflict is not None and _shown(self.conflict) == _shown(conflict)

    def focus_first(self) -> None:
        """Put the keyboard on the first value; digits work from there."""
        self.options[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say why it was not settled."""
        self.notice.say(sentence, "error")
        self.settle_button.setEnabled(True)

    def settle(self) -> None:
        """Settle by the value chosen, with the reason typed."""
        chosen = next((option.number for option in self.options if option.isChecked()), 0)
        free = bool(self.conflict and chosen > len(self.conflict.choices))
        if not chosen:
            self.notice.say("Choisissez d’abord une valeur, par son chiffre.", "warning")
        elif free and not self.other.text().strip():
            self.notice.say("Tapez la valeur à retenir.", "warning")
            self._go(self.other)
        elif not self.reason.text().strip():
            self.notice.say("Écrivez en quelques mots pourquoi cette valeur est juste.", "warning")
            self._go(self.reason)
        else:
            self.settle_button.setEnabled(False)
            self.settled.emit(
                self.conflict,
                self.reason.text().strip(),
                0 if free else chosen,
                self.other.text().strip() if free else "",
            )

    def choose(self, number: int) -> None:
        """Choose a value, then go to what is still asked."""
        self.options[number - 1].setChecked(True)
        last = self.conflict is not None and number > len(self.conflict.choices)
        self._go(self.other if last else self.reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.isdecimal() and 0 < int(text) <= len(self.options):
            self.choose(int(text))
        else:
            super().keyPressEvent(event)

    def _show_options(self, conflict: Conflict) -> None:
        for option in self.options:
            self._choices.removeWidget(option)
            option.deleteLater()
        self.options = [
            OptionCard(number, choice.value, _support(choice))
            for number, choice in enumerate(conflict.choices, 1)
        ]
        self.other.setParent(self)
        self.other.hide()
        if conflict.free:
            card = OptionCard(len(self.options) + 1, "Autre valeur…", ())
            card.body.addWidget(self.other)
            self.other.show()
            self.options.append(card)
        for option in self.options:
            option.clicked.connect(self._clicked)
            self._choices.addWidget(option)
        top = (self.back_button, self.up_button, self.down_button)
        focus.order((top, self.options, (self.other, self.reason, self.settle_button)))

    def _clicked(self) -> None:
        for option in self.options:
            if option.isChecked():
                self.choose(option.number)

    def _to_reason(self) -> None:
        self.choose(len(self.options))
        self._go(self.reason)

    def _go(self, entry: Entry) -> None:
        entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(entry)

    def _previous(self) -> None:
        self.moved.emit(-1)

    def _next(self) -> None:
        self.moved.emit(1)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.where)
        top = QHBoxLayout()
        top.addWidget(self.back_button)
        top.addLayout(words, 1)
        for part in (self.rank, self.up_button, self.down_button):
            top.addWidget(part)
        self.column.addLayout(top)
        self.column.addWidget(self.before)
        self.column.addWidget(self.state_too)
        self.column.addLayout(self._choices)
        self.column.addSpacing(4)
        self.column.addLayout(labelled("Motif", self.reason, self.settle_button))
        self.column.addWidget(self.notice)
        self.column.addStretch(1)


def _shown(conflict: Conflict) -> tuple[object, ...]:
    """What a person sees of a conflict."""
    return conflict.kind, conflict.uai, conflict.year, conflict.unit, conflict.choices


def _support(choice: Choice) -> list[str]:
    who = f"{choice.device} ({choice.operator})" if choice.operator else choice.device
    lines = [f"{choice.source}, {who}, le {moment(choice.at)}"]
    if choice.note:
        lines.append(f"Note{NBSP}: {quoted(choice.note)}")
    effect = f"Donne {choice.index}" if choice.index else ""
    shown = "valeur montrée en attendant" if choice.provisional else ""
    last = ", ".join(filter(None, (effect, shown)))
    return [*lines, last] if last else lines
