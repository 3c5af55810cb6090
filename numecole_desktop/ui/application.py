"""The QApplication: French, theme and font before the first widget, and what to do with bugs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from numecole_desktop.ui.assets import asset

APPLICATION_NAME = "Numécole Desktop"


def create_application(arguments: Sequence[str]) -> QApplication:
    """The application in the Fusion style, without texts or colours yet."""
    QApplication.setStyle("Fusion")
    app = QApplication(list(arguments))
    app.setEffectEnabled(Qt.UIEffect.UI_General, False)  # nothing slides nor fades
    app.setApplicationName(APPLICATION_NAME)
    app.setDesktopFileName("numecole-desktop")
    return app


def speak_french(app: QApplication) -> None:
    """Qt's own words in French: to be called before the first widget that has any."""
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    # The last one installed is asked first: ours mends what Qt's leaves in English.
    for name, where in (("qtbase_fr", folder), ("qt_fr", str(asset("ui")))):
        translator = QTranslator(app)
        if translator.load(name, where):
            app.installTranslator(translator)


def count_in_french() -> None:
    """Numbers and dates of Qt's own widgets in French.

    Kept for after the first rows: naming every language of the world takes Python 15 ms, and no
    widget of the first screen shows a number of Qt's own.
    """
    from PySide6.QtCore import QLocale

    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))


class Incidents(QObject):
    """Exceptions that nobody caught, in any thread, brought to the window's thread.

    ``happened`` carries the exception. They are also written to the standard error output, for
    whoever looks at it.
    """

    happened = Signal(object)
    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._caught.connect(self.happened, Qt.ConnectionType.QueuedConnection)

    def install(self) -> Callable[[], None]:
        """Take over the hooks of the interpreter; the result puts the former ones back."""
        former = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_main
        threading.excepthook = self._on_thread

        def restore() -> None:
            sys.excepthook, threading.excepthook = former

        return restore

    def report(self, exception: BaseException) -> None:
        """Tell of an exception."""
        sys.__excepthook__(type(exception), exception, exception.__traceback__)
        if isinstance(exception, Exception):
            self._caught.emit(exception)

    def _on_main(
        self,
        kind: type[BaseException],
        exception: BaseException,
        trace: TracebackType | None,
    ) -> None:
        self.report(exception.with_traceback(trace))

    def _on_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self.report(caught.exc_value)
