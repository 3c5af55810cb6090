"""What the window remembers from one day to the next, in an INI file of the data folder."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

_FILE_NAME = "fenetre.ini"


class WindowState:
    """Sizes, columns, theme, filters, last school, open form: nothing that is not a convenience.

    Args:
        path: the INI file; it is created at the first value.
    """

    def __init__(self, path: Path) -> None:
        _free(path)
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def folder(self) -> Path:
        """The data folder."""
        return Path(self._file.fileName()).parent

    def text(self, key: str, default: str = "") -> str:
        """A remembered text."""
        value = self._file.value(key, default)
        return value if isinstance(value, str) else default

    def number(self, key: str) -> int:
        """A remembered number from 0; 0 when there is none, or when the file was spoilt."""
        text = self.text(key)
        return int(text) if text.isdecimal() else 0

    def put(self, key: str, value: str) -> None:
        """Remember a text; an empty one is forgotten."""
        if value:
            self._file.setValue(key, value)
        else:
            self._file.remove(key)

    def data(self, key: str) -> QByteArray:
        """A remembered Qt state (geometry, header); empty when there is none."""
        value = self._file.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def put_data(self, key: str, value: QByteArray) -> None:
        """Remember a Qt state."""
        self._file.setValue(key, value)

    def write_now(self) -> None:
        """Put everything on disk, so that a killed process does not lose it."""
        self._file.sync()


def state_file() -> Path:
    """The INI file, in the folder that ``services.folders.data_folder`` names.

    Found by Qt, because that module opens bases: it is not imported before the first paint.
    """
    chosen = os.environ.get("NUMECOLE_DOSSIER")
    if chosen:
        return Path(chosen).expanduser() / _FILE_NAME
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(data) / "numecole" / _FILE_NAME


def _free(path: Path) -> None:
    """Remove the lock of a process killed before it had said its name: Qt would wait for it."""
    lock = path.with_name(f"{path.name}.lock")
    try:
        if not lock.stat().st_size:
            lock.unlink()
    except OSError:
        return  # there is none, as always, or the folder cannot be written
