"""Assistant of an import: choose, look at what would change, import, read the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.finding import Severity
from numecole_desktop.domain.french import NBSP, joined, plural, quoted
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.ui.dialogs.job import JobDialog
from numecole_desktop.ui.screens.import_report import ReportView
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button, IconButton
from numecole_desktop.ui.widgets.card import Notice
from numecole_desktop.ui.widgets.entry import Entry
from numecole_desktop.ui.widgets.picker import Picker
from numecole_desktop.ui.widgets.room import Room
from numecole_desktop.ui.widgets.text import TITLE, Text

if TYPE_CHECKING:
    from numecole_desktop.services.import_columns import MappingNeeded
    from numecole_desktop.services.importing import ImportReport
    from numecole_desktop.services.workspace import Job, Workspace

FILTER = "Tableaux (*.csv *.txt *.tsv *.xlsx *.ods);;Tous les fichiers (*)"
_YEARS_SHOWN = 8
_LEAST_REPORT = 280
_TITLE = "Importer un fichier"
_WITHOUT_YEAR = "annuaire"
"""The kind of file whose lines hold for every year."""


class ImportAssistant(QWidget):
    """One file at a time; nothing is stored before « Importer ». ``closed`` to leave it."""

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        from numecole_desktop.services.importing import KINDS

        super().__init__(parent)
        self.session = session
        self._path = Path()
        self._mapping: dict[str, str] | None = None
        self._following: list[str] = []
        self._to_do = 0
        self._stored_words = ""
        self.back_button = IconButton("back", "Revenir aux imports (Échap)")
        self.kind = Picker("Sorte de fichier", KINDS)
        self.kind.set_value("annuaire")
        self.file = Entry(
            "Fichier à importer", hint="Choisissez un fichier, ou déposez-le sur la fenêtre"
        )
        self.file.setReadOnly(True)
        self.choose_button = Button("Choisir…", icon_name="folder")
        self.columns_button = Button("Colonnes…", tip="Dire à quoi correspond chaque colonne")
        self.columns_button.setEnabled(False)
        self.years = Picker("Année scolaire des lignes qui n’en donnent pas")
        self.sheets = Picker("Feuille du classeur")
        self.notice = Notice()
        self.report = ReportView(session)
        self.import_button = Button("Importer", icon_name="import", primary=True)
        self.import_button.setEnabled(False)
        self.give_up_button = Button("Abandonner")
        self._lay_out()
        self.back_button.clicked.connect(self.close_down)
        self.give_up_button.clicked.connect(self.close_down)
        self.kind.chosen.connect(self._kind_changed)
        self.years.chosen.connect(self._again)
        self.sheets.chosen.connect(self._again)
        self.choose_button.clicked.connect(self.choose)
        self.columns_button.clicked.connect(self.settle_columns)
        self.import_button.clicked.connect(self.store)
        session.undo_log.changed.connect(self._undo_changed)

    def choose(self) -> None:
        """Ask for a file."""
        dialog = QFileDialog(self, "Choisir le fichier à importer")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(FILTER)
        dialog.setDirectory(self.session.state.text("imports/folder", str(Path.home())))
        dialog.fileSelected.connect(self.look_at)
        dialog.open()

    def look_at(self, path: str, *following: str) -> None:
        """Say what importing ``path`` would do, without doing it; then the files after it."""
        from numecole_desktop.services import import_columns

        self._path = Path(path)
        self._following = list(following)
        self._mapping = None
        self.session.state.put("imports/folder", str(self._path.parent))
        self.file.setText(self._path.name)
        self.file.setCursorPosition(0)
        self.file.setToolTip(path)
        waiting = plural(len(following), "autre fichier attend", "autres fichiers attendent")
        self.title.setText(_TITLE + (f" ({waiting})" if following else ""))
        self.columns_button.setEnabled(True)
        self.import_button.setText("Importer")
        self._name_give_up("Abandonner")
        self._offer_years()
        self._offer_sheets(())
        self._read(
            partial(import_columns.guess_kind, path=self._path, first=self.kind.value() or ""),
            self._guessed,
        )

    def settle_columns(self) -> None:
        """Let the person say what each column of the file is."""
        from numecole_desktop.services import import_columns

        self._read(
            partial(
                import_columns.columns_to_settle,
                kind=self.kind.value() or "",
                path=self._path,
                mapping=self._mapping,
                sheet=self.sheets.value() or "",
            ),
            self._ask_one,
        )

    def store(self) -> None:
        """Import the file that was looked at."""
        self._run(simulate=False)

    def close_down(self) -> None:
        """Forget the file; look at the one that was dropped after it, if any."""
        if self._following:
            self.look_at(*self._following)
            return
        self._path = Path()
        self.columns_button.setEnabled(False)
        self.file.clear()
        self.report.hide()
        self.notice.say("")
        self.import_button.setEnabled(False)
        self.closed.emit()

    def _run(self, *, simulate: bool) -> None:
        from numecole_desktop.services import importing

        if self._path == Path():
            return
        text = self.years.value() if self.kind.value() != _WITHOUT_YEAR else None
        year = SchoolYear.parse(text) if text else None
        kind, path, mapping = self.kind.value() or "", self._path, self._mapping
        self._read(
            partial(
                importing.run_import,
                kind=kind,
                path=path,
                year=year,
                simulate=simulate,
                mapping=mapping,
                ask=True,
                sheet=self.sheets.value() or "",
            ),
            self._looked if simulate else self._stored,
            "Lecture du fichier" if simulate else "Import en cours",
        )

    def _read(
        self,
        job: Callable[[Workspace], Job[Any]],
        done: Callable[[Any], None],
        title: str = "Lecture du fichier",
    ) -> None:
        self.notice.say("")
        self._stored_words = ""
        self.import_button.setEnabled(False)
        dialog = JobDialog(self.session.tasks, title, self.window())
        dialog.done_with.connect(done)
        dialog.failed.connect(self._failed)
        dialog.cancelled.connect(self._cancelled)
        dialog.start(job)

    def _guessed(self, kind: str) -> None:
        self._show_kind(kind)
        self._run(simulate=True)

    def _looked(self, report: ImportReport) -> None:
        if report.alike:
            self._offer_sheets((report.sheet, *report.alike))
        self.report.show_report(report)
        self.report.show()
        to_do = self._to_do = report.new + report.changed
        self.import_button.setText(
            f"Importer {plural(to_do, 'ligne')}" if to_do else "Rien à importer"
        )
        self.import_button.setEnabled(bool(to_do))
        self._name_give_up("Abandonner")
        if _lacks_year(report):
            self.notice.say(
                "Ce fichier ne dit pas de quelle année scolaire il parle\u00a0: choisissez-la dans "
                "la liste ci-dessus.",
                "warning",
            )
        elif not to_do:
            self.notice.say(_nothing(report), "action")
        elif report.alike:
            others = joined([quoted(name) for name in report.alike])
            self.notice.say(
                f"À importer ensuite{NBSP}: {others}, à choisir à droite du nom du fichier.",
                "action",
            )
        if self.isVisible():
            lacking = self.years if _lacks_year(report) else self.give_up_button
            (self.import_button if to_do else lacking).setFocus()

    def _stored(self, report: ImportReport) -> None:
        from numecole_desktop.services.workspace import Changes

        self._to_do = 0
        self.report.show_report(report)
        self.import_button.setText("Importer")
        self._name_give_up("Terminer")
        done = plural(report.accepted, "ligne enregistrée", "lignes enregistrées")
        said = f"Import terminé{NBSP}: {done}"
        if report.refused:
            said += f", {plural(report.refused, 'refusée', 'refusées')}"
        said += f". Ctrl+Z l’annule{NBSP}; la liste des imports le permet aussi plus tard."
        self.notice.say(said, "success")
        if self.isVisible():
            self.give_up_button.setFocus()
        if report.import_id:
            from numecole_desktop.services import undo_steps

            step = partial(undo_steps.undo_run, import_id=report.import_id)
            self.session.undo_log.did(f"import de {report.file}", step)
            self._stored_words = said
        self.session.refresher.publish(Changes(everything=True))

    def _undo_changed(self) -> None:
        """Say where the import that is on screen stands, once it was taken back or done again."""
        label = f"import de {self._path.name}"
        if self._stored_words and self.session.undo_log.redo_label == label:
            self.notice.say("Import annulé. Ctrl+Maj+Z le rétablit.", "action")
        elif self._stored_words and self.session.undo_log.undo_label == label:
            self.notice.say(self._stored_words, "success")

    def _failed(self, problem: Problem) -> None:
        from numecole_desktop.services.import_columns import KindUnsure, MappingNeeded

        self.report.hide()
        if isinstance(problem, KindUnsure):
            self._show_kind(next(iter(problem.needed)))
            self._ask_mapping(problem.needed)
        elif isinstance(problem, MappingNeeded):
            self._ask_one(problem)
        else:
            self.notice.say(str(problem), "error")

    def _ask_one(self, needed: MappingNeeded) -> None:
        self._ask_mapping({self.kind.value() or "": needed})

    def _ask_mapping(self, needed: dict[str, MappingNeeded]) -> None:
        from numecole_desktop.services.importing import KINDS
        from numecole_desktop.ui.dialogs.mapping import MappingDialog

        dialog = MappingDialog(needed, KINDS, self.window())
        dialog.chosen.connect(partial(self._mapped, dialog.kind))
        dialog.rejected.connect(self._not_mapped)
        dialog.open()

    def _name_give_up(self, words: str) -> None:
        self.give_up_button.setText("Fichier suivant" if self._following else words)

    def _show_kind(self, kind: str) -> None:
        self.kind.set_value(kind)
        self.years.setVisible(kind != _WITHOUT_YEAR)

    def _mapped(self, kind: Picker, mapping: dict[str, str]) -> None:
        self._show_kind(kind.value() or "")
        self._mapping = mapping
        self._run(simulate=True)

    def _not_mapped(self) -> None:
        if self.report.isVisible():
            self.import_button.setEnabled(bool(self._to_do))
            return
        self.notice.say(
            "Rien n’a été lu\u00a0: dites à quoi correspondent les colonnes (bouton Colonnes…), ou "
            "choisissez une autre sorte de fichier.",
            "warning",
        )

    def _cancelled(self) -> None:
        self.notice.say("Lecture annulée\u00a0: rien n’a été enregistré.", "action")
        self.import_button.setEnabled(not self.report.isHidden())

    def _offer_sheets(self, names: Sequence[str]) -> None:
        """Let the person choose among the sheets that have the columns."""
        self.sheets.set_options([(name, name) for name in names])
        self.sheets.setVisible(bool(names))

    def _kind_changed(self) -> None:
        self._offer_sheets(())
        self._show_kind(self.kind.value() or "")
        self._mapping = None
        self._again()

    def _again(self) -> None:
        self._run(simulate=True)

    def _offer_years(self) -> None:
        newest = self.session.year.next
        years = [newest]
        while len(years) < _YEARS_SHOWN:
            years.append(years[-1].previous)
        self.years.set_options(
            [("", "Année donnée par le fichier"), *((str(y), str(y)) for y in years)]
        )
        self.years.set_value("")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.back_button)
        self.title = Text(_TITLE, size=TITLE, bold=True)
        top.addWidget(self.title, 1)
        top.addWidget(self.kind)
        self.years.hide()
        files = QHBoxLayout()
        files.addWidget(self.years)
        files.addWidget(self.file, 1)
        self.sheets.hide()
        files.addWidget(self.sheets)
        files.addWidget(self.choose_button)
        files.addWidget(self.columns_button)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.give_up_button)
        bottom.addWidget(self.import_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(files)
        column.addWidget(self.notice)
        column.addWidget(Room(self.report, _LEAST_REPORT), 1)
        self.report.hide()
        column.addLayout(bottom)


def _lacks_year(report: ImportReport) -> bool:
    """Whether every line is refused, some for want of a school year that the person can give."""
    return report.lines == report.refused > 0 and any(
        found.code == "invalid_year" and not found.value for found in report.findings
    )


def _nothing(report: ImportReport) -> str:
    if not report.lines:
        return (
            "Il n’y a aucune ligne à lire sous les titres des colonnes\u00a0: vérifiez que c’est "
            "le bon fichier."
        )
    if report.unchanged and not report.refused:
        return (
            "Tout ce que contient ce fichier est déjà dans la base\u00a0: il n’y a rien à changer."
        )
    refused = (f for f in report.findings if f.line and f.severity is Severity.ERROR)
    first = next(refused, None)
    why = f" Ligne {first.line}{NBSP}: {first.message}" if first else ""
    return f"Aucune ligne ne peut être importée.{why}"
