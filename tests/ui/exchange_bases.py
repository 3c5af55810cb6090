"""Two bases that exchange signed files: the one of the window, and a colleague's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.services import batch_import, batches, declarations, devices, trusted
from numecole_desktop.services.workspace import Workspace, finished
from numecole_desktop.sync.limits import Limits
from numecole_desktop.ui.dialogs.exchange import FingerprintDialog
from numecole_desktop.ui.screens.exchanges import ExchangesScreen
from tests.conftest import YEAR, add_schools, fixed_clock
from tests.ui.conftest import SCHOOL, Desktop

OFFICE = "0111031L"
OURS: dict[str, Answer] = {"A1": 4, "B1": 4, "B2": 4, "C1": 1, "C2": 0, "C3": 0}
"""Index 3."""
T = TypeVar("T")


def quick_limits() -> Limits:
    """The limits, with the cheapest key files that are still accepted."""
    real = devices.limits()
    bounds = real.key_file
    cheap = replace(bounds, iterations=bounds.least_iterations, memory_kib=bounds.least_memory_kib)
    return replace(real, key_file=cheap)


@dataclass(frozen=True)
class Colleague:
    """Another base on the same computer, opened only while something is done with it."""

    base: Path
    name: str

    @contextmanager
    def open(self) -> Iterator[Workspace]:
        """The base, open."""
        with Workspace.open(self.base, operator=self.name, clock=fixed_clock) as workspace:
            yield workspace

    def do(self, work: Callable[[Workspace], T]) -> T:
        """Open the base, do ``work``, close it."""
        with self.open() as workspace:
            return work(workspace)

    def answer(self, uai: str = SCHOOL, **answers: Answer) -> None:
        """Enter answers of 2023-2024."""
        self.do(lambda ws: enter(ws, answers, uai))

    def card(self, folder: Path) -> Path:
        """Write the card of this device."""
        return self.do(lambda ws: devices.write_card(ws, folder / f"carte-{self.name}.json"))

    def fingerprint(self) -> str:
        """What its owner reads aloud."""
        return self.do(lambda ws: trusted.known_devices(ws)[0].fingerprint)

    def batch(self, folder: Path) -> Path:
        """Write a batch of all it knows."""
        return self.do(lambda ws: finished(batches.create_batch(ws, folder)).path)


def colleague(folder: Path, name: str = "secretariat") -> Colleague:
    """A new base with the same schools and a device called ``name``."""
    found = Colleague(folder / f"{name}.numecole", name)

    def fill(workspace: Workspace) -> None:
        add_schools(workspace)
        devices.create_device(workspace, name, "circonscription", OFFICE)

    found.do(fill)
    return found


def enter(workspace: Workspace, answers: dict[str, Answer], uai: str = SCHOOL) -> None:
    """Enter answers of 2023-2024 as the form does."""
    form = declarations.open_form(workspace, uai, YEAR)
    declarations.save_answers(workspace, form, answers)


def drop(desktop: Desktop, *paths: Path) -> None:
    """Drop files on the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(desktop.frame, QDragEnterEvent(QPoint(50, 50), copy, mime, *held))
    QApplication.sendEvent(desktop.frame, QDropEvent(QPointF(50, 50), copy, mime, *held))


def exchanges(desktop: Desktop) -> ExchangesScreen:
    """The screen of exchanges, shown."""
    desktop.shell.show_place("exchanges")
    desktop.settle()
    screen = desktop.shell.place("exchanges")
    assert isinstance(screen, ExchangesScreen)
    return screen


def trust(desktop: Desktop, other: Colleague, folder: Path) -> None:
    """Drop the card of a colleague and type the fingerprint."""
    fingerprint = other.fingerprint()
    drop(desktop, other.card(folder))
    desktop.dialog(FingerprintDialog)
    desktop.write(fingerprint)
    desktop.key(Qt.Key.Key_Return)
    idle(desktop)


def idle(desktop: Desktop) -> None:
    """Wait for the files given to be looked at, and the screen to be read again."""
    for _ in range(3):
        desktop.settle()


def screen_with_conflicts(desktop: Desktop, folder: Path) -> ExchangesScreen:
    """The screen of exchanges: A1 and C1 of the first school are in conflict."""
    desktop.read(lambda ws: devices.create_device(ws, "CPN Limoux", "conseiller", OFFICE))
    desktop.read(lambda ws: enter(ws, OURS))
    other = colleague(folder)
    other.answer(A1=5, C1=0)
    card, fingerprint, batch = other.card(folder), other.fingerprint(), other.batch(folder)
    desktop.read(lambda ws: trusted.receive_trust(ws, card, fingerprint))
    report = desktop.read(lambda ws: finished(batch_import.import_batch(ws, batch)))
    desktop.session.refresher.publish(report.changes)
    return exchanges(desktop)
