"""The opinion on each criterion and the decision, entered by the keys 0 to 3."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, short_date
from numecole_desktop.domain.label_application import LabelApplication, State
from numecole_desktop.domain.label_criteria import CriterionLevel
from numecole_desktop.domain.label_steps import Decision, Step
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.forms.dossier_field import LineEntry
from numecole_desktop.ui.moments import read_day, unreadable_day
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.card import Card, Notice
from numecole_desktop.ui.widgets.choice import ChoiceBar
from numecole_desktop.ui.widgets.focus import Through
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.services.label_dossiers import DossierSaved
    from numecole_desktop.services.label_opening import Dossier
    from numecole_desktop.services.workspace import Workspace

    Action = Callable[[Workspace, Dossier], DossierSaved]

_DATE_WIDTH = 110
Entered = tuple[tuple[tuple[str | None, str], ...], str | None, str]
"""Level and reason by criterion, level decided, its reason: as they are on screen."""


def level_bar(name: str, highest: int, refusal: bool = False) -> ChoiceBar:
    """The levels from 0 to ``highest`` as choices; 0 is called a refusal in a decision."""
    first = "0 (refus)" if refusal else "0"
    options = [("0", first), *((str(n), str(n)) for n in range(1, highest + 1))]
    return ChoiceBar(name, options, keys=True)


class CriterionOpinion(Through):
    """The opinion on one criterion; the reason is asked where it differs from what is computed."""

    def __init__(self, criterion: CriterionLevel, highest: int) -> None:
        super().__init__()
        self.criterion = criterion
        self.bar = level_bar(f"Avis, {criterion.title}", highest)
        self.bar.chosen.connect(self._follow)
        self.reason = LineEntry(
            f"Raison de l’écart, {criterion.title}", hint="Raison de l’écart, en une phrase"
        )
        computed = "?" if criterion.level is None else str(criterion.level)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(criterion.title, bold=True, wrap=True))
        words.addWidget(Text(f"Calculé{NBSP}: {computed}. {criterion.reason}", wrap=True))
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addLayout(words, 1)
        top.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.reason)
        self.pass_to(self.bar)

    def show_opinion(self, level: int | None, reason: str) -> None:
        """Show what is held; the computed level stands where there is no opinion yet."""
        shown = self.criterion.level if level is None else level
        self.bar.set_value(None if shown is None else str(shown))
        self.reason.setText(reason)
        self._follow()

    def level(self) -> int | None:
        """The level given."""
        value = self.bar.value()
        return int(value) if value else None

    def words(self) -> str:
        """The reason given, empty where none is asked."""
        return self.reason.text().strip() if self._differs() else ""

    def _differs(self) -> bool:
        return self.level() is not None and self.level() != self.criterion.level

    def _follow(self) -> None:
        self.reason.setVisible(self._differs())


class Judging(QWidget):
    """Opinion, then decision, of one dossier."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dossier: Dossier | None = None
        self._shown: Entered = ((), None, "")
        self._left: dict[tuple[str, str, State], Entered] = {}
        self.criteria: list[CriterionOpinion] = []
        self.notice = Notice()
        self.opinion = Card("Avis de la circonscription")
        self.decision = Card("Décision")
        self.level = level_bar("Décision", 0)
        self.day = LineEntry("Date de la décision", hint="jj/mm/aaaa")
        self.day.setFixedWidth(scaled(_DATE_WIDTH))
        self.day.setText(short_date(date.today()))  # noqa: DTZ011 - the day on this desk
        self.reason = LineEntry(
            "Raison de la décision", hint="Raison, si la décision diffère de l’avis"
        )
        self._lay_out()

    def show_dossier(self, dossier: Dossier) -> None:
        """Show what is held of a dossier, or what was left there without being kept.

        The date typed for the former dossier stays.
        """
        self._leave()
        self.dossier = dossier
        blocked = [dossier.block(step) for step in (Step.EXAMINE, Step.DECIDE)]
        may_examine, may_decide = (not reason for reason in blocked)
        self.opinion.setVisible(may_examine)
        self.decision.setVisible(may_decide)
        waiting = dossier.state is State.SUBMITTED and not may_examine
        waiting = waiting or (dossier.state is State.EXAMINED and not may_decide)
        self.notice.say(blocked[dossier.state is State.EXAMINED] if waiting else "", "action")
        self._show_criteria(dossier)
        self._show_decision(dossier)
        self._shown = self._entered()
        left = self._left.pop(_place(dossier), None)
        if left is not None and len(left[0]) == len(self.criteria):
            self._enter(left)

    def stops(self) -> Sequence[QWidget]:
        """What takes the keyboard, in order."""
        inside = [part for one in self.criteria for part in (*one.bar.buttons, one.reason)]
        return [*inside, *self.level.buttons, self.day, self.reason]

    def focus_first(self) -> None:
        """Put the keyboard where the next step waits for an answer."""
        # Once laid out: a hidden field takes no focus.
        QTimer.singleShot(0, self._focus_now)

    def done(self) -> None:
        """What was entered is in the base: there is nothing to find again."""
        self._shown = self._entered()

    def action(self) -> Action | None:
        """What Ctrl+Entrée does now: the opinion where it is new, else the decision.

        Raises:
            Problem: the date cannot be read, or no level is chosen.
        """
        from numecole_desktop.services import label_dossiers

        if self.dossier is None:
            return None
        levels, reasons = self._given()
        held = self.dossier.application
        examined = held is not None and held.state is State.EXAMINED
        same = held is not None and (held.opinion, held.opinion_reasons) == (levels, reasons)
        if not examined or not same:
            return partial(label_dossiers.examine, opinion=levels, reasons=reasons)
        return partial(label_dossiers.decide, decision=self._decision())

    def _given(self) -> tuple[Mapping[str, int], Mapping[str, str]]:
        levels = {
            one.criterion.key: level for one in self.criteria if (level := one.level()) is not None
        }
        reasons = {one.criterion.key: words for one in self.criteria if (words := one.words())}
        return levels, reasons

    def _decision(self) -> Decision:
        level = self.level.value()
        if level is None:
            raise Problem(f"Il manque le niveau décidé{NBSP}: donnez 0 pour un refus.")
        day = read_day(self.day.text())
        if day is None:
            raise Problem(unreadable_day(self.day.text()))
        return Decision(int(level), day, self.reason.text())

    def _show_criteria(self, dossier: Dossier) -> None:
        held = dossier.application or LabelApplication(dossier.school.uai, dossier.year)
        for one in self.criteria:
            self.opinion.body.removeWidget(one)
            one.deleteLater()
        self.criteria = []
        for criterion in dossier.level.criteria:
            one = CriterionOpinion(criterion, dossier.rules.highest)
            one.show_opinion(
                held.opinion.get(criterion.key), held.opinion_reasons.get(criterion.key, "")
            )
            self.criteria.append(one)
            self.opinion.body.addWidget(one)

    def _show_decision(self, dossier: Dossier) -> None:
        held = dossier.application
        bar = level_bar("Décision", dossier.rules.highest, refusal=True)
        given = held.opinion_level if held else None
        bar.set_value(None if given is None else str(given))
        self._row.replaceWidget(self.level, bar)
        self.level.deleteLater()
        self.level = bar
        self.reason.clear()

    def _entered(self) -> Entered:
        opinions = tuple((one.bar.value(), one.reason.text()) for one in self.criteria)
        return opinions, self.level.value(), self.reason.text()

    def _enter(self, entered: Entered) -> None:
        opinions, level, reason = entered
        for one, (given, words) in zip(self.criteria, opinions, strict=True):
            one.show_opinion(int(given) if given else None, words)
        self.level.set_value(level)
        self.reason.setText(reason)

    def _leave(self) -> None:
        entered = self._entered()
        if self.dossier is not None and entered != self._shown:
            self._left[_place(self.dossier)] = entered

    def _focus_now(self) -> None:
        if self.dossier is not None and self.dossier.state is State.EXAMINED:
            self.level.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.criteria:
            self.criteria[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.setSpacing(10)
        self._row.addWidget(self.level)
        self._row.addWidget(Text("le"))
        self._row.addWidget(self.day)
        self._row.addStretch(1)
        self.opinion.body.addWidget(
            Text(f"Touches 0 à 3{NBSP}: avis sur le critère. Tab{NBSP}: suivant.", tone="muted")
        )
        self.decision.body.addLayout(self._row)
        self.decision.body.addWidget(self.reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.notice, self.opinion, self.decision):
            column.addWidget(part)


def _place(dossier: Dossier) -> tuple[str, str, State]:
    return dossier.school.uai, str(dossier.year), dossier.state
