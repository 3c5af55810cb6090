"""First start: who am I, my territory, my schools; each answer is kept at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.ui.screens.settings_identity import IdentityCard
from numecole_desktop.ui.screens.settings_territory import TerritoryCard
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card
from numecole_desktop.ui.widgets.steps import StepBar
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from numecole_desktop.services.home import HomePage
    from numecole_desktop.services.office import Office
    from numecole_desktop.services.workspace import Changes, Workspace

NAMES = ("Qui suis-je", "Mon territoire", "Mes écoles")
STEPS = len(NAMES)
_WHO, _WHERE = 1, 2
_NOBODY = (
    f"Sans code, l’historique ne dira pas qui a saisi. Il se donne aussi plus tard{NBSP}: Réglages "
    f"(Ctrl+,)."
)
_WIDEST = 760


class SchoolsCard(Card):
    """Import the directory, or explore the sample; how many schools there are once it is done."""

    def __init__(self) -> None:
        super().__init__("Mes écoles")
        self.sentence = Text(wrap=True)
        self.import_button = Button("Importer l’annuaire…", icon_name="import", code="import")
        self.sample_button = Button("Explorer l’exemple", icon_name="sample", code="open_sample")
        self.refine_button = Button("Préciser mon territoire", icon_name="territory")
        self.body.addWidget(self.sentence)
        for button in (self.import_button, self.sample_button, self.refine_button):
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self.body.addWidget(button)

    def show_held(self, page: HomePage, name: str) -> None:
        """Say what the base holds; ``name`` is that of the territory, empty for none."""
        self.sample_button.setVisible(not page.held)
        self.refine_button.setVisible(bool(page.held))
        self.import_button.setText("Importer un fichier…" if page.held else "Importer l’annuaire…")
        if page.held:
            mine = f", dont {plural(page.schools, 'publique ouverte', 'publiques ouvertes')} "
            mine += f"dans votre territoire ({name})" if name else ""
            self.sentence.setText(
                f"{plural(page.held, 'école')} dans la base{mine if name else ''}. Vous pouvez "
                f"préciser votre territoire, ou importer aussi les déclarations de l’an "
                f"dernier{NBSP}: elles seront écrites en regard des questions."
            )
        else:
            self.sentence.setText(
                "L’annuaire des écoles du ministère, ou la partie de votre territoire (CSV, XLSX "
                "ou ODS). Choisissez le fichier, ou glissez son icône sur la fenêtre. Numécole "
                "montre ce qu’il va faire avant de le faire. Ou découvrez d’abord l’exemple, une "
                "base à part dont les déclarations sont inventées."
            )


class FirstStart(QWidget):
    """The three steps. Entrée goes on; « Plus tard » comes back at the next start.

    ``foot`` holds the buttons, to stand where they are always seen.

    Signals: ``asked`` carries a command, ``left`` the place to show once it is finished or
    postponed.
    """

    asked = Signal(str)
    left = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.step = 0
        self._page: HomePage | None = None
        self.foot = QWidget()
        self.bar = StepBar(NAMES)
        self.identity = IdentityCard(session)
        self.territory = TerritoryCard(session)
        self.schools = SchoolsCard()
        self.back_button = Button("&Précédent")
        self.later_button = Button("Pl&us tard")
        self.next_button = Button("&Suivant", primary=True)
        self._lay_out()
        self.back_button.clicked.connect(self._back)
        self.later_button.clicked.connect(self._postpone)
        self.next_button.clicked.connect(self._advance)
        self.schools.refine_button.clicked.connect(self._refine)
        session.refresher.changed.connect(self._changed)
        for button in (self.schools.import_button, self.schools.sample_button):
            button.pressed_code.connect(self.asked)

    def show_page(self, page: HomePage) -> None:
        """Begin at the step of ``page``, or say what the base holds now.

        Once begun, the step is the one on screen: what was read may be older than the last key.
        """
        filled = bool(page.held) and self._page is not None and not self._page.held
        self._page = page
        self.schools.show_held(page, self.session.territory_name)
        if not page.step:
            self.step = 0
        elif not self.step:
            self.step = page.step
            self.session.tasks.run(_read, self._show_office)
        if self.step:
            self._fit()
        if filled and self.schools.import_button.hasFocus():
            self.focus_first()

    def forget(self) -> None:
        """Begin at the step that is read next."""
        self.step = 0

    def keep(self) -> None:
        """Keep what was typed, if it was not yet."""
        self.identity.keep()

    def focus_first(self) -> None:
        """Put the keyboard in the step shown."""
        held = self._page is not None and self._page.held
        schools = self.next_button if held else self.schools.import_button
        first = (self.identity.code, self.territory.level, schools)[self.step - 1]
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._advance()
        else:
            super().keyPressEvent(event)

    def _changed(self, changes: Changes) -> None:
        if changes.settings and self.step:
            self.session.tasks.run(_read, self._show_office)

    def _show_office(self, office: Office) -> None:
        self.identity.show_office(office)
        self.territory.show_office(office)

    def _advance(self) -> None:
        self.keep()
        if self.step == _WHO and not self.identity.code.text().strip():
            self.session.say(_NOBODY, "warning")
        if self.step == _WHERE and self.territory.ask_missing():
            return
        if self.step < STEPS:
            self._go_to(self.step + 1)
        elif self.next_button.isEnabled():
            self.session.tasks.run(_finish, partial(self._leave, "home"))

    def _back(self) -> None:
        self.keep()
        self._go_to(self.step - 1)

    def _refine(self) -> None:
        self._go_to(_WHERE)

    def _postpone(self) -> None:
        self.keep()
        self.session.tasks.run(partial(_postpone, step=self.step), partial(self._leave, "schools"))

    def _leave(self, place: str, _: None) -> None:
        self.step = 0
        self.left.emit(place)

    def _go_to(self, step: int) -> None:
        self.step = step
        self.session.tasks.run(partial(_go_to, step=step), self._show_office)
        self._fit()
        self.focus_first()

    def _fit(self) -> None:
        self.bar.show_step(self.step)
        for number, card in enumerate((self.identity, self.territory, self.schools), start=1):
            card.setVisible(number == self.step)
        held = self._page is not None and bool(self._page.held)
        last = self.step == STEPS
        self.back_button.setEnabled(self.step > 1)
        self.next_button.setText("&Terminer" if last else "&Suivant")
        self.next_button.setEnabled(not last or held)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(14, 6, 14, 10)
        row.setSpacing(8)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.later_button)
        row.addWidget(self.next_button)
        self.foot.setMaximumWidth(_WIDEST + 28)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.bar, self.identity, self.territory, self.schools):
            column.addWidget(part)
        self.setMaximumWidth(_WIDEST)


def _read(workspace: Workspace) -> Office:
    from numecole_desktop.services.office import office

    return office(workspace)


def _go_to(workspace: Workspace, step: int) -> Office:
    from numecole_desktop.services import first_start

    first_start.go_to(workspace, step)
    return _read(workspace)


def _postpone(workspace: Workspace, step: int) -> None:
    from numecole_desktop.services import first_start

    first_start.postpone(workspace, step)


def _finish(workspace: Workspace) -> None:
    from numecole_desktop.services import first_start

    first_start.finish(workspace)
