"""Données personnelles: find a person, hand over what is held on them, erase them; retention."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.dialogs.erase import EraseDialog
from numecole_desktop.ui.dialogs.saving import ask_file, file_name
from numecole_desktop.ui.models.rows import RowsModel
from numecole_desktop.ui.screens.personal_files import FilesTab
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button, IconButton
from numecole_desktop.ui.widgets.card import Card, Notice, Page
from numecole_desktop.ui.widgets.entry import Entry
from numecole_desktop.ui.widgets.exported import ExportedBar
from numecole_desktop.ui.widgets.focus import Through
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.tabs import Tabs
from numecole_desktop.ui.widgets.text import TITLE, Text

if TYPE_CHECKING:
    from numecole_desktop.domain.retention import Retention
    from numecole_desktop.services.label_people import HeldPerson
    from numecole_desktop.services.workspace import Changes, Workspace

HEADINGS = ("Nom", "Fonction", "Adresse", "Dossiers de label")
_WIDTHS = (190, 170, 200, 320)


class PeopleTab(Through):
    """Every person of the base, searched as one types; ``refused`` carries a Problem."""

    refused = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.search = Entry(
            "Chercher une personne", hint="Chercher une personne\u00a0: nom, fonction ou adresse"
        )
        self.search.textChanged.connect(self.reload)
        self.model = RowsModel(HEADINGS, self)
        self.table = Table("Personnes de la base")
        self.table.show_model(self.model, _WIDTHS)
        self.table.keep_layout(session.state, "people")
        self.table.selectionModel().selectionChanged.connect(self._moved)
        self.export_button = Button("Exporter ce qui est gardé…", icon_name="export")
        self.export_button.clicked.connect(self.ask_export)
        self.erase_button = Button("Effacer…", icon_name="close")
        self.erase_button.clicked.connect(self.ask_erase)
        self.count = Text(tone="muted", wrap=True)
        self.exported = ExportedBar()
        self.notice = Notice(tone="success")
        self._lay_out()
        self._moved()

    def reload(self) -> None:
        """Read the persons that the search finds."""
        wanted = self.search.text()
        read = partial(_people, search=wanted)
        self.session.tasks.run(read, partial(self._show, wanted), self.refused.emit)

    def ask_export(self) -> None:
        """Ask for a file, then write there what is held on the persons chosen."""
        chosen = self._chosen()
        if chosen:
            name = file_name("donnees-personnelles", chosen[0].name if len(chosen) == 1 else "")
            write = partial(self._export, [person.ref for person in chosen])
            ask_file(
                self, "Exporter ce qui est gardé", name, "json", write, folder=self.session.folder
            )

    def ask_erase(self) -> None:
        """Erase the person under the cursor, once confirmed."""
        chosen = self._chosen()
        if len(chosen) == 1:
            person = chosen[0]
            dialog = EraseDialog(", ".join(filter(None, (person.name, person.job))), self)
            dialog.accepted.connect(partial(self._erase, person.ref))
            dialog.open()

    def _export(self, refs: Sequence[str], path: str) -> None:
        from numecole_desktop.services import personal_data

        write = partial(personal_data.export_people, refs=refs, path=Path(path))
        self.session.tasks.run(write, self._exported, self.refused.emit)

    def _exported(self, path: Path) -> None:
        self.exported.exported(f"Données enregistrées{NBSP}: {path.name}", path)

    def _erase(self, ref: str) -> None:
        from numecole_desktop.services import label_people

        erase = partial(label_people.erase, ref=ref)
        self.session.tasks.run(erase, self._erased, self.refused.emit)

    def _erased(self, changes: Changes) -> None:
        self.notice.say(
            "La personne est effacée de cette base. Les sauvegardes et les fichiers envoyés avant "
            "la gardent\u00a0: voyez l’onglet «\u00a0Durées de conservation\u00a0»."
        )
        self.session.refresher.publish(changes)

    def _show(self, wanted: str, found: Sequence[tuple[HeldPerson, str]]) -> None:
        if wanted != self.search.text():
            return
        rows = [(person.name, person.job, person.email, where) for person, where in found]
        self.model.set_rows(rows, [person for person, _ in found])
        if found:
            self.count.setText(f"{plural(len(found), 'personne')} dans cette base.")
        else:
            self.count.setText("Aucune personne de ce nom dans cette base.")
        self.table.ensure_cursor()
        self._moved()

    def _chosen(self) -> list[HeldPerson]:
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.model.value(row) for row in rows]  # type: ignore[misc]  # set with the rows

    def _moved(self) -> None:
        chosen = len(self._chosen())
        self.export_button.setEnabled(bool(chosen))
        self.erase_button.setEnabled(chosen == 1)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.count, 1)
        below.addWidget(self.export_button)
        below.addWidget(self.erase_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        for part in (self.notice, self.exported, self.search):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        self.pass_to(self.search)


class RetentionTab(Page):
    """What is kept, why, until when, and how to erase it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Durées de conservation", parent)

    def show_rules(self, rules: Sequence[Retention]) -> None:
        """Show the categories, once."""
        for rule in rules:
            card = Card(rule.title)
            proposed = f" Hypothèse{NBSP}: durée à fixer par le responsable du traitement."
            for name, text in (
                ("Gardé", rule.held),
                ("Pourquoi", rule.why),
                ("Durée", rule.kept + (proposed if rule.assumption else "")),
                ("Effacer", rule.erase),
            ):
                card.body.addWidget(Text(f"{name}{NBSP}: {text}", wrap=True))
            self.column.addWidget(card)
        self.column.addStretch(1)


class PersonalDataPage(QWidget):
    """The tabs under a title; ``closed`` to go back, ``refused`` (Problem)."""

    closed = Signal()
    refused = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.people = PeopleTab(session)
        self.people.refused.connect(self._refuse)
        self.files = FilesTab(session)
        self.files.refused.connect(self._refuse)
        self.retention = RetentionTab()
        self.tabs = Tabs("Onglets des données personnelles")
        self.tabs.add("Personnes", self.people)
        self.tabs.add("Pièces jointes", self.files)
        self.tabs.add("Durées de conservation", self.retention)
        self.back_button = IconButton("back", "Revenir aux outils (Échap)")
        self.back_button.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 14, 4)
        row.addWidget(self.back_button)
        row.addWidget(Text("Données personnelles", size=TITLE, bold=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.tabs, 1)
        session.tasks.run(_retention, self.retention.show_rules)

    def open(self) -> None:
        """Show the persons, the keyboard in the search."""
        self.tabs.show_tab(0)
        for bar in (self.people.notice, self.people.exported, self.files.notice):
            bar.hide()
        self.reload()
        self.people.search.setFocus()
        self.people.search.selectAll()

    def reload(self) -> None:
        """Read persons and files again."""
        self.people.reload()
        self.files.reload()

    def _refuse(self, problem: Problem) -> None:
        self.refused.emit(problem)


def _people(workspace: Workspace, search: str) -> list[tuple[HeldPerson, str]]:
    from numecole_desktop.services import label_people
    from numecole_desktop.services.lookup import find_school

    found = []
    for person in label_people.held_people(workspace, search):
        named = [
            f"{find_school(workspace, uai).name}, {year} ({role.label})"
            for uai, year, role in person.named_in
        ]
        found.append((person, " · ".join(named)))
    return found


def _retention(_: Workspace) -> tuple[Retention, ...]:
    from numecole_desktop.services import personal_data

    return personal_data.retention()
