"""Asking for a file and writing a table there, from any screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from numecole_desktop.domain.french import NBSP, fold
from numecole_desktop.ui.session import Session

if TYPE_CHECKING:
    from numecole_desktop.services.table_files import Cell
    from numecole_desktop.services.workspace import Workspace

Content = Callable[[], "tuple[Sequence[str], Sequence[Sequence[Cell]]]"]
"""Headings and rows, read when the file is about to be written."""

KINDS = {
    "pdf": "Document PDF (*.pdf)",
    "csv": "Tableau CSV (*.csv)",
    "xlsx": "Classeur Excel (*.xlsx)",
    "txt": "Texte (*.txt)",
    "json": "Fichier JSON (*.json)",
}


TABLE = "csv xlsx"
"""Kinds of file that a table can be written as."""


class _SaveDialog(QFileDialog):
    """Proposes kinds of file, of which the name takes the suffix."""

    def __init__(
        self, parent: QWidget, title: str, name: str, suffixes: Sequence[str], folder: str
    ) -> None:
        super().__init__(parent, title, folder)
        self._suffixes = suffixes
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setNameFilters([KINDS[suffix] for suffix in suffixes])
        self.setDefaultSuffix(suffixes[0])
        self.selectFile(f"{name}.{suffixes[0]}")
        self.filterSelected.connect(self._take_suffix)

    def _take_suffix(self, chosen: str) -> None:
        suffix = next(suffix for suffix in self._suffixes if KINDS[suffix] == chosen)
        self.setDefaultSuffix(suffix)
        for path in self.selectedFiles()[:1]:
            self.selectFile(str(Path(path).with_suffix(f".{suffix}")))


def ask_file(
    parent: QWidget,
    title: str,
    name: str,
    suffixes: str,
    write: Callable[[str], None],
    *,
    folder: str,
) -> None:
    """Ask where to write a file, then call ``write``; an existing file is asked about first.

    ``suffixes`` are the kinds of file proposed, the first one by default, with spaces between.
    ``folder`` is proposed; empty for the last one used.
    """
    dialog = _SaveDialog(parent, title, name, suffixes.split(" "), folder)
    dialog.fileSelected.connect(write)
    dialog.open()


def file_name(*words: str) -> str:
    """Words as a name that every system accepts: « non-declarees_limoux_2023-2024 »."""
    return "_".join(filter(None, (fold(word).replace(" ", "-") for word in words)))


class TableSaver(QObject):
    """Writes tables as CSV or XLSX; ``saved`` carries a sentence and the path."""

    saved = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._parent = parent
        self._content: Content | None = None

    def ask(self, title: str, name: str, content: Content) -> None:
        """Ask for a file, then write there."""
        self._content = content
        ask_file(self._parent, title, name, TABLE, self.save, folder=self._session.folder)

    def save(self, path: str) -> None:
        """Write the table asked for to ``path``."""
        if self._content is not None:
            headings, rows = self._content()
            write = partial(_write, path=Path(path), headings=headings, rows=rows)
            self._session.tasks.run(write, self._saved)

    def _saved(self, path: Path) -> None:
        self.saved.emit(f"Tableau enregistré{NBSP}: {path.name}", path)


def _write(
    _: Workspace, path: Path, headings: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> Path:
    from numecole_desktop.services.table_files import write_table

    return write_table(path, headings, rows)
