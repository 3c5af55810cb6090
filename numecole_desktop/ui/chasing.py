"""From a list of schools to the dialog that reminds those that have not declared."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from numecole_desktop.services.chasing import Chase
    from numecole_desktop.ui.session import Session


class Chaser(QObject):
    """Reads whom to remind, then opens the dialog; ``saved`` carries a sentence and a path."""

    saved = Signal(str, object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        session.chase_asked.connect(self.ask)

    def ask(self, uais: Collection[str]) -> None:
        """Remind those of these schools that have not declared for the year shown."""
        from numecole_desktop.services import chasing

        read = partial(chasing.chase, uais=uais, year=self._session.year)
        self._session.tasks.run(read, self._open)

    def _open(self, chase: Chase) -> None:
        if not chase.schools:
            self._session.say(f"Aucune école publique à relancer pour {chase.year}.")
            return
        from numecole_desktop.ui.dialogs.chasing import ChasingDialog

        dialog = ChasingDialog(self._session, chase, self._window)
        dialog.saved.connect(self.saved)
        dialog.open_soon()
