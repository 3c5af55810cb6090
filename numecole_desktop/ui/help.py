"""« Aide » (F1): the user guide beside the window, on the page of what is in front."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from numecole_desktop.ui.dialogs.base import room_for
from numecole_desktop.ui.widgets.buttons import Button, IconButton
from numecole_desktop.ui.widgets.entry import Entry
from numecole_desktop.ui.widgets.guide_view import GuideView
from numecole_desktop.ui.widgets.scroll import dress_bars
from numecole_desktop.ui.widgets.tabs import Tabs
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numecole_desktop.services.guide import Hit
    from numecole_desktop.ui.screens.base import Screen

_SIZE = (1040, 720)
_CONTENTS_WIDTH = 250
_GAP = 3
_TOPIC = Qt.ItemDataRole.UserRole


def topic_of(screen: Screen) -> str:
    """What the guide says of ``screen``: of its tab shown, where a section is named like it."""
    from numecole_desktop.domain.french import fold
    from numecole_desktop.services import guide

    topic = screen.help_topic()
    shown = [tabs.row for tabs in screen.findChildren(Tabs) if tabs.isVisible()]
    if "#" in topic or not shown:
        return topic
    tab = fold(shown[0].tabText(shown[0].currentIndex()).partition("(")[0])
    for heading, _ in guide.sections(guide.page(topic).text):
        if tab and tab in fold(heading):
            return f"{topic}#{guide.section_slug(heading)}"
    return topic


def show_help(topic: str, over: QWidget) -> HelpWindow:
    """Show « page » or « page#section » of the guide, over the window or the dialog in front."""
    opened = [w for w in QApplication.topLevelWidgets() if isinstance(w, HelpWindow)]
    window = opened[0] if opened else HelpWindow(_beneath(over.window()))
    window.stand_over(over.window())
    if opened:
        window.go_to(topic)
    else:
        # In its own turn of the event loop: making the window takes most of a frame already.
        QTimer.singleShot(0, window, partial(window.go_to, topic))
    return window


class _Contents(QListWidget):
    """The pages, or what a search found."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Sommaire de l’aide")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setSpacing(_GAP)
        dress_bars(self)


class HelpWindow(QDialog):
    """Contents and search at left, a page at right; it stays while one works."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self._past: list[str] = []
        self.topic = ""
        self.setWindowTitle("Aide de Numécole")
        self.search = Entry("Chercher dans l’aide", hint="Chercher dans l’aide (Ctrl+F)")
        self.contents = _Contents()
        self.nothing = Text("", tone="muted", wrap=True)
        self.nothing.hide()
        self.view = GuideView()
        self.back_button = IconButton("back", "Page précédente (Alt+Gauche)")
        self.close_button = Button("Fermer")
        self._lay_out()
        self.search.textChanged.connect(self._list)
        self.search.installEventFilter(self)
        self.contents.installEventFilter(self)
        self.contents.currentItemChanged.connect(self._chosen)
        self.view.asked.connect(self.go_to)
        self.back_button.clicked.connect(self.go_back)
        self.close_button.clicked.connect(self.reject)
        for keys, act in (
            ("Ctrl+F", self._search),
            ("Alt+Left", self.go_back),
            ("F1", self._index),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._list("")

    def stand_over(self, window: QWidget) -> None:
        """Belong to ``window``: a modal dialog lets no other window be read.

        When that dialog closes, the help goes back to the window where it was first asked for.
        """
        if window is self:
            return
        if window is not self.parent():
            self.setParent(window, self.windowFlags())
            if window is not self._home and isinstance(window, QDialog):
                window.finished.connect(self._return)
        if not self.isVisible():
            self.resize(QSize(*_SIZE).boundedTo(room_for(self)))
        self.show()
        self.raise_()
        self.activateWindow()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, topic: str) -> None:
        """Show « page » or « page#section »."""
        if self.topic and self.topic != topic:
            self._past.append(self.topic)
        self._show(topic)

    def go_back(self) -> None:
        """Show what was read before."""
        if self._past:
            self._show(self._past.pop())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if watched is self.search and self.contents.count():
                self.contents.setCurrentRow(max(0, self.contents.currentRow()))
                self._chosen(self.contents.currentItem())
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if watched is self.search and event.key() == Qt.Key.Key_Down:
            self.contents.setFocus(Qt.FocusReason.OtherFocusReason)
            self.contents.setCurrentRow(max(0, self.contents.currentRow()))
            return True
        return False

    def _show(self, topic: str) -> None:
        from numecole_desktop.services import guide

        name, _, section = topic.partition("#")
        former = self.topic.partition("#")[0]
        self.topic = topic
        if name != former:
            self.view.show_page(guide.page(name))
        if section:
            self.view.show_section(section)
        elif name == former:
            self.view.verticalScrollBar().setValue(0)
        self.back_button.setEnabled(bool(self._past))
        self._mark(topic)

    def _mark(self, topic: str) -> None:
        wanted = topic if self.search.text() else topic.partition("#")[0]
        blocked = self.contents.blockSignals(True)
        for row in range(self.contents.count()):
            item = self.contents.item(row)
            if item.data(_TOPIC) == wanted:
                self.contents.setCurrentItem(item)
        self.contents.blockSignals(blocked)

    def _list(self, words: str) -> None:
        from numecole_desktop.services import guide

        blocked = self.contents.blockSignals(True)
        self.contents.clear()
        if words.strip():
            hits = guide.search(words)
            self._add((_words_of(hit), hit.topic) for hit in hits)
        else:
            self._add((page.title, page.name) for page in guide.pages())
        self.contents.blockSignals(blocked)
        found = self.contents.count() > 0
        self.nothing.say("" if found else f"Rien dans l’aide avec «\u00a0{words}\u00a0».")
        self.contents.setVisible(found)
        self._mark(self.topic)

    def _add(self, lines: Iterable[tuple[str, str]]) -> None:
        for text, topic in lines:
            item = QListWidgetItem(text, self.contents)
            item.setData(_TOPIC, topic)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.go_to(str(item.data(_TOPIC)))

    def _search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _index(self) -> None:
        from numecole_desktop.services.guide import INDEX

        self.go_to(INDEX)

    def _return(self) -> None:
        shown = self.isVisible()
        self.setParent(self._home, self.windowFlags())
        self.setVisible(shown)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(10, 10, 4, 10)
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        column.addWidget(self.contents, 1)
        column.addStretch(0)
        right = QWidget()
        row = QHBoxLayout()
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        page = QVBoxLayout(right)
        page.setContentsMargins(4, 10, 10, 10)
        page.addLayout(row)
        page.addWidget(self.view, 1)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_CONTENTS_WIDTH, _SIZE[0] - _CONTENTS_WIDTH])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)


def _beneath(window: QWidget) -> QWidget:
    """The window on which dialogs are stacked."""
    while isinstance(window, QDialog) and (below := window.parentWidget()) is not None:
        window = below.window()
    return window


def _words_of(hit: Hit) -> str:
    return f"{hit.title} – {hit.section}" if hit.section else hit.title
