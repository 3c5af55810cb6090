"""Tab « Et si… ? »: quantities that one moves, and what they would give; nothing is written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.equipment import INPUTS
from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.label_criteria import level_words
from numecole_desktop.domain.prices import cost_words
from numecole_desktop.ui.forms.panel import IndexPanel
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card, Notice, Page
from numecole_desktop.ui.widgets.stepper import Stepper
from numecole_desktop.ui.widgets.text import SMALL, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from numecole_desktop.domain.label_criteria import LabelLevel
    from numecole_desktop.domain.problem import Problem
    from numecole_desktop.domain.questionnaire import Question, Questionnaire
    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.what_if import Outcome, Trial
    from numecole_desktop.services.workspace import Workspace
    from numecole_desktop.ui.screens.school_read import ReadSchool


_SHORT_BELOW = 900


class QuantityRow:
    """One question: its words, its stepper, what is declared."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self.code = Text(question.code, tone="action", bold=True)
        self.words = Text(question.label, wrap=True)
        self.stepper = Stepper(f"{question.code} {question.label}", question.maximum)
        self.declared = Text(tone="muted", size=SMALL)

    def set_short(self, short: bool) -> None:
        """Fewer words, where the window is narrow."""
        self.words.setText(self._question.short if short else self._question.label)
        self.words.setToolTip(self._question.label if short else "")

    def show_declared(self, value: int | None) -> None:
        """Say what is declared, more clearly where something else is tried."""
        moved = self.stepper.value() != value
        self.declared.setText(f"déclaré{NBSP}: {'n.c.' if value is None else value}")
        self.declared.set_tone("action" if moved else "muted")


class LabelCard(Card):
    """The level of the label with the quantities tried, and the criterion that limits it."""

    def __init__(self) -> None:
        super().__init__("Label")
        self.sentence = Text(bold=True, wrap=True)
        self.supposed = Text(tone="muted", size=SMALL, wrap=True)
        self.criteria = Text(wrap=True)
        self.raise_with = Text(wrap=True)
        for part in (self.sentence, self.criteria, self.raise_with, self.supposed):
            self.body.addWidget(part)

    def show_level(self, level: LabelLevel, campaign: str, supposed: bool) -> None:
        """Show a level; ``supposed`` when the school has no dossier for the campaign."""
        self.heading.setText(f"Label, campagne {campaign}")
        self.sentence.setText(level.sentence)
        self.supposed.say(
            "Pas de dossier pour cette campagne\u00a0: niveau d’un dossier dont les référents "
            "seraient nommés et le projet inscrit au projet d’école dans toutes les classes."
            if supposed
            else ""
        )
        self.criteria.setText(
            "\n".join(f"{c.title}{NBSP}: {level_words(c.level)}" for c in level.criteria)
        )
        wanted = [sentence for limit in level.limiting for sentence in limit.raise_with]
        self.raise_with.say("\n".join(wanted))


class WhatIfTab(QWidget):
    """Quantities at the left, what they give at the right, at each key."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._uai = ""
        self._stale = False
        self._trial: Trial | None = None
        self._questionnaire: Questionnaire | None = None
        self.rows: dict[str, QuantityRow] = {}
        self.notice = Notice()
        self.problem = Notice(tone="warning")
        self.reset_button = Button("Re&venir à la déclaration", icon_name="undo")
        self.reset_button.setEnabled(False)
        self.reset_button.clicked.connect(self.reset)
        self.panel = IndexPanel()
        self.label = LabelCard()
        self.quantities = Card("Quantités à essayer")
        self._grid = QGridLayout()
        self._lay_out()

    def show_school(self, read: ReadSchool) -> None:
        """Prepare another school; its quantities are read when the tab is shown."""
        if read.page.school.uai != self._uai:
            self._trial = None
        self._uai = read.page.school.uai
        self._stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def reset(self) -> None:
        """Show what is declared again."""
        if self._trial is not None:
            for code, value in self._trial.start.items():
                self.rows[code].stepper.set_value(value)
            self._evaluate()
            self.rows[INPUTS[0]].stepper.setFocus(Qt.FocusReason.TabFocusReason)

    def _read(self) -> None:
        self._stale = False
        self.session.tasks.run(
            partial(_open, uai=self._uai, year=self.session.year), self._show, self._failed
        )

    def _show(self, trial: Trial) -> None:
        if trial.form.school.uai != self._uai:
            return
        former, self._trial = self._trial, trial
        if trial.form.questionnaire is not self._questionnaire:
            self._questionnaire = trial.form.questionnaire
            self._build_rows(trial.form.questionnaire)
        if former is None or former.start != trial.start:
            for code, value in trial.start.items():
                self.rows[code].stepper.set_value(value)
        self._set_shown(True)
        self._evaluate()

    def _failed(self, problem: Problem) -> None:
        self._trial = None
        self._set_shown(False)
        self.notice.say(str(problem), "warning")

    def _set_shown(self, shown: bool) -> None:
        for part in (self.quantities, self.panel):
            part.setVisible(shown)
        if not shown:
            self.label.hide()

    def _evaluate(self) -> None:
        from numecole_desktop.services.what_if import outcome

        if self._trial is None:
            return
        start = self._trial.start
        tried = {code: row.stepper.value() for code, row in self.rows.items()}
        for code, row in self.rows.items():
            row.show_declared(start[code])
        moved = tried != start
        self.reset_button.setEnabled(moved)
        found = outcome(self._trial, tried)
        before = outcome(self._trial, start) if moved else found
        self.notice.say(_words(self._trial, before, found, moved), "action")
        self.problem.say(" ".join(found.problems), "warning")
        self.panel.show_result(found.evaluation, found.step)
        self.label.setVisible(found.label is not None)
        if found.label is not None and self._trial.dossier is not None:
            self.label.show_level(found.label, str(self._trial.dossier.year), found.supposed)

    def _build_rows(self, questionnaire: Questionnaire) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.deleteLater()
        self.rows = {code: QuantityRow(questionnaire.question(code)) for code in INPUTS}
        for place, row in enumerate(self.rows.values()):
            parts = (row.code, row.words, row.stepper, row.declared)
            for column, part in enumerate(parts):
                self._grid.addWidget(part, place, column, Qt.AlignmentFlag.AlignVCenter)
            row.stepper.moved.connect(self._evaluate)
        self._fit()

    def _fit(self) -> None:
        for row in self.rows.values():
            row.set_short(self.width() < scaled(_SHORT_BELOW))

    def _lay_out(self) -> None:
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.quantities.body.addLayout(self._grid)
        foot = QHBoxLayout()
        foot.addWidget(self.reset_button)
        foot.addStretch(1)
        self.quantities.body.addLayout(foot)
        page = Page("Quantités à essayer")
        for part in (self.quantities, self.label):
            page.column.addWidget(part)
        page.column.addStretch(1)
        self.panel.column.insertWidget(0, self.problem)
        said = QVBoxLayout()
        said.setContentsMargins(14, 8, 14, 0)
        said.addWidget(self.notice)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(page, 1)
        row.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(said)
        column.addLayout(row, 1)


def _open(workspace: Workspace, uai: str, year: SchoolYear) -> Trial:
    from numecole_desktop.services.what_if import open_trial

    return open_trial(workspace, uai, year)


def _words(trial: Trial, before: Outcome, found: Outcome, moved: bool) -> str:
    if not moved:
        if trial.declared is not None:
            return (
                f"Point de départ{NBSP}: déclaration validée de {trial.declared.year}. Changez une "
                f"quantité (flèches, chiffres){NBSP}: rien n’est enregistré."
            )
        return (
            f"Aucune déclaration validée{NBSP}: entrez des quantités pour voir l’indice qu’elles "
            f"donneraient. Rien n’est enregistré."
        )
    label = f" Label{NBSP}: {level_words(found.label.value)}." if found.label is not None else ""
    cost = f" Ajouté{NBSP}: {cost_words(found.bought)}." if found.bought.lines else ""
    return (
        f"Essai, non enregistré{NBSP}: indice {_value(found)} avec ces quantités, "
        f"{_value(before)} avec celles de la déclaration.{label}{cost}"
    )


def _value(found: Outcome) -> str:
    value = found.evaluation.index.value
    return "n.c." if value is None else str(value)
