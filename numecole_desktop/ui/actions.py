"""The commands as actions of the menus, greyed when nothing on screen can do them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from numecole_desktop.ui.commands import COMMANDS, Command, Handlers, all_keys


class CommandAction(QAction):
    """The action of one command; ``fired`` carries its name."""

    fired = Signal(str)

    def __init__(self, command: Command, keys: Iterable[str], parent: QObject) -> None:
        super().__init__(command.text, parent)
        self.command = command
        self.setShortcuts([QKeySequence(key) for key in keys])
        self.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.setAutoRepeat(command.name in {"undo", "redo", "previous_school", "next_school"})
        self.triggered.connect(self._fire)

    def _fire(self) -> None:
        self.fired.emit(self.command.name)


class Actions(QObject):
    """One action by command; those that nothing on screen can do are greyed.

    ``asked`` carries the name of each command that is done.
    """

    asked = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._own: Handlers = {}
        self._screen: Handlers = {}
        self._texts: dict[str, str] = {}
        keys = all_keys(COMMANDS)
        self.actions = {
            command.name: CommandAction(command, keys[command.name], self)
            for command in COMMANDS
            if command.name
        }
        for action in self.actions.values():
            action.fired.connect(self.run)

    def fill(self, menus: Iterable[QMenu]) -> None:
        """Put every action in its menu, in the order of the table."""
        by_title = {menu.title(): menu for menu in menus}
        for action in self.actions.values():
            menu = by_title[action.command.menu]
            if action.command.gap and not menu.isEmpty():
                menu.addSeparator()
            menu.addAction(action)

    def set_own(self, handlers: Handlers) -> None:
        """What the window itself can always do."""
        self._own = handlers
        self._enable()

    def set_screen(self, handlers: Handlers) -> None:
        """What the screen shown can do; it comes before the window's."""
        self._screen = handlers
        self._enable()

    def offer(self, name: str, handler: Callable[[], None] | None, text: str = "") -> None:
        """Let the window do a command that it cannot always do; None: no more.

        ``text`` says in the menu what it would do; a screen that does the command says its own.
        """
        own = dict(self._own)
        own.pop(name, None)
        if handler is not None:
            own[name] = handler
        self._own, self._texts[name] = own, text
        self._enable()

    def run(self, name: str) -> None:
        """Do command ``name`` if something can."""
        handler = self._screen.get(name) or self._own.get(name)
        if handler is not None:
            self.asked.emit(name)
            handler()

    def _enable(self) -> None:
        for name, action in self.actions.items():
            action.setEnabled(name in self._screen or name in self._own)
        for name, text in self._texts.items():
            action = self.actions[name]
            shown = text if name in self._own and name not in self._screen else ""
            action.setText(shown or action.command.text)
