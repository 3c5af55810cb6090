"""The log of the window, in the data folder: starts, ends, commands and incidents.

It holds no answer and no name: of an error, only its kind and the places of the program it went
through, never its message, which may quote what was typed.
"""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QObject, qVersion

import numecole_desktop

LOG_FILE = "numecole.log"
_LARGEST = 256 * 1024
_FORMER_FILES = 3


class Log(QObject):
    """Writes to ``path``; what the disk refuses is lost, and nobody waits for it.

    Args:
        folder: the data folder; it is made at need.
        parent: Qt's owner.
    """

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = folder / LOG_FILE
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        self._handler = _Quiet(
            self.path, maxBytes=_LARGEST, backupCount=_FORMER_FILES, encoding="utf-8", delay=True
        )
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))

    def started(self) -> None:
        """The window is complete."""
        self._write(f"ouverture, {versions()}")

    def ended(self) -> None:
        """The window closes."""
        self._write("fermeture")

    def command(self, name: str) -> None:
        """A command of the menus was asked for."""
        self._write(f"commande {name}")

    def incident(self, exception: BaseException) -> None:
        """A bug interrupted something."""
        self._write("\n".join(("incident", *_places(exception))))

    def _write(self, text: str) -> None:
        record = logging.LogRecord("numecole", logging.INFO, "", 0, text, None, None)
        self._handler.handle(record)
        self._handler.close()  # another window may have to turn the file over


class _Quiet(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """A log that cannot be written must not be heard of."""


def versions() -> str:
    """Versions of the application, of Python, of Qt and of the system."""
    return (
        f"Numécole {numecole_desktop.__version__}, Python {sys.version.split()[0]}, "
        f"Qt {qVersion()}, {platform.platform()}"
    )


def without_home(text: str) -> str:
    """``text`` where the folder of this account, which names a person, is « ~ »."""
    return text.replace(str(Path.home()), "~")


def _places(exception: BaseException) -> Iterator[str]:
    held: BaseException | None = exception
    while held is not None:
        yield f"  {type(held).__module__}.{type(held).__qualname__}"
        for frame in traceback.extract_tb(held.__traceback__):
            yield without_home(f"    {frame.filename}:{frame.lineno} {frame.name}")
        held = held.__cause__ or held.__context__
