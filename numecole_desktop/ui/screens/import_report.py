"""What an import does, or would do: counts, lines, findings, proposed closures."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, plural, whole
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.models import findings as tables
from numecole_desktop.ui.models.rows import RowsModel
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Notice
from numecole_desktop.ui.widgets.figures import Figures
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.tabs import Tabs
from numecole_desktop.ui.widgets.text import SMALL, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numecole_desktop.services.importing import ImportReport
    from numecole_desktop.services.workspace import Changes

PREVIEW, FINDINGS, CLOSURES = range(3)
_SENTENCE = tables.FINDING_HEADINGS.index("Constat")
_KEYS = ("preview", "findings", "closures")
_WIDTHS = {
    PREVIEW: (60, 90, 100, 320),
    FINDINGS: (60, 90, 110, 120),
    CLOSURES: (100, 320),
}


class ReportView(QWidget):
    """Counts above, three tables below."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._report: ImportReport | None = None
        self.figures = Figures()
        self.notice = Notice()
        self.tabs = Tabs("Détail de l’import")
        self.models = [
            RowsModel(headings, self)
            for headings in (
                tables.PREVIEW_HEADINGS,
                tables.FINDING_HEADINGS,
                tables.CLOSURE_HEADINGS,
            )
        ]
        self.preview, self.findings, self.closures = (
            self._table(place, name)
            for place, name in enumerate(("Lignes du fichier", "Constats", "Fermetures proposées"))
        )
        self.limit = Text(tone="muted", size=SMALL)
        self.sentence = Text(wrap=True)
        self.findings.selectionModel().currentRowChanged.connect(self._say_whole)
        self.copy_button = Button("Copier", icon_name="copy", tip="Copier les lignes choisies")
        self.copy_button.clicked.connect(self._copy)
        self.csv_button = Button("Exporter en CSV…", icon_name="export")
        self.csv_button.clicked.connect(self._ask_csv)
        self.close_button = Button("Signaler fermées les écoles choisies")
        self.close_button.clicked.connect(self.close_selected)
        self.tabs.add("Lignes", _page(self.preview, self.limit))
        said = _page(self.findings, self.copy_button, self.csv_button, above=self.sentence)
        self.tabs.add("Constats", said)
        explanation = Text(
            "Ces écoles étaient ouvertes et ne sont plus dans l’annuaire. Elles ne sont jamais "
            "supprimées.",
            tone="muted",
            size=SMALL,
            wrap=True,
        )
        self.tabs.add("Fermetures proposées", _page(self.closures, explanation, self.close_button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.figures)
        column.addWidget(self.notice)
        column.addWidget(self.tabs, 1)

    def show_report(self, report: ImportReport) -> None:
        """Show what an import did, or would do."""
        self._report = report
        self.notice.say("")
        self.figures.show_figures(
            (
                ("lignes lues", report.lines, "text"),
                ("nouvelles", report.new, "success"),
                ("modifiées", report.changed, "action"),
                ("identiques", report.unchanged, "muted"),
                ("refusées", report.refused, "error"),
                ("avertissements", report.warnings, "warning"),
            )
        )
        self.models[PREVIEW].set_rows(tables.preview_rows(report.preview))
        self.models[FINDINGS].set_rows(tables.finding_rows(report.findings))
        self._say_whole()
        self.models[CLOSURES].set_rows(tables.closure_rows(report.closures), report.closures)
        shown = len(report.preview)
        self.limit.setText(
            f"Les {whole(shown)} premières lignes sur {whole(report.lines)}."
            if shown < report.lines
            else ""
        )
        self._name_tabs(report)
        self.close_button.setEnabled(bool(report.closures) and not report.simulated)
        self.close_button.setToolTip(
            "Une fois l’import terminé" if report.simulated else "Ctrl+A choisit toutes les écoles"
        )
        if report.refused or report.simulated:
            self.tabs.show_tab(FINDINGS if report.refused else PREVIEW)

    def close_selected(self) -> None:
        """Mark the selected schools as closed from the school year shown."""
        from numecole_desktop.services import import_undo

        rows = sorted({i.row() for i in self.closures.selectionModel().selectedRows()})
        chosen = [self.models[CLOSURES].value(row) for row in rows]
        if not chosen:
            self.notice.say("Choisissez d’abord des écoles dans la liste (Ctrl+A pour toutes).")
            return
        uais = [closure.uai for closure in chosen]  # type: ignore[attr-defined]  # closures
        close = partial(import_undo.close_schools, uais=uais, year=self.session.year)
        label = f"fermeture de {plural(len(uais), 'école')}"
        watched = self.session.undo_log.watched(label, close)
        self.session.tasks.run(watched, self._closed, self._refused)

    def write_csv(self, path: str) -> None:
        """Write the findings to ``path``."""
        if self._report is None:
            return
        from numecole_desktop.durable import explained, write_atomic

        data = tables.findings_csv(self._report.findings)
        try:
            with explained(
                f"Le fichier {path} ne peut pas être écrit", "choisissez un autre dossier."
            ):
                write_atomic(Path(path), data)
        except Problem as problem:
            self.notice.say(str(problem), "error")
        else:
            self.notice.say(f"Constats exportés{NBSP}: {path}", "success")

    def _say_whole(self) -> None:
        """The sentence of the row under the cursor, which the table may cut; of the first one."""
        index = self.models[FINDINGS].index(max(self.findings.current_row(), 0), _SENTENCE)
        self.sentence.setText(str(index.data() or ""))

    def _closed(self, changes: Changes) -> None:
        said = f"{plural(len(changes.schools), 'école signalée', 'écoles signalées')} fermées"
        self.notice.say(f"{said} à partir de {self.session.year}.", "success")
        left = [
            closure
            for closure in (self._report.closures if self._report else ())
            if closure.uai not in changes.schools
        ]
        self.models[CLOSURES].set_rows(tables.closure_rows(left), left)
        self.session.refresher.publish(changes)

    def _refused(self, problem: Problem) -> None:
        self.notice.say(str(problem), "error")

    def _copy(self) -> None:
        if not self.findings.selectionModel().hasSelection():
            self.findings.selectAll()
        self.findings.copy()

    def _ask_csv(self) -> None:
        dialog = QFileDialog(self, "Exporter les constats", self.session.folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("CSV (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("constats.csv")
        dialog.fileSelected.connect(self.write_csv)
        dialog.open()

    def _name_tabs(self, report: ImportReport) -> None:
        row = self.tabs.row
        row.setTabText(FINDINGS, f"Constats ({whole(len(report.findings))})")
        row.setTabText(CLOSURES, f"Fermetures proposées ({whole(len(report.closures))})")
        row.setTabVisible(CLOSURES, bool(report.closures))

    def _table(self, place: int, name: str) -> Table:
        table = Table(name)
        table.show_model(self.models[place], _WIDTHS[place])
        table.keep_layout(self.session.state, f"import-{_KEYS[place]}")
        return table


def _page(table: Table, *under: QWidget, above: Text | None = None) -> QWidget:
    page = QWidget()
    row = QHBoxLayout()
    parts: Sequence[QWidget] = under
    for part in parts:
        row.addWidget(part, 1 if isinstance(part, Text) else 0)
    if not any(isinstance(part, Text) for part in parts):
        row.addStretch(1)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 8, 0, 0)
    if above is not None:
        column.addWidget(above)
    column.addWidget(table, 1)
    column.addLayout(row)
    return page
