"""What the page of a dossier and the commission have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.forms.dossier_draft import DossierDraft
from numecole_desktop.ui.screens.label_opinion import Judging
from numecole_desktop.ui.screens.label_summary import SummaryCard
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import IconButton
from numecole_desktop.ui.widgets.card import Notice, Page
from numecole_desktop.ui.widgets.text import TITLE, ElidedText

if TYPE_CHECKING:
    from numecole_desktop.services.label_opening import Dossier

_ABOVE_FOCUS = 24


class DossierPage(QWidget):
    """A dossier under a header; what has the keyboard is kept in sight.

    Signals: ``closed`` to leave it, ``changed`` when other commands can be done, ``refused``
    (Problem) when a dossier cannot be read, ``next_asked`` on Ctrl+Entrée.
    """

    closed = Signal()
    changed = Signal()
    refused = Signal(object)
    next_asked = Signal()

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.draft: DossierDraft | None = None
        self.back_button = IconButton("back", "Revenir à la liste (Échap)")
        self.title = ElidedText(size=TITLE, bold=True)
        self.identity = ElidedText(tone="muted")
        self.notice = Notice()
        self.page = Page(name)
        self.judging = Judging()
        self.summary = SummaryCard()
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, context=within)
            shortcut.activated.connect(self.next_asked)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def take(self, dossier: Dossier) -> DossierDraft:
        """Work on a dossier."""
        self.draft = DossierDraft(self.session, dossier, self)
        self.draft.acted.connect(self.judging.done)
        self.draft.acted.connect(self._acted)
        self.draft.blocked.connect(self._blocked)
        return self.draft

    def show_header(self, dossier: Dossier, *words: str) -> None:
        """Say which school it is, and what else is to be known at a glance."""
        school = dossier.school
        self.title.setText(school.name + (f" · {school.commune}" if school.commune else ""))
        self.identity.setText(" · ".join(filter(None, (*words, f"campagne {dossier.year}"))))

    def judge(self, draft: DossierDraft) -> None:
        """Keep the opinion, or take the decision, as entered."""
        try:
            action = self.judging.action()
        except Problem as problem:
            self._blocked(problem)
        else:
            if action is not None:
                draft.act(action)

    def header(self, *parts: QWidget) -> QHBoxLayout:
        """The way back, the school, then ``parts``."""
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.identity)
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 14, 4)
        row.setSpacing(6)
        row.addWidget(self.back_button)
        row.addLayout(words, 1)
        for part in parts:
            row.addWidget(part)
        return row

    def _acted(self) -> None:
        """A step was taken."""

    def _blocked(self, problem: Problem) -> None:
        self.notice.say(str(problem), "error")

    def _cannot_read(self, problem: Problem) -> None:
        self.refused.emit(problem)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.page.isAncestorOf(now):
            self.page.ensureWidgetVisible(now, 0, _ABOVE_FOCUS)
