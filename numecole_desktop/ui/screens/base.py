"""What every screen of the window offers to the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from numecole_desktop.ui.commands import Handlers
from numecole_desktop.ui.roles import GROUP
from numecole_desktop.ui.session import Session

if TYPE_CHECKING:
    from numecole_desktop.services.workspace import Changes


class Screen(QWidget):
    """A screen: reloads itself when what it shows changed, at once or when it is next shown.

    Signals: ``handlers_changed`` when other commands can be done.
    """

    handlers_changed = Signal()
    said_as = GROUP
    needs_room = False
    """Whether it takes the place of the search in a low window."""
    help_page = ""
    """Page of the guide that F1 opens (``docs/guide``); sections named as tabs answer for them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._stale = False
        session.refresher.changed.connect(self._changed)
        session.year_changed.connect(self.mark_stale)

    def handlers(self) -> Handlers:
        """Commands that can be done now, by name."""
        return {}

    def help_topic(self) -> str:
        """« page » or « page#section » of the guide about what is shown now."""
        return self.help_page

    def concerns(self, changes: Changes) -> bool:
        """Whether ``changes`` touch what is shown."""
        return True

    def reload(self) -> None:
        """Read again what is shown."""

    def show_part(self, part: str) -> None:
        """Show a part of the screen, by its code: a filter, a tab."""

    def asked_again(self) -> None:
        """Called when its place is asked for while it is shown: come back to its first page."""

    def leave(self) -> None:
        """Called before another screen is shown or the window closes."""

    def mark_stale(self) -> None:
        """Reload now if visible, else when next shown."""
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()

    def _changed(self, changes: Changes) -> None:
        if self.concerns(changes):
            self.mark_stale()
