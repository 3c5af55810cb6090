"""Hidden pages take another palette when they are shown, and only then."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.theme import apply_theme, colours
from numecole_desktop.ui.widgets.stack import Stack
from numecole_desktop.ui.widgets.text import Text

TONES = ("text", "muted", "action", "error", "warning", "success")


class Changes(QObject):
    """Counts the changes of palette that a widget is told."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.PaletteChange
        return False


def page() -> tuple[QWidget, list[Text]]:
    made = QWidget()
    column = QVBoxLayout(made)
    texts = [Text(tone, tone=tone) for tone in TONES]
    for text in texts:
        column.addWidget(text)
    return made, texts


@pytest.fixture
def stack(qtbot: QtBot) -> Iterator[Stack]:
    made = Stack()
    qtbot.addWidget(made)
    made.show()
    yield made
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, "light")


def inks(texts: list[Text]) -> list[str]:
    return [text.palette().color(text.foregroundRole()).name() for text in texts]


def wanted() -> list[str]:
    return [colours().named(tone).name() for tone in TONES]


@pytest.mark.parametrize("name", ["dark", "contrast"])
def test_the_page_shown_follows_at_once_and_the_others_once_shown(
    stack: Stack, qapp: QApplication, name: str
) -> None:
    shown, seen = page()
    hidden, unseen = page()
    stack.addWidget(shown)
    stack.addWidget(hidden)
    told = Changes(unseen[0])
    apply_theme(qapp, name)
    qapp.processEvents()
    assert inks(seen) == wanted()
    assert told.count == 0
    stack.setCurrentWidget(hidden)
    assert inks(unseen) == wanted()
    assert hidden.palette().color(QPalette.ColorRole.Window) == colours().window


def test_a_stack_inside_a_hidden_page_follows_with_it(stack: Stack, qapp: QApplication) -> None:
    first, _ = page()
    outer, _ = page()
    inner = Stack(outer)
    layout = outer.layout()
    assert layout is not None
    layout.addWidget(inner)
    seen_page, seen = page()
    later_page, later = page()
    inner.addWidget(seen_page)
    inner.addWidget(later_page)
    stack.addWidget(first)
    stack.addWidget(outer)
    apply_theme(qapp, "dark")
    qapp.processEvents()
    stack.setCurrentWidget(outer)
    assert inks(seen) == wanted()
    inner.setCurrentWidget(later_page)
    assert inks(later) == wanted()


def test_a_tone_changes_and_comes_back(stack: Stack, qapp: QApplication) -> None:
    shown, texts = page()
    stack.addWidget(shown)
    for tone in ("error", "muted", "text", "success", "action"):
        texts[0].set_tone(tone)
        assert inks(texts[:1]) == [colours().named(tone).name()]
        apply_theme(qapp, "dark" if colours().name == "light" else "light")
        qapp.processEvents()
        assert inks(texts[:1]) == [colours().named(tone).name()]


def test_only_the_page_shown_asks_for_room(qtbot: QtBot) -> None:
    window, stack = QWidget(), Stack()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(stack)
    narrow, wide = QWidget(), QWidget()
    for one, width in ((narrow, 200), (wide, 900)):
        one.setMinimumWidth(width)
        inner = QVBoxLayout(one)
        inner.addWidget(Text("mot"))
        stack.addWidget(one)
    window.show()
    narrowest = window.minimumSizeHint().width()
    stack.setCurrentWidget(wide)
    QApplication.processEvents()
    assert window.minimumSizeHint().width() >= 900
    stack.setCurrentWidget(narrow)
    QApplication.processEvents()
    assert window.minimumSizeHint().width() == narrowest < 300
